"""Handle times that are missing, cut or assumed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import CostModel, Note, issue_costs
from vocmine.errors import ContactError


def test_missing_times_are_imputed_by_reason(yen):
    rng = np.random.default_rng(0)
    n = 6_000
    label = rng.choice(["short", "long"], size=n)
    seconds = rng.lognormal(np.where(label == "long", 6.2, 4.8), 0.5)
    ids = [f"c{i:05d}" for i in range(n)]
    # Long contacts lose their time stamp more often: a plain mean of what is left would be far too low.
    gone = rng.random(n) < np.where(label == "long", 0.5, 0.1)
    contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": np.where(gone, np.nan, seconds)})
    tags = pd.DataFrame({"contact_id": ids, "kind": "reason", "label": label, "score": 0.9})
    costs = issue_costs(contacts, tags, yen, seed=1)
    table = costs.table.set_index("issue")
    true = pd.Series(seconds).groupby(label).sum()
    assert ((table.cost - true) / true).abs().max() < 0.03
    assert table.imputed_share["long"] == pytest.approx(0.5, abs=0.05)
    assert (table.cost_low < table.cost).all() and (table.cost < table.cost_high).all()
    assert "imputed" in {note.code for note in costs.notes}


def test_imputation_interval_holds(yen):
    inside = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        label = rng.choice(["a", "b", "c"], size=500, p=[0.6, 0.3, 0.1])
        seconds = rng.lognormal(5.5, 0.7, size=500)
        ids = [f"c{i:03d}" for i in range(500)]
        missing = np.where(rng.random(500) < 0.4, np.nan, seconds)
        contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": missing})
        tags = pd.DataFrame({"contact_id": ids, "label": label, "score": 0.9})
        table = issue_costs(contacts, tags, yen, seed=seed).table.set_index("issue")
        true = pd.Series(seconds).groupby(label).sum()
        inside.append(((table.cost_low <= true) & (true <= table.cost_high)).to_numpy())
    assert 0.90 <= np.mean(inside) <= 0.995


def test_open_tabs_are_cut_and_counted(yen):
    rng = np.random.default_rng(1)
    seconds = rng.lognormal(5.5, 0.6, size=400)
    seconds[7] = 80_000
    ids = [f"c{i:03d}" for i in range(400)]
    contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": seconds})
    tags = pd.DataFrame({"contact_id": ids, "label": "x", "score": 0.9})
    costs = issue_costs(contacts, tags, yen)
    table = costs.table
    assert Note.of("open_tabs", n=1) in costs.notes
    assert table.cost.sum() < seconds.sum() - 60_000
    kept = issue_costs(contacts, tags, CostModel({"call": 60}, "JPY", open_tab_sigmas=None)).table
    assert kept.cost.sum() == round(seconds.sum())


def test_a_channel_without_times_needs_an_assumption(yen):
    contacts = pd.DataFrame({"contact_id": ["a", "b"], "channel": ["call", "chat"], "handle_seconds": [60.0, np.nan]})
    tags = pd.DataFrame({"contact_id": ["a", "b"], "label": ["x", "y"], "score": 0.9})
    with pytest.raises(ContactError, match=r"assumed_handle_seconds: \{chat: 300\}"):
        issue_costs(contacts, tags, yen)
    model = CostModel({"call": 60, "chat": 30}, "JPY", assumed_handle_seconds={"chat": 300})
    table = issue_costs(contacts, tags, model).table.set_index("issue")
    assert table.cost["y"] == 150 and table.imputed_share["y"] == 1.0


def test_a_free_channel_needs_no_times(yen):
    contacts = pd.DataFrame({"contact_id": ["a", "b"], "channel": ["call", "bot"], "handle_seconds": [60.0, np.nan]})
    tags = pd.DataFrame({"contact_id": ["a", "b"], "label": ["x", "y"], "score": 0.9})
    assert issue_costs(contacts, tags, yen).table.set_index("issue").cost.to_dict() == {"x": 60.0, "y": 0.0}
