"""The script that shows how well unknown reasons are told: its grids name what exists, and it leaves no trace."""

from __future__ import annotations

import importlib.util
from dataclasses import asdict
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "tune_unknown.py"


@pytest.fixture(scope="module")
def tune():
    if not SCRIPT.exists():
        pytest.skip("the scripts are not with the tests")
    spec = importlib.util.spec_from_file_location("tune_unknown", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_grids_hold_the_defaults(tune):
    for name, (module, grid, _) in tune.GRID.items():
        defaults = asdict(module.PARAMETERS)
        assert all(defaults[parameter] in values for parameter, values in grid.items()), name


def test_a_table_has_a_row_for_each_value_and_leaves_the_defaults(tune):
    module, before = tune.neighbours, tune.neighbours.PARAMETERS
    seen = []
    table = tune.table(lambda labels: seen.append(module.PARAMETERS.doubt) or [0.5, 0.7], {"a": (module, {"doubt": (0.01, 0.02)}, False)})
    assert seen == [0.01, 0.02] and table["default"].tolist() == ["", "*"] and table["auroc"].tolist() == pytest.approx([0.6, 0.6])
    assert module.PARAMETERS is before
