"""Figures of topics: a timeline with its band, a page of small ones, a word cloud, a network of words."""

from __future__ import annotations

import html
import math
from typing import Any

import numpy as np
import pandas as pd

from vocmine.errors import missing_extra
from vocmine.text import as_analysed
from vocmine.topics.naming.surface_forms import domain_stop_words, surface_form

_FONT = "'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans','Yu Gothic','Meiryo',sans-serif"
_COLOURS = ("#1b4965", "#2a6f97", "#468faf", "#6a994e", "#bc6c25", "#9b2226", "#5f4b8b")


def timeline_figure(timeline: pd.DataFrame, topics: pd.DataFrame, topic_id: int) -> Any:
    """Draw the days of a topic with the range that holds 95 % of them.

    Parameters
    ----------
    timeline, topics : DataFrame
        From `TopicRegistry.timeline` and `TopicRegistry.topics`.
    topic_id : int
        One of `topics`.

    Returns
    -------
    plotly.graph_objects.Figure
        Contacts a day; the band is the range expected.

    Examples
    --------
    >>> day = pd.date_range("2026-03-01", periods=3, tz="UTC")
    >>> line = pd.DataFrame({"topic_id": 0, "day": day, "n": [1, 2, 9], "low": 0.0, "high": 4.0})
    >>> timeline_figure(line, pd.DataFrame({"topic_id": [0], "name": ["返金"]}), 0).layout.title.text
    '返金'
    """
    import plotly.graph_objects as go

    name = html.escape(str(topics.loc[topics["topic_id"] == topic_id, "name"].iloc[0]))
    return go.Figure(_traces(timeline[timeline["topic_id"] == topic_id])).update_layout(
        title=name, template="plotly_white", yaxis={"rangemode": "tozero"}, font={"family": _FONT}, showlegend=False
    )


