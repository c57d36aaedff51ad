"""The table of costs adds up, and has no empty columns."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from vocmine.report import build_report
from vocmine.results import IssueCosts


def test_many_issues_fold_into_one_row_that_still_adds_up(centre):
    n = 30
    costs = pd.DataFrame(
        {
            "issue": [f"i{k:02d}" for k in range(n)], "n_contacts": 10.0, "handle_hours": 1.0,
            "cost": np.arange(n, 0, -1) * 1000.0, "cost_low": 500.0, "cost_high": 40_000.0, "imputed_share": 0.1, "method": "m",
        }
    )
    page = build_report(centre.contacts, centre.tags, IssueCosts(costs, currency="JPY")).html
    assert "その他15課題" in page
    assert f"{sum(range(1, 16)) * 1000:,}円" in page


@pytest.mark.parametrize(("lang", "tab"), [("ja", "課題別件数"), ("en", "Contacts by issue")])
def test_without_times_the_workbook_has_no_empty_columns_of_money(counted, tmp_path, lang, tab):
    counted(lang).to_xlsx(tmp_path / "r.xlsx")
    sheet = load_workbook(tmp_path / "r.xlsx")[tab]
    heads = [cell.value for cell in sheet[1]]
    assert not [head for head in heads if re.search("費用|時間|下限$|Cost|Hours|saved", head) and "件数" not in head]
    assert sheet.cell(sheet.max_row, 2).value.startswith("=SUM(B2")
    assert len(heads) == len(set(heads)) == 6


def test_the_costs_are_numbers_and_add_up(book, centre):
    _, path, made = book
    sheet = made[made.sheetnames[3]]
    costs = [row[5].value for row in sheet.iter_rows(min_row=2) if isinstance(row[5].value, int | float)]
    assert costs == sorted(centre.costs.table.cost[:7], reverse=True) + list(centre.costs.table.cost[7:])
    total = load_workbook(path, data_only=True)[made.sheetnames[3]].cell(len(costs) + 2, 6).value
    assert total == centre.costs.table.cost.sum()
    assert sheet.cell(len(costs) + 2, 6).value == f"=SUM(F2:F{len(costs) + 1})"
    assert sheet.cell(2, 6).number_format == "#,##0"


def test_payouts_stand_beside_the_handling_cost_and_never_in_it(full_report, centre, tmp_path):
    report = full_report()
    table = centre.costs.table
    assert report.summary.total_payout == table.payout.sum() == 857_500
    assert report.summary.total_cost == table.cost.sum()
    page = report.html
    assert "応対費用（人件費）の合計" in page and "返金・部品などの支払い" in page and "857,500円" in page
    assert f"{table.cost.sum() + table.payout.sum():,.0f}円" not in page
    said = [sentence for sentence in report.findings if "返金・部品などの支払い" in sentence]
    assert len(said) == 1 and "これとは別に" in said[0] and "42.9万円" in said[0]
    report.to_xlsx(tmp_path / "r.xlsx")
    sheet = load_workbook(tmp_path / "r.xlsx")["課題別費用"]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("返金・部品などの支払い (JPY)") + 1
    paid = [sheet.cell(row, column).value for row in range(2, len(table) + 2)]
    assert sum(paid) == 857_500 and sheet.cell(len(table) + 2, column).value.startswith("=SUM(")


def test_without_payouts_nothing_is_said_of_them(centre, tmp_path):
    for costs in (centre.costs.table.assign(payout=0.0), centre.costs.table.drop(columns=["payout", "payout_low", "payout_high"])):
        report = build_report(centre.contacts, centre.tags, centre.costs.with_table(costs), lang="en")
        assert not any("refunds, parts" in sentence for sentence in report.findings)
        report.to_xlsx(tmp_path / "r.xlsx")
        heads = [cell.value for cell in load_workbook(tmp_path / "r.xlsx")["Cost by issue"][1]]
        assert not any("Payout" in head for head in heads)


@pytest.mark.parametrize(("lang", "handling"), [("ja", "応対費用"), ("en", "Handling|handling")])
def test_the_headline_says_that_it_is_labour(full_report, lang, handling):
    headline = re.search(r'<div class="answer" id="answer-cost">(.*?)</div>', full_report(lang).html, flags=re.S)[1]
    assert re.search(handling, headline) and re.search("人件費|labour", headline)
    assert re.search("人件費|labour", full_report(lang).findings[1])
