"""Handling cost by segment and plan: sums are those of the contacts, the dearest issues carry their ranges."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from vocmine.report import Extras, build_report


@pytest.fixture
def by_segment():
    rows = [("法人", "account.login", 10, 900.0, 700.0, 1_200.0), ("法人", "unknown", 5, 100.0, 50.0, 200.0), ("個人", "account.login", 4, 250.0, 200.0, 300.0),
            (None, "account.login", 9, 4_000.0, 3_000.0, 5_000.0), ("", "account.login", 2, 40.0, 30.0, 50.0), ("個人", "billing.refund", 3, 0.0, 0.0, 0.0)]
    return pd.DataFrame(rows, columns=["segment", "issue", "n_contacts", "cost", "cost_low", "cost_high"])


def test_sums_shares_and_the_dearest(centre, by_segment):
    section = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(by_segment=by_segment)).summary.section("customers")
    assert section.grid("by_segment").rows == (("法人", 15, 1_000.0, 0.8), ("個人", 7, 250.0, 0.2))
    dearest = section.grid("issues_by_segment").rows
    assert [(row[0], row[1], row[2]) for row in dearest] == [("法人", "account.login", 10), ("個人", "account.login", 4)]
    assert (dearest[0][3].value, dearest[0][3].low, dearest[0][3].high) == (900.0, 700.0, 1_200.0)


@pytest.mark.parametrize(("lang", "title"), [("ja", "セグメント別の応対費用"), ("en", "Handling cost by segment")])
def test_it_stands_on_the_page_and_in_the_workbook(centre, by_segment, lang, title, tmp_path):
    report = build_report(centre.contacts, centre.tags, centre.costs, lang, extras=Extras(by_segment=by_segment, by_plan=by_segment.rename(columns={"segment": "plan"})))
    page = re.sub(r"<[^>]+>", " ", report.html)
    assert title in page and "法人" in page
    report.to_xlsx(tmp_path / "a.xlsx")
    sheets = pd.read_excel(tmp_path / "a.xlsx", sheet_name=None, header=None, engine="openpyxl")
    assert any(title in frame.astype(str).values for frame in sheets.values())


def test_without_customers_or_money_there_is_none(centre, by_segment):
    assert 'id="customers"' not in build_report(centre.contacts, centre.tags, centre.costs).html
    empty = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(by_segment=by_segment.iloc[:0])).html
    assert 'id="customers"' not in empty
