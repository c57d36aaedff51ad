"""The ledger adds up: to each line, to the total, to each contact, labour and payouts each."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vocmine.cost import CostModel, CostOptions, issue_costs
from vocmine.frames import LEDGER_COLUMNS


def checked(costs, by=(), unit=1.0):
    """Add the ledger up in all directions; give it."""
    ledger, keys = costs.ledger, [*by, "issue"]
    assert [name for name in ledger if name not in by] == [name for name in LEDGER_COLUMNS if name not in by]
    sums = ledger.groupby(keys)[["cost", "payout_share"]].sum()
    lines = costs.table.set_index(keys)[["cost", "payout"]]
    sums = sums.reindex(lines.index).fillna(0.0)
    assert sums["cost"].to_numpy() == pytest.approx(lines["cost"].to_numpy(), abs=1e-4 * unit)
    assert sums["payout_share"].to_numpy() == pytest.approx(lines["payout"].to_numpy(), abs=1e-4 * unit)
    each = ledger.groupby("contact_id").agg(
        labour=("labour", "first"), cost=("cost", "sum"), payout=("payout", "first"), paid=("payout_share", "sum"),
        share=("share", "sum"), tagged=("share_tagged", "sum"),
    )
    assert (each["labour"] - each["cost"]).abs().max() <= 2 * unit  # whole units of the lines, a share of each
    assert (each["payout"] - each["paid"]).abs().max() <= 2 * unit
    assert each[["share", "tagged"]].to_numpy() == pytest.approx(1.0, abs=1e-6)
    assert not ledger.duplicated(["contact_id", "issue"]).any()
    assert ledger["contact_id"].where(ledger["contact_id"] != "", "~").is_monotonic_increasing
    return ledger


def paid(contacts, seed=0):
    rng = np.random.default_rng(seed)
    return contacts.assign(cost_extra=np.where(rng.random(len(contacts)) < 0.1, rng.lognormal(7, 1, len(contacts)), 0.0))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["JPY", "USD", "KWD"]), st.sampled_from(["minutes", "equal", "primary"]))
@example(406, "KWD", "primary")  # whole units of these sums can't each stand beside what they are rounded from
def test_contacts_as_tagged_add_up(seed, currency, how):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 40))
    ids = [f"c{i:02d}" for i in range(n)]
    contacts = pd.DataFrame({
        "contact_id": ids, "channel": rng.choice(["call", "bot"], n), "handle_seconds": rng.lognormal(5, 1, n).round(),
        "cost_extra": np.where(rng.random(n) < 0.3, rng.lognormal(7, 1, n), np.nan), "team": rng.choice(["a", "b"], n),
    })
    pairs = [(i, label) for i in ids for label in rng.choice(["bill", "login", "mail"], rng.integers(0, 4), replace=False)]
    tags = pd.DataFrame(pairs, columns=["contact_id", "label"]).assign(kind="reason", score=0.9)
    model = CostModel({"call": 61.3, "bot": 0.0}, currency, cost_per_transfer=1.0)
    for by in ((), ("team",)):
        costs = issue_costs(contacts, tags, model, by=list(by), options=CostOptions(ledger=True, attribution=how))
        unit = {"JPY": 1.0, "USD": 0.01, "KWD": 0.001}[currency]
        ledger = checked(costs, by, unit)
        assert ledger["share"].to_numpy() == pytest.approx(ledger["share_tagged"].to_numpy(), abs=1e-3)
        assert (ledger["minutes"] * ledger["rate"]).to_numpy() == pytest.approx(ledger["labour"].to_numpy())


@pytest.mark.parametrize("by", [(), ("team",)])
@pytest.mark.parametrize("k", [5, 24])
def test_an_audit_moves_shares_until_the_lines_are_reached(make_ledger, draw_audit, by, k):
    contacts, tags, truth = make_ledger(k, n=2_500, k=k)
    contacts = paid(contacts).assign(team=np.where(np.arange(len(contacts)) % 3 == 0, "a", "b"))
    audit = draw_audit(tags, truth, each=8)
    model, options = CostModel({"call": 60.0}, "JPY"), CostOptions(ledger=True)
    costs = issue_costs(contacts, tags, model, audit=audit, by=list(by), options=options)
    ledger = checked(costs, by)
    assert len(ledger) < 6 * len(contacts)
    assert (ledger["share"] - ledger["share_tagged"]).abs().max() > 0.01
    # A contact that was checked is what it was found to be.
    found = audit.merge(ledger, left_on=["contact_id", "label"], right_on=["contact_id", "issue"])
    assert len(found) == len(audit) and found["share"].min() > 0.9


def test_repeats_stand_under_the_issue_of_the_first_contact(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(20, n=1_500)
    chains = pd.DataFrame({"contact_id": contacts.contact_id, "chain_id": np.arange(len(contacts)) // 3})
    chains["position"] = np.arange(len(contacts)) % 3 + 1
    for audit in (None, draw_audit(tags, truth)):
        costs = issue_costs(paid(contacts), tags, yen, audit=audit, options=CostOptions(chains=chains, ledger=True))
        ledger = checked(costs)
        wide = ledger.pivot_table(index="contact_id", columns="issue", values="share", aggfunc="sum", fill_value=0.0)
        assert wide.iloc[1].to_numpy() == pytest.approx(wide.iloc[0].to_numpy())


def test_what_belongs_to_no_contact_has_a_row_of_its_own():
    contacts = pd.DataFrame({"contact_id": ["a", "b"], "channel": "call", "handle_seconds": [60.0, 90.0], "cost_extra": [0.0, 7.0]})
    tags = pd.DataFrame({"contact_id": ["a"], "label": ["bill"], "score": 0.9})
    model = CostModel({"call": 60}, "USD", numerator="absorbed", ledger_total=1_000.55)
    ledger = checked(issue_costs(contacts, tags, model, options=CostOptions(ledger=True)), unit=0.01)
    last = ledger.iloc[-1]
    assert last["contact_id"] == "" and last["issue"] == "unallocated" and last["cost"] == pytest.approx(850.55)
    assert ledger["cost"].sum() == pytest.approx(1_000.55) and ledger["payout_share"].sum() == 7.0


def test_minutes_are_told_as_counted_and_as_recorded():
    rng = np.random.default_rng(0)
    seconds = np.append(rng.lognormal(5, 0.3, 60), [28_800.0, np.nan])
    contacts = pd.DataFrame({
        "contact_id": [f"c{i:02d}" for i in range(62)], "channel": "chat", "handle_seconds": seconds, "concurrency": 2.0,
        "created_at": pd.Timestamp("2026-01-31T16:00Z"),
    })
    tags = pd.DataFrame({"contact_id": contacts["contact_id"], "label": "bill", "score": 0.9})
    model = CostModel({"chat": 30.0}, "JPY")
    ledger = issue_costs(contacts, tags, model, options=CostOptions(ledger=True)).ledger
    assert ledger["minutes_recorded"].iloc[0] == pytest.approx(ledger["minutes"].iloc[0]) == pytest.approx(seconds[0] / 120)
    assert ledger["minutes_recorded"].iloc[60] == 240 and ledger["minutes"].iloc[60] < 60
    assert ledger["imputed"].tolist() == [False] * 60 + [True, True] and np.isnan(ledger["minutes_recorded"].iloc[61])
    assert set(ledger["day"]) == {"2026-02-01"} and set(ledger["rate"]) == {30.0}


def test_hours_only_share_out_the_hours(make_ledger, draw_audit):
    contacts, tags, truth = make_ledger(3, n=1_200)
    options = CostOptions(ledger=True)
    costs = issue_costs(paid(contacts), tags, CostModel.hours_only(), audit=draw_audit(tags, truth, each=20), options=options)
    ledger = costs.ledger
    hours = (ledger["minutes"] * ledger["share"]).groupby(ledger["issue"]).sum() / 60
    lines = costs.table.set_index("issue")["handle_hours"]
    assert hours.reindex(lines.index).to_numpy() == pytest.approx(lines.to_numpy(), rel=1e-6)
    assert ledger[["rate", "labour", "payout", "cost", "payout_share"]].isna().all(axis=None)


def test_the_same_input_gives_the_same_ledger_and_order_of_rows_does_not_matter(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(5, n=800)
    audit = draw_audit(tags, truth, each=20)
    one, two = (
        issue_costs(frame, tags, yen, audit=audit, options=CostOptions(ledger=True)).ledger
        for frame in (paid(contacts), paid(contacts).sample(frac=1.0, random_state=1))
    )
    pd.testing.assert_frame_equal(one, two, check_exact=True)
    assert issue_costs(contacts, tags, yen).ledger is None
