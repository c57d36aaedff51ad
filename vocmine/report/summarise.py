"""From frames to the numbers of a report. Nothing here knows a language, a page or a colour."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from vocmine.frames import SENTIMENTS, SIGNALS, UNALLOCATED, UNKNOWN
from vocmine.report.extras import Extras
from vocmine.report.incident_input import open_contacts, parts_of_incidents
from vocmine.report.inputs import Frames, need, with_ends
from vocmine.report.sections.protocol import SectionData
from vocmine.report.sections.registry import count_sections
from vocmine.report.summary import ChannelLine, IssueLine, Measure, Summary
from vocmine.results import IssueCosts, Note
from vocmine.stats import NAN, Estimate, mean_interval, ratio_interval, share_interval

_CSAT = (1.0, 5.0)  # ends of the scale
_MAX_WEEKS = 26  # half a year of columns
_LONGEST_WINDOW = 28  # days: four whole weeks against the four before
_FEWEST_DAYS = 3  # before a day at the end can be told from the others
_CUT_OFF, _TINY = 0.5, 0.2  # of the same day of the week, and of any day: with less a day is no whole one
_TOP_PRODUCTS = 3  # products named on a card


def summarise(
    frames: Frames,
    costs: IssueCosts,
    demand: Mapping[str, str],
    extras: Extras,
    past: Frames | None = None,
) -> Summary:
    """Count everything a report shows.

    Parameters
    ----------
    frames : Frames
        Contacts and tags, checked.
    costs : IssueCosts
        Issue costs, one row an issue.
    demand : mapping
        Reason id to ``value`` or ``failure``.
    extras : Extras
        Order of the issues, and the inputs of the sections.
    past : Frames, optional
        Contacts and tags of a longer time with the same last day, for weeks and growth.

    Returns
    -------
    Summary
        Numbers only.
    """
    base, last = frames.base, frames.base["day"].max()
    level, table = costs.level, costs.table
    channels = tuple(base["channel"].value_counts().sort_index().sort_values(ascending=False, kind="stable").index)
    seen = past or frames
    incident_of = open_contacts(extras.inputs.get("incidents"))
    counted = _per_issue(frames, channels, demand, level, incident_of)
    began, ended = whole_days(seen.base["day"])
    moved = _moves(seen, (began, ended), level, incident_of)
    measure = _measure(costs)
    issues, rest = _lines(costs, measure, {key: {**moved.get(key, {}), **row} for key, row in counted.items()}, extras)
    days = (ended - began).days + 1
    window = _window(days)
    weeks = [(ended - pd.Timedelta(days=7 * k - 1)).date() for k in range(_n_weeks(days), 0, -1)]
    tagged = frames.reasons["contact_id"].nunique()
    return Summary(
        first_day=base["day"].min().date(), last_day=last.date(), n_contacts=len(base),
        currency=costs.currency if measure == "money" else "", level=level,
        numerator=costs.numerator, notes=costs.notes,
        total_cost=_whole(table["cost"]) if measure == "money" else NAN,
        total_hours=NAN if measure == "counts" else _whole(table["handle_hours"]), imputed_share=_imputed(table),
        issues=issues, rest=rest, weeks=tuple(weeks), weekly=_weekly(seen.base["day"], ended, len(weeks)),
        growth_days=window, growth=_growth(seen.base["day"], ended, window, level),
        moods=_moods(base["mood"]), negative=_negative(base["mood"], level),
        csat=mean_interval(base["csat"], level, _CSAT),
        n_unknown=frames.n_unknown, n_untagged=len(base) - tagged - frames.n_unknown, n_tagged=tagged,
        n_double=len(frames.reasons) - tagged, channels=_channels(base, channels, level),
        n_checked=costs.n_checked, basis=costs.basis, ranked=bool(_places(extras.ranking)),
        untimed=costs.untimed_channels, fix_rate=_float(costs.fix_rate),
        total_payout=_whole(table["payout"]) if measure == "money" and "payout" in table else NAN,
        aside=parts_of_incidents(base.index.to_series(), incident_of),
        aside_moods=_moods(base.loc[base.index.isin(incident_of), "mood"]),
        sections=count_sections(SectionData(frames, extras.inputs, measure, level, costs.n_checked)),
    )


def _whole(parts: pd.Series) -> float:
    """Add up exactly, so that no order of rows shows in the last digit."""
    return math.fsum(parts.dropna())


def _measure(costs: IssueCosts) -> Measure:
    """Money where there are rates and something to rate, else hours, else numbers of contacts."""
    table = costs.table
    timed = bool((table["handle_hours"] > 0).any())
    if costs.currency and table["cost"].notna().any() and (timed or bool((table["cost"] != 0).any())):
        return "money"
    return "hours" if timed else "counts"


def _imputed(table: pd.DataFrame) -> float:
    weight = table["cost"] if table["cost"].notna().any() else table["handle_hours"]
    whole = float(weight.sum())
    return float((weight * table["imputed_share"].fillna(0)).sum()) / whole if whole > 0 else NAN


def _window(days: int) -> int:
    """Whole weeks where two of them fit in, so that weekdays fall out; half the time below that."""
    return min(_LONGEST_WINDOW, 7 * (days // 14)) if days >= 14 else (days // 2 if days >= 6 else 0)


def _n_weeks(days: int) -> int:
    return min(_MAX_WEEKS, days // 7) if days >= 21 else 0


def _weekly(day: pd.Series, last: pd.Timestamp, n_weeks: int) -> tuple[int, ...]:
    back = (last - day).dt.days // 7
    counts = np.bincount(back[(back >= 0) & (back < n_weeks)], minlength=n_weeks)
    return tuple(int(n) for n in counts[::-1])


def _growth(day: pd.Series, last: pd.Timestamp, window: int, level: float) -> Estimate:
    return ratio_interval(*_windows(day, last, window), level) if window else Estimate()


def _windows(day: pd.Series, last: pd.Timestamp, window: int) -> tuple[int, int]:
    """Count the contacts of the last window and of the window before."""
    back = (last - day).dt.days
    return int(((back >= 0) & (back < window)).sum()), int(((back >= window) & (back < 2 * window)).sum())


def _risen(day: pd.Series, last: pd.Timestamp, window: int) -> int:
    now, before = _windows(day, last, window)
    return now - before


def _moods(mood: pd.Series) -> tuple[int, int, int]:
    negative, neutral, positive = (int((mood == name).sum()) for name in SENTIMENTS)
    return negative, neutral, positive


def _negative(mood: pd.Series, level: float) -> Estimate:
    moods = _moods(mood)
    return share_interval(moods[0], sum(moods), level)


def _per_issue(
    frames: Frames, channels: tuple[str, ...], demand: Mapping[str, str], level: float, incident_of: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """Everything about an issue that comes from contacts and tags; moods without contacts of incidents that go on."""
    base = frames.base
    rows = frames.reasons.join(base[["day", "channel", "mood", "csat", "product"]], on="contact_id")
    fired = frames.reasons.merge(frames.signals, on="contact_id").groupby("issue")["label"].value_counts()
    out: dict[str, dict[str, Any]] = {}
    for issue in sorted(rows["issue"].unique()):
        part = rows.loc[rows["issue"] == issue]
        by_channel = part["channel"].value_counts()
        calm = part.loc[~part["contact_id"].isin(incident_of)]
        out[issue] = {
            "moods": _moods(calm["mood"]), "negative": _negative(calm["mood"], level),
            "csat": mean_interval(calm["csat"], level, _CSAT),
            "aside": parts_of_incidents(part["contact_id"], incident_of),
            "signals": tuple((name, int(fired.get((issue, name), 0))) for name in SIGNALS),
            "channels": tuple(int(by_channel.get(name, 0)) for name in channels),
            "products": _products(part["product"]),
            "demand": str(demand.get(issue, "")),
        }
    return out


def _moves(
    seen: Frames, span: tuple[pd.Timestamp, pd.Timestamp], level: float, incident_of: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """Contacts by week and growth of each issue, with and without incidents, over as long a time as was given."""
    last = span[1]
    days = (last - span[0]).days + 1
    window = _window(days)
    rows = seen.reasons.join(seen.base["day"], on="contact_id")
    rows = rows.assign(calm=~rows["contact_id"].isin(incident_of))
    by_issue = {str(issue): part for issue, part in rows.groupby("issue", sort=True)}
    # Among many issues one rises by chance: Bonferroni's level holds for all of them at once.
    together = 1 - (1 - level) / max(len(by_issue), 1)
    return {
        issue: {
            "weekly": _weekly(part["day"], last, _n_weeks(days)),
            "growth": _growth(part["day"], last, window, together),
            "growth_rest": _growth(part.loc[part["calm"], "day"], last, window, together),
            "risen": (_risen(part["day"], last, window), _risen(part.loc[~part["calm"], "day"], last, window)),
        }
        for issue, part in by_issue.items()
    }


def whole_days(day: pd.Series) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Give the first and the last day that growth and weeks look at: one cut off in the middle is not among them.

    A day at the end of the data is taken as cut off where it has less than half of what the same day of the week
    usually has, or, before that can be known, less than a fifth of any day. Against such a day everything would rise.

    Examples
    --------
    >>> days = pd.Series(pd.to_datetime(["2026-10-31"] * 2 + ["2026-11-01"] * 30 + ["2026-11-02"] * 31))
    >>> [str(day.date()) for day in whole_days(days)]
    ['2026-11-01', '2026-11-02']
    """
    counts = day.value_counts().sort_index()
    ends = [counts.index[0], counts.index[-1]]
    if len(counts) < _FEWEST_DAYS:
        return ends[0], ends[1]
    rest = counts.iloc[1:-1]
    for i, step in ((0, 1), (1, -1)):
        alike = rest.loc[pd.DatetimeIndex(rest.index).day_of_week == ends[i].day_of_week]
        least = _CUT_OFF * float(alike.median()) if alike.size > 1 else _TINY * float(rest.median())
        if int(counts.loc[ends[i]]) < least:
            ends[i] = ends[i] + pd.Timedelta(days=step)
    return ends[0], ends[1]


