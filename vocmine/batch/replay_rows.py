"""What a replay told when, and what it came to: a row an alert and a row an incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from vocmine.batch.replay import Replay
from vocmine.batch.shuffled_days import History
from vocmine.plaintext import plain
from vocmine.topics.monitoring.window import voices
from vocmine.topics.tracking.account import Sources, completed
from vocmine.topics.tracking.incident import Incident

ALERT, INCIDENT = "alert", "incident"
_ENDED = "ended"


@dataclass(frozen=True)
class ReplayRow:
    """One thing that would have been told.

    Parameters
    ----------
    day : str
        On which it would have been told, ``YYYY-MM-DD``.
    kind : {"incident", "alert"}
    status : str
        Of an alert as in ``alerts.csv``, of an incident ``opened``.
    incident_id : str
        The incident it belongs to in the end; empty for an alert of nothing that lasted.
    name_ja, name_en : str
        Of that incident, else of the topic.
    n : int
        Contacts it rested on when it was told.
    first_day : str
        First day of the rise as it is seen in the end.
    delay_days : int, optional
        Days from then until it was told; None for an issue that ended.
    n_by_then : int
        Contacts that the incident had by that day, as counted in the end.
    n_contacts : int, optional
        Contacts it came to; None without an incident.
    state : str
        Of the incident on the last day: ``open``, ``growing``, ``easing``, ``over``; empty without one.
    """

    day: str
    kind: str
    status: str
    incident_id: str
    name_ja: str
    name_en: str
    n: int
    first_day: str
    delay_days: int | None
    n_by_then: int
    n_contacts: int | None
    state: str

    def name(self, lang: str) -> str:
        """Give its name in a language, ``ja`` or ``en``."""
        return self.name_ja if lang == "ja" else self.name_en


def rows_of_replays(replays: Sequence[Replay], history: History, timezone: str) -> list[tuple[ReplayRow, ...]]:
    """Say of each replay what it told, in the order of the days.

    Only the contacts of incidents are held at once, whatever the length of the history.

    Parameters
    ----------
    replays : sequence of Replay
        Of that history.
    history : History
    timezone : str
        Where the days begin.
    """
    contacts = _members(replays, history)
    return [_rows(replay, contacts, timezone) for replay in replays]


def _members(replays: Sequence[Replay], history: History) -> pd.DataFrame:
    """Read the contacts of all incidents, with what the same person said again on the day."""
    records = [record for replay in replays for record in replay.registry.book.records]
    ids = {name for record in records for name in record.members}
    days = {f"{pd.Timestamp(day, unit='D'):%Y-%m-%d}" for record in records for day, _ in record.members.values()}
    parts = []
    for day in (day for day in history.days if day in days):
        frame = history.read(day)[["contact_id", "created_at", "channel", "customer_id", "text_clean"]].assign(day=day)
        owner = voices(frame)
        own = frame["contact_id"].isin(ids).to_numpy()
        parts.append(frame[pd.Series(own).groupby(owner).transform("any").to_numpy()])
    if not parts:
        return pd.DataFrame(columns=["contact_id", "created_at", "channel", "customer_id", "text_clean", "day"])
    return pd.concat(parts, ignore_index=True)


def _rows(replay: Replay, contacts: pd.DataFrame, timezone: str) -> tuple[ReplayRow, ...]:
    found: dict[str, Incident] = {}
    if len(contacts):
        found = {i.incident_id: i for i in completed(replay.registry.book, Sources(contacts, timezone=timezone))}
    ends = found | {old: incident for incident in found.values() for old in incident.merged}
    day_of = contacts.set_index("contact_id")["day"]
    evidence = replay.registry.evidence()
    topics = evidence.drop_duplicates("topic_id").set_index("topic_id")["name"]
    rows = [
        _incident(day, n, ends[name], day_of, topics) for name, (day, n) in replay.opened.items() if name in ends
    ]
    for alert in evidence.to_dict("records"):
        record = replay.registry.book.of_topic(int(alert["topic_id"]))
        end = None if record is None else found.get(record.incident_id)
        rows.append(_alert(alert, end, day_of, topics))
    return tuple(sorted(rows, key=lambda row: (row.day, row.kind != INCIDENT, row.incident_id, -row.n, row.name_ja)))


def _incident(day: str, n: int, end: Incident, day_of: pd.Series, topics: pd.Series) -> ReplayRow:
    return ReplayRow(
        day, INCIDENT, "opened", end.incident_id, *_names(end, topics), n, _text(end.first_day), _delay(day, end),
        _by_then(day, end, day_of), end.n_contacts, end.state,
    )


def _alert(alert: dict[Any, Any], end: Incident | None, day_of: pd.Series, topics: pd.Series) -> ReplayRow:
    day, n, status = _text(alert["day"]), int(alert["n"]), str(alert["status"])
    if end is None:
        first = _text(pd.Timestamp(alert["day"]) - pd.Timedelta(days=int(alert["days"]) - 1))
        delay = None if status == _ENDED else int(alert["days"]) - 1
        name = plain(str(alert["name"]))
        return ReplayRow(day, ALERT, status, "", name, name, n, first, delay, n, None, "")
    delay = None if status == _ENDED else _delay(day, end)
    return ReplayRow(
        day, ALERT, status, end.incident_id, *_names(end, topics), n, _text(end.first_day), delay,
        _by_then(day, end, day_of), end.n_contacts, end.state,
    )


def _names(end: Incident, topics: pd.Series) -> tuple[str, str]:
    """Give the names of an incident in both languages; where it has none, that of the topic that told of it."""
    topic = next((str(topics[t]) for t in end.topic_ids if t in topics.index), end.incident_id)
    return plain(end.name_ja or topic), plain(end.name_en or topic)


def _by_then(day: str, end: Incident, day_of: pd.Series) -> int:
    return int((day_of.reindex(list(end.contact_ids)) <= day).sum())


def _delay(day: str, end: Incident) -> int:
    return (pd.Timestamp(day, tz="UTC") - end.first_day).days


def _text(day: Any) -> str:
    return f"{pd.Timestamp(day):%Y-%m-%d}"
