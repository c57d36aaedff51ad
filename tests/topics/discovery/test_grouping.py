from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import v_measure_score

from tests.topics.discovery.conftest import Blobs
from vocmine.embed import CharacterEncoder
from vocmine.errors import ContactError
from vocmine.topics.discovery.grouping import Groups, group_texts, without_alike, without_scraps


def test_groups_are_near_the_truth(labelled: pd.DataFrame) -> None:
    frame = pd.DataFrame({"text_clean": labelled["text"], "n": 1})
    found = group_texts(frame, CharacterEncoder(128))
    assert v_measure_score(labelled["label"], found.label) > 0.6
    assert 4 <= found.n <= 12


def test_too_few_texts_are_said() -> None:
    with pytest.raises(ContactError, match="too few texts for a list"):
        group_texts(pd.DataFrame({"text_clean": ["返金"], "n": [1]}), CharacterEncoder(16))


@pytest.mark.parametrize("most", [30, 40])
def test_texts_that_are_not_read_are_assigned(labelled: pd.DataFrame, most: int) -> None:
    frame = pd.DataFrame({"text_clean": labelled["text"], "n": 1})
    assert len(group_texts(frame, CharacterEncoder(64), most).label) == len(labelled)


def test_scraps_go_to_the_nearest(blobs: Blobs) -> None:
    x, truth = blobs([40, 40, 40, 6])
    found = without_scraps(x, truth)
    assert np.bincount(found).min() >= 40
    assert len(found) == len(truth)


def test_even_clusters_stay(blobs: Blobs) -> None:
    x, truth = blobs([12, 12, 12])
    assert len(set(without_scraps(x, truth))) == 3
    middle = x - x.mean(axis=0)
    assert len(set(without_alike((middle / np.linalg.norm(middle, axis=1, keepdims=True)).astype(np.float32), truth))) == 3


def test_halves_of_one_matter_are_joined(blobs: Blobs) -> None:
    x, truth = blobs([40, 40])
    halves = truth * 2 + np.arange(len(truth)) % 2
    assert v_measure_score(truth, without_alike(x - 0, halves)) > 0.99


def test_groups_are_joined_and_renumbered() -> None:
    groups = Groups(np.array([0, 1, 1, 2, -1]), np.zeros((5, 2)))
    assert groups.joined({2: 0}).label.tolist() == [0, 1, 1, 0, -1]
