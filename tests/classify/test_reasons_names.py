from __future__ import annotations

import numpy as np
import pytest

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons.names import readable
from vocmine.classify.reasons.word_match import WordMatch
from vocmine.embed import default_encoder

NAMES = ["AddFamilyMember", "CancelPolicy", "change_address", "GetQuote", "PayBill", "ResetPassword", "ReportAccident",
         "find_a_shop", "支払い::返金", "支払い::領収書"]
SAID = [("hello, this is Ann. I need to put my wife and the other members of the family on it", "AddFamilyMember"),
        ("I no longer want this policy, please end it", "CancelPolicy"), ("we moved to another street", "change_address"),
        ("how much would it cost to insure a boat", "GetQuote"), ("I'd like to pay what I owe", "PayBill"),
        ("I can't remember my password", "ResetPassword"), ("a truck hit my car this morning", "ReportAccident"),
        ("領収書を送ってください", "支払い::領収書"), ("払ったお金を返してほしい", "支払い::返金")]


@pytest.fixture(scope="module")
def by_name():
    return ReasonClassifier(Taxonomy.from_dict({"reasons": [{"id": n, "name": n} for n in NAMES]}))


@pytest.mark.parametrize(("name", "words"), [
    ("card_arrival", "card arrival"), ("UpdateBillingFrequency", "Update Billing Frequency"), ("HTTPError", "HTTP Error"),
    ("立地::周辺::海", "立地 周辺 海"), ("Wi-Fi", "Wi-Fi"), ("PayPay 決済", "PayPay 決済"), ("返金", "返金"), ("iOS", "iOS"),
])
def test_names_are_read_as_words(name, words):
    assert readable(name) == words


def test_names_of_programmers_are_understood(by_name):
    texts, labels = zip(*SAID, strict=True)
    guess = by_name.predict(list(texts), abstain=False)
    wrong = [(t, g) for t, label, g in zip(texts, labels, guess, strict=True) if g != label]
    assert len(wrong) <= 1, wrong


def test_names_alone_give_the_same_alone_and_among_others(by_name):
    texts = [text for text, _ in SAID] + ["", "!!!", "zzqx"]
    among = by_name.predict_proba(texts)
    assert (np.vstack([by_name.predict_proba([t]) for t in texts]) == among).all()
    assert (by_name.predict_proba(texts[::-1])[::-1] == among).all()
    fresh = ReasonClassifier(by_name.taxonomy).predict_proba(texts[4:5])  # no words kept from other texts
    assert (fresh == among[4:5]).all()


def test_a_word_is_met_by_its_meaning():
    encode = default_encoder().encode
    words = ["sea", "mountain", "price", "food", "bus"]
    match = WordMatch(["ocean beach", "cheap fare", ""], encode(words).mean(axis=0), encode)
    scores = match.scores(["sea", "price low", "", "ocean beach"], encode)
    assert scores.shape == (4, 3) and scores[:2].argmax(axis=1).tolist() == [0, 1]
    assert (scores[2] == 0).all() and (scores[:, 2] == 0).all() and scores[3, 0] == scores.max()


def test_a_text_near_no_name_is_unknown_and_names_are_less_sure_than_before(by_name):
    strange = ["the play was beautiful and the actors sang well", "今日は良い天気ですね", "ぬるぽ", "lorem ipsum dolor", "桜が咲いた"]
    said = by_name.predict(strange)
    assert (said == "unknown").mean() >= 0.4
    assert (by_name.predict(strange, abstain=False) != "unknown").all()
    known = by_name.predict_proba([text for text, _ in SAID])
    assert (by_name.predict([text for text, _ in SAID]) != "unknown").all()
    assert by_name.predict_proba(strange).max(axis=1).mean() < 0.6 * known.max(axis=1).mean()
    assert (known.sum(axis=1) <= 1 + 1e-9).all()


def test_words_kept_are_bounded(monkeypatch):
    from vocmine.classify.reasons import word_match as reasons_words

    monkeypatch.setattr(reasons_words, "_KEPT", 3)
    encode = default_encoder().encode
    match = WordMatch(["red car", "blue sky"], np.zeros(512, np.float32), encode)
    first = match.scores(["a car", "one two three four"], encode)
    match.scores(["five"], encode)
    assert set(match._known) == {"five"}
    assert (match.scores(["a car", "one two three four"], encode) == first).all()
