"""A small version of what the script measures: ranges hold the truth, nothing is found in nothing, sums are exact."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "check_drivers.py"


@pytest.fixture(scope="module")
def check():
    if not SCRIPT.exists():
        pytest.skip("the scripts are not beside the tests")
    spec = importlib.util.spec_from_file_location("check_drivers", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclass looks there
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.mark.parametrize(("outcome", "n", "shift"), [("csat", 1_500, 0.5), ("nps", 600, 0.0), ("repeat", 1_500, 0.0)])
def test_ranges_hold_the_truth_and_parts_add_up(check, outcome, n, shift):
    inside, parts, off = check.coverage(8, outcome, n, shift)
    assert inside >= 0.9 and parts >= 0.93  # of about 240; the script measures with more runs
    assert off < 1e-9


def test_hardly_anything_is_found_where_there_is_nothing(check):
    sure, outside = check.false_finds(10)
    assert sure <= 0.1 and outside <= 0.05


def test_what_was_planted_is_found(check):
    found, effect = check.planted(8, n_bad=200)
    assert found >= 0.8 and -0.75 < effect < -0.4


def test_predictions_hold(check):
    error, _inside, off = check.predictions(3)
    assert error <= 0.03 and off < 0.1


def test_ranges_of_the_promoter_score_hold(check):
    assert check.promoter_coverage(30, (0.1, 0.2, 0.7), 500) >= 0.92
