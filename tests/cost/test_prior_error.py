"""How wrong unchecked totals are taken to be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.cost.prior_error import (
    BASES,
    FEATURES,
    error_features,
    error_parameters,
    features_of_tags,
    none_target,
    prior_range,
    spread_of_tags,
)
from vocmine.cost.quantify import Chances, none_share, quantify


def test_every_basis_has_its_parameters():
    assert set(error_parameters()) == set(BASES)
    for known in error_parameters().values():
        assert len(known.shift) == len(known.spread) == len(FEATURES)
        assert known.none_spread > 0


def test_features_by_hand():
    read = Chances(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([0.75, 0.25, 0.25, 0.75]), 3, 2)
    features = error_features(read, read)
    assert features[0].tolist() == features[1].tolist() == pytest.approx([1, 0.375, np.log(1.5), 2**-0.5])
    assert features[2].tolist() == pytest.approx([1, 1, np.log(0.02), 1])  # nobody has it


def test_features_of_tags_are_those_of_as_sure_chances():
    tags = features_of_tags(np.array([0.75, 0.75, 0.5]), np.array([0, 0, 1]), np.ones(3), 3)
    assert tags[0].tolist() == pytest.approx([1, 0.25, np.log(2), 3**-0.5])
    assert tags[2].tolist() == pytest.approx([1, 1, np.log(0.02), 1])


@pytest.mark.parametrize("basis", BASES)
def test_expected_sizes_are_shares_of_all_contacts(make_chances, basis):
    chances, _truth = make_chances(0, n=400)
    read = quantify(chances, np.full(400, np.nan), basis)
    prior = prior_range(chances, read, basis)
    assert prior.target.sum() == pytest.approx(1) and (prior.target >= 0).all()
    assert prior.target[chances.none] == pytest.approx(none_target(chances, basis) * error_parameters()[basis].none_factor)
    assert (prior.spread > 0).all() and (prior.spread <= 1.5).all()
    assert prior.spread[chances.none] == error_parameters()[basis].none_spread


def test_names_alone_tell_none_from_all_contacts_and_what_was_learned_from_each(make_chances):
    chances, _truth = make_chances(2, n=300)
    assert none_target(chances, "names") == none_target(chances, "texts") == none_share(chances)
    own = chances.chance[chances.issue == chances.none].sum() / 300
    assert none_target(chances, "labels") == none_target(chances, "examples") == pytest.approx(own)


def test_an_unknown_basis_is_taken_for_the_most_doubtful_one(make_chances):
    chances, _truth = make_chances(1, n=100)
    names, other = (prior_range(chances, chances, basis) for basis in ("names", "何か"))
    assert names.spread.tolist() == other.spread.tolist()


def test_all_unknown():
    chances = Chances(np.arange(5), np.full(5, 2), np.ones(5), 3, 2)
    prior = prior_range(chances, chances, "names")
    assert prior.target.tolist() == pytest.approx([0, 0, 1])
    assert np.isfinite(prior.spread).all()


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1e6)), min_size=1, max_size=8), st.integers(0, 8))
def test_spreads_of_tags_are_sane_whatever_the_sizes(rows, none):
    sure, size = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    spread = spread_of_tags(features_of_tags(sure, np.arange(len(rows)), size, len(rows)), none)
    assert len(spread) == len(rows) and np.isfinite(spread).all() and (spread >= 0.02).all() and (spread <= 1.5).all()
    if none < len(rows):
        assert spread[none] == error_parameters()["scores"].none_spread
