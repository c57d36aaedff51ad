"""Codes as reasons in the costs: counted as chosen, to the unit; and minutes x cost by code and month as a hand sums them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.cost import CostModel, CostOptions, code_costs, issue_costs
from vocmine.errors import ContactError

YEN = CostModel(rate_per_minute={"call": 65.7, "chat": 52.0}, currency="JPY", timezone="Asia/Tokyo")


def made(n, seed=0, coded=1.0):
    rng = np.random.default_rng(seed)
    codes = rng.choice(["01", "02", "03"], n)
    contacts = pd.DataFrame({
        "contact_id": [f"c{i:04d}" for i in range(n)], "channel": rng.choice(["call", "chat"], n), "agent_code": codes,
        "created_at": pd.Timestamp("2026-10-20", tz="UTC") + pd.to_timedelta(rng.integers(0, 30 * 24, n), unit="h"),
        "handle_seconds": rng.integers(30, 1_800, n).astype(float), "cost_extra": rng.choice([0.0, 500.0], n),
    })
    source = np.where(rng.random(n) < coded, "code", "model")
    tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": "r" + pd.Series(codes), "score": 0.9, "source": source, "evidence": ""})
    likely = pd.concat([tags.assign(kind="candidate", label=label, score=score, source="model", evidence="names") for label, score in (("r01", 0.5), ("r02", 0.3), ("unknown", 0.2))])
    return contacts, pd.concat([tags, likely], ignore_index=True)


def by_hand(contacts, key):
    minutes = contacts["handle_seconds"] / 60
    return (minutes * contacts["channel"].map(YEN.rate_per_minute)).groupby(key).sum()


def test_issues_are_what_a_hand_sums():
    contacts, tags = made(400)
    costs = issue_costs(contacts, tags, YEN)
    table = costs.table.set_index("issue")
    hand = by_hand(contacts, "r" + contacts["agent_code"])
    assert costs.basis == "counted" and set(table["basis"]) == {"counted"}
    assert table["method"].str.startswith("by the agents' codes, not corrected").all()
    assert table["n_contacts"].to_dict() == {f"r{code}": float(n) for code, n in contacts["agent_code"].value_counts().items()}
    assert (table["cost"] - hand.reindex(table.index)).abs().max() < 1
    assert table["cost"].sum() == round(hand.sum()) and table["payout"].sum() == contacts["cost_extra"].sum()
    (note,) = [note for note in costs.notes if note.code == "reasons_by_codes"]
    assert dict(note.values) == {"n": 400, "of": 400}


@pytest.mark.parametrize(("coded", "basis"), [(0.9, "counted"), (0.2, "prior"), (0.0, "prior")])
def test_below_half_the_tagger_is_what_costs_rest_on(coded, basis):
    contacts, tags = made(400, coded=coded)
    costs = issue_costs(contacts, tags, YEN)
    assert costs.basis == basis and costs.table["cost"].sum() == round(by_hand(contacts, contacts["channel"]).sum())


def test_an_audit_corrects_codes_too():
    from vocmine.audits import Audit

    contacts, tags = made(600)
    drawn = Audit.sample(tags[tags["kind"] == "reason"], 120).table
    audit = drawn.assign(label=["r02" if i % 5 == 0 else tag for i, tag in enumerate(drawn["label_tag"])])
    costs = issue_costs(contacts, tags, YEN, audit=audit)
    assert costs.basis == "audit" and costs.table["cost"].sum() == round(by_hand(contacts, contacts["channel"]).sum())


def test_the_ledger_adds_up():
    contacts, tags = made(300, coded=0.8)
    costs = issue_costs(contacts, tags, YEN, options=CostOptions(ledger=True))
    sums = costs.ledger.groupby("issue")["cost"].sum()
    assert (sums - costs.table.set_index("issue")["cost"]).abs().max() < 1e-6


def test_codes_by_month_are_what_a_hand_sums():
    contacts, tags = made(500)
    table = code_costs(contacts, tags, YEN)
    month = contacts["created_at"].dt.tz_convert("Asia/Tokyo").dt.strftime("%Y-%m")
    hand = by_hand(contacts, [month.rename("month"), contacts["agent_code"].rename("code")])
    found = table.set_index(["month", "code"])
    assert (found["cost"] - hand).abs().max() < 1 and set(found.index) == set(hand.index)
    assert found["cost"].groupby("month").sum().to_dict() == hand.groupby("month").sum().round().to_dict()
    assert found["minutes"].sum() == pytest.approx(contacts["handle_seconds"].sum() / 60)
    assert found["payout"].sum() == contacts["cost_extra"].sum() and (found["imputed_share"] == 0).all()
    assert table["month"].is_monotonic_increasing


def test_whole_minutes_to_the_yen():
    model = CostModel(rate_per_minute={"call": 60.0, "chat": 50.0}, currency="JPY")
    contacts, tags = made(300)
    contacts["handle_seconds"] = (contacts["handle_seconds"] // 60 + 1) * 60
    hand = (contacts["handle_seconds"] / 60 * contacts["channel"].map(model.rate_per_minute)).groupby(contacts["agent_code"]).sum()
    assert code_costs(contacts, tags, model).groupby("code")["cost"].sum().to_dict() == hand.to_dict()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0, 0.6), st.floats(0, 1))
def test_sums_equal_the_ledger(seed, untimed, coded):
    contacts, tags = made(60, seed, coded)
    gone = np.random.default_rng(seed).random(60) < untimed
    contacts["handle_seconds"] = contacts["handle_seconds"].mask(gone)
    if contacts.groupby("channel")["handle_seconds"].count().min() == 0:
        return
    contacts["agent_code"] = contacts["agent_code"].mask(np.random.default_rng(seed + 1).random(60) < 0.2)
    costs = issue_costs(contacts, tags, YEN, options=CostOptions(ledger=True))
    labour = costs.ledger.drop_duplicates("contact_id")["labour"].sum()
    assert costs.table["cost"].sum() == pytest.approx(round(labour), abs=1)
    table = code_costs(contacts, tags, YEN)
    assert table["n_contacts"].sum() == 60
    assert abs(table["cost"].sum() - labour) <= table["month"].nunique()


def test_hours_only_and_no_column():
    contacts, tags = made(50)
    table = code_costs(contacts, tags, CostModel.hours_only())
    assert table["cost"].isna().all() and table["minutes"].sum() == pytest.approx(contacts["handle_seconds"].sum() / 60)
    with pytest.raises(ContactError, match="agent_code"):
        code_costs(contacts.drop(columns="agent_code"), tags, YEN)
