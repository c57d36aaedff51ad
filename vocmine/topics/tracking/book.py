"""The book of incidents: alerts come in, what belongs together becomes one incident, members are found each day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from vocmine.topics.monitoring.counts import Ledger
from vocmine.topics.monitoring.entries import Entry
from vocmine.topics.monitoring.window import Memory
from vocmine.topics.tracking.naming import describe
from vocmine.topics.tracking.onset import Onset, find_onset, is_confirmed
from vocmine.topics.tracking.record import Record
from vocmine.topics.tracking.rule import MemberRule

_LEARN_AFTER = (0, 1, 2, 3, 5, 7, 9, 11, 14, 17, 20, 24, 28)  # days after it was told on which its rule is learned anew
_WATCH_DAYS = 28  # without an excess after which nobody looks for members any more
_SAME = 0.5  # share of an alert's contacts that are members, or of the smaller of two incidents' that both have
_LEAST, _LEAST_RATIO = 5, 2.0  # members, and how many times the usual, that make an incident
_EARLIER_DAYS = 14  # before the first day that are shown beside the incident
_WAIT_DAYS = 7  # in which an alert may be confirmed by what comes after it


class IncidentBook:
    """Incidents of a registry.

    Each record has an exact rule; contacts of a day are claimed by the open records' rules, and the rules are learned
    anew some days after the incident was told, always against the days before its first day: an incident never
    teaches what is usual.

    Parameters
    ----------
    records : iterable of Record
    volume : dict of int to dict of str to int
        Contacts of each day and channel, one of a person who said the same several times; the registry counts on.
    """

    def __init__(self, records: Iterable[Record] = (), volume: dict[int, dict[str, int]] | None = None) -> None:
        self.records: list[Record] = list(records)
        self.volume: dict[int, dict[str, int]] = {} if volume is None else volume
        self.waiting: list[tuple[int, int, list[str]]] = []  # alerts that tell of no incident yet: day, topic, contacts

    @property
    def as_of(self) -> int:
        """The last day counted, since 1970-01-01."""
        return max(self.volume, default=0)

    def claim(self, vectors: np.ndarray, day: int) -> np.ndarray:
        """Give the record each contact of a day belongs to, by place, -1 for none: int64 of shape (n,)."""
        out = np.full(len(vectors), -1, dtype=np.int64)
        best = np.zeros(len(vectors))
        for place, record in self._watched(day):
            scores = record.rule.scores(vectors)
            over = scores - record.rule.bound
            scale = max(abs(record.rule.bound), 1e-9)
            wins = (over >= 0) & ((out < 0) | (over / scale > best))
            out[wins], best[wins] = place, (over / scale)[wins]
        return out

    def count(self, claimed: np.ndarray, day: int, ids: Sequence[str], channels: Sequence[str]) -> None:
        """Add the members that `claim` found among a day's contacts."""
        for place, name, channel in zip(claimed.tolist(), ids, channels, strict=True):
            if place >= 0:
                self.records[place].members[name] = (day, channel)

    def gathered(self, memory: Memory, ledger: Ledger, lasting: Sequence[int]) -> Memory:
        """Count members among earlier contacts under the topic that told of their incident, in memory and ledger."""
        place = {name: i for i, record in enumerate(self.records) for name in record.members}
        claimed = np.array([place.get(name, -1) for name in memory.contact_id.tolist()], dtype=np.int64)
        topic = self.topics(claimed, memory.topic, lasting)
        for to in np.unique(topic[topic != memory.topic]).tolist():
            rows = np.flatnonzero((topic == to) & (memory.topic != to))
            ledger.move(memory.day[rows], memory.channel[rows], memory.topic[rows], to)
        return memory.with_topic(np.arange(len(memory)), topic)

    def topics(self, claimed: np.ndarray, topic: np.ndarray, lasting: Sequence[int]) -> np.ndarray:
        """Give members the topic that told of their incident, where it lasts; the others keep theirs."""
        told = [next((t for t in record.topics if t in lasting), -1) for record in self.records]
        own = np.array([*told, -1], dtype=np.int64)[claimed]
        return np.where(own >= 0, own, topic)

    def look(self, memory: Memory, day: int, alerts: Sequence[Mapping[str, Any]]) -> None:
        """Take in the alerts of a day: each joins an incident, opens one, or tells of nothing that lasts."""
        new = [(day, int(a["topic_id"]), [str(i) for i in a["contact_ids"]]) for a in alerts if a["status"] != "ended"]
        known = {(when, topic) for when, topic, _ in new}
        waiting = [w for w in self.waiting if day - w[0] <= _WAIT_DAYS and w[:2] not in known]
        self.waiting = [alert for alert in (*waiting, *new) if not self._tell(memory, day, *alert[1:])]
        for _, record in self._watched(day):
            if day - record.told_day in _LEARN_AFTER and record.learned[-1] != day:
                self._relearn(memory, day, record)
        self._merge(memory, day)

    def tell_topics(self, entries: Sequence[Entry], day: int) -> None:
        """Let topics that emerged begin with their incident; on the day it is told they get its name, if free."""
        taken = {entry.name for entry in entries}
        for record in self.records:
            own = [entries[topic] for topic in record.topics if entries[topic].origin == "emerged"]
            for entry in own[:1]:
                entry.first_day = min(entry.first_day, record.first_day)
                is_free = record.title and record.title not in taken and not entry.is_pinned
                entry.name = record.title if is_free and record.told_day == day else entry.name

    def cleaned(self, alert: dict[str, Any], entries: Sequence[Entry]) -> dict[str, Any]:
        """Give a new topic's alert with its name and the members of its incident in the same days, where it has one."""
        record = self.of_topic(int(alert["topic_id"]))
        if record is None or alert["status"] != "new":
            return alert
        alert = {**alert, "name": entries[int(alert["topic_id"])].name}
        first, last = int(alert["day"]) - int(alert["days"]) + 1, int(alert["day"])
        ids = [name for name, (day, _) in record.members.items() if first <= day <= last]
        if len(ids) < _LEAST:
            return alert
        expected = record.expected(self.volume, first, last)
        ratio = len(ids) / max(expected, 0.5)
        by = ratio / float(alert["ratio"])
        ends = {name: float(alert[name]) * by for name in ("ratio_low", "ratio_high")}
        return {**alert, "contact_ids": ids, "n": len(ids), "expected": expected, "ratio": ratio, **ends}

    def of_topic(self, topic: int) -> Record | None:
        """Give the incident that a topic's alerts tell of."""
        return next((r for r in self.records if topic in r.topics), None)

    def to_dict(self) -> dict[str, Any]:
        """Give plain values, without the weights of the rules."""
        return {"records": [r.to_dict() for r in self.records], "waiting": [list(alert) for alert in self.waiting]}

    def weights(self) -> np.ndarray:
        """Give the weights of all rules, a row each."""
        rows = [r.rule.weights for r in self.records]
        return np.array(rows, dtype=np.float32) if rows else np.empty((0, 0), dtype=np.float32)

    @classmethod
    def from_dict(
        cls, values: Mapping[str, Any], weights: np.ndarray, volume: dict[int, dict[str, int]]
    ) -> IncidentBook:
        """Read what `to_dict` and `weights` gave."""
        book = cls((Record.from_dict(row, weights[i]) for i, row in enumerate(values["records"])), volume)
        book.waiting = [(int(day), int(topic), [str(i) for i in ids]) for day, topic, ids in values["waiting"]]
        return book

    def _watched(self, day: int) -> list[tuple[int, Record]]:
        """Give the records whose members are still looked for, with their places."""
        return [(i, r) for i, r in enumerate(self.records) if day - max(r.last_day, r.told_day) <= _WATCH_DAYS]

    def _tell(self, memory: Memory, day: int, topic: int, ids: list[str]) -> bool:
        """Let an alert join an incident or open one; False where it tells of nothing that is sure to last."""
        known = [(sum(i in r.members for i in ids), -place, r) for place, r in self._watched(day)]
        n, _, record = max(known, key=lambda k: k[:2], default=(0, 0, None))
        if record is None or n < _SAME * len(ids):
            record = self._home(memory, _rows_of(memory, ids), day)
            if record is None:
                return False
        if topic not in record.topics:
            record.topics.append(topic)
        record.seeds += [i for i in ids if i not in record.seeds]
        if record.learned[-1] != day:
            self._relearn(memory, day, record)
        return True

    def _home(self, memory: Memory, rows: np.ndarray, day: int) -> Record | None:
        """Give the open incident that contacts belong to, or open one; None where they tell of none."""
        free = self._free(memory, None, day)
        onset = find_onset(memory, rows, free)
        if onset is None or len(onset.rows) < _LEAST or len(onset.rows) < _LEAST_RATIO * onset.expected:
            return None
        for _, record in self._watched(day):
            if _claim_each_other(memory, onset.rule, onset.rows, record.rule, _rows_of(memory, record.members)):
                return record
        if not is_confirmed(memory, onset, rows, free):
            return None
        record = Record(self._next_id(day), day, onset.rule, onset.first_day, onset.shares)
        self.records.append(record)
        self._settle(memory, day, record, onset)
        return record

    def _next_id(self, day: int) -> str:
        name = f"inc-{pd.Timestamp(day, unit='D'):%Y%m%d}-"
        taken = [i for r in self.records for i in (r.incident_id, *r.merged) if i.startswith(name)]
        return f"{name}{max((int(i.removeprefix(name)) for i in taken), default=0) + 1}"

    def _relearn(self, memory: Memory, day: int, record: Record) -> None:
        rows = _rows_of(memory, [*record.seeds, *record.members])
        onset = find_onset(memory, rows, self._free(memory, record, day))
        if onset is None or len(onset.rows) < _LEAST:
            return
        own = _rows_of(memory, record.members)
        if not len(own) or np.isin(own, onset.rows).mean() >= _SAME:  # else it has become another matter
            self._settle(memory, day, record, onset)

    def _settle(self, memory: Memory, day: int, record: Record, onset: Onset) -> None:
        """Take what was learned: members are those of the rule, and those of days that the memory has thinned out."""
        record.relearn(onset, day)
        here = set(memory.contact_id.tolist())
        kept = {i: at for i, at in record.members.items() if i not in here and at[0] >= onset.first_day}
        found = {
            str(memory.contact_id[row]): (int(memory.day[row]), str(memory.channel[row])) for row in onset.rows.tolist()
        }
        record.members = dict(sorted({**kept, **found}.items(), key=lambda item: (item[1][0], item[0])))
        record.earlier = _days_before(memory, onset)
        described = describe(memory, onset.rows)
        record.names, record.words, record.quotes = described.names, described.words, described.quotes

    def _free(self, memory: Memory, record: Record | None, day: int) -> np.ndarray:
        taken = {i for _, other in self._watched(day) if other is not record for i in other.members}
        return np.asarray(~np.isin(memory.contact_id, list(taken)))

    def _merge(self, memory: Memory, day: int) -> None:
        """Make one of two incidents whose rules claim each other's contacts; the older one goes on."""
        watched = [r for _, r in self._watched(day)]
        for i, older in enumerate(watched):
            for younger in watched[i + 1 :]:
                rows, others = (_rows_of(memory, record.members) for record in (older, younger))
                is_there = younger in self.records and older in self.records
                if is_there and _claim_each_other(memory, older.rule, rows, younger.rule, others):
                    older.topics += [t for t in younger.topics if t not in older.topics]
                    older.seeds += [s for s in younger.seeds if s not in older.seeds]
                    older.merged += [younger.incident_id, *younger.merged]
                    self.records.remove(younger)
                    self._relearn(memory, day, older)


