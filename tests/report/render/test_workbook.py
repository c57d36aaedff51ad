"""The workbook, read back: numbers are numbers, text is text."""

from __future__ import annotations

import math
import zipfile
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from vocmine.report import Extras, build_report
from vocmine.report.findings import further_findings
from vocmine.report.words import Words
from vocmine.results import IssueCosts, Note, ReasonInfo

SHEETS = {
    "ja": ["目次", "概要", "インシデント", "課題別費用", "週次推移", "理由×顧客感情", "直した効果", "チャネル", "アラート", "アラートのお問い合わせ", "ホットワード", "話題", "月ごと", "観点×感情", "離反と広がり", "理由の急変", "チャネルの選ばれ方", "お客様の行き来", "チーム間の引き継ぎ", "用件の前後", "見つかった話題", "判定の精度", "データの届き方", "お客様の声", "理由を判定できず", "内訳のお問い合わせ", "定義と注意"],
    "en": [
        "Contents", "Summary", "Incidents", "Cost by issue", "Weekly trend", "Reason x sentiment", "Fixes", "Channels", "Alerts", "Contacts of alerts", "Hot words",
        "Topics", "By month", "Aspects x sentiment", "Leaving and reach", "Sudden changes", "Choice of channels", "Journeys", "Teams", "Before and after", "Discovered topics", "Quality of tags", "How data arrive", "Quotes", "Reason not known", "Contacts behind it", "Definitions and notes",
    ],
}


def poisoned_book(centre, text: str, path):
    said = text.encode("utf-8", "ignore").decode()  # a text column takes no lone surrogate, names and notes do
    contacts = centre.contacts.head(12).assign(text_clean=f"{said} 本文はこのとおりです")
    tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": said or "x", "score": 0.9})
    names = ReasonInfo(names={"ja": {said or "x": text}})
    table = centre.costs.table.head(1).assign(issue=said or "x", method=said)
    costs = IssueCosts(table, currency="JPY", notes=(Note(text),))
    topics = centre.topics.assign(name=said, terms=said, quotes=[[text]] * 4)
    extras = Extras(hot_words=centre.hot_words.assign(word=said))
    made = build_report(contacts, tags, costs, names=names, topics=topics, extras=extras)
    made.to_xlsx(path)
    return load_workbook(path)


def check_cells(made):
    for sheet in made:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None or (sheet is made.worksheets[0] and cell.hyperlink.target is None)
                if cell.data_type == "f":
                    assert cell.value.startswith("=SUM(")


def test_no_text_of_a_part_is_a_formula_or_markup(full_report, tmp_path):
    report = full_report()
    report.to_xlsx(tmp_path / "r.xlsx")
    cells = [cell for sheet in load_workbook(tmp_path / "r.xlsx") for row in sheet.iter_rows() for cell in row]
    live = [cell.value for cell in cells if cell.data_type == "f"]
    assert all(value.startswith("=SUM(") for value in live)
    assert any(cell.value == "=cmd|' /C calc'!A0" and cell.data_type == "s" for cell in cells)
    assert "<script>alert" not in report.html
    assert "&lt;script&gt;alert" in report.html


def test_page_workbook_and_findings_tell_the_same_figures(full_report, tmp_path):
    report = full_report()
    report.to_xlsx(tmp_path / "r.xlsx")
    said = [row[1] for row in load_workbook(tmp_path / "r.xlsx")["概要"].iter_rows(min_row=4, values_only=True)]
    assert all(sentence in said for sentence in report.findings)
    # What the first screen answers is not said again below it.
    further = further_findings(report.summary, report.evidence, Words("ja", report.summary.currency))
    assert further
    assert all(finding.text in report.html for finding in further)
    cells = load_workbook(tmp_path / "r.xlsx", data_only=True)["課題別費用"].iter_rows(min_row=2, values_only=True)
    for row in cells:
        assert f"{row[5]:,.0f}円" in report.html


def test_sheets_charts_and_frozen_heads(book):
    lang, path, made = book
    assert made.sheetnames == SHEETS[lang]
    assert all(sheet.freeze_panes for sheet in made)
    assert all(sheet.print_area and sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in made)
    with zipfile.ZipFile(path) as parts:
        assert sum("charts/chart" in name for name in parts.namelist()) == 2


def test_the_same_report_gives_the_same_bytes(full_report, tmp_path):
    for name in ("a", "b"):
        full_report().to_xlsx(tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    "text", ["=1+1", "=SUM(A1)+cmd|'/C calc'!A0", "@SUM(1)", "+1", "-1", "http://example.com", "a\x00\x08b", "12", "x" * 40_000]
)
def test_customer_text_never_becomes_a_formula_a_link_or_a_number(centre, text, tmp_path):
    made = poisoned_book(centre, text, tmp_path / "p.xlsx")
    check_cells(made)
    word = made["ホットワード"].cell(2, 1)
    assert word.data_type == "s"
    assert str(word.value)[:1] == text[:1]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_any_text_gives_a_book_that_opens(centre, tmp_path, text):
    check_cells(poisoned_book(centre, text, tmp_path / "q.xlsx"))


def test_dollars_have_cents(centre, tmp_path):
    table = centre.costs.table.assign(cost=centre.costs.table.cost / 147)
    costs = replace(centre.costs, table=table, currency="USD")
    build_report(centre.contacts, centre.tags, costs, "en").to_xlsx(tmp_path / "d.xlsx")
    cell = load_workbook(tmp_path / "d.xlsx")["Cost by issue"].cell(2, 6)
    assert cell.number_format == "#,##0.00"
    assert math.isclose(cell.value, centre.costs.table.cost[0] / 147)
