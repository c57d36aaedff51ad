"""The script that chooses the ridge of incidents' rules says how many contacts each finds."""

from __future__ import annotations

import numpy as np
import pytest

from scripts import tune_incidents
from tests.topics.tracking.conftest import made
from vocmine.topics.tracking import rule


def test_each_ridge_is_held_against_the_truth(monkeypatch, capsys):
    memory, is_new = made()
    stream = tune_incidents.Stream("made", memory, is_new, np.flatnonzero(is_new)[:8])
    monkeypatch.setattr(rule, "_RIDGE", rule._RIDGE)
    monkeypatch.setattr(tune_incidents, "simulated", lambda seeds: [stream] * seeds)
    tune_incidents.main(["--seeds", "2"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3 * len(tune_incidents.RIDGES)
    n, hits, true = tune_incidents.found_with(stream, 0.001)
    assert hits >= 0.9 * n and hits >= 0.8 * true
    assert f"n {n}," in next(line for line in lines if line.startswith("ridge 0.001  made"))
    spread = float(next(line for line in lines if line.startswith("ridge 0.001  log")).rpartition(" ")[2])
    assert spread == pytest.approx(abs(np.log(n / true)), abs=1e-3)
