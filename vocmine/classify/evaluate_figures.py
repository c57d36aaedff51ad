"""Draw an evaluation with plotly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from vocmine.classify.evaluate import Evaluation


def figures(result: Evaluation) -> dict[str, go.Figure]:
    """Give the figures of an evaluation by name: calibration, coverage, reasons, confusion."""
    return {
        "calibration": _calibration(result), "coverage": _coverage(result), "reasons": _reasons(result),
        "confusion": _confusion(result),
    }


def _calibration(result: Evaluation) -> go.Figure:
    import plotly.graph_objects as go

    curve = result.calibration
    bars = {"type": "data", "array": curve["high"] - curve["right"], "arrayminus": curve["right"] - curve["low"]}
    points = go.Scatter(x=curve["score"], y=curve["right"], error_y=bars, mode="markers+lines", name="tags")
    ideal = go.Scatter(x=[0, 1], y=[0, 1], mode="lines", line={"dash": "dot"}, name="ideal")
    return _titled(go.Figure([points, ideal]), "Is the score right as often as it says?", "score", "share right")


def _coverage(result: Evaluation) -> go.Figure:
    import plotly.graph_objects as go

    line = go.Scatter(x=result.coverage["coverage"], y=result.coverage["precision"], mode="lines", name="tags")
    return _titled(go.Figure([line]), "Precision where the surest are kept", "share of contacts kept", "precision")


def _reasons(result: Evaluation) -> go.Figure:
    import plotly.graph_objects as go

    table = result.reasons.sort_values("f1", kind="stable")
    bars = {"type": "data", "array": table["f1_high"] - table["f1"], "arrayminus": table["f1"] - table["f1_low"]}
    points = go.Scatter(x=table["f1"], y=table["label"], error_x=bars, mode="markers")
    return _titled(go.Figure([points]), "F1 by reason", "F1", "")


def _confusion(result: Evaluation) -> go.Figure:
    import plotly.graph_objects as go

    table = result.confusion
    heat = go.Heatmap(z=table.to_numpy(), x=list(table.columns), y=list(table.index), colorscale="Blues")
    return _titled(go.Figure([heat]), "True and tagged reason", "tagged", "true")


def _titled(figure: go.Figure, title: str, x: str, y: str) -> go.Figure:
    return figure.update_layout(title=title, xaxis_title=x, yaxis_title=y, template="plotly_white")
