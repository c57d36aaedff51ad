"""What unlabelled texts say of reasons that are not known."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from vocmine.classify import ReasonClassifier
from vocmine.classify.reasons.neighbours import Neighbours, fit_neighbours, unlabelled_draw
from vocmine.classify.reasons.supervised import ReasonModelParameters, fit_model, model_arrays, model_from_arrays
from vocmine.classify.reasons.training_rows import TrainingRows
from vocmine.linalg import cosines, unit_rows

REASONS, NEW = 10, 3  # known ones, and others


def texts_of(reasons: np.ndarray, seed: int) -> np.ndarray:
    """Vectors around one centre a reason."""
    centres = np.random.default_rng(99).normal(size=(REASONS + NEW, 32))
    noise = np.random.default_rng(seed).normal(size=(len(reasons), 32))
    return unit_rows((centres[reasons] + noise).astype(np.float32))


LABELLED = np.arange(200) % REASONS
POOL = np.arange(390) % (REASONS + NEW)


@pytest.fixture(scope="module")
def fitted():
    return fit_neighbours(texts_of(LABELLED, 1), LABELLED, texts_of(POOL, 2), np.arange(REASONS) % 5)


def test_a_draw_rests_on_what_texts_say():
    texts = [f"text {i}" for i in range(50)]
    some = {texts[i] for i in unlabelled_draw(texts, 20)}
    assert len(some) == 20
    assert some == {texts[::-1][i] for i in unlabelled_draw(texts[::-1], 20)}
    assert some < {texts[i] for i in unlabelled_draw(texts, 30)}


def test_texts_of_new_reasons_have_neighbours_of_no_known_reason(fitted):
    beside, left_out = fitted
    new = np.arange(60) % NEW + REASONS
    share = [beside.known_share(cosines(v, texts_of(LABELLED, 1)), v) for v in (texts_of(LABELLED, 3), texts_of(new, 4))]
    assert np.mean(share[0]) > np.mean(share[1]) + 0.15
    assert np.quantile(share[0], 0.2) > np.quantile(share[1], 0.8)
    assert beside.share_new == pytest.approx(NEW / (NEW + REASONS), abs=0.12)
    assert left_out.weight > 0.85


def test_left_out_shares_are_like_those_of_other_texts(fitted):
    beside, left_out = fitted
    vectors = texts_of(LABELLED, 3)
    seen = beside.known_share(cosines(vectors, texts_of(LABELLED, 1)), vectors)
    assert left_out.known.mean() == pytest.approx(seen.mean(), abs=0.03)
    assert max(part.mean() for part in left_out.among) < left_out.known.mean() - 0.1
    assert all(len(part) == len(LABELLED) and np.isfinite(part).all() for part in (*left_out.among, *left_out.apart))


def test_unlabelled_texts_of_known_reasons_alone_are_not_kept():
    known = np.arange(300) % REASONS
    assert fit_neighbours(texts_of(LABELLED, 1), LABELLED, texts_of(known, 5), np.arange(REASONS) % 5) is None


def test_few_reasons_or_no_texts_teach_nothing():
    vectors, two = texts_of(LABELLED, 1), LABELLED % 2
    assert fit_neighbours(vectors, two, texts_of(POOL, 2), np.arange(2)) is None
    assert fit_neighbours(vectors, LABELLED, np.zeros((0, 32), np.float32), np.arange(REASONS) % 5) is None


def test_a_text_alone_is_as_among_others(fitted):
    beside, _ = fitted
    vectors, known = texts_of(POOL, 7), texts_of(LABELLED, 1)
    many = beside.known_share(cosines(vectors, known), vectors)
    again: Neighbours = pickle.loads(pickle.dumps(beside))
    for row in (0, 17, 389):
        one = vectors[row : row + 1]
        assert again.known_share(cosines(one, known), one)[0] == many[row]


def test_the_model_comes_back_with_its_neighbours():
    texts = [str(1000 + i) for i in range(len(LABELLED))]
    rows = TrainingRows(texts, np.eye(REASONS, dtype=np.float32)[LABELLED], np.ones(len(texts), dtype=bool))
    vectors, other = texts_of(LABELLED, 1), texts_of(POOL, 3)
    wanted = ReasonModelParameters(0.8, 0.02, False)
    alone, model = (fit_model(rows, vectors, wanted, beside=beside) for beside in (None, texts_of(POOL, 2)))
    words = [str(3000 + i) for i in range(len(other))]
    read = model.teacher_probabilities(words, other)
    assert np.array_equal(model_from_arrays(model_arrays(model), model.figures).teacher_probabilities(words, other), read)
    assert model.neighbours is not None
    unknown = POOL >= REASONS

    def told(p: np.ndarray) -> float:
        """Chance that an unknown text is less sure than a known one."""
        best = p.max(axis=1)
        return float((best[unknown][:, None] < best[~unknown][None, :]).mean())

    assert told(read) > 0.9 and told(read) > told(alone.teacher_probabilities(words, other)) - 0.01


class NumberEncoder:
    """An encoder of numbers: the rest says the reason, so that letters tell nothing."""

    def __init__(self):
        self.spec = {"encoder": "made"}

    def encode(self, texts):
        numbers = [int(text) if text.isdigit() else 0 for text in texts]
        return np.concatenate([np.zeros((0, 32), np.float32), *(texts_of(np.array([n % 13]), n) for n in numbers)])


def test_texts_without_a_label_are_learned_from_and_saved(tmp_path):
    numbers = np.arange(1000, 1500)
    texts = [str(n) for n in numbers]
    y = [f"r{n % 13}" if n % 13 < REASONS and n < 1250 else None for n in numbers]
    clf = ReasonClassifier(encoder=NumberEncoder()).fit(texts, y)
    beside = clf.stage_.model.neighbours
    assert beside is not None and beside.vectors.dtype == np.float16 and len(beside.sure) == sum(label is None for label in y)
    assert clf.figures_["share_new"] == beside.share_new > 0.1
    others = np.arange(1600, 1800)
    read = clf.predict_proba([str(n) for n in others])
    assert read[others % 13 >= REASONS].max(axis=1).mean() < read[others % 13 < REASONS].max(axis=1).mean() - 0.2
    clf.save(tmp_path / "m")
    again = ReasonClassifier.load(tmp_path / "m", NumberEncoder())
    assert np.array_equal(again.predict_proba([str(n) for n in others]), read)
    assert np.array_equal(again.predict_proba([str(others[7])])[0], read[7])
    told = clf.explain([str(n) for n in others], top=1)
    unknown = told["score"] < clf.threshold_
    assert set(told["doubt"][~unknown]) == {""} and set(told["doubt"][unknown]) <= {"new", "far", "between"}
    assert (told["doubt"][unknown.to_numpy() & (others % 13 >= REASONS)] == "new").mean() > 0.8
