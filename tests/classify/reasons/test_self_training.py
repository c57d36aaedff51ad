"""Texts without labels beside labelled ones."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons import self_training
from vocmine.classify.reasons.self_training import log_loss, surest
from vocmine.embed import CharacterEncoder
from vocmine.errors import SettingsError

WORDS = {"refund": ("返金", "お金"), "late": ("配送", "届か"), "cancel": ("解約", "退会")}
TAXONOMY = Taxonomy.from_dict({"reasons": [{"id": reason, "name": words[0]} for reason, words in WORDS.items()]})
ENDS = ("です", "ですか", "をお願いします", "の件", "について", "できません", "したい", "はいつ")
TEXTS = [f"{word}{end}{more}" for words in WORDS.values() for word in words for end in ENDS for more in ("", "。急ぎ", "!")]
TRUTH = [reason for reason, words in WORDS.items() for _ in range(len(words) * len(ENDS) * 3)]
FEW = [i for i in range(len(TEXTS)) if i % 12 == 0]


def few_labels(texts=TEXTS, truth=TRUTH, few=FEW):
    return [truth[i] if i in few else None for i in range(len(texts))]


@pytest.fixture(scope="module")
def fitted():
    return ReasonClassifier(TAXONOMY, CharacterEncoder(64), serve="best").fit(TEXTS, few_labels())


def test_missing_labels_teach_as_given_apart(fitted):
    rest = [text for i, text in enumerate(TEXTS) if i not in FEW]
    apart = ReasonClassifier(TAXONOMY, CharacterEncoder(64), serve="best").fit(
        [TEXTS[i] for i in FEW], [TRUTH[i] for i in FEW], unlabeled=rest)
    assert np.array_equal(apart.predict_proba(TEXTS), fitted.predict_proba(TEXTS))
    assert fitted.figures_["unlabeled"] == len(rest)
    assert fitted.figures_["n"] == len(FEW)


def test_order_does_not_matter_and_a_text_is_read_alone(fitted):
    turned = ReasonClassifier(TAXONOMY, CharacterEncoder(64), serve="best").fit(TEXTS[::-1], few_labels()[::-1])
    all_at_once = fitted.predict_proba(TEXTS)
    assert np.array_equal(turned.predict_proba(TEXTS), all_at_once)
    assert np.array_equal(np.vstack([fitted.predict_proba([text]) for text in TEXTS[:20]]), all_at_once[:20])


def test_it_is_saved_and_pickled_and_explains_by_labelled_texts(fitted, tmp_path):
    fitted.save(tmp_path)
    for again in (ReasonClassifier.load(tmp_path, CharacterEncoder(64)), pickle.loads(pickle.dumps(fitted))):
        assert np.array_equal(again.predict_proba(TEXTS[:30]), fitted.predict_proba(TEXTS[:30]))
    known = {TEXTS[i] for i in FEW} | set(TAXONOMY.names().values())
    assert set(fitted.explain(TEXTS[1:4])["example"]) <= known | {""}


def test_texts_are_kept_only_where_they_save_log_loss(monkeypatch):
    few, labels = [TEXTS[i] for i in FEW], [TRUTH[i] for i in FEW]
    rest = [text for i, text in enumerate(TEXTS) if i not in FEW]
    fresh = ReasonClassifier(TAXONOMY, CharacterEncoder(64), serve="best")
    rows = {}
    for gain in (9.0, -9.0):
        changed = self_training.SelfTrainingParameters(least_gain=gain)
        monkeypatch.setattr(self_training, "PARAMETERS", changed)
        model = fresh.fit(few, labels, unlabeled=rest).stage_.model
        rows[model.figures["unlabeled_kept"]] = len(model.head.vectors), len(model.head.rows)
    assert rows[0.0][0] == rows[0.0][1] == rows[1.0][1] < rows[1.0][0]


def test_nothing_is_learned_from_too_few_or_beside_many_labels():
    fresh = ReasonClassifier(TAXONOMY, CharacterEncoder(64), serve="best")
    assert "unlabeled" not in fresh.fit(TEXTS, [*TRUTH[:-5], *[None] * 5]).figures_
    with pytest.raises(SettingsError, match="no labels"):
        fresh.fit(TEXTS, [None] * len(TEXTS))
    with pytest.raises(SettingsError, match="one text alone"):
        fresh.fit(TEXTS, TRUTH, unlabeled="返金")


def test_the_surest_of_each_reason():
    scores = np.eye(2)[[0] * 8 + [1] * 4] * np.arange(1, 13)[:, None]
    assert surest(scores).tolist() == [2, 3, 4, 5, 6, 7, 9, 10, 11]
    assert log_loss(np.array([[50.0, 0.0]]), np.array([0])) == pytest.approx(0)