def _products(product: pd.Series) -> tuple[tuple[str, int], ...]:
    counts = product[product != ""].value_counts()
    rows = sorted(((str(name), int(n)) for name, n in counts.items()), key=lambda row: (-row[1], row[0]))
    return tuple(rows[:_TOP_PRODUCTS])


def _lines(
    costs: IssueCosts, measure: Measure, counted: dict[str, dict[str, Any]], extras: Extras
) -> tuple[tuple[IssueLine, ...], tuple[IssueLine, ...]]:
    size = costs.table[{"money": "cost", "hours": "handle_hours", "counts": "n_contacts"}[measure]]
    whole = float(size.sum())
    table = costs.table.assign(_size=size, _share=size / whole if whole else NAN)
    table = table.sort_values(["_size", "issue"], ascending=[False, True])
    place = _places(extras.ranking)
    lines = [
        _line(row, _method(costs, row["issue"]), {
            **counted.get(row["issue"], {}), "rank": place.get(row["issue"], Estimate())
        })
        for row in table.to_dict("records")
    ]
    issues = [line for line in lines if line.issue not in {UNKNOWN, UNALLOCATED}]
    rest = [line for name in (UNKNOWN, UNALLOCATED) for line in lines if line.issue == name]
    return tuple(issues), tuple(rest)


