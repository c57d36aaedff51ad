"""The script that fits the parameters of names: what is in use is on its grid, and a small run goes through."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from vocmine.classify.reasons.names import PARAMETERS, VIEW_PARAMETERS

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "fit_names.py"


@pytest.fixture(scope="module")
def fit():
    if not SCRIPT.exists():
        pytest.skip("the scripts are not with the tests")
    spec = importlib.util.spec_from_file_location("fit_names", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_grid_holds_what_is_in_use(fit):
    for parameters in (PARAMETERS, *VIEW_PARAMETERS.values()):
        assert parameters.field_weight in fit.FIELDS
        assert all(getattr(parameters, name) in values for name, values in fit.GRID.items())
        assert parameters.temperature in fit.TEMPERATURES


def test_a_small_run(fit, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(fit, "FIELDS", (PARAMETERS.field_weight,))
    monkeypatch.setattr(fit, "GRID", {**dict.fromkeys(fit.GRID, (0.0,)), "word_weight": (0.0, 0.35)})
    monkeypatch.setattr(fit, "simulated", lambda lang: fit.of_file(tmp_path / "said.parquet"))
    said = ["card lost", "card stolen", "refund", "fee", "exchange rate", "top up", "password", "address", "limit", "fraud",
            "transfer", "payment", "app crash"]
    frame = pd.DataFrame({"text": [f"my {word} again {i}" for k, name in enumerate(said) for i, word in enumerate((name, name, said[k - 3]))], "label": np.repeat(said, 3)})
    frame.to_parquet(tmp_path / "said.parquet")
    fit.main(["shared", str(tmp_path / "said.parquet"), "--draws", "2"])
    printed = capsys.readouterr().out
    assert "best: {'said'" in printed and "temperature" in printed


def test_confidence_grows_with_likeness_where_the_near_are_right(fit):
    rng = np.random.default_rng(0)
    near = rng.uniform(0, 0.5, (400, 3))
    truth = np.where(rng.uniform(size=400) < near.max(axis=1) * 2, near.argmax(axis=1), near.argmin(axis=1))
    by_similarity, _, for_all = fit.confidence([(near, truth, 1.0)], PARAMETERS)
    assert by_similarity > 0 > for_all
