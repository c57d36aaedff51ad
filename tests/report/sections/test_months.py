"""Months, forecasts and why issues grew or fell."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.frames import LEDGER_COLUMNS
from vocmine.report import Extras, build_report
from vocmine.report.render.cells import CellWriter
from vocmine.report.words import Words
from vocmine.results import IssueCosts


def test_months_of_an_issue_are_its_costs_and_the_partial_one_is_named(full_report):
    grid = full_report().summary.section("months").grid("months")
    assert [col.head for col in grid.cols] == ["col_issue", "2026-09", "2026-10", "col_total"]
    assert grid.rows[1] == ("account.login", 900_000.0, 700_000.0, 1_600_000.0)
    total = [sum(row[i] for row in grid.rows[1:]) for i in (1, 2, 3)]
    assert grid.rows[0] == ("all", *total) and total[0] + total[1] == total[2]
    assert "合計" in full_report().html
    assert grid.rows[-1][0] == "unknown"
    assert "2026年10月は" in full_report().html


def test_a_change_is_told_by_its_parts_which_add_up(full_report):
    report = full_report()
    rows = report.summary.section("months").grid("changes").rows
    assert [row[0] for row in rows] == ["delivery.late", "account.login"]
    for _, before, after, change, volume, mix, rate, price in rows:
        assert change == after - before == volume + mix + rate.value + price
    said = [CellWriter(Words("ja", "JPY"), report.evidence).sentence(each) for each in report.summary.section("months").sentences]
    grew, fell = (sentence for sentence in said if "2026年8月から2026年9月" in sentence)
    assert "増えました（+10.0万円）" in grew
    assert "全体の件数の増減が-2.0万円" in grew
    assert "この課題自身の増減が+10.5万円（" in grew
    assert "超えています" in grew
    assert "減りました（-10.0万円）" in fell
    assert "偶然の幅の中" in fell


def test_a_change_of_something_else_than_the_report_measures_is_left_out(centre, made):
    table = centre.costs.table.assign(**dict.fromkeys(("cost", "cost_low", "cost_high"), float("nan")))
    costs = IssueCosts(table)
    extras = Extras(months=made.months(), changes=made.changes())
    report = build_report(centre.contacts, centre.tags, costs, extras=extras)
    assert [grid.key for grid in report.summary.section("months").grids] == ["months"]
    hours = made.changes().assign(value="handle_hours")
    report = build_report(centre.contacts, centre.tags, costs, extras=Extras(months=made.months(), changes=hours))
    assert [grid.key for grid in report.summary.section("months").grids] == ["months", "changes"]
    with pytest.raises(SettingsError, match="columns are missing"):
        build_report(centre.contacts, centre.tags, costs, extras=Extras(months=made.months(), changes=hours.drop(columns="mix")))


def test_months_in_hours_where_there_are_no_rates(centre, made):
    table = centre.costs.table.assign(cost=float("nan"), cost_low=float("nan"), cost_high=float("nan"))
    costs = replace(centre.costs, table=table, currency="")
    report = build_report(centre.contacts, centre.tags, costs, extras=Extras(months=made.months()))
    assert report.summary.section("months").grid("months").rows[1][1:] == (2.0, 2.0, 4.0)


def test_payouts_by_month_have_a_table_of_their_own(centre, made):
    months = made.months().assign(payout=0.0)
    extras = Extras(months=months)
    assert build_report(centre.contacts, centre.tags, centre.costs, extras=extras).summary.section("months").grid("months_paid") is None
    months["payout"] = [500.0 if issue == "account.login" else 0.0 for issue in months["issue"]]
    section = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(months=months)).summary.section("months")
    assert section.grid("months_paid").rows[1] == ("account.login", 500.0, 500.0, 1_000.0)
    assert section.grid("months").rows[1][1:3] == (900_000.0, 700_000.0)


@pytest.mark.parametrize(
    ("lang", "said"),
    [("ja", "このうちインシデント「QR決済の画面が真っ白」の2件による増減は+3.0万円で、それを除くと+7.0万円です。"),
     ("en", "Of this, +¥30.0K comes from 2 contacts of the incident “QR payment screen goes white”; without them the change is +¥70.0K.")],
)
def test_what_an_incident_moved_is_said_of_its_issue_alone(centre, made, lang, said):
    rows = [("a", "2026-08-30", "delivery.late", 10_000.0), ("b", "2026-09-30", "delivery.late", 40_000.0), ("b", "2026-10-01", "delivery.late", 9e6)]
    ledger = pd.DataFrame(rows, columns=["contact_id", "day", "issue", "cost"]).assign(imputed=False, share=1.0, minutes=1.0)
    extras = Extras(changes=made.changes(), months=made.months(), incidents=made.incidents(("a", "b")), ledger=ledger.reindex(columns=list(LEDGER_COLUMNS)))
    report = build_report(centre.contacts, centre.tags, centre.costs, lang, extras=extras)
    section = report.summary.section("months")
    told = [CellWriter(Words(lang, "JPY"), report.evidence).sentence(each) for each in section.sentences]
    assert told.count(said) == 1
    assert "delivery.late" in str(section.sentences[[*told].index(said) - 1])  # it stands behind the sentence on that issue
    assert section.grid("changes").rows[0][3] == 100_000.0  # the whole change stays