def rank_lines(summary: Summary, ranking: pd.DataFrame, note: Note | None = None) -> Summary:
    """Give the summary with the places of a ranking, and what it rests on among the notes."""
    place = _places(ranking)
    issues = tuple(replace(line, rank=place.get(line.issue, Estimate())) for line in summary.issues)
    notes = summary.notes if note is None else (*summary.notes, note)
    return replace(summary, issues=issues, notes=notes, ranked=bool(place))


def _places(ranking: pd.DataFrame | None) -> dict[str, Estimate]:
    """Place of each issue in the given order; without one, all are equal and the order by cost stays."""
    if ranking is None or len(ranking) == 0:
        return {}
    need(ranking, ("issue",), "ranking")
    table = ranking.sort_values("rank", kind="stable") if "rank" in ranking else ranking
    return {
        str(row["issue"]): Estimate(place, _float(row.get("rank_low")), _float(row.get("rank_high")))
        for place, row in enumerate(table.to_dict("records"), 1)
    }


def _method(costs: IssueCosts, issue: str) -> Note:
    """Say how the cost of an issue was worked out."""
    if issue == UNALLOCATED:
        return Note.of("method_ledger")
    return Note.of("method_audit", n=costs.n_checked) if costs.basis == "audit" else Note.of(f"method_{costs.basis}")


def _line(row: Mapping[Any, Any], method: Note, counted: dict[str, Any]) -> IssueLine:
    number = {key: _float(row.get(key)) for key in (
        "n_contacts", "n_low", "n_high", "handle_hours", "cost", "cost_low", "cost_high", "imputed_share",
        "avoidable_cost", "avoidable_marginal", "avoidable_payout", "repeat_share", "_share", "payout", "payout_low",
        "payout_high",
    )}
    n = number["n_contacts"]
    rounded = 0 if math.isnan(n) else round(n)
    return IssueLine(
        issue=str(row["issue"]), contacts=with_ends(n, number["n_low"], number["n_high"], rounded),
        hours=number["handle_hours"],
        cost=with_ends(number["cost"], number["cost_low"], number["cost_high"], rounded),
        per_contact=number["cost"] / n if n > 0 else NAN, share=number["_share"],
        imputed_share=number["imputed_share"], method=method,
        avoidable=number["avoidable_cost"], marginal=number["avoidable_marginal"],
        repeat_share=number["repeat_share"], avoidable_payout=number["avoidable_payout"],
        payout=with_ends(number["payout"], number["payout_low"], number["payout_high"], rounded), **counted,
    )


def _float(value: Any) -> float:
    return NAN if value is None or pd.isna(value) else float(value)


def _channels(base: pd.DataFrame, channels: tuple[str, ...], level: float) -> tuple[ChannelLine, ...]:
    out = []
    for name in channels:
        part = base.loc[base["channel"] == name]
        timed = part["handle_seconds"].dropna()
        out.append(
            ChannelLine(
                channel=name, n=len(part), share=len(part) / len(base),
                median_minutes=float(timed.median()) / 60 if len(timed) else NAN, n_timed=len(timed),
                negative=_negative(part["mood"], level), csat=mean_interval(part["csat"], level, _CSAT),
            )
        )
    return tuple(out)
