"""Figures for notebooks have the numbers of the page, and importing the report loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys

from openpyxl import load_workbook


def test_the_cost_figure_has_the_numbers_of_the_table(full_report):
    report = full_report("en")
    bars = report.cost_figure(most=3).data[0]
    assert list(bars.x) == [line.cost.value for line in report.summary.issues[:3]]
    assert list(bars.y) == ["Cannot log in", "Charged twice", "App crashes"]
    highs = [line.cost.high - line.cost.value for line in report.summary.issues[:3]]
    assert list(bars.error_x.array) == highs


def test_the_trend_figure_has_a_line_an_issue(full_report):
    figure = full_report().trend_figure(most=4)
    assert [list(line.y) for line in figure.data] == [list(x.weekly) for x in full_report().summary.issues[:4]]


def test_page_workbook_and_findings_tell_the_same_figures(full_report, tmp_path):
    report = full_report()
    report.to_xlsx(tmp_path / "r.xlsx")
    said = [row[1] for row in load_workbook(tmp_path / "r.xlsx")["概要"].iter_rows(min_row=4, values_only=True)]
    assert all(sentence in said for sentence in report.findings)
    assert all(sentence in report.html for sentence in report.findings)
    cells = load_workbook(tmp_path / "r.xlsx", data_only=True)["課題別費用"].iter_rows(min_row=2, values_only=True)
    for row in cells:
        assert f"{row[5]:,.0f}円" in report.html


def test_importing_the_report_loads_nothing_heavy():
    heavy = "plotly", "xlsxwriter", "jinja2", "scipy", "sklearn", "spacy"
    code = f"import sys, vocmine.report; print([m for m in {heavy!r} if m in sys.modules])"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"
