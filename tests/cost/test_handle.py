"""Handle times that are missing, cut or assumed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import CostModel, CostOptions, issue_costs
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


AS_GIVEN = CostOptions(kind="topic")  # topics are what was assigned: their intervals have the imputation alone


def test_imputation_interval_holds(yen):
    inside = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        label = rng.choice(["a", "b", "c"], size=500, p=[0.6, 0.3, 0.1])
        seconds = rng.lognormal(5.5, 0.7, size=500)
        ids = [f"c{i:03d}" for i in range(500)]
        missing = np.where(rng.random(500) < 0.4, np.nan, seconds)
        contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": missing})
        tags = pd.DataFrame({"contact_id": ids, "kind": "topic", "label": label, "score": 0.9})
        table = issue_costs(contacts, tags, yen, seed=seed, options=AS_GIVEN).table.set_index("issue")
        true = pd.Series(seconds).groupby(label).sum()
        inside.append(((table.cost_low <= true) & (true <= table.cost_high)).to_numpy())
    assert 0.90 <= np.mean(inside) <= 0.995


def open_tab_contacts(n: int = 400, sigma: float = 0.6):
    seconds = np.random.default_rng(1).lognormal(5.5, sigma, size=n)
    ids = [f"c{i:03d}" for i in range(n)]
    contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": seconds})
    return contacts, pd.DataFrame({"contact_id": ids, "label": "x", "score": 0.9})


def test_open_tabs_are_imputed_and_counted(yen):
    contacts, tags = open_tab_contacts()
    true = contacts["handle_seconds"].sum()
    contacts.loc[7, "handle_seconds"] = 80_000
    costs = issue_costs(contacts, tags, yen)
    assert costs.table.cost.sum() == pytest.approx(true, rel=0.03)
    assert dict(next(note for note in costs.notes if note.code == "open_tabs").values)["n"] == 1
    row = costs.open_tabs.iloc[0]
    assert (row["channel"], row["n_timed"], row["n_cut"]) == ("call", 400, 1)
    assert row["minutes_removed"] * 60 == pytest.approx(row["cost_removed"])
    assert row["minutes_measured"] == pytest.approx(80_000 / 60)
    kept = issue_costs(contacts, tags, CostModel({"call": 60}, "JPY", open_tab_sigmas=None))
    assert kept.table.cost.sum() == round(contacts["handle_seconds"].sum())
    assert "open_tabs" not in {note.code for note in kept.notes} and not kept.open_tabs["n_cut"].any()


def test_an_open_tab_is_in_the_interval_of_its_issue(yen):
    contacts, tags = open_tab_contacts(120)
    tags["label"] = np.where(np.arange(120) % 2, "x", "y")
    tags["kind"] = "topic"
    plain = issue_costs(contacts, tags, yen, options=AS_GIVEN).table.set_index("issue")
    contacts.loc[7, "handle_seconds"] = 28_800
    table = issue_costs(contacts, tags, yen, options=AS_GIVEN).table.set_index("issue")
    assert (plain.cost_high - plain.cost_low).max() <= 1  # yen: nothing was imputed
    assert table.cost_low["x"] < plain.cost["x"] < table.cost_high["x"]
    assert table.cost_high["x"] - table.cost_low["x"] > 600  # more than the spread of a usual contact, 150 s


def test_hours_without_rates_count_open_tabs_too():
    contacts, tags = open_tab_contacts()
    contacts.loc[7, "handle_seconds"] = 80_000
    costs = issue_costs(contacts, tags, CostModel.hours_only())
    assert costs.open_tabs["cost_removed"].isna().all() and costs.open_tabs["minutes_removed"].iloc[0] > 1_000
    assert "open_tabs_minutes" in {note.code for note in costs.notes}


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
