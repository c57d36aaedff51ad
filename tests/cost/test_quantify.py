"""Chances of all contacts read together: closer to the truth than counting, and always whole contacts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.cost.prior_error import BASES
from vocmine.cost.quantify import Chances, likely_factor, none_share, quantify


def counted(chances):
    """Give each contact to its likeliest issue."""
    order = np.lexsort((-chances.chance, chances.row))
    first = order[np.r_[True, np.diff(chances.row[order]) > 0]]
    return np.bincount(chances.issue[first], minlength=chances.n_issues)


def totals(chances):
    return chances.totals(np.ones(chances.n_contacts))


def off(found, truth, k):
    """Say how many contacts stand under a wrong issue, as a share of all."""
    return np.abs(found - np.bincount(truth, minlength=k)).sum() / 2 / len(truth)


def no_times(chances):
    return np.full(chances.n_contacts, np.nan)


def test_shares_are_nearer_to_the_truth_than_counting(make_chances):
    errors = []
    for seed in range(8):
        chances, truth = make_chances(seed)
        read = quantify(chances, no_times(chances))
        known = truth[truth < 20]  # how many are none of these is told apart, below
        found = [each[:20] / each[:20].sum() * len(known) for each in (totals(read), counted(chances), totals(chances))]
        errors.append([off(each, known, 20) for each in found])
    read, count, summed = np.mean(errors, axis=0)
    assert read < 0.8 * count and read < summed
    assert all(own < by_tag for own, by_tag, _summed in errors)


@pytest.mark.parametrize("basis", ["names", "texts", "labels"])
def test_handle_time_tells_issues_apart_that_texts_do_not(basis):
    rng = np.random.default_rng(2)
    truth = (rng.random(800) < 0.25).astype(int)
    sure = rng.random(800) < 0.5  # the others look like both
    right = np.where(sure, 0.95, 0.5)
    chance = np.stack([np.where(truth == 0, right, 1 - right), np.where(truth == 1, right, 1 - right)], axis=1)
    chances = Chances(np.repeat(np.arange(800), 2), np.tile([0, 1], 800), chance.ravel(), 3, 2)
    times = rng.normal(np.where(truth == 1, 1.5, -0.5), 0.3)
    with_time, without = (quantify(chances, x, basis) for x in (times, no_times(chances)))
    assert off(totals(with_time), truth, 3) < 0.05 < off(totals(without), truth, 3)
    assert with_time.chance.reshape(800, 2)[np.arange(800), truth].mean() > 0.95


def test_times_that_say_nothing_change_little(make_chances):
    chances, _truth = make_chances(3)
    times = np.random.default_rng(0).normal(size=chances.n_contacts)
    change = totals(quantify(chances, times)) - totals(quantify(chances, no_times(chances)))
    assert np.abs(change).sum() / 2 < 0.03 * chances.n_contacts


@pytest.mark.parametrize(("foreign", "error"), [(0.0, 0.08), (0.1, 0.04), (0.3, 0.15)])
def test_the_share_of_foreign_contacts_is_found(make_chances, foreign, error):
    """Drawn to what is usual: where nothing is known many foreign contacts are not believed at once."""
    found = [none_share(make_chances(seed, foreign=foreign)[0]) for seed in range(4)]
    assert np.mean(found) == pytest.approx(foreign, abs=error)


def test_more_foreign_contacts_are_a_larger_share(make_chances):
    found = [none_share(make_chances(1, foreign=share)[0]) for share in (0.0, 0.15, 0.3, 0.6)]
    assert found == sorted(found)


def test_the_order_of_contacts_does_not_matter(make_chances):
    chances, _truth = make_chances(4, n=300)
    times = np.random.default_rng(1).normal(size=300)
    place = np.random.default_rng(2).permutation(300)
    order = np.lexsort((chances.issue, place[chances.row]))
    mixed = Chances(place[chances.row][order], chances.issue[order], chances.chance[order], chances.n_issues, chances.none)
    there = np.empty(300)
    there[place] = times
    np.testing.assert_allclose(quantify(mixed, there).chance, quantify(chances, times).chance[order], atol=1e-8)


def test_nothing_is_read_from_nothing():
    empty = Chances(np.empty(0, dtype=int), np.empty(0, dtype=int), np.empty(0), 3, 2)
    assert len(quantify(empty, np.empty(0)).row) == 0
    assert none_share(empty) == 0.0
    assert empty.n_contacts == 0 and empty.totals(np.empty(0)).tolist() == [0.0, 0.0, 0.0]


def test_what_is_sure_stays(make_chances):
    chances = Chances(np.arange(50), np.arange(50) % 3, np.ones(50), 4, 3)
    for basis in BASES:
        assert quantify(chances, no_times(chances), basis).chance.tolist() == [1.0] * 50


@st.composite
def any_chances(draw):
    """Draw entries of any shape: issues without contacts, contacts with "none" only, chances of 0."""
    k = draw(st.integers(1, 5))
    contacts = draw(st.lists(st.dictionaries(st.integers(0, k), st.floats(0, 1), min_size=1, max_size=k + 1), min_size=1, max_size=12))
    entries = [(row, issue, chance) for row, each in enumerate(contacts) for issue, chance in sorted(each.items())]
    row, issue, chance = (np.array(column) for column in zip(*entries, strict=True))
    times = draw(st.lists(st.one_of(st.just(np.nan), st.floats(-8, 8)), min_size=len(contacts), max_size=len(contacts)))
    return Chances(row, issue, chance.astype(float), k + 1, k).normalised(), np.array(times)


@settings(deadline=None)
@given(any_chances(), st.sampled_from(BASES))
def test_every_contact_stays_whole(given_, basis):
    chances, times = given_
    read = quantify(chances, times, basis)
    assert read.row.tolist() == chances.row.tolist() and read.issue.tolist() == chances.issue.tolist()
    assert np.isfinite(read.chance).all() and (read.chance >= 0).all()
    np.testing.assert_allclose(np.bincount(read.row, weights=read.chance), 1.0)
    assert 0 <= none_share(chances) <= 1


def test_likelihoods_of_any_size_are_compared_within_a_contact():
    factor = likely_factor(np.array([-1e6, -1e6 - 1, 5.0]), np.array([0, 0, 1]))
    assert factor.round(4).tolist() == [1.0, 0.3679, 1.0]
