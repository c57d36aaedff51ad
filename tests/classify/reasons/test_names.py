from __future__ import annotations

import numpy as np
import pytest

from vocmine.classify import ReasonClassifier, Taxonomy

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


def test_a_text_near_no_name_is_unknown_and_names_are_less_sure_than_before(by_name):
    strange = ["the play was beautiful and the actors sang well", "今日は良い天気ですね", "ぬるぽ", "lorem ipsum dolor", "桜が咲いた"]
    said = by_name.predict(strange)
    assert (said == "unknown").mean() >= 0.4
    assert (by_name.predict(strange, abstain=False) != "unknown").all()
    known = by_name.predict_proba([text for text, _ in SAID])
    assert (by_name.predict([text for text, _ in SAID]) != "unknown").all()
    assert by_name.predict_proba(strange).max(axis=1).mean() < 0.6 * known.max(axis=1).mean()
    assert (known.sum(axis=1) <= 1 + 1e-9).all()
