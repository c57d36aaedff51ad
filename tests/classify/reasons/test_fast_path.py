"""When the student answers in place of its teacher."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons.fast_path import PARAMETERS, LeftOutAnswers, fit_fast_path
from vocmine.contacts import simulate
from vocmine.embed import CharacterEncoder

NONE = np.linspace(0, 0.3, 4_000)


def answers(wrong_from: int, unknown: np.ndarray = NONE, n: int = 4_000) -> LeftOutAnswers:
    """Answers, surest first, of which those from a place on differ from others."""
    return LeftOutAnswers((np.arange(n) >= wrong_from).astype(int), np.linspace(1, 0.4, n), unknown[:n])


def test_the_student_answers_as_far_as_it_agrees():
    teacher = answers(4_000)
    path = fit_fast_path(answers(3_000), teacher)
    assert 0.74 < path.share < 0.76 and path.disagreement < PARAMETERS.disagreement
    assert fit_fast_path(answers(0), teacher) is None


def test_few_texts_prove_nothing():
    assert fit_fast_path(answers(100, n=100), answers(100, n=100)) is None


def test_sure_of_unknown_texts_it_does_not_answer():
    teacher = answers(4_000)
    tricked = np.where(np.arange(4_000) % 10 == 0, 0.95, NONE)  # a tenth of the unknown look well known
    path = fit_fast_path(answers(4_000, tricked), teacher)
    assert path is None or (path.threshold > 0.9 and path.share < 0.2)
    assert fit_fast_path(answers(4_000), teacher).share > 0.95


def test_equal_confidences_are_not_parted():
    n = 4_000
    same = LeftOutAnswers((np.arange(n) >= 3_000).astype(int), np.repeat([0.9, 0.8], n // 2), NONE)
    path = fit_fast_path(same, answers(n))
    assert path.share == 0.5 and path.threshold == 0.9


class Counted:
    """An encoder that counts what it reads."""

    def __init__(self) -> None:
        self._engine, self.texts = CharacterEncoder(64), list[str]()
        self.spec = self._engine.spec

    def encode(self, texts: list[str]) -> np.ndarray:
        self.texts += texts
        return self._engine.encode(texts)


@pytest.fixture(scope="module")
def fast():
    """A classifier of the simulator's contacts that serves fast, its encoder, and texts it has not seen."""
    frame = simulate(days=30, per_day=150, lang="ja", seed=5).drop_duplicates("text")
    frame = frame[frame["true_reasons"].isin(frame["true_reasons"].value_counts().index[:6])]
    half = len(frame) // 2
    ids = sorted(set(frame["true_reasons"]))
    taxonomy = Taxonomy.from_dict({"reasons": [{"id": x, "name": x.split(".")[-1]} for x in ids]})
    encoder = Counted()
    made = ReasonClassifier(taxonomy, encoder).fit(frame["text"].iloc[:half].tolist(), frame["true_reasons"].iloc[:half].tolist())
    return made, encoder, frame["text"].iloc[half:].tolist(), frame["true_reasons"].iloc[half:].to_numpy()


def test_only_open_texts_are_encoded(fast):
    made, encoder, texts, _ = fast
    encoder.texts.clear()
    made.predict(texts)
    share = 1 - len(encoder.texts) / len(texts)
    assert made.figures_["reader"] == "student" and share > 0.3 and abs(share - made.figures_["fast_share"]) < 0.15
    assert made.figures_["fast_disagreement"] <= PARAMETERS.disagreement


def test_answers_are_about_those_of_the_vectors(fast):
    made, _, texts, truth = fast
    model, stage = made.stage_.model, made.stage_
    slow = model.teacher_probabilities(texts, made.encoder_.encode(texts))
    quick = made.predict_proba(texts)
    assert stage.prior is None or model.prior_weight
    assert (quick.argmax(axis=1) == slow.argmax(axis=1)).mean() >= 0.97
    assert (made.predict(texts, abstain=False) == truth).mean() >= 0.9


def test_a_text_goes_its_way_alone_as_among_others(fast, tmp_path):
    made, _, texts, _ = fast
    some = [*texts[:40], "", "xyz", texts[0]]
    among = made.predict_proba(some)
    assert np.array_equal(np.vstack([made.predict_proba([text]) for text in some]), among)
    made.save(tmp_path / "model")
    again = ReasonClassifier.load(tmp_path / "model", CharacterEncoder(64))
    assert np.array_equal(again.predict_proba(some), among) and again.figures_ == made.figures_
    assert np.array_equal(pickle.loads(pickle.dumps(made)).predict_proba(some), among)
    assert set(made.tag(some)["row"]) == set(range(len(some)))
    assert made.explain(some[:3], top=1)["example"].str.len().gt(0).all()


def test_with_vectors_for_every_text_no_student_is_kept(reason_texts):
    made = ReasonClassifier(encoder=CharacterEncoder(64)).fit(*reason_texts)  # too few texts to prove that it agrees
    assert made.stage_.model.student is None and made.figures_["reader"] == "vectors" and "fast_share" not in made.figures_


def test_a_cascade_reads_the_share_that_is_set(fast):
    _, _, texts, truth = fast
    encoder = Counted()
    made = ReasonClassifier(encoder=encoder, serve="cascade", reread=0.3).fit(texts[::2], truth[::2].tolist())
    encoder.texts.clear()
    made.predict(texts[1::2])
    assert made.figures_["fast_share"] == pytest.approx(0.7, abs=0.05) and made.figures_["reader"] == "student"
    assert len(encoder.texts) == pytest.approx(0.3 * len(texts[1::2]), rel=0.5)