def small_multiples(timeline: pd.DataFrame, topics: pd.DataFrame, most: int = 12, columns: int = 3) -> Any:
    """Draw the largest topics side by side, each with its own scale.

    Parameters
    ----------
    timeline, topics : DataFrame
        From `TopicRegistry.timeline` and `TopicRegistry.topics`.
    most : int
        Topics to draw at most.
    columns : int
        Figures in a row.

    Returns
    -------
    plotly.graph_objects.Figure
        As many small ones as there are topics, the largest first.
    """
    from plotly.subplots import make_subplots

    chosen = topics.sort_values(["n", "topic_id"], ascending=[False, True]).head(most)
    rows = max(1, math.ceil(len(chosen) / columns))
    titles = [html.escape(str(n)) for n in chosen["name"]]
    figure = make_subplots(rows=rows, cols=columns, subplot_titles=titles or None)
    for i, topic_id in enumerate(chosen["topic_id"].tolist()):
        for trace in _traces(timeline[timeline["topic_id"] == topic_id]):
            figure.add_trace(trace, row=i // columns + 1, col=i % columns + 1)
    return figure.update_layout(
        template="plotly_white", showlegend=False, height=220 * rows, font={"family": _FONT}
    ).update_yaxes(rangemode="tozero")


def _traces(line: pd.DataFrame) -> list[Any]:
    import plotly.graph_objects as go

    line = line.sort_values("day")
    clear, band = {"width": 0}, "rgba(70,143,175,0.25)"
    return [
        go.Scatter(x=line["day"], y=line["low"], mode="lines", line=clear, hoverinfo="skip"),
        go.Scatter(
            x=line["day"], y=line["high"], mode="lines", line=clear, fill="tonexty", fillcolor=band, hoverinfo="skip"
        ),
        go.Scatter(x=line["day"], y=line["n"], mode="lines+markers", line={"color": _COLOURS[0]}, name="n"),
    ]


def word_cloud_svg(words: pd.DataFrame, width: int = 800, height: int = 500, most: int = 80) -> str:
    """Draw a word cloud whose letters grow with the square root of the number of contacts.

    SVG text is drawn with the reader's own fonts, so Japanese needs no font file. Words are placed along a spiral, the
    most frequent first; those that find no room are left out.

    Parameters
    ----------
    words : DataFrame
        ``word, n_contacts``, for instance from `hot_words`.
    width, height : int
        Pixels.

    Returns
    -------
    str
        A whole ``<svg>`` element; each word has its count as title.

    Examples
    --------
    >>> svg = word_cloud_svg(pd.DataFrame({"word": ["返金", "<b>"], "n_contacts": [9, 4]}))
    >>> svg.count("<text"), "<b>" in svg
    (2, False)
    """
    chosen = words.head(most)
    largest = max(float(chosen["n_contacts"].max()), 1.0) if len(chosen) else 1.0
    boxes: list[tuple[float, float, float, float]] = []
    parts = []
    for i, (word, n) in enumerate(zip(chosen["word"], chosen["n_contacts"], strict=True)):
        size = 12 + 52 * math.sqrt(float(n) / largest)
        place = _place(str(word), size, (width, height), boxes)
        if place is None:
            continue
        boxes.append(place)
        x, y, w, h = place
        parts.append(
            f'<text x="{x + w / 2:.1f}" y="{y + h * 0.8:.1f}" font-size="{size:.1f}" text-anchor="middle" '
            f'fill="{_COLOURS[i % len(_COLOURS)]}">{html.escape(str(word))}<title>{int(n)}</title></text>'
        )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="{_FONT}" role="img">'
    return head + "".join(parts) + "</svg>"


def _place(
    word: str, size: float, canvas: tuple[int, int], boxes: list[tuple[float, float, float, float]]
) -> tuple[float, float, float, float] | None:
    """Walk a spiral from the middle to the first free box."""
    w = size * sum(0.62 if c.isascii() else 1.04 for c in word)
    h = size * 1.15
    taken = np.array(boxes).reshape(-1, 4)
    for step in range(1200):
        angle, radius = 0.35 * step, 0.35 * step**0.95
        x = canvas[0] / 2 + radius * math.cos(angle) * canvas[0] / canvas[1] - w / 2
        y = canvas[1] / 2 + radius * math.sin(angle) - h / 2
        if x < 0 or y < 0 or x + w > canvas[0] or y + h > canvas[1]:
            continue
        is_clear = (taken[:, 0] >= x + w) | (taken[:, 0] + taken[:, 2] <= x) | (taken[:, 1] >= y + h) | (
            taken[:, 1] + taken[:, 3] <= y
        )
        if is_clear.all():
            return x, y, w, h
    return None


def cooccurrence(texts: Any, words: int = 60, edges: int = 80, min_contacts: int = 3) -> pd.DataFrame:
    """Find words that stand in the same contacts more than chance has it: the data of a 共起ネットワーク.

    Parameters
    ----------
    texts : list of str, Series, contacts frame or analysed frame
    words : int
        Most frequent words to read.
    edges : int
        Pairs to give at most.
    min_contacts : int
        Least number of contacts with both.

    Returns
    -------
    DataFrame
        ``word, other, n_contacts, jaccard, lift``, by Jaccard index; ``lift`` is the number of contacts with both over
        that expected were the words independent, above 1 in every row. Words as people write them; those of every
        support contact (対応, お忙しいところ) are left out.

    Examples
    --------
    >>> pairs = cooccurrence(["画面 暗い", "画面 暗い", "返金 遅い", "返金 希望"], min_contacts=2)
    >>> pairs[["word", "other", "n_contacts"]]
      word other  n_contacts
    0   暗い    画面           2
    """
    from sklearn.feature_extraction.text import CountVectorizer

    columns = ["word", "other", "n_contacts", "jaccard", "lift"]
    stop = domain_stop_words()
    terms = [" ".join(w for w in t.split() if w not in stop) for t in as_analysed(texts)["terms"].astype(str)]
    if not any(t.strip() for t in terms):
        return pd.DataFrame(columns=columns)
    words_at_spaces = r"\S+"
    counter = CountVectorizer(token_pattern=words_at_spaces, lowercase=False, binary=True, max_features=words)
    table = counter.fit_transform(terms).astype(np.int64)
    names = np.array([surface_form(word) for word in counter.get_feature_names_out().tolist()])
    both = np.triu((table.T @ table).toarray(), 1)
    single = np.asarray(table.sum(axis=0)).ravel()
    i, j = np.nonzero(both >= min_contacts)
    n = both[i, j]
    frame = pd.DataFrame(
        {
            "word": names[i], "other": names[j], "n_contacts": n, "jaccard": n / (single[i] + single[j] - n),
            "lift": n * len(terms) / (single[i] * single[j]),
        },
        columns=columns,
    )
    order = ["jaccard", "word", "other"]
    frame = frame[frame["lift"] > 1].sort_values(order, ascending=[False, True, True])
    return frame.head(edges).reset_index(drop=True)


def network_figure(pairs: pd.DataFrame) -> Any:
    """Draw pairs of words as a network (共起ネットワーク); thicker lines for a higher Jaccard index.

    Parameters
    ----------
    pairs : DataFrame
        From `cooccurrence`.

    Returns
    -------
    plotly.graph_objects.Figure

    Raises
    ------
    MissingExtraError
        If networkx is not installed.
    """
    import plotly.graph_objects as go

    try:
        import networkx as nx
    except ImportError:
        raise missing_extra("networkx", "topics", "the network of words") from None
    graph = nx.Graph()
    weights = pairs["jaccard"].astype(float).tolist()
    for word, other, weight in zip(pairs["word"], pairs["other"], weights, strict=True):
        graph.add_edge(word, other, weight=weight)
    place = nx.spring_layout(graph, seed=0, weight="weight")
    lines = [
        go.Scatter(
            x=[place[a][0], place[b][0]], y=[place[a][1], place[b][1]], mode="lines", hoverinfo="skip",
            line={"width": 1 + 8 * data["weight"], "color": "#c0c8cc"},
        )
        for a, b, data in graph.edges(data=True)
    ]
    nodes = list(graph.nodes)
    dots = go.Scatter(
        x=[place[n][0] for n in nodes], y=[place[n][1] for n in nodes], mode="markers+text", textposition="top center",
        text=[html.escape(str(n)) for n in nodes],
        marker={"size": [10 + 3 * graph.degree[n] for n in nodes], "color": _COLOURS[1]}, hoverinfo="text",
    )
    hidden = {"visible": False}
    return go.Figure([*lines, dots]).update_layout(
        template="plotly_white", showlegend=False, xaxis=hidden, yaxis=hidden, font={"family": _FONT}
    )
