"""Incidents of a registry completed from the contacts: people, channels, what sets them apart, reasons, cost, state."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.errors import ContactError
from vocmine.frames import UNKNOWN, require_columns
from vocmine.stats import Estimate, normal_quantile
from vocmine.topics.monitoring.expected_counts import band
from vocmine.topics.monitoring.projection import forecast, weekly_growth
from vocmine.topics.monitoring.window import day_numbers, voices
from vocmine.topics.tracking.apart import apart
from vocmine.topics.tracking.book import IncidentBook
from vocmine.topics.tracking.incident import Incident
from vocmine.topics.tracking.record import Record

_TREND_DAYS = 14
_QUIET_DAYS = 7  # with no more than usual after which it is over
_QUIET_SHARE = 0.1  # of its strongest week
_REASON_SHARE = 0.1  # of the contacts that a reason must be of
_COUNT_SD = 0.2  # of the logarithm of counted over true contacts: scripts/tune_incidents.py
_IMPUTED_SD = 0.3  # of the mean of handle times that were not recorded, in logarithms
TIMELINE_COLUMNS = ("incident_id", "day", "n", "expected", "low", "high")


@dataclass(frozen=True)
class Sources:
    """What incidents are completed from.

    Parameters
    ----------
    contacts : DataFrame
        ``contact_id, created_at`` and any of ``channel, customer_id, text_clean, product, product_version, segment,
        plan, region, team``; the contacts of all days of the incidents.
    tags : DataFrame, optional
    ledger : DataFrame, optional
        `vocmine.frames.LEDGER`: what each contact bears in each issue.
    timezone : str
    level : float
    """

    contacts: pd.DataFrame
    tags: pd.DataFrame | None = None
    ledger: pd.DataFrame | None = None
    timezone: str = "UTC"
    level: float = 0.95


def completed(book: IncidentBook, sources: Sources) -> tuple[Incident, ...]:
    """Complete the incidents of a book; what goes on comes first, then what has most contacts.

    Raises
    ------
    ContactError
        If a column is missing.
    """
    require_columns(sources.contacts, ("contact_id", "created_at"), "incidents", ContactError)
    frame = sources.contacts.reset_index(drop=True)
    day = day_numbers(frame["created_at"], sources.timezone)
    frame = frame.assign(contact_id=frame["contact_id"].astype(str), day=day)
    owner = voices(frame) if "text_clean" in frame.columns else np.arange(len(frame))
    made = [_complete(record, book, frame, owner, sources) for record in book.records]
    return tuple(sorted(made, key=lambda i: (not i.is_open, -i.n_contacts, i.incident_id)))


def incident_timeline(book: IncidentBook) -> pd.DataFrame:
    """Give each incident's days: ``incident_id, day, n, expected, low, high``.

    ``expected`` is what the days before the incident let expect on a day of that volume, ``low`` to ``high`` holds 95 %
    of such days; the incident itself teaches neither. Two weeks before its first day are there too, with the contacts
    that look like its own. A person who says the same several times on a day counts once.
    """
    parts = []
    for record in book.records:
        earlier = [(int(day), n) for day, n in record.earlier.items() if int(day) < record.first_day]
        days = np.array([*(day for day, _ in earlier), *range(record.first_day, book.as_of + 1)], dtype=np.int64)
        expected = np.array([record.expected(book.volume, d, d) for d in days.tolist()])
        low, high = band(np.maximum(expected, 1e-9), np.full(len(days), 1e6))
        parts.append(pd.DataFrame({
            "incident_id": record.incident_id, "day": pd.to_datetime(days, unit="D", utc=True),
            "n": [*(n for _, n in earlier), *record.counts(book.as_of)], "expected": expected, "low": low, "high": high,
        }))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(TIMELINE_COLUMNS))


def _complete(
    record: Record, book: IncidentBook, frame: pd.DataFrame, owner: np.ndarray, sources: Sources
) -> Incident:
    as_of = book.as_of
    counts = record.counts(as_of)
    expected = record.expected(book.volume, record.first_day, as_of)
    member = frame["contact_id"].isin(record.members.keys()).to_numpy()
    said = np.zeros(len(frame), dtype=bool)
    said[owner[member]] = True
    member = member | (said[owner] & (frame["day"].to_numpy() >= record.first_day))  # each post of the same voice
    own = frame[member]
    days = (frame["day"] >= record.first_day).to_numpy() & (frame["day"] <= as_of).to_numpy()
    missing = len(set(record.members) - set(own["contact_id"]))
    n = len(own) + missing
    reasons = _reasons(own, sources.tags)
    growth = _with_rule_errors(weekly_growth(counts, sources.level), sources.level)
    cost, payout, imputed = _costs(own, n, reasons, sources)
    month_end = _stamp(as_of) + pd.offsets.MonthEnd(0)
    more, least, most = forecast(counts[-_TREND_DAYS:].astype(float), (month_end - _stamp(as_of)).days)
    ahead = Estimate(n + more, n + least, n + most, n)
    counted = _with_rule_errors(Estimate(float(n), float(n), float(n), n), sources.level)
    return Incident(
        record.incident_id, record.names.get("ja", ""), record.names.get("en", ""),
        _state(record, book, counts, growth), _stamp(record.first_day), _stamp(record.told_day),
        _stamp(record.last_day), _stamp(as_of), n, _people(own, missing), expected,
        _with_rule_errors(_ratio(int(counts.sum()), expected, sources.level), sources.level), growth, _channels(own),
        apart(frame[days], member[days]), cost, payout, _by_month_end(ahead, counted), _ahead(cost, ahead, n),
        month_end, tuple(record.topics), reasons, tuple(record.words), tuple(record.quotes), tuple(record.merged),
        (*own["contact_id"], *sorted(set(record.members) - set(own["contact_id"]))), imputed, counted.low, counted.high,
    )


def _stamp(day: int) -> pd.Timestamp:
    return pd.Timestamp(day, unit="D", tz="UTC")


def _state(record: Record, book: IncidentBook, counts: np.ndarray, growth: Estimate) -> str:
    """Say how it stands: over once a week brings no more than usual, growing or easing where that is sure."""
    recent = int(counts[-_QUIET_DAYS:].sum())
    if len(counts) > _QUIET_DAYS:
        usual = record.expected(book.volume, book.as_of - _QUIET_DAYS + 1, book.as_of)
        high = float(band(np.array([max(usual, 1e-9)]), np.array([1e6]))[1][0])
        weeks = np.convolve(counts, np.ones(_QUIET_DAYS, dtype=int))
        if recent <= max(high, 1.0) and recent <= _QUIET_SHARE * int(weeks.max()):
            return "over"
    if growth.ranged and growth.low > 1:
        return "growing"
    return "easing" if growth.ranged and growth.high < 1 else "open"


def _ratio(n: int, expected: float, level: float) -> Estimate:
    """Give counted over expected, with the interval of the count (half a contact is the least that is expected)."""
    usual = max(expected, 0.5)
    reach = float(np.exp(normal_quantile(level) * np.sqrt(1 / (n + 0.5) + 1 / (usual + 0.5))))
    return Estimate(n / usual, n / usual / reach, n / usual * reach, n)


def _with_rule_errors(size: Estimate, level: float) -> Estimate:
    """Widen a range by the mistakes of the rule on who belongs: what it misses and what it takes in wrongly.

    Of a growth it holds as much: whether the rule errs alike in both weeks is not known.
    """
    if not size.ranged or size.low <= 0:
        return size
    own = normal_quantile(level) * _COUNT_SD
    below, above = (np.hypot(np.log(end / size.value), own) for end in (size.low, size.high))
    return Estimate(size.value, size.value * float(np.exp(-below)), size.value * float(np.exp(above)), size.n)


def _by_month_end(ahead: Estimate, counted: Estimate) -> Estimate:
    """Join what is not known of the days to come and the mistakes of the rule, which all those days have alike."""
    if not counted.value:
        return ahead
    value = ahead.value
    below, above = (abs(end / counted.value - 1) * value for end in (counted.low, counted.high))
    low = value - float(np.hypot(value - ahead.low, below))
    return Estimate(value, max(low, counted.low), value + float(np.hypot(ahead.high - value, above)), ahead.n)


def _people(own: pd.DataFrame, missing: int) -> int:
    """Count customers; who is unknown counts once a text."""
    text = own["text_clean"].astype(str) if "text_clean" in own.columns else own["contact_id"]
    if "customer_id" not in own.columns:
        return int(text.nunique()) + missing
    named = own["customer_id"].notna()
    return int(own.loc[named, "customer_id"].nunique() + text[~named].nunique()) + missing


def _channels(own: pd.DataFrame) -> dict[str, int]:
    if "channel" not in own.columns:
        return {}
    counts = own["channel"].astype(str).value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return {str(name): int(n) for name, n in counts.items()}


def _reasons(own: pd.DataFrame, tags: pd.DataFrame | None) -> tuple[str, ...]:
    if tags is None or own.empty:
        return ()
    mine = (tags["kind"] == "reason") & tags["contact_id"].isin(set(own["contact_id"])) & (tags["label"] != UNKNOWN)
    counts = tags.loc[mine].drop_duplicates(["contact_id", "label"])["label"].astype(str).value_counts()
    counts = counts[counts >= _REASON_SHARE * len(own)].sort_index().sort_values(ascending=False, kind="stable")
    return tuple(str(name) for name in counts.index)


def _costs(
    own: pd.DataFrame, n: int, reasons: tuple[str, ...], sources: Sources
) -> tuple[Estimate, Estimate, float]:
    """Add up handling cost and payouts of the contacts, as far as they are about the incident.

    A contact with a second matter bears the incident with the share that its reasons have in it. Contacts beyond the
    ledger cost what the others do on average, and count as imputed. The range holds the mistakes of the rule on who
    belongs, and what is not known of handle times.
    """
    ledger = sources.ledger
    if ledger is None or own.empty:
        return Estimate(), Estimate(), float("nan")
    mine = ledger[ledger["contact_id"].isin(set(own["contact_id"]))]
    if mine.empty or not mine["labour"].notna().any():
        return Estimate(), Estimate(), float("nan")
    told = mine["issue"].isin(reasons)
    by_contact = mine.assign(part=mine["share_tagged"].where(told, 0.0)).groupby("contact_id").agg(
        labour=("labour", "first"), payout=("payout", "first"), imputed=("imputed", "first"), part=("part", "sum")
    )
    part = by_contact["part"].where(by_contact["part"] > 0, 1.0).clip(upper=1.0)
    labour, paid = (by_contact["labour"].fillna(0.0) * part), (by_contact["payout"].fillna(0.0) * part)
    known = len(by_contact)
    whole, payout = float(labour.sum()) * n / known, float(paid.sum()) * n / known
    measured = float(labour[~by_contact["imputed"].astype(bool)].sum())
    imputed = 1 - measured / whole if whole > 0 else 0.0
    sd = float(np.hypot(_COUNT_SD, _IMPUTED_SD * imputed))
    reach = float(np.exp(normal_quantile(sources.level) * sd))
    return (
        Estimate(whole, whole / reach, whole * reach, n, imputed), Estimate(payout, payout / reach, payout * reach, n),
        imputed,
    )


def _ahead(cost: Estimate, n_end: Estimate, n: int) -> Estimate:
    """Give the cost by the end of the month: what is counted and what is to come, at what a contact costs."""
    if not cost.ranged or not n:
        return Estimate()
    each, total = cost.value / n, n_end.value * cost.value / n
    low = total - float(np.hypot((n_end.value - n_end.low) * each, (cost.value - cost.low) * n_end.value / n))
    high = total + float(np.hypot((n_end.high - n_end.value) * each, (cost.high - cost.value) * n_end.value / n))
    return Estimate(total, max(low, cost.low), high, n, cost.imputed)

