"""Incidents that go on: what broke, since when, on what, how many, what it costs, what customers say."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from vocmine.report.incident_input import OVER, items_of
from vocmine.report.inputs import ids_of
from vocmine.report.sections.alerts import Days, days_of
from vocmine.report.sections.grid import Section, record_section
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionData, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetColumn, table_sheet
from vocmine.report.words import Words
from vocmine.stats import NAN, Estimate

CARDS = 3
"""Incidents that stand on the first screen; more are counted and listed below."""

_APART = 3  # lines on a card that say what sets it apart
_FIRST_APART = ("product", "product_version")  # what a reader asks first
_QUOTES = 3  # on a card that stands alone
_SHARED = 0.5  # of a word's contacts that are the incident's
_NOT_KNOWN = Estimate()


@dataclass(frozen=True)
class ApartLine:
    """A value that the contacts of an incident have more often than others: ``n`` of ``of``, ``usual`` of others."""

    column: str
    value: str
    n: int
    of: int
    usual: float


@dataclass(frozen=True)
class IncidentRecord:
    """One incident in numbers; see `vocmine.topics.incidents.incident.Incident` for what each is.

    ``days`` are its latest days with the usual of before its rise, ``word_rows`` the rows of the hot words that are of
    it.
    """

    incident_id: str
    state: str
    first_day: date
    told_day: date
    last_day: date
    as_of: date
    n_contacts: int
    n_people: int
    expected: float = NAN
    ratio: Estimate = _NOT_KNOWN
    growth: Estimate = _NOT_KNOWN
    channels: tuple[tuple[str, int], ...] = ()
    apart: tuple[ApartLine, ...] = ()
    cost: Estimate = _NOT_KNOWN
    payout: Estimate = _NOT_KNOWN
    n_month_end: Estimate = _NOT_KNOWN
    cost_month_end: Estimate = _NOT_KNOWN
    until: date | None = None
    imputed_share: float = NAN
    reasons: tuple[str, ...] = ()
    days: Days = ()
    word_rows: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it still goes on."""
        return self.state != OVER

    @property
    def n_days(self) -> int:
        """Days from its first to the last that is counted, both included."""
        return (self.as_of - self.first_day).days + 1

    @property
    def shown_apart(self) -> tuple[ApartLine, ...]:
        """What a card says of it: product and version first, then the surest of the rest."""
        first = [line for name in _FIRST_APART for line in self.apart if line.column == name][:2]
        return tuple([*first, *(line for line in self.apart if line not in first)][:_APART])


def _count(data: SectionData) -> Section | None:
    """Give one record an incident, in the order of the frame.

    It reads ``incidents`` (columns of `vocmine.frames.INCIDENTS`), ``incident_timeline`` (``incident_id, day, n,
    expected, low, high``: the days of each, with the usual of the days before it) and ``hot_words``.
    """
    incidents = data.get("incidents")
    if incidents is None:
        return None
    timeline, words = data.get("incident_timeline"), data.get("hot_words")
    return record_section("incidents", tuple(_record(row, timeline, words) for row in incidents.to_dict("records")))


def _record(row: Mapping[Any, Any], timeline: pd.DataFrame | None, words: pd.DataFrame | None) -> IncidentRecord:
    key, until = str(row["incident_id"]), row.get("until")
    channels = row.get("channels") or {}
    first, last, as_of = (pd.Timestamp(row[name]).date() for name in ("first_day", "last_day", "as_of"))
    told = row.get("told_day")
    return IncidentRecord(
        key, str(row["state"]), first, first if pd.isna(told) else pd.Timestamp(told).date(), last, as_of,
        int(row["n_contacts"]), int(row["n_people"]), _float(row.get("expected")),
        *(_estimate(row, name) for name in ("ratio", "growth")),
        channels=tuple(sorted(((str(k), int(n)) for k, n in channels.items()), key=lambda pair: (-pair[1], pair[0]))),
        apart=tuple(_apart(each) for each in items_of(row.get("apart"))),
        until=None if until is None or pd.isna(until) else pd.Timestamp(until).date(),
        imputed_share=_float(row.get("imputed_share")), reasons=tuple(str(r) for r in items_of(row.get("reasons"))),
        days=days_of(timeline, "incident_id", key), word_rows=_word_rows(words, row),
        **{name: _estimate(row, name) for name in ("cost", "payout", "n_month_end", "cost_month_end")},
    )


