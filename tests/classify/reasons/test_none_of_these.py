"""How likely a text is about none of the reasons."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.classify.reasons.none_of_these import (
    PARAMETERS,
    distance,
    none_by_confidence,
    none_by_similarity,
)

cosines = st.lists(st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3), min_size=1, max_size=6)


@given(cosines)
def test_chances_lie_between_nothing_and_certainty(rows):
    none = none_by_similarity(np.array(rows, dtype=np.float32))
    assert none.shape == (len(rows),) and none.dtype == np.float64
    assert ((none >= 0) & (none <= 1)).all()


@given(st.lists(st.floats(0, 1), min_size=2, max_size=6))
def test_the_surer_the_best_reason_the_less_likely_none(best):
    none = none_by_confidence(np.sort(best))
    assert ((none >= 0) & (none <= 1)).all() and (np.diff(none) <= 0).all()


def test_the_nearer_a_reason_the_less_likely_none():
    near = np.linspace(-0.5, 1, 16)[:, None]
    none = none_by_similarity(np.hstack([near, np.full((16, 1), -0.6)]))
    assert (np.diff(none) < 0).all() and none[0] > 0.5 > 0.05 > none[-1]


def test_among_more_names_one_is_near_by_chance():
    few, many = (none_by_similarity(np.full((1, k), 0.3))[0] for k in (2, 200))
    assert few < many


def test_other_reasons_than_the_nearest_do_not_matter():
    none = none_by_similarity(np.array([[0.5, 0.1, 0.0], [0.0, 0.49, 0.5]]))
    assert none[0] == none[1]


def test_a_text_is_judged_alone():
    near = np.random.default_rng(0).uniform(0, 1, size=(20, 5)).astype(np.float32)
    alone = np.concatenate([none_by_similarity(row[None]) for row in near])
    assert alone.tolist() == none_by_similarity(near).tolist()


def test_no_texts():
    assert none_by_similarity(np.zeros((0, 3))).shape == none_by_confidence(np.empty(0)).shape == (0,)


def test_what_says_nothing_leaves_what_is_usual():
    place, by_names, scale = PARAMETERS.foreign
    at_place, slope = PARAMETERS.ratio
    neither = place + by_names * np.log(4) + scale * at_place / slope
    assert none_by_similarity(np.full((1, 4), neither))[0] == pytest.approx(PARAMETERS.expected)


@given(st.floats(-3, 12))
def test_the_distance_is_given_back(away):
    place, scale = PARAMETERS.foreign_confidence
    odds = np.exp(place + away * scale)
    if 1e-3 < odds / (1 + odds) < 1 - 1e-3:
        none = none_by_confidence(np.array([odds / (1 + odds)]))
        if 1e-4 < none[0] < 1 - 1e-4:
            assert distance(none)[0] == pytest.approx(away, abs=1e-6)
