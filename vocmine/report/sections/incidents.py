"""Incidents that go on: what broke, since when, on what, how many, what it costs, what customers say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vocmine.report.sections.grid import Section, record_section
from vocmine.report.sections.incident_records import (
    MOST_APART,
    IncidentRecord,
    apart_text,
    count_range,
    incident_record,
    people_text,
)
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionData, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetColumn, table_sheet

CARDS = 3
"""Incidents that stand on the first screen; more are counted and listed below."""

_QUOTES = 3  # on a card that stands alone


def _count(data: SectionData) -> Section | None:
    """Give one record an incident, in the order of the frame.

    It reads ``incidents`` (columns of `vocmine.frames.INCIDENTS`), ``incident_timeline`` (``incident_id, day, n,
    expected, low, high``: the days of each, with the usual of the days before it) and ``hot_words``.
    """
    incidents = data.get("incidents")
    if incidents is None:
        return None
    timeline, words = data.get("incident_timeline"), data.get("hot_words")
    rows = incidents.to_dict("records")
    return record_section("incidents", tuple(incident_record(row, timeline, words) for row in rows))


def alert_names(incident: IncidentRecord, view: ReportView) -> str:
    """List the alerts that told of an incident, each with the day of the first."""
    w = view.words
    mine = [alert for alert in view.summary.alerts if alert.incident_id == incident.incident_id]
    named = (
        w("incident_alert", name=view.evidence.alert_names.get(a.topic_id, str(a.topic_id)), day=w.day(a.first_day))
        for a in mine
    )
    return w("run_join").join(named)


def word_incidents(view: ReportView) -> dict[str, tuple[str, ...]]:
    """Give the ids of the incidents of each hot word that is of one."""
    found: dict[str, tuple[str, ...]] = {}
    for incident in view.summary.incidents:
        for row in incident.word_rows:
            word = view.evidence.words[row]
            found[word] = (*found.get(word, ()), incident.incident_id)
    return found


def _values(view: ReportView) -> Mapping[str, Any]:
    w = view.words
    going = view.summary.open_incidents
    return {
        "cards": going[:CARDS], "n_more": len(going) - CARDS,
        "until": max((x.until for x in going if x.until), default=view.summary.last_day),
        # Beside others a card is narrow: what it says must end above the fold.
        "n_apart": MOST_APART if len(going) == 1 else 2, "n_quotes": _QUOTES if len(going) == 1 else 1,
        "apart_text": lambda line: apart_text(line, w), "people_text": lambda n: people_text(n, w),
        "alert_names": lambda incident: alert_names(incident, view),
        "spread_n": lambda size: count_range(size, w), "spread_money": w.money_range,
    }


def _sheet(view: ReportView) -> Sheet | None:
    s, w = view.summary, view.words
    if not s.incidents:
        return None
    plain = (
        ("col_incident", "text", 40.0), ("x_status", "text", 14.0), ("incident_first", "day", 13.0),
        ("incident_told", "day", 13.0), ("incident_last", "day", 13.0), ("incident_people", "whole", 10.0),
        ("incident_expected", "number", 12.0),
    )
    ranged = [("incident_n", "whole"), ("x_ratio", "times"), ("incident_growth", "times"), ("incident_n_end", "number")]
    if s.in_money:
        ranged += [("incident_cost", "money"), ("incident_cost_end", "money"), ("col_paid", "money")]
    rest = [
        ("incident_until", "day", 13.0), ("col_imputed", "percent", 14.0), ("incident_apart", "text", 50.0),
        ("incident_channels", "text", 24.0), ("incident_reasons", "text", 36.0), ("x_words", "text", 36.0),
        ("incident_alerts", "text", 36.0), ("col_quote", "text", 70.0), ("x_incident_id", "text", 18.0),
    ]
    columns = [SheetColumn(w(key), kind, width) for key, kind, width in plain]
    for key, kind in ranged:
        columns.append(SheetColumn(w(key), kind, 14))
        columns += [SheetColumn(f"{w(key)} {w(end)}", kind, 12) for end in ("col_low", "col_high")]
    columns += [SheetColumn(w(key), kind, width) for key, kind, width in rest]
    return table_sheet(w("sheet_incidents"), tuple(columns), tuple(_row(x, view) for x in s.incidents))


def _row(x: IncidentRecord, view: ReportView) -> tuple[Any, ...]:
    s, e, w = view.summary, view.evidence, view.words
    ranged = [x.n, x.ratio, x.growth, x.n_month_end]
    ranged += [x.cost, x.cost_month_end, x.payout] if s.in_money else []
    return (
        e.incident_names[x.incident_id], w(f"incident_state_{x.state}"), x.first_day, x.told_day, x.last_day,
        x.n_people or None, x.expected, *(number for size in ranged for number in size.numbers), x.until,
        x.imputed_share, "\n".join(apart_text(line, w) for line in x.apart),
        w("run_join").join(f"{w.name(name, 'channel')} {w.whole(n)}" for name, n in x.channels),
        w("run_join").join(view.name(reason) for reason in x.reasons), e.incident_words.get(x.incident_id, ""),
        alert_names(x, view), "\n".join(q.text for q in e.incident_quotes.get(x.incident_id, ())), x.incident_id,
    )


def _is_shown(view: ReportView) -> bool:
    return bool(view.summary.open_incidents)


SECTION = SectionType(
    "incidents", ("incidents", "incident_timeline", "hot_words"), _count,
    PageLayout(5, listed=True, shown=_is_shown, template="section_incidents.html.j2", values=_values, in_head=True),
    SheetLayout(15, _sheet),
)
