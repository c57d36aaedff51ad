"""The calibration error of chances that are right, and of chances that are not."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.drivers.calibration_error import calibration


def test_right_chances_have_none_whatever_their_number():
    rng = np.random.default_rng(0)
    found = []
    for _ in range(200):
        chance = rng.uniform(0.05, 0.95, 400)
        found.append(calibration(chance, (rng.random(400) < chance).astype(int))[:2])
    errors, p_values = np.array(found).T
    assert np.median(errors) < 0.03
    assert 0.002 < (p_values < 0.05).mean() < 0.12


def test_wrong_chances_are_off_by_what_they_are_off_by():
    rng = np.random.default_rng(1)
    truth = rng.uniform(0.3, 0.6, 40_000)
    error, p_value, bins = calibration(truth + 0.1, (rng.random(40_000) < truth).astype(int))
    assert error == pytest.approx(0.1, abs=0.01) and p_value < 1e-6
    assert bins["n"].sum() == 40_000 and len(bins) == 10


def test_equal_chances_stay_together_whatever_the_order_of_rows():
    chance, hits = np.repeat([0.1, 0.5], 300), np.r_[np.tile([0] * 9 + [1], 30), np.zeros(150), np.ones(150)].astype(int)
    error, p_value, bins = calibration(chance, hits)
    assert error == 0 and p_value > 0.5 and bins["n"].tolist() == [300, 300]
