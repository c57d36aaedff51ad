"""The parts of a key add up to the whole, to the yen: issue by issue, month by month, contact by contact."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch.analysis import Analysis
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.cost_inputs import CostInputs
from vocmine.batch.part_analysis import PartAnalysis
from vocmine.batch.parts import ContactPart, values_of
from vocmine.cost import CostModel
from vocmine.settings import Settings

MODEL = CostModel(rate_per_minute={"call": 61.7, "social": 33.3}, currency="JPY")
REASONS = ("bill", "login", "plan", "unknown")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Seventy days; customers come back about the same under another product; some contacts have none."""
    rng = np.random.default_rng(8)
    n = 1_100
    day = np.sort(rng.integers(0, 70, n))
    product = rng.choice(["アプリ", "SIM", None], n, p=(0.5, 0.35, 0.15))
    odds = np.where((product == "SIM")[:, None], [0.1, 0.3, 0.5, 0.1], [0.6, 0.2, 0.1, 0.1])
    reason = np.array([rng.choice(REASONS, p=row) for row in odds])
    contacts = pd.DataFrame(
        {
            "contact_id": [f"c{i:04d}" for i in range(n)], "text": "本文です", "terms": "本文", "lang": "ja", "product": product,
            "created_at": pd.Timestamp("2026-08-01 01:00", tz="UTC") + pd.to_timedelta(day, unit="D"),
            "channel": rng.choice(["call", "social"], n), "handle_seconds": np.where(rng.random(n) < 0.2, np.nan, rng.gamma(3, 100, n)),
            "customer_id": rng.integers(0, 200, n).astype(str), "team": rng.choice(["A", "B"], n), "segment": rng.choice(["gold", "new"], n),
            "cost_extra": np.where(rng.random(n) < 0.05, 980.0, 0.0),
        }
    )
    parts = [("reason", reason, 0.9), ("candidate", reason, 0.8), ("sentiment", rng.choice(["negative", "neutral"], n), 0.9)]
    tags = pd.concat([
        pd.DataFrame({"contact_id": contacts.contact_id, "kind": kind, "label": label, "score": score, "source": "model", "evidence": ""})
        for kind, label, score in parts
    ])
    home = tmp_path_factory.mktemp("home")
    store = ContactStore(home, "Asia/Tokyo")
    store.upsert(contacts, tags)
    return Analysis(store, Settings(topics=False, units={"2026-09": 5_000}), CostInputs(MODEL), {"read": n, "accepted": n, "rejected": {}})


@pytest.fixture(scope="module")
def parts(whole):
    return {value: PartAnalysis(whole, ContactPart((("product", (value,)),))) for value in values_of(whole.period.contacts, "product")}


def summed(tables, columns):
    return pd.concat(tables).groupby("issue")[columns].sum().sort_index()


def test_issue_by_issue_to_the_yen(whole, parts):
    assert len(parts) == 3 and "" in parts
    added = summed([part.issue_costs.table for part in parts.values()], ["cost", "payout"])
    table = whole.issue_costs.table.set_index("issue")[["cost", "payout"]].sort_index()
    pd.testing.assert_frame_equal(added, table, check_exact=True)


def test_contact_by_contact(whole, parts):
    for part in parts.values():
        ledger, table = part.issue_costs.ledger, part.issue_costs.table
        assert ledger["cost"].sum() == pytest.approx(table["cost"].sum())
        assert set(ledger["contact_id"]) == set(part.period.contacts["contact_id"])
        assert table["n_contacts"].sum() == pytest.approx(len(part.period.contacts))
    ids = pd.concat([part.period.contacts["contact_id"] for part in parts.values()])
    assert sorted(ids) == sorted(whole.period.contacts["contact_id"])


def test_month_by_month(whole, parts):
    added = pd.concat([part.months for part in parts.values()]).groupby(["month", "issue"])["cost"].sum()
    table = whole.months.set_index(["month", "issue"])["cost"]
    both = pd.concat([added, table], axis=1, keys=["parts", "whole"]).fillna(0.0)
    np.testing.assert_allclose(both["parts"], both["whole"], atol=1e-6)


def test_months_agree_with_the_changes_and_the_bridge(parts):
    part = parts["アプリ"]
    months = part.months[~part.months["is_partial"]].groupby("month")["cost"].sum()
    change = part.changes["change"].sum()
    known = part.months[part.months["issue"] != "unknown"].groupby("month")["cost"].sum()
    assert change == pytest.approx(known["2026-09"] - known["2026-08"], abs=1.0)
    assert part.bridge.loc[part.bridge["step"] == "change", "cost"].iloc[0] == pytest.approx(months.iloc[-1] - months.iloc[-2], abs=1.0)


def test_the_heading_says_what_part_it_is(whole, parts):
    for lang, told in (("ja", "製品・サービス「アプリ」"), ("en", "Product “アプリ”")):
        title = parts["アプリ"].in_language(lang).title
        assert title.startswith(told)
        share = parts["アプリ"].issue_costs.table["cost"].sum() / whole.issue_costs.table["cost"].sum()
        assert f"{share:.0%}" in title
    rows = parts[""].share.table.set_index("what")
    assert rows.loc["part", "size"] + rows.loc["rest", "size"] == pytest.approx(rows.loc["whole", "size"])
    assert rows.loc["whole", "n_contacts"] == len(whole.period.contacts)


def test_the_report_is_of_the_part_alone(whole, parts):
    report = parts["SIM"].built()
    assert report.summary.n_contacts == len(parts["SIM"].period.contacts)
    assert report.summary.total_cost == pytest.approx(parts["SIM"].issue_costs.table["cost"].sum())
    assert 'id="part"' in report.html and "全体に占める大きさ" in report.html
    assert parts["SIM"].sections["units"] is None and whole.sections["units"] is not None
    assert parts["SIM"].sections["run"] is None


def test_costs_by_segment_are_cut_too(parts):
    for part in parts.values():
        table = part.costs_by["segment"].table
        assert table["cost"].sum() == pytest.approx(part.issue_costs.table["cost"].sum(), abs=3)


def test_ranges_are_wider_than_those_of_a_table_by_product(whole, parts):
    from vocmine.cost import issue_costs

    period = whole.period
    plain = issue_costs(period.contacts, period.tags, MODEL, by="product").table
    plain = plain[plain["product"] == "SIM"].set_index("issue")
    table = parts["SIM"].issue_costs.table.set_index("issue")
    width = (table["cost_high"] - table["cost_low"]) / table["cost"]
    assert (width >= ((plain["cost_high"] - plain["cost_low"]) / plain["cost"]).reindex(width.index).fillna(0) * 0.9).all()


def test_several_values_and_columns(whole):
    both = PartAnalysis(whole, ContactPart((("product", ("アプリ", "SIM")),)))
    one = PartAnalysis(whole, ContactPart((("product", ("アプリ", "SIM")), ("team", ("A",)))))
    assert 0 < one.issue_costs.table["cost"].sum() < both.issue_costs.table["cost"].sum() < whole.issue_costs.table["cost"].sum()
    assert both.share.table["size"].iloc[:2].sum() == pytest.approx(whole.issue_costs.table["cost"].sum())
