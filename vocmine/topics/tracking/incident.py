"""What an incident is made of, and the frame of several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import pandas as pd

from vocmine.frames import INCIDENT_COLUMNS
from vocmine.stats import Estimate

STATES = ("open", "growing", "easing", "over")
_UNKNOWN = Estimate()


@dataclass(frozen=True)
class Apart:
    """A value that the contacts of an incident have more often than contacts before it had.

    Parameters
    ----------
    column, value : str
        As ``product_version``, ``5.2.0``.
    n, of : int
        Contacts of the incident with that value, and those with any value in that column.
    usual : float
        Share of other contacts with that value over the same days, 0 to 1.
    p_adjusted : float
        Over all values that were tested.
    """

    column: str
    value: str
    n: int
    of: int
    usual: float
    p_adjusted: float


@dataclass(frozen=True)
class Incident:
    """One thing that went wrong, told by one or more alerts.

    Parameters
    ----------
    incident_id : str
        Lasts from the day it was first told.
    name_ja, name_en : str
        What happened, in both languages.
    state : {"open", "growing", "easing", "over"}
    first_day : Timestamp
        Day (UTC midnight of the local day) of the first contact of the rise.
    told_day : Timestamp
        Day on which it was first told.
    last_day : Timestamp
        Day of its last contact.
    as_of : Timestamp
        Day up to which it is counted.
    n_contacts, n_people : int
        Contacts since the first day, and people behind them (the same person's posts count once).
    n_low, n_high : float
        Range of ``n_contacts``: how far the rule on who belongs was off on streams whose truth is known. The ranges of
        ``ratio, growth, n_month_end`` and of the costs hold it too.
    expected : float
        Contacts that would have been there, by the share of the days before ``first_day``.
    ratio : Estimate
        ``n_contacts`` over ``expected``, with its interval.
    growth : Estimate
        Factor by which its contacts grow in a week, with its interval.
    channels : mapping of str to int
        Contacts by channel.
    apart : tuple of Apart
        What sets its contacts apart, the surest first.
    cost, payout : Estimate
        Handling cost and payouts of its contacts so far.
    n_month_end, cost_month_end : Estimate
        Contacts and handling cost since the first day, up to the end of the month, if it goes on as now.
    until : Timestamp
        Last day of that month.
    topic_ids : tuple of int
    reasons : tuple of str
        Reasons of its contacts, the most frequent first.
    words : tuple of str
        Words that set its texts apart, as people write them.
    quotes : tuple of str
        Masked, with those words in them, the most typical first.
    merged : tuple of str
        Incidents that turned out to be this one.
    contact_ids : tuple of str
    """

    incident_id: str
    name_ja: str
    name_en: str
    state: str
    first_day: pd.Timestamp
    told_day: pd.Timestamp
    last_day: pd.Timestamp
    as_of: pd.Timestamp
    n_contacts: int
    n_people: int
    expected: float
    ratio: Estimate = _UNKNOWN
    growth: Estimate = _UNKNOWN
    channels: Mapping[str, int] | None = None
    apart: tuple[Apart, ...] = ()
    cost: Estimate = _UNKNOWN
    payout: Estimate = _UNKNOWN
    n_month_end: Estimate = _UNKNOWN
    cost_month_end: Estimate = _UNKNOWN
    until: pd.Timestamp | None = None
    topic_ids: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    contact_ids: tuple[str, ...] = ()
    imputed_share: float = float("nan")
    n_low: float = float("nan")
    n_high: float = float("nan")

    @property
    def n(self) -> Estimate:
        """``n_contacts`` with its range."""
        return Estimate(float(self.n_contacts), self.n_low, self.n_high, self.n_contacts)

    @property
    def is_open(self) -> bool:
        """Whether it still goes on."""
        return self.state != "over"

    def name(self, lang: str) -> str:
        """Give its name in a language, ``ja`` or ``en``."""
        return self.name_ja if lang == "ja" else self.name_en

    def to_row(self) -> dict[str, Any]:
        """Give plain values, a value a column of `vocmine.frames.INCIDENTS`."""
        row: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Estimate):
                row |= {field.name: value.value, f"{field.name}_low": value.low, f"{field.name}_high": value.high}
            else:
                row[field.name] = value
        row["channels"] = dict(self.channels or {})
        row["apart"] = tuple(asdict(a) for a in self.apart)
        return row

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Incident:
        """Read what `to_row` gave."""
        values: dict[str, Any] = {}
        for field in fields(cls):
            name = field.name
            if f"{name}_low" in row:
                value, low, high = (float(row[n]) for n in (name, f"{name}_low", f"{name}_high"))
                values[name] = Estimate(value, low, high)
            elif name in row:
                values[name] = row[name]
        values["apart"] = tuple(a if isinstance(a, Apart) else Apart(**a) for a in values.get("apart", ()))
        if pd.isna(values.get("until")):
            values["until"] = None
        return cls(**values)


def incidents_frame(incidents: Iterable[Incident]) -> pd.DataFrame:
    """Give incidents as a frame, a row each; columns `vocmine.frames.INCIDENTS`."""
    frame = pd.DataFrame([i.to_row() for i in incidents], columns=list(INCIDENT_COLUMNS))
    for name in ("first_day", "told_day", "last_day", "as_of", "until"):
        frame[name] = pd.to_datetime(frame[name], utc=True)
    return frame


def incidents_of(frame: pd.DataFrame | None) -> tuple[Incident, ...]:
    """Read a frame of incidents back."""
    if frame is None or frame.empty:
        return ()
    return tuple(Incident.from_row({str(k): v for k, v in row.items()}) for row in frame.to_dict("records"))


def open_ids(incidents: Sequence[Incident]) -> frozenset[str]:
    """Give the contacts of incidents that go on."""
    return frozenset(i for incident in incidents if incident.is_open for i in incident.contact_ids)
