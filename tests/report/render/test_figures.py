"""Figures for notebooks have the numbers of the page, and importing the report loads nothing heavy."""

from __future__ import annotations


def test_figures_draw_contacts_where_there_is_nothing_else(counted):
    figure = counted("en").cost_figure()
    assert list(figure.data[0].x)[:2] == [420, 350]
    assert "Contacts by issue" in figure.layout.title.text


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
