"""The period that costs and report are about: read once from a results folder, and handed on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from vocmine.batch.contact_source import ContactSource
from vocmine.batch.state import write_json
from vocmine.errors import ContactError
from vocmine.results import ReasonInfo

Frames = tuple[pd.DataFrame, pd.DataFrame]

TREND_DAYS = 56
"""Eight whole weeks: how far back weekly trends and growth look, where the costing period is shorter."""

WATCHED_DAYS = 181
"""How far back daily counts are watched for sudden changes: half a year, so that weekdays and seasons show."""

_NAMES = "labels.json"
_OLDER = ("contact_id", "created_at", "channel", "customer_id", "product", "handle_seconds")


@dataclass(frozen=True, eq=False)
class Period:
    """The contacts and tags that the costs and the report are about, first and last day included.

    Parameters
    ----------
    contacts, tags : DataFrame
        Of the period.
    first, last : str
        Its days, ``YYYY-MM-DD``.
    timezone : str
        Zone of the days.
    names : ReasonInfo
        Names, demand and owners of the reasons that the tags name.
    history : (DataFrame, DataFrame), optional
        Contacts without their texts and reasons of the last `TREND_DAYS` with the same last day, for trends; None where
        the period is as long or nothing is older.
    older : (DataFrame, DataFrame), optional
        Contacts (``contact_id, created_at, channel, customer_id, product, handle_seconds``) and reasons of the days
        before it.
    """

    contacts: pd.DataFrame
    tags: pd.DataFrame
    first: str
    last: str
    timezone: str = "UTC"
    names: ReasonInfo = field(default_factory=ReasonInfo)
    history: Frames | None = None
    older: Frames | None = None

    def between(
        self, first: str, last: str, columns: tuple[str, ...], kinds: tuple[str, ...] = ("reason",)
    ) -> Frames:
        """Give some columns of the contacts of some of its days, both ends included, and their tags of some kinds."""
        day = local_days(self.contacts, self.timezone)
        contacts = self.contacts.loc[(day >= first) & (day <= last), list(columns)].reset_index(drop=True)
        return contacts, _tags_of(self.tags, contacts, kinds)

    def watched(self) -> Frames:
        """Give the contacts without their texts, and the reasons, of the last `WATCHED_DAYS`, as far as read."""
        first = max(self.first, _day(self.last, 1 - WATCHED_DAYS))
        return join_frames(self.older, self.between(first, self.last, _OLDER))

    def reasons_of(self, store: ContactSource, contact_ids: set[str]) -> pd.DataFrame:
        """Give the reasons of some contacts; what is not of this period is read from the folder."""
        here = self.tags[(self.tags["kind"] == "reason") & self.tags["contact_id"].isin(contact_ids)]
        missing = contact_ids - set(here["contact_id"])
        rest = store.reasons_of(missing) if missing else here.iloc[:0]
        return pd.concat([here, rest], ignore_index=True) if len(rest) else here


def write_names(home: Path, names: ReasonInfo) -> None:
    """Keep the names of the reasons beside the tags, so that a report can be written again without the taxonomy."""
    write_json(home / _NAMES, names.to_dict())


def read_names(home: Path) -> ReasonInfo:
    """Read what `write_names` wrote; nothing where there is nothing yet."""
    path = home / _NAMES
    return ReasonInfo.from_dict(json.loads(path.read_text(encoding="utf-8")) if path.exists() else {})


def read_period(home: Path, store: ContactSource, days: int, *, older_days: int = 0) -> Period:
    """Read the last days of a results folder, each day's files once.

    Parameters
    ----------
    home : Path
        The results folder.
    store : ContactSource
        Its contacts and tags.
    days : int
        Days of the period, up to the last one that has contacts.
    older_days : int
        Days, counted from the same last day, for which contacts without their texts are read too.

    Raises
    ------
    ContactError
        If the folder has no contacts.
    """
    if not store.days():
        raise ContactError("there are no contacts to report on", where=str(home), expected="a folder of `vocmine run`")
    return period_of(store, days, read_names(home), older_days=older_days)


def period_of(source: ContactSource, days: int, names: ReasonInfo, *, older_days: int = 0) -> Period:
    """Give the last days of some contacts, as `read_period` does of a results folder.

    Raises
    ------
    ContactError
        If there are no contacts.
    """
    stored = source.days()
    if not stored:
        raise ContactError("there are no contacts to report on", where="contacts", expected="at least one row")
    last = stored[-1]
    first, start = _day(last, 1 - days), _day(last, 1 - older_days)
    contacts, tags = source.read(first, last, columns=source.own_columns)
    older = None
    if start < first and stored[0] < first:
        older = source.read(start, _day(first, -1), columns=_OLDER, kinds=("reason",))
    period = Period(contacts, tags, max(first, stored[0]), last, source.timezone, names, None, older)
    trend = _day(last, 1 - TREND_DAYS)
    if older is None or trend >= first:
        return period
    return replace(period, history=_history(period, older, trend))


def local_days(contacts: pd.DataFrame, timezone: str) -> pd.Series[str]:
    """Give the day on which each contact began, as ``YYYY-MM-DD``, as contacts are filed."""
    days: pd.Series[str] = contacts["created_at"].dt.tz_convert(timezone).dt.strftime("%Y-%m-%d")
    return days


def join_frames(older: Frames | None, newer: Frames) -> Frames:
    """Put contacts and tags of later days behind those of earlier ones, where there are any."""
    if older is None or not len(older[0]):
        return newer
    contacts, tags = (pd.concat(pair, ignore_index=True) for pair in zip(older, newer, strict=True))
    return contacts, tags


def _history(period: Period, older: Frames, trend: str) -> Frames:
    """Put the days before the period in front of it."""
    contacts = older[0][local_days(older[0], period.timezone) >= trend]
    late = (contacts, _tags_of(older[1], contacts))
    seen, labels = join_frames(late, period.between(period.first, period.last, _OLDER))
    return seen[["contact_id", "created_at", "channel"]], labels[["contact_id", "kind", "label"]]


def _tags_of(tags: pd.DataFrame, contacts: pd.DataFrame, kinds: tuple[str, ...] = ("reason",)) -> pd.DataFrame:
    mine = tags["kind"].isin(kinds) & tags["contact_id"].isin(set(contacts["contact_id"]))
    return tags[mine].reset_index(drop=True)


def _day(day: str, days: int) -> str:
    return str((pd.Timestamp(day) + pd.Timedelta(days=days)).date())
