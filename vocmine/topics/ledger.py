"""Counts of contacts by day and topic, and the tests of a day against the days before."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from vocmine.topics import baseline

_MISSING = 0.25  # a day with less of the usual volume lost a source; it is no fall
_RISE_DAYS = (1, 3)
_FALL_DAYS = (3, 7, 14)  # a few contacts a day that stay away show only over days
_LEAST_HISTORY = 10
_ENDED_RATIO = 3.0  # less than a third of what is expected is an end, not a dip


@dataclass(frozen=True)
class Growth:
    """A topic whose count is out of line: ``status`` is growing, returning or ended."""

    topic_id: int
    n: int
    expected: float
    p_adjusted: float
    status: str
    window_days: int


@dataclass
class Ledger:
    """Counts of all days seen.

    Parameters
    ----------
    totals : dict of int to int
        Contacts of each day (days since 1970-01-01).
    counts : dict of int to dict of int to int
        Contacts of each day and topic.
    since : dict of int to int
        First day whose counts of a topic compare with those of today, where the topic changed; else all do.
    """

    totals: dict[int, int] = field(default_factory=dict)
    counts: dict[int, dict[int, int]] = field(default_factory=dict)
    since: dict[int, int] = field(default_factory=dict)

    def add(self, day: int, topics: np.ndarray) -> None:
        """Count the topics of new contacts of a day (-1: none)."""
        self.totals[day] = self.totals.get(day, 0) + len(topics)
        own = self.counts.setdefault(day, {})
        for topic, n in zip(*np.unique(topics[topics >= 0], return_counts=True), strict=True):
            own[int(topic)] = own.get(int(topic), 0) + int(n)

    def move(self, days: np.ndarray, old: np.ndarray, new: int) -> None:
        """Count contacts under another topic than before."""
        for day, topic in zip(days.tolist(), old.tolist(), strict=True):
            own = self.counts.setdefault(day, {})
            if own.get(topic, 0) > 0:
                own[topic] -= 1
            own[new] = own.get(new, 0) + 1

    def recount(self, days: np.ndarray, topics: np.ndarray, first_day: int, last_day: int) -> None:
        """Count the days from ``first_day`` to ``last_day`` anew, from the day and topic of all their contacts."""
        for day in [d for d in self.counts if first_day <= d <= last_day]:
            known, n = np.unique(topics[(days == day) & (topics >= 0)], return_counts=True)
            self.counts[day] = dict(zip(known.tolist(), n.tolist(), strict=True))

    def whole_since(self, days: np.ndarray) -> int:
        """Give the first day from which on ``days`` (a row a contact) holds every contact; after the last if none."""
        latest = max(self.totals, default=0)
        first = latest + 1
        for day in sorted(self.totals, reverse=True):
            if int((days == day).sum()) != self.totals[day]:
                break
            first = day
        return first

    def last_days(self) -> dict[int, int]:
        """Give the last day on which each topic had a contact."""
        return {topic: day for day in sorted(self.counts) for topic, n in self.counts[day].items() if n}

    def matrix(self, days: list[int], topics: list[int]) -> np.ndarray:
        """Give counts, float of shape (days, topics)."""
        rows = [[self.counts.get(d, {}).get(t, 0) for t in topics] for d in days]
        return np.array(rows, dtype=float).reshape(len(days), len(topics))

    def missing(self, day: int) -> bool:
        """Tell whether a day has so few contacts that a source must be missing."""
        usual = [n for d, n in self.totals.items() if d < day and (day - d) <= 28]
        return len(usual) >= 7 and self.totals.get(day, 0) < _MISSING * float(np.median(usual))

    def expect(
        self, day: int, topics: list[int], window: int = 1, since: int | None = None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give count, mean and size (see `baseline.expected`) of a window of days that ends with ``day``.

        Days before ``since`` are no part of what is expected.
        """
        first = max(day - window - baseline.MEMORY_DAYS + 1, -(10**6) if since is None else since)
        past = [d for d in sorted(self.totals) if first <= d <= day - window and not self.missing(d)]
        now = [d for d in sorted(self.totals) if day - window < d <= day]
        n = self.matrix(now, topics).sum(axis=0)
        volume = float(sum(self.totals[d] for d in now))
        ages = np.array([day - window + 1 - d for d in past], dtype=float)
        totals = np.array([self.totals[d] for d in past], dtype=float)
        valid = np.array(past)[:, None] >= np.array([self.since.get(t, -(10**6)) for t in topics])[None, :]
        mean, size = baseline.expected(self.matrix(past, topics), totals, ages, volume, valid)
        return n, mean, size

    def history(self, day: int, topic: int | None = None) -> int:
        """Count the days before ``day`` that have contacts, or that compare with today for a topic."""
        first = -(10**6) if topic is None else self.since.get(topic, -(10**6))
        return sum(first <= d < day for d in self.totals)

    def test(self, day: int, topics: list[int], alpha: float, ratio: float, settled: int = 0) -> list[Growth]:
        """Test for rises on a day and in three days, for falls in 3, 7 and 14 days.

        P-values are times the number of tests of the same kind, so each kind has its own error rate ``alpha``. A fall
        is judged by the days from ``settled`` on alone, two weeks of them at least: on the days that a topic was made
        from it has more contacts than later ones will show.
        """
        topics = [t for t in topics if self.history(day, t) >= _LEAST_HISTORY]
        if not topics or self.missing(day):
            return []
        found: dict[int, Growth] = {}
        rises = len(topics) * len(_RISE_DAYS)
        for window in _RISE_DAYS:
            n, mean, size = self.expect(day, topics, window)
            p = baseline.tails(n, mean, size)[0] * rises
            for i in np.flatnonzero((p <= alpha) & (n >= np.maximum(ratio * mean, 5))):
                status = "returning" if self._silent(day - window, topics[i]) else "growing"
                found.setdefault(topics[i], _growth(topics[i], n[i], mean[i], p[i], status, window))
        windows = {w: self.expect(day, topics, w, settled) for w in _FALL_DAYS if self._days(settled, day - w) >= 14}
        least = [baseline.tails(np.zeros_like(n), mean, size)[1] for n, mean, size in windows.values()]
        falls = baseline.able(np.concatenate(least), alpha) if least else 0
        for window, (n, mean, size) in windows.items():
            p = baseline.tails(n, mean, size)[1] * falls
            for i in np.flatnonzero((p <= alpha) & (n * _ENDED_RATIO <= mean)):
                found.setdefault(topics[i], _growth(topics[i], n[i], mean[i], p[i], "ended", window))
        return [found[t] for t in sorted(found)]

    def _days(self, first: int, last: int) -> int:
        return sum(first <= d <= last for d in self.totals)

    def _silent(self, day: int, topic: int) -> bool:
        """Tell whether a topic that was there before had hardly a contact in the four weeks up to ``day``."""
        late = sum(self.counts[d].get(topic, 0) for d in self.counts if day - 28 < d <= day)
        early = sum(self.counts[d].get(topic, 0) for d in self.counts if d <= day - 28)
        return late <= 1 and early >= 5

    def timeline(
        self, topics: list[int], first: dict[int, int], last: dict[int, int] | None = None, level: float = 0.95
    ) -> pd.DataFrame:
        """Give each day and topic with what was expected: ``topic_id, day, n, expected, low, high, missing``.

        A topic has the days from ``first`` to ``last`` (without end where it is not named there). Before ten days of
        history that compare there is no expectation (missing values).
        """
        parts = []
        for day in sorted(self.totals):
            known = [t for t in topics if first[t] <= day <= (last or {}).get(t, day)]
            if not known:
                continue
            n, mean, size = self.expect(day, known)
            low, high = baseline.band(mean, size, level)
            frame = pd.DataFrame({"topic_id": known, "day": _stamp(day), "n": n.astype(int), "expected": mean,
                                  "low": low, "high": high, "missing": self.missing(day)})
            early = [self.history(day, t) < _LEAST_HISTORY for t in known]
            frame.loc[early, ["expected", "low", "high"]] = np.nan
            parts.append(frame)
        columns = ["topic_id", "day", "n", "expected", "low", "high", "missing"]
        return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _growth(topic: int, n: float, mean: float, p: float, status: str, window: int) -> Growth:
    return Growth(topic, int(n), float(mean), float(min(p, 1)), status, window)


def _stamp(day: int) -> pd.Timestamp:
    return pd.Timestamp(day, unit="D", tz="UTC")
