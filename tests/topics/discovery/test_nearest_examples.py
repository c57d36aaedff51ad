from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from vocmine.topics.discovery.nearest_examples import NearestExamples


def test_a_radius_changes_only_where_the_examples_do() -> None:
    rng = np.random.default_rng(0)
    centres = np.eye(3, 16, dtype=np.float32)
    x = np.vstack([c + 0.1 * rng.normal(size=(20, 16)) for c in centres]).astype(np.float32)
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    first = NearestExamples.empty().learn(x[:40], np.repeat([0, 1], 20))
    more = first.learn(x[40:], np.full(20, 2))
    assert more.radius[:2].tolist() == first.radius.tolist()
    assert more.assign(x, ["語"] * 60).tolist() == np.repeat([0, 1, 2], 20).tolist()
    without = more.learn(x[:5], np.full(5, 3), frozenset({0}))
    assert set(without.topic.tolist()) == {1, 2, 3}
    assert (first.assign(x[:2], ["[氏名]", ""]) == -1).all()


def two_topics() -> tuple[np.ndarray, np.ndarray]:
    """Forty texts; the first topic has two parts of ten."""
    rng = np.random.default_rng(0)
    topic = np.repeat([0, 1], 20)
    x = np.eye(2, 16)[topic] + 0.1 * rng.normal(size=(40, 16))
    x[:10, 2] += 0.8
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32), topic


def test_an_explanation_is_of_the_same_assignment() -> None:
    x, topic = two_topics()
    known = NearestExamples.calibrate(x, topic)
    texts = ["語"] * 38 + ["[氏名]", " "]
    rows = np.vstack([x[:37], -x[:1], x[38:]])
    told = known.explain(rows, texts)
    assert told["topic_id"].tolist() == known.assign(rows, texts).tolist()
    assert told["reason"].tolist()[-3:] == ["far", "empty", "empty"] and (told["topic_id"].tail(3) == -1).all()
    inside = told[told["reason"] == ""]
    assert (inside["score"] >= inside["radius"]).all() and (inside["topic_id"] == inside["nearest"]).all()


def test_calibration_leaves_out_rows_without_topic_and_keeps_half_precision() -> None:
    x, topic = two_topics()
    known = NearestExamples.calibrate(x, np.where(np.arange(40) % 4 == 0, -1, topic))
    assert len(known.examples) == 30 and len(known.radius) == 2
    assert (known.examples == known.examples.astype(np.float16).astype(np.float32)).all()
    assert (known.assign_examples() == known.topic).mean() > 0.9


def test_changes_give_new_examples_and_leave_the_old_as_they_were() -> None:
    x, topic = two_topics()
    known = NearestExamples.calibrate(x, topic)
    before = known.topic.copy(), known.radius.copy()
    merged, part = known.merge([1, 0]), np.repeat([0, 1], 10)
    assert set(merged.topic.tolist()) == {1} and merged.radius[1] == known.radius.min()
    split = known.split(0, x[:20], part)
    assert set(split.topic.tolist()) == {1, 2, 3} and (split.topic[:20] == part + 2).mean() > 0.9
    assert split.radius[2:].tolist() == [known.radius[0]] * 2
    assert (known.topic == before[0]).all() and (known.radius == before[1]).all()


def test_none_known_gives_none_and_a_copy_by_pickle_gives_the_same_bits() -> None:
    x, topic = two_topics()
    assert NearestExamples.empty().assign(x, ["語"] * 40).tolist() == [-1] * 40
    known = NearestExamples.calibrate(x, topic)
    first = known.nearest(x)
    again = pickle.loads(pickle.dumps(known)).nearest(x)
    assert again.score.tobytes() == first.score.tobytes() and again.topic.tobytes() == first.topic.tobytes()
    with pytest.raises(FrozenInstanceError):
        known.radius = first.score  # type: ignore[misc]
