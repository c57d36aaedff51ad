"""Draw an evaluation with plotly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocmine.errors import SettingsError

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from vocmine.audits._evaluate import Evaluation


_WORDS = {
    "en": {
        "calibration": ("Is the score right as often as it says?", "score", "share right"),
        "coverage": ("Precision where the surest are kept", "share of contacts kept", "precision"),
        "reasons": ("F1 by reason", "F1", ""),
        "confusion": ("True and tagged reason", "tagged", "true"),
        "names": ("tags", "ideal"),
    },
    "ja": {
        "calibration": ("スコアどおりに当たっているか", "スコア", "正解の割合"),
        "coverage": ("確かなものから残したときの適合率", "残した問い合わせの割合", "適合率"),
        "reasons": ("理由ごとのF1", "F1", ""),
        "confusion": ("正しい理由と付けられた理由", "付けられた理由", "正しい理由"),
        "names": ("タグ", "理想"),
    },
}


def figures(result: Evaluation, lang: str = "en") -> dict[str, go.Figure]:
    """Give the figures of an evaluation by name: calibration, coverage, reasons, confusion."""
    if lang not in _WORDS:
        raise SettingsError("unknown language", where="figures", got=repr(lang), expected="ja or en")
    made = {"calibration": _calibration(result, *_WORDS[lang]["names"]), "coverage": _coverage(result),
            "reasons": _reasons(result), "confusion": _confusion(result)}
    return {name: _titled(figure, *_WORDS[lang][name]) for name, figure in made.items()}


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
