"""Texts told often."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.topics.discovery.copies import own_topics

AXES = np.eye(6, dtype="f4")
TOPIC = np.vstack([AXES[0] + 0.3 * AXES[i] for i in (1, 2, 3, 4)])
TOPIC = (TOPIC / np.linalg.norm(TOPIC, axis=1, keepdims=True)).astype(np.float32)
LIKE = (TOPIC[0] + TOPIC[1]) / np.linalg.norm(TOPIC[0] + TOPIC[1])


@pytest.mark.parametrize(
    ("vector", "times", "labels"),
    [
        (AXES[5], 5, [0, 0, 0, 0, -1, 1]),  # unlike its topic
        (AXES[5], 4, [0, 0, 0, 0, 0]),  # not told often enough
        (LIKE, 50, [0, 0, 0, 0, 0]),  # one of the topic's texts, however often it is told
    ],
)
def test_a_copied_text_leaves_a_topic_it_is_unlike(vector: np.ndarray, times: int, labels: list[int]) -> None:
    x = np.vstack([TOPIC, vector[None]]).astype(np.float32)
    _, found, stability = own_topics(x, np.array([1, 1, 1, 1, times]), x, np.zeros(5, np.int64), np.ones(1), 5)
    assert found.tolist() == labels
    assert len(stability) == max(labels) + 1


def test_copies_that_say_the_same_are_one_topic() -> None:
    near = (AXES[5] + 0.1 * AXES[4]) / np.linalg.norm(AXES[5] + 0.1 * AXES[4])
    x = np.vstack([AXES[5], near]).astype(np.float32)
    examples, labels, _ = own_topics(x, np.array([9, 7]), x[:0], np.empty(0, np.int64), np.empty(0), 5)
    assert labels.tolist() == [0, 0]
    assert len(examples) == 2
