"""Several reasons, missing handle times, repeats."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import CostModel, CostOptions, Note, issue_costs
from vocmine.errors import ContactError


def several(seed: int, n: int = 12_000, k: int = 8):
    """A contact's time is the sum over its issues; a third of the contacts have two or three."""
    rng = np.random.default_rng(seed)
    mean = rng.uniform(90, 900, size=k)
    odds = rng.dirichlet(np.full(k, 3))
    count = rng.choice([1, 2, 3], size=n, p=[0.7, 0.22, 0.08])
    order = np.argsort(rng.exponential(size=(n, k)) / odds, axis=1)
    has = np.zeros((n, k), dtype=bool)
    for i in range(3):
        has[np.flatnonzero(count > i), order[count > i, i]] = True
    minutes = has * mean * rng.lognormal(-0.125, 0.5, size=(n, k))
    ids = np.array([f"c{i:05d}" for i in range(n)])
    contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": minutes.sum(axis=1)})
    row, issue = np.nonzero(has)
    tags = pd.DataFrame({
        "contact_id": ids[row], "kind": "reason", "label": [f"reason_{i}" for i in issue], "score": rng.random(len(row)),
    })
    true = pd.Series(minutes.sum(axis=0), index=[f"reason_{i}" for i in range(k)])
    return contacts, tags, true


@pytest.mark.parametrize("seed", range(4))
def test_split_by_minutes_is_within_three_per_cent(seed, yen):
    contacts, tags, true = several(seed)
    error = {}
    for how in ("minutes", "equal", "primary"):
        table = issue_costs(contacts, tags, yen, options=CostOptions(attribution=how)).table.set_index("issue")
        error[how] = ((table.cost - true) / true).abs().mean()
        assert table.cost.sum() == round(contacts.handle_seconds.sum())
    assert error["minutes"] < 0.03
    assert error["equal"] > 0.10


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


def test_a_chain_is_costed_to_its_first_issue(yen):
    contacts = pd.DataFrame({"contact_id": list("abc"), "channel": "call", "handle_seconds": [60.0, 120.0, 30.0]})
    tags = pd.DataFrame({"contact_id": list("abc"), "label": ["bill", "login", "login"], "score": 0.9})
    chains = pd.DataFrame({
        "contact_id": list("abc"), "chain_id": [1, 1, 2], "position": [1, 2, 1], "is_repeat": [False, True, False],
        "is_censored": [False, False, True],
    })
    costs = issue_costs(contacts, tags, yen, options=CostOptions(chains=chains))
    table = costs.table.set_index("issue")
    assert table.cost.to_dict() == {"bill": 180.0, "login": 30.0}
    assert table.repeat_share.to_dict() == {"bill": 0.5, "login": 0.0}
    assert Note.of("repeats_unseen", n=1) in costs.notes
    with pytest.raises(ContactError, match="no position"):
        issue_costs(contacts, tags, yen, options=CostOptions(chains=chains.drop(columns="position")))


def test_chains_with_audit_keep_the_ledger(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(20)
    chains = pd.DataFrame({"contact_id": contacts.contact_id, "chain_id": np.arange(len(contacts)) // 3})
    chains["position"] = np.arange(len(contacts)) % 3 + 1
    audit = draw_audit(tags, truth)
    table = issue_costs(contacts, tags, yen, audit=audit, options=CostOptions(chains=chains)).table
    assert table.cost.sum() == round(contacts.handle_seconds.sum())
    assert table.repeat_share.between(0, 1).all()


def test_avoidable_is_failure_demand_alone(yen):
    contacts = pd.DataFrame({"contact_id": list("abc"), "channel": "call", "handle_seconds": [60.0, 120.0, 30.0]})
    tags = pd.DataFrame({"contact_id": list("abc"), "label": ["bill", "buy", "ask"], "score": 0.9})
    options = CostOptions(demand={"bill": "failure", "buy": "value"}, fix_rate=0.5)
    table = issue_costs(contacts, tags, yen, options=options).table.set_index("issue")
    plain = issue_costs(contacts, tags, yen).table.set_index("issue")
    assert table.avoidable_cost["bill"] == 30 and table.avoidable_cost["buy"] == 0
    assert np.isnan(table.avoidable_cost["ask"])
    assert (table.cost == plain.cost).all()
