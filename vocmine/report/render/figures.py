"""Figures for a notebook, from the same numbers as the page. Plotly is imported when one is drawn."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from vocmine.plaintext import plain
from vocmine.report.evidence import Evidence
from vocmine.report.names import IssueNames
from vocmine.report.summary import IssueLine, Summary
from vocmine.report.words import Words
from vocmine.stats import Estimate

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

_FONTS = "Hiragino Sans, Noto Sans JP, Noto Sans CJK JP, Yu Gothic, Meiryo, sans-serif"
_COLOURS = ("#0b5c7a", "#d39b3f", "#a8321f", "#9a7fb0", "#2f6f43", "#8b96a3")


def cost_figure(summary: Summary, evidence: Evidence, words: Words, most: int = 12) -> Figure:
    """Draw the cost of each issue with its likely range; hours where there are no rates, contacts without times.

    Parameters
    ----------
    summary, evidence, words
        Of a report.
    most : int
        Issues to show, those that cost most.

    Returns
    -------
    plotly Figure
    """
    import plotly.graph_objects as go

    lines = summary.issues[:most]
    sizes = [summary.size(line) for line in lines]
    bars = go.Bar(
        x=[size.value for size in sizes], y=_names(lines, evidence, words), orientation="h", marker_color="#4f93ad",
        error_x=_spread(sizes) if any(size.ranged for size in sizes) else None,
        hovertext=[words.count(line.contacts.value) for line in lines],
    )
    figure = go.Figure(bars)
    unit = f" ({summary.currency})" if summary.in_money else ""
    _dress(figure, words(f"x_chart_{summary.measure}") + unit, 120 + 30 * len(lines))
    return figure.update_yaxes(autorange="reversed")


def trend_figure(summary: Summary, evidence: Evidence, words: Words, most: int = 5) -> Figure:
    """Draw contacts by week for the issues that cost most.

    Parameters
    ----------
    summary, evidence, words
        Of a report.
    most : int
        Issues to show.

    Returns
    -------
    plotly Figure
    """
    import plotly.graph_objects as go

    lines = [line for line in summary.issues if sum(line.weekly)][:most]
    names = _names(lines, evidence, words)
    figure = go.Figure()
    for i, (line, name) in enumerate(zip(lines, names, strict=True)):
        colour = _COLOURS[i % len(_COLOURS)]
        figure.add_scatter(
            x=list(summary.weeks), y=list(line.weekly), name=name, mode="lines+markers", line_color=colour
        )
    _dress(figure, words("x_chart_trend"), 380)
    return figure.update_yaxes(rangemode="tozero")


def range_figure(
    table: pd.DataFrame, name: str, value: str, low: str = "low", high: str = "high", *, title: str = "",
    percent: bool = False,
) -> Figure:
    """Draw a bar a row with its likely range, the first row on top.

    Parameters
    ----------
    table : DataFrame
        Rows to draw.
    name, value, low, high : str
        Its columns.
    title : str
        Title of the figure.
    percent : bool
        Whether values are shares.

    Returns
    -------
    plotly Figure
    """
    import plotly.graph_objects as go

    sizes = [
        Estimate(float(v), float(lo), float(hi))
        for v, lo, hi in zip(table[value], table[low], table[high], strict=True)
    ]
    names = [plain(str(each)).replace("<", "‹").replace(">", "›") for each in table[name]]
    bars = go.Bar(
        x=[size.value for size in sizes], y=names, orientation="h", marker_color="#4f93ad", error_x=_spread(sizes)
    )
    figure = go.Figure(bars)
    _dress(figure, title, 120 + 30 * len(table))
    figure.update_xaxes(tickformat=".0%" if percent else None)
    return figure.update_yaxes(autorange="reversed")


def use_template() -> None:
    """Draw all further figures of a notebook as those of the report are drawn: its colours, fonts and lines.

    Figures are kept as data, which notebooks draw themselves and which loads nothing from elsewhere.
    """
    import plotly.io as pio

    pio.templates["vocmine"] = _look()
    pio.templates.default = "vocmine"
    pio.renderers.default = "plotly_mimetype"


def _look() -> Any:
    """Give the template of all figures."""
    import plotly.graph_objects as go
    import plotly.io as pio

    look = go.layout.Template(pio.templates["plotly_white"])
    look.layout.colorway = list(_COLOURS)
    look.layout.font = {"family": _FONTS, "color": "#1d2b33"}
    look.layout.title = {"font": {"size": 17}, "x": 0.02, "xanchor": "left"}
    look.layout.legend = {"orientation": "h", "y": -0.18}
    look.layout.margin = {"l": 10, "r": 20, "t": 60, "b": 40}
    look.layout.yaxis.automargin = True
    up, down, whole = ({"marker": {"color": _COLOURS[i]}} for i in (2, 4, 0))  # steps of a cost: dearer is the alarm
    look.data.waterfall = [go.Waterfall(increasing=up, decreasing=down, totals=whole)]
    return look


def _names(lines: tuple[IssueLine, ...] | list[IssueLine], evidence: Evidence, words: Words) -> list[str]:
    """Names with angle brackets made harmless: Plotly reads a few tags in labels."""
    name = IssueNames(words, evidence)
    return [plain(name(line.issue)).replace("<", "‹").replace(">", "›") for line in lines]


def _spread(sizes: list[Estimate]) -> dict[str, Any]:
    def gap(end: float, value: float) -> float:
        return 0.0 if math.isnan(end) else abs(end - value)

    return {
        "type": "data", "symmetric": False, "color": "#06364a",
        "array": [gap(size.high, size.value) for size in sizes],
        "arrayminus": [gap(size.low, size.value) for size in sizes],
    }


def _dress(figure: Figure, title: str, height: int) -> None:
    figure.update_layout(template=_look(), title=title, height=height)
