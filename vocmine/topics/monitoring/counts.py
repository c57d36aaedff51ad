"""Counts of contacts by day, topic and channel, and what they are judged by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from vocmine.silence import silent_days
from vocmine.topics.monitoring import expected_counts as baseline
from vocmine.topics.monitoring.expected_counts import Table
from vocmine.topics.monitoring.significance import Found, judge

_LOOK_BACK = 84  # days that tell whether a source is silent today
_MOST_SILENT = 0.5  # share of the usual volume whose sources are silent on a day that says nothing
_JUDGED_DAYS = 730  # days that tell whether a topic comes back
_BLOCK_DAYS = 120  # days put into a table at once
_ALWAYS = -(10**6)  # a day before all others


@dataclass
class Ledger:
    """Counts of all days seen.

    Parameters
    ----------
    volume : dict of int to dict of str to int
        Contacts of each day (days since 1970-01-01) and channel.
    counts : dict of int to dict of int to dict of str to int
        Contacts of each day, topic and channel.
    since : dict of int to int
        First day whose counts of a topic compare with those of today, where the topic changed; else all do.
    """

    volume: dict[int, dict[str, int]] = field(default_factory=dict)
    counts: dict[int, dict[int, dict[str, int]]] = field(default_factory=dict)
    since: dict[int, int] = field(default_factory=dict)

    @property
    def totals(self) -> dict[int, int]:
        """Contacts of each day."""
        return {day: sum(own.values()) for day, own in self.volume.items()}

    def add(self, day: int, topics: np.ndarray, channels: np.ndarray | None = None) -> None:
        """Count the topics (-1: none) and channels of new contacts of a day."""
        channels = np.full(len(topics), "") if channels is None else channels
        volume, own = self.volume.setdefault(day, {}), self.counts.setdefault(day, {})
        for topic, channel in zip(topics.tolist(), channels.tolist(), strict=True):
            volume[channel] = volume.get(channel, 0) + 1
            if topic >= 0:
                _count(own, topic, channel)

    def move(self, days: np.ndarray, channels: np.ndarray, old: np.ndarray, new: int) -> None:
        """Count contacts under another topic than before."""
        for day, channel, topic in zip(days.tolist(), channels.tolist(), old.tolist(), strict=True):
            own = self.counts.setdefault(day, {})
            if own.get(topic, {}).get(channel, 0) > 0:
                own[topic][channel] -= 1
            _count(own, new, channel)

    def recount(
        self, days: np.ndarray, channels: np.ndarray, topics: np.ndarray, first_day: int, last_day: int
    ) -> None:
        """Count the days from ``first_day`` to ``last_day`` anew, from day, channel and topic of all their contacts."""
        for day in [d for d in self.counts if first_day <= d <= last_day]:
            own: dict[int, dict[str, int]] = {}
            rows = (days == day) & (topics >= 0)
            for topic, channel in zip(topics[rows].tolist(), channels[rows].tolist(), strict=True):
                _count(own, topic, channel)
            self.counts[day] = own

    def whole_since(self, days: np.ndarray) -> int:
        """Give the first day from which on ``days`` (a row a contact) holds every contact; after the last if none."""
        totals = self.totals
        latest = max(totals, default=0)
        first = latest + 1
        for day in sorted(totals, reverse=True):
            if int((days == day).sum()) != totals[day]:
                break
            first = day
        return first

    def last_days(self) -> dict[int, int]:
        """Give the last day on which each topic had a contact."""
        return {topic: day for day in sorted(self.counts) for topic, n in self.counts[day].items() if any(n.values())}

    def n_by_topic(self) -> dict[int, int]:
        """Give the contacts of each topic."""
        out: dict[int, int] = {}
        for own in self.counts.values():
            for topic, n in own.items():
                out[topic] = out.get(topic, 0) + sum(n.values())
        return out

    def table(self, topics: list[int], first: int, last: int) -> Table:
        """Give the counts of some topics on the days from ``first`` to ``last``."""
        channels = {c: i for i, c in enumerate(self.channels())}
        key = {t: i for i, t in enumerate(topics)}
        counts = np.zeros((last - first + 1, len(topics), len(channels)))
        volume = np.zeros((last - first + 1, len(channels)))
        for day in (d for d in self.volume if first <= d <= last):
            for channel, n in self.volume[day].items():
                volume[day - first, channels[channel]] = n
            by_topic = self.counts.get(day, {})
            for topic in by_topic.keys() & key.keys():
                for channel, n in by_topic[topic].items():
                    counts[day - first, key[topic], channels[channel]] = n
        since = np.array([max(self.since.get(t, _ALWAYS) - first, 0) for t in topics], dtype=np.int64)
        return Table(counts, volume, since)

    def silent(self, first_day: int, last_day: int) -> pd.DataFrame:
        """Give the days on which a channel is silent, as `vocmine.silence.silent_days`, and the usual ``volume``."""
        days = [d for d in self.volume if first_day <= d <= last_day]
        index = pd.RangeIndex(min(days, default=last_day), last_day + 1)
        channels = sorted({c for d in days for c in self.volume[d]})
        rows = [[self.volume.get(d, {}).get(c, 0) for c in channels] for d in index]
        when = pd.to_datetime(index.to_numpy(), unit="D", utc=True)
        daily = pd.DataFrame(np.array(rows, dtype=float).reshape(len(index), -1), index=when, columns=channels)
        return silent_days(daily)

    def missing(self, day: int) -> bool:
        """Tell whether so much is missing on a day that it says nothing."""
        gaps = self.silent(day - _LOOK_BACK, day)
        gaps = gaps[gaps["day"] == _stamp(day)]
        lost = float((gaps["expected"] - gaps["n"]).sum())
        return lost > 0 and lost > _MOST_SILENT * (lost + sum(self.volume.get(day, {}).values()))

    def history(self, day: int) -> int:
        """Count the days before ``day`` that have contacts."""
        return sum(d < day for d in self.volume)

    def test(self, day: int, topics: list[int], alpha: float, min_ratio: float, settled: int = 0) -> list[Found]:
        """Test topics that have ten days to compare with, as `significance.judge` does; ``key`` is the topic.

        A fall is judged by the days from ``settled`` on alone: on the days that a topic was made from it has more
        contacts than later ones will show.
        """
        if self.missing(day):
            return []
        first = max(min(self.volume), day - _JUDGED_DAYS)
        table = self.table(topics, first, day)
        known = np.flatnonzero(table.history(day - first) >= baseline.LEAST_DAYS)
        found = judge(table.only(known), day - first, alpha, min_ratio, max(settled - first, 0)) if len(known) else []
        return [replace(f, key=topics[known[f.key]]) for f in found]

    def timeline(
        self, topics: list[int], first: dict[int, int], last: dict[int, int] | None = None, level: float = 0.95
    ) -> pd.DataFrame:
        """Give each day and topic with what was expected: ``topic_id, day, n, expected, low, high, missing``.

        A topic has the days from ``first`` to ``last`` (without end where it is not named there). Before ten days of
        history that compare there is no expectation (missing values). ``missing``: a source was silent.
        """
        columns = ["topic_id", "day", "n", "expected", "low", "high", "missing"]
        if not self.volume or not topics:
            return pd.DataFrame(columns=columns)
        gaps = set(self.silent(min(self.volume), max(self.volume))["day"])
        begin = np.array([first[t] for t in topics])
        end = np.array([(last or {}).get(t, max(self.volume)) for t in topics])
        parts, start, table = [], 0, None
        for day in sorted(self.volume):
            if table is None or day - start >= len(table.volume):
                start = day - baseline.PAST_DAYS
                table = self.table(topics, start, day + _BLOCK_DAYS)
            known = np.flatnonzero((begin <= day) & (day <= end))
            own = table.only(known)
            n, mean, size = baseline.expect(own, day - start)
            enough = np.where(own.history(day - start) >= baseline.LEAST_DAYS, 1.0, np.nan)
            low, high = baseline.band(mean, size, level)
            parts.append(pd.DataFrame({
                "topic_id": np.array(topics)[known], "day": _stamp(day), "n": n.astype(int), "expected": mean * enough,
                "low": low * enough, "high": high * enough, "missing": _stamp(day) in gaps,
            }))
        return pd.concat([p for p in parts if len(p)] or parts[:1], ignore_index=True)[columns]

    def rows(self) -> np.ndarray:
        """Give what is counted for saving, int64 of shape (n, 4): day, topic (-1: all contacts), channel and n."""
        channels = {c: i for i, c in enumerate(self.channels())}
        volume = [(d, -1, channels[c], n) for d, own in self.volume.items() for c, n in own.items()]
        counts = [
            (d, t, channels[c], n) for d, by in self.counts.items() for t, own in by.items() for c, n in own.items()
        ]
        return np.array(sorted(volume + counts), dtype=np.int64).reshape(-1, 4)

    def channels(self) -> list[str]:
        """Name all channels."""
        return sorted({c for own in self.volume.values() for c in own})

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int, int]], channels: list[str], since: dict[int, int]) -> Ledger:
        """Make the ledger that `rows` and `channels` tell."""
        ledger = cls(since=since)
        for day, topic, channel, n in rows:
            if topic < 0:
                ledger.volume.setdefault(day, {})[channels[channel]] = n
                ledger.counts.setdefault(day, {})
            else:
                ledger.counts.setdefault(day, {}).setdefault(topic, {})[channels[channel]] = n
        return ledger


def _count(own: dict[int, dict[str, int]], topic: int, channel: str) -> None:
    by_channel = own.setdefault(topic, {})
    by_channel[channel] = by_channel.get(channel, 0) + 1


def _stamp(day: int) -> pd.Timestamp:
    return pd.Timestamp(day, unit="D", tz="UTC")
