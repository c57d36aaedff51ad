"""Figures for notebooks have the numbers of the page, and importing the report loads nothing heavy."""

from __future__ import annotations

import pandas as pd

from vocmine.report.render.figures import range_figure, use_template


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


def test_a_figure_of_any_table_has_its_values_and_ranges():
    table = pd.DataFrame({"reason": ["a", "<b>"], "share": [0.5, 0.2], "low": [0.4, 0.1], "high": [0.7, 0.2]})
    figure = range_figure(table, "reason", "share", title="Shares", percent=True)
    bars = figure.data[0]
    assert list(bars.x) == [0.5, 0.2] and list(bars.y) == ["a", "‹b›"]
    assert [round(x, 9) for x in bars.error_x.array] == [0.2, 0.0] and figure.layout.xaxis.tickformat == ".0%"


def test_all_figures_of_a_notebook_look_alike(monkeypatch):
    import plotly.graph_objects as go
    import plotly.io as pio

    monkeypatch.setattr(pio.templates, "default", pio.templates.default)
    monkeypatch.setattr(pio.renderers, "default", pio.renderers.default)
    use_template()
    assert pio.templates.default == "vocmine" and pio.renderers.default == "plotly_mimetype"
    look = go.Figure(go.Bar(x=[1])).layout.template.layout
    assert look.colorway[0] == "#0b5c7a" and "Noto Sans JP" in look.font.family
    steps = go.Figure().layout.template.data.waterfall[0]
    assert steps.increasing.marker.color == "#a8321f" and steps.totals.marker.color == "#0b5c7a"
