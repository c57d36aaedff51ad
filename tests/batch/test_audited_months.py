"""What a checked sample corrects, in all months: one figure an issue and month, wherever it stands."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch.audited_months import VALUES, AuditedDays, correct_days, factors
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.period import write_names
from vocmine.batch.report_inputs import CostInputs, cost_and_report
from vocmine.cost import CostModel
from vocmine.results import ReasonInfo
from vocmine.settings import Settings

MODEL = CostModel(rate_per_minute={"call": 60.0}, currency="JPY")
RUN = {"read": 1200, "accepted": 1200, "rejected": {}}


@pytest.fixture(scope="module")
def stored():
    """September and October, twenty contacts a day of three reasons with some doubt of each."""
    rng = np.random.default_rng(8)
    day = np.repeat(np.arange(61), 20)
    reason = rng.choice(["bill", "login", "slow"], len(day), p=[0.5, 0.3, 0.2])
    contacts = pd.DataFrame({
        "contact_id": [f"c{i:05d}" for i in range(len(day))], "text": "本文", "terms": "本文", "lang": "ja", "channel": "call",
        "created_at": pd.Timestamp("2026-09-01 01:00", tz="UTC") + pd.to_timedelta(day, unit="D"), "handle_seconds": rng.integers(100, 900, len(day)).astype(float),
        "cost_extra": np.where(reason == "bill", 500.0, 0.0),
    })
    tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": reason, "score": 0.9, "source": "model", "evidence": ""})
    return contacts, tags


@pytest.fixture(scope="module")
def audit(stored):
    """Every sixth contact of October; a third of the bills was about logging in."""
    contacts, tags = stored
    late = contacts.index[contacts["created_at"] >= "2026-10-01"][::6]
    label = tags["label"].loc[late].mask((tags["label"].loc[late] == "bill") & (late % 9 < 3), "login")
    return pd.DataFrame({"contact_id": contacts["contact_id"].loc[late], "label_tag": tags["label"].loc[late], "prob": 1 / 6, "label": label, "drawn_on": "2026-10-31"})


@pytest.fixture(scope="module")
def audited(tmp_path_factory, stored, audit):
    home = tmp_path_factory.mktemp("audited")
    store = ContactStore(home, "Asia/Tokyo")
    store.upsert(*stored)
    write_names(home, ReasonInfo(names={"ja": {"bill": "請求", "login": "ログイン", "slow": "遅い"}}, demand={"bill": "failure"}))
    report = cost_and_report(home, store, Settings(topics=False, period_days=31), CostInputs(MODEL, audit), RUN)
    return home, report


def october(home) -> pd.DataFrame:
    daily = pd.read_csv(home / "costs_by_day.csv")
    return daily[daily["day"].str.startswith("2026-10")].groupby("issue")[list(VALUES)].sum()


def test_october_of_an_issue_is_one_figure_wherever_it_stands(audited):
    home, report = audited
    costs = pd.read_csv(home / "issue_costs.csv").set_index("issue")
    assert report.summary.basis == "audit" and report.summary.n_checked > 100
    for name in VALUES:
        assert october(home)[name].to_dict() == pytest.approx(costs[name].reindex(october(home).index).to_dict(), rel=1e-6, abs=0.02)
    bridge = pd.read_csv(home / "cost_bridge.csv").query("step == 'after' and issue == issue").set_index("issue")["cost"]
    assert len(bridge) >= 3 and bridge.to_dict() == pytest.approx(costs["cost"].reindex(bridge.index).to_dict(), rel=1e-6)
    moved = pd.read_csv(home / "cost_changes.csv").set_index("issue")["after"]
    assert len(moved) >= 3 and moved.to_dict() == pytest.approx(costs["cost"].reindex(moved.index).to_dict(), rel=1e-6)
    grid = report.summary.section("months").grid("months")
    last = {row[0]: row[2] for row in grid.rows if row[0] != "all"}
    assert last == pytest.approx(costs["cost"].reindex(list(last)).to_dict(), rel=1e-6)
    assert "すべての月に当てています" in report.html and "自動判定から見積もった額" not in report.html


def test_the_sample_moves_money_and_every_day_still_adds_up(audited):
    home, _ = audited
    tagged, moved = pd.read_csv(home / ".costs_by_day.csv"), pd.read_csv(home / "costs_by_day.csv")
    for name in VALUES:
        assert moved.groupby("day")[name].sum().to_numpy() == pytest.approx(tagged.groupby("day")[name].sum().to_numpy(), rel=1e-5, abs=1e-4)
    after, before = (table.assign(month=table["day"].str[:7]).pivot_table("cost", "issue", "month", "sum") for table in (moved, tagged))
    ratio = after / before
    assert (ratio.loc["bill"] < 0.9).all() and (ratio.loc["login"] > 1.1).all()
    assert ratio["2026-09"].to_dict() == pytest.approx(ratio["2026-10"].to_dict(), rel=0.1)


def test_an_audit_that_is_gone_leaves_the_months_as_tagged(audited, stored):
    home, report = audited
    again = cost_and_report(home, ContactStore(home, "Asia/Tokyo"), Settings(topics=False, period_days=31), CostInputs(MODEL), RUN)
    assert again.summary.basis != "audit" and "見本による補正" not in again.html
    pd.testing.assert_frame_equal(pd.read_csv(home / "costs_by_day.csv"), pd.read_csv(home / ".costs_by_day.csv"))
    costs = pd.read_csv(home / "issue_costs.csv").set_index("issue")["cost"]
    assert october(home)["cost"].to_dict() == pytest.approx(costs.reindex(october(home).index).to_dict(), rel=1e-6)
    assert again.findings != report.findings


def moves(factor: list[float]) -> pd.DataFrame:
    before = pd.DataFrame({"issue": list("abcd")[: len(factor)], **dict.fromkeys(VALUES, 1.0)})
    return factors(before.assign(**dict.fromkeys(VALUES, factor)), before)


def test_payouts_reach_an_issue_that_had_none_as_tagged():
    """Only contacts tagged with a were paid; the sample found that a quarter of it was about b."""
    tagged = frame([10.0, 5.0, 20.0, 30.0]).assign(payout=[40.0, 0.0, 60.0, 0.0])
    before = tagged.groupby("issue", as_index=False)[list(VALUES)].sum()
    out = correct_days(tagged, factors(before.assign(payout=[75.0, 25.0]), before))
    assert out.groupby("issue")["payout"].sum().tolist() == pytest.approx([75.0, 25.0], abs=1e-4)
    assert out.groupby("day")["payout"].sum().tolist() == pytest.approx([40.0, 60.0], rel=1e-6)


def frame(costs: list[float], days=("2026-10-01", "2026-10-01", "2026-10-02", "2026-10-02"), issues="abab") -> pd.DataFrame:
    return pd.DataFrame({"day": list(days), "issue": list(issues), "n_contacts": 1.0, "handle_hours": 1.0, "cost": costs, "payout": np.nan})


@pytest.mark.parametrize("day", [7, 8])
def test_days_and_issues_add_up_for_any_table(day):
    rng = np.random.default_rng(day)
    days = pd.date_range("2026-08-01", "2026-10-17").strftime("%Y-%m-%d")
    tagged = pd.DataFrame([(d, i) for d in days for i in "abcd"], columns=["day", "issue"])
    tagged = tagged.assign(**{name: rng.gamma(2.0, 100.0, len(tagged)) for name in VALUES})
    out = correct_days(tagged, moves([0.4, 1.0, 1.7, 2.5]))
    assert out.groupby("day")["cost"].sum().to_numpy() == pytest.approx(tagged.groupby("day")["cost"].sum().to_numpy(), rel=1e-6)
    after, before = (part.assign(month=part["day"].str[:7]).pivot_table("cost", "month", "issue", "sum") for part in (out, tagged))
    ratio = after / before
    assert ratio.div(ratio["a"], axis=0).to_numpy() == pytest.approx(np.tile([1.0, 2.5, 4.25, 6.25], (3, 1)), rel=1e-6)


def test_what_is_not_known_stays_so_and_one_issue_alone_keeps_its_month():
    tagged = frame([10.0, 5.0, 0.0, 20.0])
    out = correct_days(tagged, moves([3.0, 1.0]))
    assert out["payout"].isna().all() and len(out) == 4
    assert out.groupby("issue")["cost"].sum().sum() == pytest.approx(35.0, abs=1e-4)
    assert out["cost"].tolist()[2] == 0.0


def test_an_issue_that_was_never_tagged_has_a_share_and_no_factor():
    after = pd.DataFrame({"issue": ["a", "new"], "n_contacts": [2.0, 1.0], "handle_hours": 1.0, "cost": [8.0, 3.0], "payout": 0.0})
    moved = factors(after, after.assign(cost=[4.0, 0.0]))
    assert moved["cost"].to_dict() == {"a": 2.0, "new": 1.0} and moved["share_cost"].to_dict() == {"a": 0.0, "new": pytest.approx(3 / 11)}


def test_finer_tables_are_moved_as_their_whole_is():
    tagged = frame([10.0, 30.0, 20.0, 20.0])
    days = AuditedDays(correct_days(tagged, moves([2.0, 1.0])), tagged)
    fine = pd.concat([tagged.assign(channel=c, cost=tagged["cost"] * part) for c, part in (("call", 0.25), ("chat", 0.75))], ignore_index=True)
    out = days.corrected(fine)
    assert out.groupby(["day", "issue"])["cost"].sum().to_numpy() == pytest.approx(days.daily.sort_values(["day", "issue"])["cost"].to_numpy(), rel=1e-6)
    plain = AuditedDays(tagged, tagged)
    assert plain.corrected(fine) is fine and plain.digest != days.digest and not plain.is_corrected
    months = fine.assign(month="2026-10").drop(columns="day")
    assert days.corrected(months, "month")["cost"].sum() == pytest.approx(80.0, rel=1e-6)
