"""How an issue's amount, its range and several issues in one sentence are written."""

from __future__ import annotations

from collections.abc import Sequence

from vocmine.report.names import IssueNames
from vocmine.report.summary import IssueLine, Summary
from vocmine.report.words import Words

MOST_NAMED = 5
"""Issues that one sentence names; of more, the number is told."""


def amount_of(line: IssueLine, summary: Summary, words: Words) -> str:
    """Write what an issue takes in a month (or in the whole time) in money or hours; else how many contacts it has."""
    if summary.in_money:
        return words.short_money(line.cost.value * summary.monthly)
    if summary.measure == "counts":
        return words.count(line.contacts.value)
    return words.hours(line.hours * summary.monthly)


def period_of(summary: Summary, words: Words) -> str:
    """Say which time an amount is for; numbers of contacts are never scaled to a month."""
    if summary.measure == "counts":
        return words("in_days", days=summary.days)
    return words("per_month" if summary.by_month else "per_period")


def spread_of(line: IssueLine, summary: Summary, words: Words) -> str:
    """Write the likely range of an amount; empty where there is none."""
    size = summary.size(line)
    if summary.in_money:
        return words.money_range(size, summary.monthly)
    if not size.ranged or round(size.low) == round(size.high):
        return ""
    return words.spoken_range(words.count(size.low), words.count(size.high))


def names_of(lines: Sequence[IssueLine], w: Words, name: IssueNames) -> str:
    """Write the names of issues in quotes; of many the first, and how many more."""
    names = w("names_join").join(name(line.issue) for line in lines[:MOST_NAMED])
    more = len(lines) - MOST_NAMED
    return w("names_more", names=names, k=more) if more > 0 else w("names_all", names=names)


def parts_of(lines: Sequence[IssueLine], s: Summary, w: Words, name: IssueNames) -> str:
    """Write the names of issues, each with its amount and range."""
    parts = []
    for line in lines[:MOST_NAMED]:
        spread = spread_of(line, s, w)
        told = w("part_range", range=spread) if spread else ""
        parts.append(w("part_amount", name=name(line.issue), amount=amount_of(line, s, w), range=told))
    return w("parts_join").join(parts)
