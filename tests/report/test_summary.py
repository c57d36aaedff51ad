"""The numbers: each can be counted again by hand from the frames."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.frames import UNALLOCATED, UNKNOWN
from vocmine.report import Extras, build_report


def reason_rows(centre) -> pd.DataFrame:
    rows = centre.tags[(centre.tags.kind == "reason") & (centre.tags.label != UNKNOWN)]
    return rows.drop_duplicates(["contact_id", "label"]).merge(centre.contacts, on="contact_id")


@pytest.fixture(scope="module")
def summary(full_report):
    return full_report().summary


def test_parts_add_up_to_the_ledger(summary, centre):
    assert sum(x.cost.value for x in summary.lines) == centre.costs.table.cost.sum() == summary.total_cost
    assert math.isclose(sum(x.share for x in summary.lines), 1)
    assert [x.issue for x in summary.rest] == [UNKNOWN, UNALLOCATED]
    assert summary.n_tagged + summary.n_unknown + summary.n_untagged == summary.n_contacts == len(centre.contacts)


def test_counts_by_issue_match_a_count_by_hand(summary, centre):
    rows = reason_rows(centre)
    moods = centre.tags[centre.tags.kind == "sentiment"].set_index("contact_id").label
    for line in summary.issues:
        mine = rows[rows.label == line.issue]
        assert sum(line.channels) == len(mine)
        assert line.moods[0] == (moods.reindex(mine.contact_id) == "negative").sum()
        assert line.csat.n == mine.csat.notna().sum()
        assert math.isclose(line.csat.value, mine.csat.mean())


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


def test_the_order_of_rows_does_not_matter(centre, summary):
    shuffled = build_report(
        centre.contacts.sample(frac=1, random_state=1), shuffled_tags(centre.tags), centre.costs.with_table(centre.costs.table.iloc[::-1]),
        extras=Extras(timezone="Asia/Tokyo"),
    )
    plain = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(timezone="Asia/Tokyo"))
    assert shuffled.html == plain.html
    assert repr(shuffled.summary.issues) == repr(summary.issues)  # nan equals nan there


def shuffled_tags(tags: pd.DataFrame) -> pd.DataFrame:
    return tags.sample(frac=1, random_state=2)


def test_the_frames_stay_as_they_were(centre):
    before = [frame.copy() for frame in (centre.contacts, centre.tags, centre.costs.table, centre.alerts)]
    build_report(centre.contacts, centre.tags, centre.costs, alerts=centre.alerts).html  # noqa: B018
    for old, new in zip(before, (centre.contacts, centre.tags, centre.costs.table, centre.alerts), strict=True):
        pd.testing.assert_frame_equal(old, new)


def test_a_summary_is_frozen_and_holds_no_words_of_customers(summary, centre):
    with pytest.raises(dataclasses.FrozenInstanceError):
        summary.n_contacts = 1
    said = repr(summary)
    assert not any(text in said for text in centre.contacts.text_clean.unique())


def test_without_rates_the_report_speaks_of_hours(centre):
    costs = centre.costs.with_table(centre.costs.table.assign(cost=np.nan, cost_low=np.nan, cost_high=np.nan))
    for lang in ("ja", "en"):
        made = build_report(centre.contacts, centre.tags, costs, lang)
        assert not made.summary.in_money
        assert "¥" not in made.html
        assert "nan" not in made.html.lower().replace("finance", "")
        assert len(made.findings) >= 3
    assert math.isclose(sum(x.share for x in made.summary.lines), 1)


@pytest.mark.parametrize("n", [1, 2, 5, 30])
def test_few_contacts_make_a_report_too(centre, n):
    contacts = centre.contacts.head(n)
    costs = centre.costs.with_table(centre.costs.table.head(1))
    made = build_report(contacts, centre.tags, costs, "en")
    assert made.summary.n_contacts == n
    assert len(made.findings) >= 3
    assert "nan" not in " ".join(made.findings)
    assert made.html.count("<section") >= 4


def test_contacts_with_the_barest_columns_make_a_report(centre):
    contacts = centre.contacts[["contact_id", "created_at", "channel"]]
    tags = centre.tags[["contact_id", "kind", "label"]]
    made = build_report(contacts, tags, centre.costs)
    assert "<blockquote" not in made.html
    assert "生の本文" not in made.html


def test_a_contact_of_midnight_belongs_to_its_own_day(centre):
    contacts = centre.contacts.head(3).assign(created_at=pd.Timestamp("2026-09-30 16:00", tz="UTC"))
    assert build_report(contacts, centre.tags, centre.costs).summary.last_day.day == 30
    tokyo = build_report(contacts, centre.tags, centre.costs, extras=Extras(timezone="Asia/Tokyo")).summary
    assert (tokyo.last_day.month, tokyo.last_day.day) == (10, 1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"contacts": pd.DataFrame()}, "columns are missing"),
        ({"tags": [1]}, "a table is expected"),
        ({"lang": "fr"}, "no words for this language"),
        ({"extras": Extras(timezone="Tokyo/Asia")}, "unknown time zone"),
    ],
)
def test_wrong_input_is_named(centre, change, says):
    given = {"contacts": centre.contacts, "tags": centre.tags, "costs": centre.costs} | change
    with pytest.raises(SettingsError, match=says):
        build_report(**given)


def test_a_bare_table_of_costs_is_refused_and_a_joined_one_keeps_its_currency(centre):
    with pytest.raises(SettingsError, match=r"without their currency and level.*what vocmine\.issue_costs gives"):
        build_report(centre.contacts, centre.tags, centre.costs.table)
    joined = centre.costs.table.merge(pd.DataFrame({"issue": ["account.login"], "owner": ["A"]}), on="issue", how="left")
    made = build_report(centre.contacts, centre.tags, centre.costs.with_table(joined))
    assert made.html == build_report(centre.contacts, centre.tags, centre.costs).html


def test_costs_by_a_second_key_are_refused(centre):
    with pytest.raises(SettingsError, match="more than one row"):
        build_report(centre.contacts, centre.tags, centre.costs.with_table(pd.concat([centre.costs.table, centre.costs.table])))
    with pytest.raises(SettingsError, match="no contact to report on"):
        build_report(centre.contacts.head(0), centre.tags, centre.costs)


def test_run_as_the_batch_writes_it(centre):
    run = {"read": 10, "accepted": 8, "rejected": {"empty_text": 2}}
    line = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(run=run)).summary.run
    assert (line.read, line.accepted, line.rejected, line.codes) == (10, 8, 2, (("empty_text", 2),))
