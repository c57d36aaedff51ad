"""Numbers from the optional frames: alerts, hot words, topics and the record of a run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from vocmine.report.inputs import ids_of, need
from vocmine.report.summary import AlertLine, FixLine, RunLine, WordLine
from vocmine.stats import NAN, Estimate

_LATEST_DAYS = 42
Days = tuple[tuple[date, float, float, float], ...]


def alert_lines(
    alerts: pd.DataFrame | None, timeline: pd.DataFrame | None, outlook: pd.DataFrame | None = None
) -> tuple[AlertLine, ...]:
    """Give one line a topic: its latest alert and when it first fired; what stands out most comes first."""
    if alerts is None or len(alerts) == 0:
        return ()
    lines = []
    ordered = alerts.sort_values(["topic_id", "day"], kind="stable")
    for key in sorted(int(topic) for topic in ordered["topic_id"].unique()):
        part = ordered.loc[ordered["topic_id"] == key]
        latest: dict[Any, Any] = part.iloc[-1].to_dict()
        ids: set[str] = set()
        if "contact_ids" in part:
            ids = {i for cell in part["contact_ids"] for i in ids_of(cell)}
        lines.append(
            AlertLine(
                topic_id=key, first_day=part["day"].iloc[0].date(), day=latest["day"].date(),
                n=int(latest["n"]), expected=float(latest["expected"]), ratio=float(latest["ratio"]),
                p_adjusted=float(latest["p_adjusted"]), status=str(latest["status"]), n_contacts=len(ids),
                growth=_growth(latest),
                days=_days_of(timeline, key), **_by_end(outlook, key),
            )
        )
    return tuple(sorted(lines, key=lambda a: (a.status == "ended", a.expected - a.n, a.topic_id)))


def _growth(alert: dict[Any, Any]) -> Estimate:
    value, low, high = (float(alert.get(name, NAN)) for name in ("ratio", "ratio_low", "ratio_high"))
    return Estimate(value, low, high)


def _by_end(outlook: pd.DataFrame | None, topic: int) -> dict[str, Any]:
    """Read what a topic may come to by the end of the month from its latest row."""
    if outlook is None or len(outlook) == 0:
        return {}
    need(outlook, ("topic_id", "day", "n_so_far", "n_to_come", "n_low", "n_high", "until"), "outlook")
    rows = outlook.loc[outlook["topic_id"] == topic].sort_values("day", kind="stable").to_dict("records")
    if not rows:
        return {}
    row = rows[-1]
    n, low, high = (float(row["n_so_far"]) + float(row[name]) for name in ("n_to_come", "n_low", "n_high"))
    value, least, most = (float(row.get(name, NAN)) for name in ("cost", "cost_low", "cost_high"))
    until = pd.Timestamp(row["until"]).date()
    return {"by_end": Estimate(n, low, high), "cost_by_end": Estimate(value, least, most), "until": until}


def fix_lines(fixes: pd.DataFrame | None) -> tuple[FixLine, ...]:
    """Give what fixes have saved, the latest first.

    Examples
    --------
    >>> fixes = pd.DataFrame([{"issue": "a", "fixed_at": "2026-10-01", "saving": 9.0, "low": 4.0, "high": 14.0}])
    >>> fix_lines(fixes)[0].saving
    Estimate(value=9.0, low=4.0, high=14.0, n=0)
    """
    if fixes is None or len(fixes) == 0:
        return ()
    need(fixes, ("issue", "fixed_at", "saving", "low", "high"), "fixes")
    lines = [
        FixLine(
            str(row["issue"]), pd.Timestamp(row["fixed_at"]).date(),
            Estimate(float(row["saving"]), float(row["low"]), float(row["high"])),
            Estimate(
                float(row.get("change", NAN)), float(row.get("change_low", NAN)), float(row.get("change_high", NAN))
            ),
        )
        for row in fixes.to_dict("records")
    ]
    return tuple(sorted(lines, key=lambda x: (-x.day.toordinal(), x.issue)))


def word_lines(words: pd.DataFrame | None) -> tuple[WordLine, ...]:
    """Give the hot words in the order of the frame."""
    if words is None or len(words) == 0:
        return ()
    need(words, ("word", "n_contacts"), "hot_words")
    table = pd.DataFrame({"n_contacts": words["n_contacts"].astype(int)})
    for name in ("share", "growth", "growth_low", "p_adjusted"):
        table[name] = pd.to_numeric(words[name], errors="coerce").astype(float) if name in words else NAN
    return tuple(
        WordLine(int(row["n_contacts"]), row["share"], row["growth"], row["growth_low"], row["p_adjusted"])
        for row in table.to_dict("records")
    )


def topic_lines(topics: pd.DataFrame | None) -> tuple[tuple[int, int], ...]:
    """Give topic id and number of contacts, the largest first; outliers (-1) are left out."""
    if topics is None or len(topics) == 0:
        return ()
    need(topics, ("topic_id", "name", "n"), "topics")
    pairs = zip(topics["topic_id"].astype(int), topics["n"].astype(int), strict=True)
    rows = [(int(topic), int(n)) for topic, n in pairs if topic >= 0]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))


def run_line(run: Mapping[str, Any] | None) -> RunLine | None:
    """Read the record of a run; None where it does not say what was read.

    Examples
    --------
    >>> run_line({"read": 10, "rejected": 1, "rejected_by_code": {"empty_text": 1}})
    RunLine(read=10, accepted=9, rejected=1, codes=(('empty_text', 1),), sources=())
    """
    if not run:
        return None
    codes = _counts(run.get("rejected_by_code") or run.get("rejected"))
    rejected = _count(run.get("rejected"), sum(n for _, n in codes))
    accepted = _count(run.get("accepted"), -1)
    read = _count(run.get("read"), accepted + rejected if accepted >= 0 else -1)
    if read < 0:
        return None
    return RunLine(read, read - rejected if accepted < 0 else accepted, rejected, codes, _counts(run.get("sources")))


def _days_of(timeline: pd.DataFrame | None, topic: Any) -> Days:
    if timeline is None or len(timeline) == 0:
        return ()
    need(timeline, ("topic_id", "day", "n", "expected"), "timeline")
    part = timeline.loc[timeline["topic_id"] == topic].sort_values("day", kind="stable").tail(_LATEST_DAYS)
    high = part["high"] if "high" in part else part["expected"]
    days = pd.to_datetime(part["day"], utc=True).dt.date
    rows = zip(days, part["n"].astype(float), part["expected"].astype(float), high.astype(float), strict=True)
    return tuple((day, float(n), float(expected), float(usual)) for day, n, expected, usual in rows)


def _count(value: Any, otherwise: int) -> int:
    if isinstance(value, Mapping):
        return sum(_count(part, 0) for part in value.values())
    if isinstance(value, (list, tuple)):
        return len(value)
    return int(value) if isinstance(value, (int, float)) and not math.isnan(value) else otherwise


def _counts(value: Any) -> tuple[tuple[str, int], ...]:
    if not isinstance(value, Mapping):
        return ()
    rows = [(str(key), _count(n, 0)) for key, n in value.items()]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))
