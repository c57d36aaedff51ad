"""Alerts: topics that suddenly stand out, and what they may come to by the end of the month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from vocmine.report.incident_input import owners
from vocmine.report.inputs import ids_of, need
from vocmine.report.sections.grid import Section, record_section
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionData, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetColumn, table_sheet
from vocmine.stats import NAN, Estimate

_LATEST_DAYS = 42  # six weeks in a small chart
_WIDEST = 10.0  # times the low end of a range
_NOT_KNOWN = Estimate()
Days = tuple[tuple[date, float, float, float], ...]


@dataclass(frozen=True)
class AlertRecord:
    """One topic that stands out: its latest alert, when it first fired, the days behind it, and what it may come to.

    ``growth`` is the ratio with its interval, where one is known; ``by_end`` are its contacts of the month up to
    ``until``, ``cost_by_end`` what they cost, if it goes on as it does. ``incident_id`` is the incident it belongs to;
    empty where it belongs to none.
    """

    topic_id: int
    first_day: date
    day: date
    n: int
    expected: float
    ratio: float
    p_adjusted: float
    status: str
    n_contacts: int
    growth: Estimate = _NOT_KNOWN
    days: tuple[tuple[date, float, float, float], ...] = ()
    by_end: Estimate = _NOT_KNOWN
    cost_by_end: Estimate = _NOT_KNOWN
    until: date | None = None
    incident_id: str = ""

    @property
    def is_projected(self) -> bool:
        """Whether what it may come to says anything: not less than was counted, and no range from little to a lot."""
        known = self.until is not None and self.by_end.ranged
        return known and self.by_end.value >= self.n and self.by_end.high <= _WIDEST * max(self.by_end.low, 1.0)


def count_alerts(data: SectionData) -> Section | None:
    """Give one record a topic: its latest alert and when it first fired; what stands out most comes first.

    It reads ``alerts`` (as `vocmine.topics.TopicRegistry` gives them), ``timeline`` (``topic_id, day, n, expected, low,
    high``: the days behind the alerts), ``outlook`` (what they may come to by the end of the month, as
    `vocmine.topics.monitoring.projection.outlook` gives it) and ``incidents``, whose alerts stand there.
    """
    alerts = data.get("alerts")
    if alerts is None or len(alerts) == 0:
        return None
    records = []
    incident_of = owners(data.get("incidents"), "topic_ids")
    ordered = alerts.sort_values(["topic_id", "day"], kind="stable")
    for key in sorted(int(topic) for topic in ordered["topic_id"].unique()):
        part = ordered.loc[ordered["topic_id"] == key]
        latest: dict[Any, Any] = part.iloc[-1].to_dict()
        ids: set[str] = set()
        if "contact_ids" in part:
            ids = {i for cell in part["contact_ids"] for i in ids_of(cell)}
        records.append(
            AlertRecord(
                topic_id=key, first_day=part["day"].iloc[0].date(), day=latest["day"].date(),
                n=int(latest["n"]), expected=float(latest["expected"]), ratio=float(latest["ratio"]),
                p_adjusted=float(latest["p_adjusted"]), status=str(latest["status"]), n_contacts=len(ids),
                growth=_growth(latest), days=days_of(data.get("timeline"), "topic_id", key),
                incident_id=incident_of.get(key, ""), **_by_end(data.get("outlook"), key),
            )
        )
    records.sort(key=lambda a: (a.status == "ended", a.expected - a.n, a.topic_id))
    return record_section("alerts", tuple(records))


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


def days_of(timeline: pd.DataFrame | None, column: str, key: Any) -> Days:
    """Give the latest days of a topic or an incident: ``day, n, expected`` and the upper end of what is usual.

    Examples
    --------
    >>> table = pd.DataFrame({"topic_id": [3], "day": ["2026-10-01"], "n": [5], "expected": [2.0], "high": [4.0]})
    >>> days_of(table, "topic_id", 3)
    ((datetime.date(2026, 10, 1), 5.0, 2.0, 4.0),)
    """
    if timeline is None or len(timeline) == 0:
        return ()
    need(timeline, (column, "day", "n", "expected"), "timeline")
    part = timeline.loc[timeline[column] == key].sort_values("day", kind="stable").tail(_LATEST_DAYS)
    high = part["high"] if "high" in part else part["expected"]
    days = pd.to_datetime(part["day"], utc=True).dt.date
    rows = zip(days, part["n"].astype(float), part["expected"].astype(float), high.astype(float), strict=True)
    return tuple((day, float(n), float(expected), float(usual)) for day, n, expected, usual in rows)


def _sheet(view: ReportView) -> Sheet | None:
    s, e, w = view.summary, view.evidence, view.words
    if not s.alerts:
        return None
    columns = (
        SheetColumn(w("col_topic"), width=36), SheetColumn(w("x_status"), width=14),
        SheetColumn(w("x_first_day"), "day", 13), SheetColumn(w("x_day"), "day", 13), SheetColumn(w("x_n"), "whole", 9),
        SheetColumn(w("x_expected"), "number", 10), SheetColumn(w("x_ratio"), "times", 9),
        SheetColumn(w("col_low"), "times", 9), SheetColumn(w("col_high"), "times", 9), SheetColumn(w("x_p"), "p", 13),
        SheetColumn(w("x_by_end"), "number", 13), SheetColumn(w("x_cost_by_end"), "money", 15),
        SheetColumn(w("x_words"), width=36), SheetColumn(w("col_quote"), width=70),
        *((SheetColumn(w("col_incident"), width=36),) if s.incidents else ()),
    )
    rows = tuple(
        (
            e.alert_names.get(a.topic_id, str(a.topic_id)), w(f"status_{a.status}"), a.first_day, a.day, a.n,
            a.expected, a.ratio, a.growth.low, a.growth.high, a.p_adjusted, a.by_end.value, a.cost_by_end.value,
            e.alert_words.get(a.topic_id, ""),
            "\n".join(q.text for q in e.alert_quotes.get(a.topic_id, ())),
            *((e.incident_names.get(a.incident_id, ""),) if s.incidents else ()),
        )
        for a in s.alerts
    )
    return table_sheet(w("sheet_alerts"), columns, rows)


def _is_shown(view: ReportView) -> bool:
    return bool(view.summary.loose_alerts)


SECTION = SectionType(
    "alerts", ("alerts", "timeline", "outlook", "incidents"), count_alerts,
    PageLayout(100, listed=True, opened=True, shown=_is_shown, template="section_alerts.html.j2"),
    SheetLayout(70, _sheet),
)
