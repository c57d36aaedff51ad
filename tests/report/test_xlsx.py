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
from vocmine.results import IssueCosts, Note, ReasonInfo

SHEETS = {
    "ja": ["概要", "課題別費用", "週次推移", "理由×感情", "直した効果", "チャネル", "アラート", "ホットワード", "話題", "月ごと", "観点×感情", "離反と広がり", "理由の急変", "お客様の行き来", "見つかった話題", "判定の精度", "届かなかった日", "お客様の声", "内訳のお問い合わせ", "定義と注意"],
    "en": [
        "Summary", "Cost by issue", "Weekly trend", "Reason x sentiment", "Fixes", "Channels", "Alerts", "Hot words",
        "Topics", "By month", "Aspects x sentiment", "Leaving and reach", "Sudden changes", "Journeys", "Discovered topics", "Quality of tags", "Silent days", "Quotes", "Contacts behind it", "Definitions and notes",
    ],
}


@pytest.fixture(scope="module", params=["ja", "en"])
def book(request, full_report, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "report.xlsx"
    full_report(request.param).to_xlsx(path)
    return request.param, path, load_workbook(path, data_only=False)


def test_sheets_charts_and_frozen_heads(book):
    lang, path, made = book
    assert made.sheetnames == SHEETS[lang]
    assert all(sheet.freeze_panes for sheet in made)
    with zipfile.ZipFile(path) as parts:
        assert sum("charts/chart" in name for name in parts.namelist()) == 2


def test_the_costs_are_numbers_and_add_up(book, centre):
    lang, path, made = book
    sheet = made[SHEETS[lang][1]]
    costs = [row[5].value for row in sheet.iter_rows(min_row=2) if isinstance(row[5].value, int | float)]
    assert costs == sorted(centre.costs.table.cost[:7], reverse=True) + list(centre.costs.table.cost[7:])
    total = load_workbook(path, data_only=True)[SHEETS[lang][1]].cell(len(costs) + 2, 6).value
    assert total == centre.costs.table.cost.sum()
    assert sheet.cell(len(costs) + 2, 6).value == f"=SUM(F2:F{len(costs) + 1})"
    assert sheet.cell(2, 6).number_format == "#,##0"


def test_reasons_by_sentiment_add_up_to_all_contacts(book, centre):
    lang, path, _ = book
    rows = list(load_workbook(path, data_only=True)[SHEETS[lang][3]].iter_rows(min_row=2, values_only=True))
    assert rows[-1][5] == sum(row[5] for row in rows[:-1]) == len(centre.contacts)
    assert rows[-1][1] == sum(row[1] for row in rows[:-1]) == ((centre.tags.kind == "sentiment") & (
        centre.tags.label == "negative")).sum()


def test_every_count_by_issue_can_be_followed_to_its_contacts(book, centre, full_report):
    lang, path, _ = book
    tab = SHEETS[lang][-2]
    rows = pd.DataFrame(load_workbook(path)[tab].iter_rows(min_row=2, values_only=True))
    names = ReasonInfo.shipped().names[lang]
    for line in full_report(lang).summary.issues:
        mine = rows[rows[0] == names[line.issue]]
        assert len(mine) == mine[1].nunique() == sum(line.channels)
        assert set(mine[1]) <= set(centre.contacts.contact_id)


def test_the_same_report_gives_the_same_bytes(full_report, tmp_path):
    for name in ("a", "b"):
        full_report().to_xlsx(tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


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
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert cell.value.startswith("=SUM(")


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