def _rows_of(memory: Memory, ids: Iterable[str]) -> np.ndarray:
    return np.flatnonzero(np.isin(memory.contact_id, list(ids)))


def _claimed(memory: Memory, rule: MemberRule, rows: np.ndarray) -> np.ndarray:
    return rule.members(memory.vectors[rows].astype(np.float32))


def _claim_each_other(
    memory: Memory, rule: MemberRule, rows: np.ndarray, other_rule: MemberRule, other_rows: np.ndarray
) -> bool:
    """Tell whether one of two rules claims most of the contacts of the other, as far as they are remembered."""
    if not len(rows) or not len(other_rows):
        return False
    shares = (_claimed(memory, rule, other_rows).mean(), _claimed(memory, other_rule, rows).mean())
    return bool(max(shares) >= _SAME)


def _days_before(memory: Memory, onset: Onset) -> dict[str, int]:
    """Count on each day before the first one the contacts that the rule takes for members."""
    first = max(onset.first_day - _EARLIER_DAYS, int(memory.day.min()))
    rows = np.flatnonzero((memory.day >= first) & (memory.day < onset.first_day))
    days = memory.day[rows][_claimed(memory, onset.rule, rows)] if len(rows) else rows
    n = np.bincount(days - first, minlength=max(onset.first_day - first, 0))
    return {str(first + i): int(count) for i, count in enumerate(n.tolist())}
