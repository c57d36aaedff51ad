"""An incident in numbers, read from its row in the frame of incidents, and what of it is said in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from vocmine.report.incident_input import OVER, items_of
from vocmine.report.inputs import ids_of, with_ends
from vocmine.report.sections.alerts import Days, days_of
from vocmine.report.words import Words
from vocmine.stats import NAN, Estimate

MOST_APART = 3
"""Lines that say what sets an incident apart."""

_FIRST_APART = ("product", "product_version")  # what a reader asks first
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
    """One incident in numbers; see `vocmine.topics.tracking.incident.Incident` for what each is.

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
    n: Estimate = _NOT_KNOWN
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

    def n_range(self, w: Words) -> str:
        """Write the range of its contacts; empty where none is known."""
        return count_range(self.n, w)

    @property
    def shown_apart(self) -> tuple[ApartLine, ...]:
        """What a card says of it: product and version first, then the surest of the rest."""
        first = [line for name in _FIRST_APART for line in self.apart if line.column == name][:2]
        return tuple([*first, *(line for line in self.apart if line not in first)][:MOST_APART])


def incident_record(
    row: Mapping[Any, Any], timeline: pd.DataFrame | None = None, words: pd.DataFrame | None = None
) -> IncidentRecord:
    """Read a row of the frame of incidents, with its days and the hot words that are of it."""
    key, until = str(row["incident_id"]), row.get("until")
    channels = row.get("channels") or {}
    first, last, as_of = (pd.Timestamp(row[name]).date() for name in ("first_day", "last_day", "as_of"))
    told = row.get("told_day")
    return IncidentRecord(
        incident_id=key, state=str(row["state"]), first_day=first, last_day=last, as_of=as_of,
        told_day=first if pd.isna(told) else pd.Timestamp(told).date(),
        n_contacts=int(row["n_contacts"]), n_people=int(row["n_people"]),
        n=Estimate(float(row["n_contacts"]), _float(row.get("n_low")), _float(row.get("n_high"))),
        expected=_float(row.get("expected")),
        ratio=_estimate(row, "ratio"), growth=_estimate(row, "growth"), cost=_estimate(row, "cost"),
        payout=_estimate(row, "payout"), n_month_end=_estimate(row, "n_month_end"),
        cost_month_end=_estimate(row, "cost_month_end"),
        channels=tuple(sorted(((str(k), int(n)) for k, n in channels.items()), key=lambda pair: (-pair[1], pair[0]))),
        apart=tuple(_apart(each) for each in items_of(row.get("apart"))),
        until=_ahead(until, as_of),
        imputed_share=_float(row.get("imputed_share")), reasons=tuple(str(r) for r in items_of(row.get("reasons"))),
        days=days_of(timeline, "incident_id", key), word_rows=_word_rows(words, row),
    )


def _ahead(until: Any, as_of: date) -> date | None:
    """Give the day that is looked ahead to; None where the month ends with what is known."""
    day = None if until is None or pd.isna(until) else pd.Timestamp(until).date()
    return day if day is not None and day > as_of else None


def _apart(row: Mapping[str, Any]) -> ApartLine:
    return ApartLine(str(row["column"]), str(row["value"]), int(row["n"]), int(row["of"]), _float(row["usual"]))


def _estimate(row: Mapping[Any, Any], name: str) -> Estimate:
    return with_ends(_float(row.get(name)), _float(row.get(f"{name}_low")), _float(row.get(f"{name}_high")))


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


def count_range(size: Estimate, w: Words) -> str:
    """Write a range of contacts; empty where none is known or its ends look the same.

    Examples
    --------
    >>> count_range(Estimate(121.0, 81.8, 179.1), Words("ja")), count_range(Estimate(3.0, 3.1, 3.2), Words("ja"))
    ('82〜179件', '')
    """
    if not size.ranged or w.whole(size.low) == w.whole(size.high):
        return ""
    return w.spoken_range(w.whole(size.low), w.count(size.high))


def people_text(n: int, w: Words) -> str:
    """Write a number of people with its unit; empty where it is not known."""
    return "" if n <= 0 else w("person_one" if n == 1 else "person_many", n=w.whole(n))
