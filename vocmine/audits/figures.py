"""Draw an evaluation with plotly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocmine.audits.words import LANGS, words
from vocmine.errors import SettingsError

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from vocmine.audits._evaluate import Evaluation


def evaluation_figures(result: Evaluation, lang: str = "en") -> dict[str, go.Figure]:
    """Give the figures of an evaluation by name: calibration, coverage, reasons, confusion."""
    if lang not in LANGS:
        raise SettingsError("unknown language", where="figures", got=repr(lang), expected="ja or en")
    text = words()["figures"]
    made = {"calibration": _calibration(result, *text["series"][lang]), "coverage": _coverage(result),
            "reasons": _reasons(result), "confusion": _confusion(result)}
    return {name: _titled(figure, *text[name][lang]) for name, figure in made.items()}


def _calibration(result: Evaluation, tags: str, ideal: str) -> go.Figure:
    import plotly.graph_objects as go

    curve = result.calibration
    bars = {"type": "data", "array": curve["high"] - curve["right"], "arrayminus": curve["right"] - curve["low"]}
    points = go.Scatter(x=curve["score"], y=curve["right"], error_y=bars, mode="markers+lines", name=tags)
    return go.Figure([points, go.Scatter(x=[0, 1], y=[0, 1], mode="lines", line={"dash": "dot"}, name=ideal)])


def _coverage(result: Evaluation) -> go.Figure:
    import plotly.graph_objects as go

    return go.Figure([go.Scatter(x=result.coverage["coverage"], y=result.coverage["precision"], mode="lines")])


def _reasons(result: Evaluation) -> go.Figure:
    import plotly.graph_objects as go

    table = result.reasons.sort_values("f1", kind="stable")
    bars = {"type": "data", "array": table["f1_high"] - table["f1"], "arrayminus": table["f1"] - table["f1_low"]}
    return go.Figure([go.Scatter(x=table["f1"], y=table["label"], error_x=bars, mode="markers")])


def _confusion(result: Evaluation) -> go.Figure:
    import plotly.graph_objects as go

    table = result.confusion
    return go.Figure([go.Heatmap(z=table.to_numpy(), x=list(table.columns), y=list(table.index), colorscale="Blues")])


def _titled(figure: go.Figure, title: str, x: str, y: str) -> go.Figure:
    return figure.update_layout(title=title, xaxis_title=x, yaxis_title=y, template="plotly_white")
