"""Effects that are shrunk: against plain least squares, with known scales, for contacts that are alike."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.drivers.shrinkage import fit_shrunk


def groups(n_groups, each, seed=0):
    code = np.repeat(np.arange(n_groups), each)
    return np.random.default_rng(seed), code, np.eye(n_groups)[code]


def test_with_many_contacts_it_is_least_squares():
    rng, code, block = groups(6, 3_000)
    truth = np.array([0.0, 0.5, -0.5, 1.0, -1.0, 0.2])
    y = truth[code] + rng.normal(size=len(code))
    fit = fit_shrunk(np.ones((len(y), 1)), [block], y, np.arange(len(y)))
    means = np.bincount(code, y) / np.bincount(code)
    assert np.allclose(fit.effects[0] + fit.effects[1:], means, atol=0.01)


def test_without_effects_all_is_drawn_to_the_mean_and_no_range_has_no_width():
    rng, code, block = groups(30, 10)
    y = rng.normal(size=len(code))
    fit = fit_shrunk(np.ones((len(y), 1)), [block], y, np.arange(len(y)))
    means = np.bincount(code, y) / np.bincount(code)
    assert (fit.effects[1:] ** 2).sum() < 0.3 * ((means - y.mean()) ** 2).sum()
    value, low, high = fit.figures(np.eye(31)[1:], 0.95)
    assert (high - low > 0.05).all() and (low < value).all()


def test_one_bad_group_among_harmless_ones_is_not_shrunk_away():
    rng, code, block = groups(30, 40)
    y = np.where(code == 7, -1.5, 0.0) + rng.normal(size=len(code))
    effects = fit_shrunk(np.ones((len(y), 1)), [block], y, np.arange(len(y))).effects[1:]
    assert effects.argmin() == 7 and effects[7] < -1.0
    assert np.abs(np.delete(effects, 7)).max() < 0.4


def test_contacts_of_one_customer_that_are_alike_count_less():
    rng, code, block = groups(4, 200)
    person = np.arange(len(code)) // 10  # ten contacts of each, all of one group
    y = rng.normal(size=person.max() + 1)[person] + 0.1 * rng.normal(size=len(code))
    alone = fit_shrunk(np.ones((len(y), 1)), [block], y, np.arange(len(y)))
    known = fit_shrunk(np.ones((len(y), 1)), [block], y, person)
    weights = np.array([[0.0, 1.0, -1.0, 0.0, 0.0]])
    widths = [float((high - low)[0]) for _, low, high in (fit.figures(weights, 0.95) for fit in (alone, known))]
    assert widths[1] > 2 * widths[0]


def test_the_order_of_contacts_does_not_matter():
    rng, _code, block = groups(5, 40)
    y, order = rng.normal(size=200), np.random.default_rng(1).permutation(200)
    first = fit_shrunk(np.ones((200, 1)), [block], y, np.arange(200))
    last = fit_shrunk(np.ones((200, 1)), [block[order]], y[order], np.arange(200)[order])
    assert np.round(first.effects, 6).tolist() == np.round(last.effects, 6).tolist()


def test_a_feature_that_is_there_twice_shares_its_effect():
    rng, _code, block = groups(4, 100)
    y = block[:, 0] + rng.normal(size=400) * 0.1
    fit = fit_shrunk(np.ones((400, 1)), [np.hstack([block, block])], y, np.arange(400))
    assert fit.effects[1] == pytest.approx(fit.effects[5], abs=1e-9)
    assert np.isfinite(fit.posterior).all()