def _apart(row: Mapping[str, Any]) -> ApartLine:
    return ApartLine(str(row["column"]), str(row["value"]), int(row["n"]), int(row["of"]), _float(row["usual"]))


def _estimate(row: Mapping[Any, Any], name: str) -> Estimate:
    return Estimate(*(_float(row.get(key)) for key in (name, f"{name}_low", f"{name}_high")))


def _float(value: Any) -> float:
    return NAN if value is None or pd.isna(value) else float(value)


def _word_rows(words: pd.DataFrame | None, row: Mapping[Any, Any]) -> tuple[int, ...]:
    """Find the hot words that are of an incident: among its words, or mostly in its contacts."""
    if words is None or len(words) == 0:
        return ()
    own = {_plain(str(word)) for word in items_of(row.get("words"))}
    hit = words["word"].astype(str).map(_plain).isin(own)
    if "contact_ids" in words:
        mine = set(ids_of(row.get("contact_ids")))
        held = words["contact_ids"].map(lambda cell: _share_within(ids_of(cell), mine))
        hit |= held >= _SHARED
    return tuple(int(i) for i in hit.to_numpy().nonzero()[0])


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def _share_within(ids: list[str], mine: set[str]) -> float:
    return sum(i in mine for i in ids) / len(ids) if ids else 0.0


def apart_text(line: ApartLine, w: Words) -> str:
    """Say what sets an incident apart, as "31 of 33 on version 5.2.0 (usually 4%)".

    Examples
    --------
    >>> apart_text(ApartLine("product_version", "5.2.0", 31, 33, 0.04), Words("ja"))
    '33件中31件がバージョン5.2.0（ふだん4.0%）'
    """
    value = w.name(line.value, "channel") if line.column == "channel" else line.value
    key = f"apart_{line.column}"
    what = w(key, value=value) if w.has(key) else w("apart_other", column=line.column, value=value)
    usual = w("apart_usual", share=w.percent(line.usual)) if line.usual == line.usual else ""
    return w("apart_line", n=w.whole(line.n), of=w.whole(line.of), what=what, usual=usual)


def people_text(n: int, w: Words) -> str:
    """Write a number of people with its unit; empty where it is not known."""
    return "" if n <= 0 else w("person_one" if n == 1 else "person_many", n=w.whole(n))


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
        # Beside others a card is narrow: what it says must end above the fold.
        "n_apart": _APART if len(going) == 1 else 2, "n_quotes": _QUOTES if len(going) == 1 else 1,
        "apart_text": lambda line: apart_text(line, w), "people_text": lambda n: people_text(n, w),
        "alert_names": lambda incident: alert_names(incident, view),
        "spread_n": lambda size: _spread(size, w), "spread_money": w.money_range,
    }


def _spread(size: Estimate, w: Words) -> str:
    """Write a range of contacts; empty where none is known or its ends look the same."""
    if not size.ranged or w.whole(size.low) == w.whole(size.high):
        return ""
    return w.spoken_range(w.whole(size.low), w.count(size.high))


def _sheet(view: ReportView) -> Sheet | None:
    s, w = view.summary, view.words
    if not s.incidents:
        return None
    plain = (
        ("col_incident", "text", 40.0), ("x_status", "text", 14.0), ("incident_first", "day", 13.0),
        ("incident_told", "day", 13.0), ("incident_last", "day", 13.0), ("incident_n", "whole", 10.0),
        ("incident_people", "whole", 10.0), ("x_expected", "number", 10.0),
    )
    ranged = [("x_ratio", "ratio"), ("incident_growth", "ratio"), ("incident_n_end", "number")]
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
    ranged = [x.ratio, x.growth, x.n_month_end]
    ranged += [x.cost, x.cost_month_end, x.payout] if s.in_money else []
    return (
        e.incident_names[x.incident_id], w(f"incident_state_{x.state}"), x.first_day, x.told_day, x.last_day,
        x.n_contacts, x.n_people or None, x.expected, *(number for size in ranged for number in size.numbers), x.until,
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
