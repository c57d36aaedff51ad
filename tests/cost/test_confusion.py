"""A small model of the mistakes of the tagger, on mistakes that are known."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.cost.attribution import Pairs
from vocmine.cost.confusion import Confusion, fit_confusion

K = 3

def made(seed, n=3_000, right=0.8):
    """Contacts of three issues; a wrong tag of issue 0 is about 1 in nine of ten cases; effort tells 2 from the others."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, K, n)
    score = rng.uniform(0.05, 0.95, n)
    hit = rng.random(n) < np.clip(right + 0.4 * (score - 0.5), 0, 1)
    wrong_of = np.where(rng.random(n) < 0.9, 1, 2)  # which true issue a wrong tag of 0 has
    tag = np.where(hit, truth, np.where(truth == 0, rng.integers(1, K, n), 0))
    truth = np.where(~hit & (tag == 0), wrong_of, truth)
    effort = rng.normal(np.array([5.0, 5.0, 7.0])[truth], 0.5)
    pairs = Pairs(np.arange(n), tag, np.ones(n), score, tag, ("a", "b", "c"))
    return pairs, effort, truth


def fitted(seed, m=1_500):
    pairs, effort, truth = made(seed)
    rows = np.random.default_rng(seed + 1).choice(len(truth), m, replace=False)
    return fit_confusion(pairs, effort, rows, np.eye(K)[truth[rows]]), pairs, effort, truth, rows


@pytest.mark.parametrize("seed", range(3))
def test_the_model_learns_scores_confusions_and_effort(seed):
    model, pairs, effort, truth, rows = fitted(seed)
    assert model.slope[1] > 0.1  # a higher score is more often right
    assert model.off[0, 1] > 0.75
    assert np.allclose(model.off.sum(axis=1), 1) and not model.off.diagonal().any()
    assert model.centre == pytest.approx([5, 5, 7], abs=0.15)
    others = np.setdiff1d(np.arange(len(truth)), rows)
    chances = model.predict(pairs, effort, slice(0, len(truth)))
    assert (chances.argmax(axis=1) == truth)[others].mean() > (pairs.main == truth)[others].mean() + 0.02


def test_chances_add_up_and_do_not_depend_on_the_rows_asked_for():
    model, pairs, effort, truth, _rows = fitted(5)
    effort = np.where(np.arange(len(truth)) % 4 == 0, np.nan, effort)
    whole = model.predict(pairs, effort, slice(0, len(truth)))
    assert whole.sum(axis=1) == pytest.approx(np.ones(len(truth)))
    assert (whole >= 0).all()
    assert np.allclose(model.predict(pairs, effort, slice(100, 250)), whole[100:250])


def test_a_contact_without_a_time_goes_by_its_tags_alone():
    model = Confusion(np.array([0.0, 0.0, 0.0, 0.0]), np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([4.0, 8.0]), 1.0)
    pairs = Pairs(np.array([0, 1]), np.array([0, 0]), np.ones(2), np.array([0.5, 0.5]), np.array([0, 0]), ("a", "b"))
    chances = model.predict(pairs, np.array([np.nan, 8.0]), slice(0, 2))
    assert chances[0].tolist() == [0.5, 0.5]
    assert chances[1, 1] > 0.99


def test_few_checked_contacts_say_nothing_about_effort():
    pairs, effort, truth = made(7)
    model = fit_confusion(pairs, effort, np.arange(5), np.eye(K)[truth[:5]])
    assert model.spread == np.inf
    assert np.isfinite(model.predict(pairs, effort, slice(0, 50))).all()
