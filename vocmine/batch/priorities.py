"""Which issue first: avoidable cost, mood and growth of a report's issues, with the uncertainty of each place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from vocmine.results import IssueCosts, Note

if TYPE_CHECKING:
    from vocmine.report.summary import IssueLine, Summary

_PRIOR = 10  # contacts by which few contacts are drawn towards what is usual
_MOOD_LIMITS = (1 / 2, 2.0)  # mood may halve or double a priority, no more


def rank_by_priority(summary: Summary, costs: IssueCosts, seed: int) -> tuple[pd.DataFrame, Note] | None:
    """Order the issues by avoidable cost, mood and growth, with the uncertainty of each place; None without money.

    Parameters
    ----------
    summary : Summary
        Numbers of the report: moods and growth of each issue.
    costs : IssueCosts
        Costs of the period.
    seed : int
        Seed of the draws.

    Returns
    -------
    (DataFrame, Note) or None
        As `vocmine.cost.rank_issues` gives it, and what the order rests on. Mood is the share of negative contacts
        against that of all contacts, kept within 1/2 to 2; growth the contacts of the latest weeks against those of the
        weeks before.
    """
    from vocmine.cost import rank_issues

    if not summary.in_money:
        return None
    severity = {line.issue: mood_factor(line, summary) for line in summary.issues}
    growth = {line.issue: growth_factor(line, summary.level) for line in summary.issues}
    ranking = rank_issues(costs, severity=severity, growth=growth, seed=seed)
    if ranking.empty:
        return None
    return ranking, Note.of("order_avoidable" if "avoidable_cost" in costs.table else "order_cost")


def mood_factor(line: IssueLine, summary: Summary) -> tuple[float, float, float]:
    """Compare an issue's share of negative contacts with that of all; few contacts are drawn towards it."""
    from vocmine.stats import share_interval

    usual = summary.negative.value
    if not usual > 0:
        return 1.0, 1.0, 1.0
    found = share_interval(line.moods[0] + round(_PRIOR * usual), sum(line.moods) + _PRIOR, summary.level)
    least, most = _MOOD_LIMITS
    value, low, high = (min(max(x / usual, least), most) for x in (found.value, found.low, found.high))
    return value, low, high


def growth_factor(line: IssueLine, level: float) -> tuple[float, float, float]:
    """Give growth with its interval, without incidents that go on; few contacts are drawn towards no growth."""
    from vocmine.stats import ratio_interval

    growth = line.own_growth
    if not growth.known:
        return 1.0, 1.0, 1.0
    n, ratio = growth.n, growth.value
    now = n if math.isinf(ratio) else round(n * ratio / (1 + ratio))
    found = ratio_interval(now + _PRIOR, n - now + _PRIOR, level)
    return found.value, found.low, found.high
