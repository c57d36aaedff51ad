"""What a report says, as plain numbers: frozen, without a word of any customer and without a language."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from vocmine.results import Basis, Note
from vocmine.stats import NAN, Estimate

if TYPE_CHECKING:
    from vocmine.report.sections.alerts import AlertRecord
    from vocmine.report.sections.fixes import FixRecord
    from vocmine.report.sections.grid import Section
    from vocmine.report.sections.hot_words import HotWordRecord
    from vocmine.report.sections.incident_records import IncidentRecord
    from vocmine.report.sections.run import RunRecord

Measure = Literal["money", "hours", "counts"]

_FEWEST = 5  # contacts that an issue needs to be looked at first
_LEAST_SHARE = 0.01  # of the whole, likewise


@dataclass(frozen=True)
class AsidePart:
    """Contacts of an incident that goes on, which some numbers leave out."""

    incident_id: str
    n: int


@dataclass(frozen=True)
class IssueLine:
    """One issue (or ``unknown``, ``unallocated``) with everything that is counted about it.

    Parameters
    ----------
    issue : str
        Id of the reason.
    contacts : Estimate
        Contacts, shared where several reasons share one.
    hours : float
        Handle time, h.
    cost : Estimate
        Handling cost (labour) in the currency of the report; NaN where no rates were given.
    per_contact : float
        Cost / contacts.
    share, imputed_share : float
        Of the whole cost (of the hours or contacts, where there is no cost), 0..1.
    method : Note, optional
        How cost and interval were made.
    avoidable, marginal, repeat_share : float
        NaN where the cost table does not have them; `marginal` is the part of `avoidable` that is saved at once.
    payout : Estimate
        Refunds, parts, shipping, never part of `cost`; NaN where the cost table does not have them.
    avoidable_payout : float
        What of `payout` could be avoided; NaN where not known.
    growth : Estimate
        Contacts of the last window / contacts of the window before.
    weekly : tuple of int
        Tagged contacts by week, oldest first.
    moods : tuple of int
        Contacts that are negative, neutral, positive, without those of `aside`.
    negative : Estimate
        Share of negative contacts, 0..1, without those of `aside`.
    csat : Estimate
        Mean satisfaction, 1..5, without those of `aside`.
    signals : tuple of (str, int)
        Signal and contacts that show it.
    channels : tuple of int
        Contacts by channel, in the order of ``Summary.channels``.
    products : tuple of (str, int)
        The products most contacts are about, and how many.
    demand : str
        ``value``, ``failure`` or empty.
    rank : Estimate
        Place in the order that was given, 1 first; NaN without one.
    aside : tuple of AsidePart
        Contacts of incidents that go on, which moods and satisfaction leave out: an incident is told on its own.
    growth_rest : Estimate
        `growth` without the contacts of such incidents.
    risen : (int, int)
        Contacts of the last window less those of the window before, and the same of such incidents alone.
    """

    issue: str
    contacts: Estimate
    hours: float
    cost: Estimate
    per_contact: float
    share: float
    imputed_share: float
    method: Note | None
    avoidable: float = NAN
    marginal: float = NAN
    repeat_share: float = NAN
    growth: Estimate = Estimate()
    weekly: tuple[int, ...] = ()
    moods: tuple[int, int, int] = (0, 0, 0)
    negative: Estimate = Estimate()
    csat: Estimate = Estimate()
    signals: tuple[tuple[str, int], ...] = ()
    channels: tuple[int, ...] = ()
    products: tuple[tuple[str, int], ...] = ()
    demand: str = ""
    rank: Estimate = Estimate()
    payout: Estimate = Estimate()
    avoidable_payout: float = NAN
    aside: tuple[AsidePart, ...] = ()
    growth_rest: Estimate = Estimate()
    risen: tuple[int, int] = (0, 0)

    @property
    def own_growth(self) -> Estimate:
        """Growth without the contacts of incidents that go on."""
        return self.growth_rest if self.risen[1] else self.growth

    @property
    def is_risen_by_incident(self) -> bool:
        """Whether half or more of its growth are contacts of incidents that go on."""
        more, of_incidents = self.risen
        return 0 < more <= 2 * of_incidents

    @property
    def n_aside(self) -> int:
        """How many contacts moods and satisfaction leave out."""
        return sum(part.n for part in self.aside)

    @property
    def saves(self) -> bool:
        """Whether the cost table knows how much of the cost can be avoided, as a part and not the whole of it."""
        return 0 < self.avoidable < 0.95 * self.cost.value

    def with_signal(self, signal: str) -> int:
        """Give the contacts that show a signal."""
        return dict(self.signals).get(signal, 0)


@dataclass(frozen=True)
class ChannelLine:
    """One channel: contacts, share of all, handle time and mood."""

    channel: str
    n: int
    share: float
    median_minutes: float
    n_timed: int
    negative: Estimate
    csat: Estimate


@dataclass(frozen=True)
class Summary:
    """The numbers of a report.

    Parameters
    ----------
    first_day, last_day : date
        Days of the first and last contact.
    n_contacts : int
        Contacts in the report.
    currency : str
        Such as ``JPY``; empty where there are no rates.
    level : float
        Of the intervals, for instance 0.95.
    numerator : str
        What the cost contains: ``labour``, ``direct``, ``absorbed`` or ``hours``.
    notes : tuple of Note
        What the cost table notes about itself.
    total_payout : float
        Sum of the payouts; NaN where there are no rates or the cost table has none.
    total_cost, total_hours, imputed_share : float
        Sums over all lines of the cost table; NaN where there are no rates, no handle times.
    issues, rest : tuple of IssueLine
        Issues by falling cost (hours, contacts); then ``unknown`` and ``unallocated``.
    weeks : tuple of date
        First day of each whole week, oldest first.
    weekly : tuple of int
        All contacts by week.
    growth_days : int
        Length of each of the two windows that growth compares, days; 0 where the time is too short.
    growth, negative, csat : Estimate
        Of all contacts together.
    moods : tuple of int
        Contacts that are negative, neutral, positive.
    n_tagged, n_unknown, n_untagged : int
        Contacts with a reason, with none that is sure enough, and not read for reasons: they add up to all contacts.
    n_double : int
        How many more reasons there are than contacts that have one.
    n_checked : int
        Contacts checked by hand that the costs were corrected with.
    basis : {"audit", "labels", "prior", "counted"}
        What the ranges of the costs rest on, see `vocmine.results.IssueCosts`.
    ranked : bool
        Whether the issues stand in an order that was given, and not by cost.
    untimed : tuple of str
        Channels no handle time was ever measured for: their time and its cost are not in the sums.
    fix_rate : float
        The assumed part of an issue's failure demand that a fix ends, behind `IssueLine.avoidable`; NaN where not told.
    aside : tuple of AsidePart
        Contacts of this time that belong to incidents that go on.
    aside_moods : tuple of int
        Moods of those contacts.
    sections : tuple of Section
        What the sections counted: alerts, months, aspects, journeys, discovered topics, quality of tags and so on.
    """

    first_day: date
    last_day: date
    n_contacts: int
    currency: str
    level: float
    numerator: str
    notes: tuple[Note, ...]
    total_cost: float
    total_hours: float
    imputed_share: float
    issues: tuple[IssueLine, ...]
    rest: tuple[IssueLine, ...]
    weeks: tuple[date, ...]
    weekly: tuple[int, ...]
    growth_days: int
    growth: Estimate
    moods: tuple[int, int, int]
    negative: Estimate
    csat: Estimate
    n_unknown: int
    n_untagged: int
    n_tagged: int
    n_double: int
    channels: tuple[ChannelLine, ...]
    n_checked: int = 0
    basis: Basis = "counted"
    ranked: bool = False
    untimed: tuple[str, ...] = ()
    fix_rate: float = NAN
    total_payout: float = NAN
    aside: tuple[AsidePart, ...] = ()
    aside_moods: tuple[int, int, int] = (0, 0, 0)
    sections: tuple[Section, ...] = ()

    def section(self, key: str) -> Section | None:
        """Give what a section counted; None where it has nothing to show."""
        return next((section for section in self.sections if section.key == key), None)

    def records(self, key: str) -> tuple[Any, ...]:
        """Give the records of a section; none where it has nothing to show."""
        section = self.section(key)
        return () if section is None else section.records

    @property
    def alerts(self) -> tuple[AlertRecord, ...]:
        """Topics that stand out, the most striking first."""
        return self.records("alerts")

    @property
    def loose_alerts(self) -> tuple[AlertRecord, ...]:
        """Alerts that belong to no incident."""
        return tuple(alert for alert in self.alerts if not alert.incident_id)

    @property
    def incidents(self) -> tuple[IncidentRecord, ...]:
        """Incidents, those that go on first."""
        return self.records("incidents")

    @property
    def open_incidents(self) -> tuple[IncidentRecord, ...]:
        """Incidents that go on, the largest first."""
        return tuple(incident for incident in self.incidents if incident.is_open)

    @property
    def words(self) -> tuple[HotWordRecord, ...]:
        """Hot words."""
        return self.records("words")

    @property
    def topics(self) -> tuple[tuple[int, int], ...]:
        """Topics that are watched, and their contacts, the largest first."""
        return self.records("topics")

    @property
    def fixes(self) -> tuple[FixRecord, ...]:
        """What fixes have saved, the latest first."""
        return self.records("fixes")

    @property
    def run(self) -> RunRecord | None:
        """What the run behind the report read; None where that is not known."""
        return next(iter(self.records("run")), None)

    @property
    def days(self) -> int:
        """Days from the first contact to the last, both counted."""
        return (self.last_day - self.first_day).days + 1

    @property
    def in_money(self) -> bool:
        """Whether the cost table has costs; else the report speaks of hours."""
        return bool(self.currency) and not math.isnan(self.total_cost)

    @property
    def pays(self) -> bool:
        """Whether anything was paid out: refunds, parts, shipping."""
        return self.in_money and self.total_payout > 0

    @property
    def measure(self) -> Measure:
        """What issues are measured in: money; hours without rates; contacts where no handle time is known either."""
        if self.in_money:
            return "money"
        return "counts" if math.isnan(self.total_hours) else "hours"

    def size(self, line: IssueLine) -> Estimate:
        """Give what an issue is measured by in this report."""
        if self.in_money:
            return line.cost
        return line.contacts if self.measure == "counts" else Estimate(line.hours, n=line.contacts.n)

    @property
    def monthly(self) -> float:
        """Factor from the whole time to a month of 30 days; 1 where less than two weeks were seen."""
        return 30 / self.days if self.by_month else 1.0

    @property
    def by_month(self) -> bool:
        """Whether enough days were seen to speak of a month."""
        return self.days >= 14

    @property
    def focus(self) -> tuple[IssueLine, ...]:
        """Issues to look at first: in the order that was given, else by cost; what customers wanted is left out.

        So are issues of a few contacts, or of less than 1 % of the whole: a single mistake of the tagger must not
        become the headline.
        """
        ordered = sorted(self.issues, key=lambda line: line.rank.value if line.rank.known else math.inf)
        many = tuple(line for line in ordered if line.contacts.value >= _FEWEST) or tuple(ordered)
        enough = tuple(line for line in many if not line.share < _LEAST_SHARE) or many
        return tuple(line for line in enough if line.demand != "value") or enough

    @property
    def lines(self) -> tuple[IssueLine, ...]:
        """All lines of the cost table: they add up to the total."""
        return self.issues + self.rest
