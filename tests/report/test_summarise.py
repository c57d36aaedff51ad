"""The numbers: each can be counted again by hand from the frames."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from vocmine.frames import UNALLOCATED, UNKNOWN
from vocmine.report import Extras, build_report


@pytest.fixture(scope="module")
def summary(full_report):
    return full_report().summary


def reason_rows(centre) -> pd.DataFrame:
    rows = centre.tags[(centre.tags.kind == "reason") & (centre.tags.label != UNKNOWN)]
    return rows.drop_duplicates(["contact_id", "label"]).merge(centre.contacts, on="contact_id")


def test_simultaneous_ranges_seldom_cry_wolf(centre):
    """Forty issues that do not change at all: hardly one is called rising or falling."""
    rng = np.random.default_rng(5)
    days, wrong = 56, 0
    costs = centre.costs.with_table(centre.costs.table.head(1))
    for _ in range(5):
        n = 4000
        contacts = pd.DataFrame(
            {
                "contact_id": [f"c{i}" for i in range(n)], "channel": "call",
                "created_at": pd.Timestamp("2026-09-01", tz="UTC") + pd.to_timedelta(rng.integers(0, days, n), unit="D"),
            }
        )
        label = [f"i{k}" for k in rng.integers(0, 40, n)]
        tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": label})
        table = costs.with_table(pd.concat([costs.table.assign(issue=f"i{k}") for k in range(40)]))
        for line in build_report(contacts, tags, table).summary.issues:
            wrong += line.growth.low > 1 or line.growth.high < 1
    assert wrong <= 1


def test_without_times_issues_stand_by_contacts(counted):
    summary = counted("ja").summary
    sizes = [x.contacts.value for x in summary.issues]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(x.share for x in summary.lines) == pytest.approx(1)
    assert summary.issues[0].share == pytest.approx(sizes[0] / sum(x.contacts.value for x in summary.lines))


def test_costs_of_nothing_are_no_costs(centre):
    table = centre.costs.table.assign(cost=0.0, cost_low=0.0, cost_high=0.0, handle_hours=np.nan)
    costs = centre.costs.with_table(table)
    assert build_report(centre.contacts, centre.tags, costs).summary.measure == "counts"


def test_a_longer_history_moves_the_trends_and_nothing_else(centre):
    last = centre.contacts.created_at.max()
    late = centre.contacts[centre.contacts.created_at > last - pd.Timedelta(days=30)]
    plain = build_report(late, centre.tags, centre.costs)
    history = (centre.contacts[["contact_id", "created_at", "channel"]], centre.tags[["contact_id", "kind", "label"]])
    long = build_report(late, centre.tags, centre.costs, extras=Extras(history=history))
    assert (len(plain.summary.weeks), plain.summary.growth_days) == (4, 14)
    assert (len(long.summary.weeks), long.summary.growth_days) == (8, 28)
    assert long.summary.weekly[-4:] == plain.summary.weekly
    assert long.summary.n_contacts == plain.summary.n_contacts == len(late)
    for a, b in zip(long.summary.issues, plain.summary.issues, strict=True):
        assert a.weekly[-4:] == b.weekly
        assert (a.moods, a.channels, a.csat, a.cost) == (b.moods, b.channels, b.csat, b.cost)
    assert "8週間" in long.html
    whole = build_report(centre.contacts, centre.tags, centre.costs).summary
    assert [x.growth for x in long.summary.issues] == [x.growth for x in whole.issues]


def test_parts_add_up_to_the_ledger(summary, centre):
    assert sum(x.cost.value for x in summary.lines) == centre.costs.table.cost.sum() == summary.total_cost
    assert math.isclose(sum(x.share for x in summary.lines), 1)
    assert [x.issue for x in summary.rest] == [UNKNOWN, UNALLOCATED]
    assert summary.n_tagged + summary.n_unknown + summary.n_untagged == summary.n_contacts == len(centre.contacts)


def test_counts_by_issue_match_a_count_by_hand(summary, centre, incident_ids):
    rows = reason_rows(centre)
    moods = centre.tags[centre.tags.kind == "sentiment"].set_index("contact_id").label
    for line in summary.issues:
        mine = rows[rows.label == line.issue]
        assert sum(line.channels) == len(mine)
        calm = mine[~mine.contact_id.isin(incident_ids)]  # an incident that goes on is told on its own
        assert line.n_aside == len(mine) - len(calm)
        assert line.moods[0] == (moods.reindex(calm.contact_id) == "negative").sum()
        assert line.csat.n == calm.csat.notna().sum()
        assert math.isclose(line.csat.value, calm.csat.mean())


def test_growth_compares_two_windows_of_whole_weeks(summary, centre):
    assert summary.growth_days == 28
    rows = reason_rows(centre)
    day = rows.created_at.dt.tz_convert("Asia/Tokyo").dt.normalize()
    back = (day.max() - day).dt.days
    for line in summary.issues:
        mine = rows.label == line.issue
        now, before = (mine & (back < 28)).sum(), (mine & (back >= 28) & (back < 56)).sum()
        assert math.isclose(line.growth.value, now / before)


def test_weeks_are_whole_and_end_with_the_last_day(summary):
    assert len(summary.weeks) == 60 // 7
    assert (summary.last_day - summary.weeks[-1]).days == 6
    assert all(sum(line.weekly[i] for line in summary.issues) > 0 for i in range(len(summary.weeks)))


def test_issues_stand_by_falling_cost(summary):
    costs = [x.cost.value for x in summary.issues]
    assert costs == sorted(costs, reverse=True)


def test_a_given_ranking_goes_before_cost(centre):
    ranking = pd.DataFrame(
        {"issue": ["technical.app_crash", "account.login"], "rank": [1, 2], "rank_low": 1, "rank_high": [2, 4]}
    )
    report = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(ranking=ranking))
    made = report.summary
    assert "優先度 2位（1〜4位）" in report.html
    assert [x.issue for x in made.focus[:3]] == ["technical.app_crash", "account.login", "billing.double_charge"]
    assert [x.cost.value for x in made.issues] == sorted((x.cost.value for x in made.issues), reverse=True)
    assert made.ranked


@pytest.mark.parametrize("first_day_n", [2, 40])
def test_a_first_day_that_was_cut_off_makes_nothing_rise(centre, first_day_n):
    """Eight days of a hundred contacts; the export began at ten to midnight, or the first day was a whole one."""
    sizes = [first_day_n, *[100] * 7]
    day = np.repeat(np.arange(8), sizes)
    contacts = pd.DataFrame({
        "contact_id": [f"c{i}" for i in range(len(day))], "channel": "call",
        "created_at": pd.Timestamp("2026-10-31", tz="UTC") + pd.to_timedelta(day, unit="D"),
    })
    tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": "billing.refund"})
    costs = centre.costs.with_table(centre.costs.table.head(1).assign(issue="billing.refund"))
    report = build_report(contacts, tags, costs)
    growth = report.summary.growth
    if first_day_n == 2:
        assert growth.value == pytest.approx(1.0) and report.summary.growth_days == 3
        assert not [said for said in report.findings if "増え" in said]
    else:
        assert growth.value == pytest.approx(400 / 340)  # a slow day is still a day
    assert report.summary.n_contacts == sum(sizes)


def test_a_last_day_that_has_just_begun_makes_nothing_fall(centre):
    day = np.repeat(np.arange(29), [*[50] * 28, 3])
    contacts = pd.DataFrame({
        "contact_id": [f"c{i}" for i in range(len(day))], "channel": "call",
        "created_at": pd.Timestamp("2026-10-01", tz="UTC") + pd.to_timedelta(day, unit="D"),
    })
    tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": "billing.refund"})
    costs = centre.costs.with_table(centre.costs.table.head(1).assign(issue="billing.refund"))
    summary = build_report(contacts, tags, costs).summary
    assert summary.growth.value == pytest.approx(1.0) and summary.weekly == (350, 350, 350, 350)
    assert str(summary.last_day) == "2026-10-29" and str(summary.weeks[-1]) == "2026-10-22"
