"""Where teams do different things about the same reason, and what need not go to people at all."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.aside import Aside
from vocmine.report.sections.grid import Col, Grid, Sentence
from vocmine.stats import Estimate

_NEEDED = ("reason", "team", "kind", "n", "share", "expected", "difference", "low", "high")


def answer_grid(table: pd.DataFrame) -> Grid:
    """Show what a team does more often than the others, as `vocmine.journeys.answer_divergence` finds it."""
    need(table, _NEEDED, "journeys answers")
    rows = tuple(
        (str(row["reason"]), str(row["team"]), f"answer_{row['kind']}", _spoken(str(row.get("word", ""))),
         int(row["n"]), float(row["share"]), float(row["expected"]),
         Estimate(float(row["difference"]), float(row["low"]), float(row["high"])))
        for row in table.to_dict("records")
        if row["kind"] not in ("word", "said")
    )
    cols = (
        Col("col_issue", "issue"), Col("col_team"), Col("col_answer", "code"), Col("col_said"), Col("col_n", "whole"),
        Col("col_share", "percent"), Col("col_others", "percent"), Col("col_gap_points", "percent"),
    )
    return Grid("answers", cols, rows, most=8)


def answer_sentences(table: pd.DataFrame | None, aside: Aside) -> tuple[Sentence, ...]:
    """Say the largest difference in a sentence, and which incidents' contacts that team's numbers leave out."""
    rows = () if table is None or table.empty else answer_grid(table).rows
    if not rows:
        return ()
    reason, team, kind, word, n, share, others, _ = rows[0]
    values: tuple[tuple[str, str, Any], ...] = (
        ("name", "issue", reason), ("team", "text", team), ("n", "count", n), ("share", "percent", share),
        ("others", "percent", others),
    )
    if word:
        said = Sentence("answers_contrary", (*values, ("word", "text", word)))
    else:
        said = Sentence("answers_differ", (*values, ("kind", "code", kind)))
    return (said, *aside.sentences("team", team, "aside_team"))


def _spoken(term: str) -> str:
    """Write a term of agents' words for people: a denied one with its no.

    Examples
    --------
    >>> _spoken("返品_ない"), _spoken("refund_not"), _spoken("")
    ('返品…ない', 'not … refund', '')
    """
    if term.endswith("_not"):
        return f"not … {term.removesuffix('_not')}"
    return f"{term.removesuffix('_ない')}…ない" if term.endswith("_ない") else term


def self_service_grid(table: pd.DataFrame) -> Grid:
    """Show the reasons that are simple and mostly come to people, of `vocmine.journeys.reason_complexity`."""
    need(table, ("reason", "n_human", "human_share", "handle_ratio", "return_share"), "journeys self_service")
    table = table.sort_values(["n_human", "reason"], ascending=[False, True])
    rows = tuple(
        (str(row["reason"]), int(row["n_human"]), float(row["human_share"]), float(row["handle_ratio"]),
         float(row["return_share"]))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_issue", "issue"), Col("col_n_human", "whole"), Col("col_human", "percent"),
        Col("col_handle_ratio", "ratio"), Col("col_came_back", "percent"),
    )
    return Grid("self_service", cols, rows, most=8)
