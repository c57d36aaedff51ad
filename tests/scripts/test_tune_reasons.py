"""The script that shows how sensitive the reasons are: its grids name what exists, and it leaves no trace."""

from __future__ import annotations

import importlib.util
from dataclasses import asdict
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "tune_reasons.py"


@pytest.fixture(scope="module")
def tune():
    if not SCRIPT.exists():
        pytest.skip("the scripts are not with the tests")
    spec = importlib.util.spec_from_file_location("tune_reasons", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_grids_hold_the_defaults(tune):
    for name, family in tune.FAMILIES.items():
        defaults = asdict(family.module.PARAMETERS)
        assert all(defaults[parameter] in values for parameter, values in family.grid.items()), name


def test_parameters_come_back_even_after_an_error(tune):
    module = tune.FAMILIES["ridge"].module
    before = module.PARAMETERS
    with pytest.raises(ZeroDivisionError), tune.parameters(module, gamma=9.0):
        assert module.PARAMETERS.gamma == 9.0
        1 / 0  # noqa: B018
    assert module.PARAMETERS is before


def test_a_small_table(tune, monkeypatch):
    family = tune.FAMILIES["word_match"]
    monkeypatch.setitem(tune.FAMILIES, "word_match", tune.Family(family.module, {"sharpness": (0.2, 5.0)}, family.fit))
    table = tune.sensitivity(["word_match"], tune.load(3, 40, 1), tune.CachedEncoder())
    assert list(table.columns) == tune.COLUMNS and table["default"].tolist() == ["*", ""]
    assert table["accuracy"].iloc[0] > 0.3 and table["expected"].nunique() == 2
