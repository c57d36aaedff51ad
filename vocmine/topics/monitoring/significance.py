"""The tests of a day against the days before, for counts of any kind: topics, reasons, reasons of a product."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from vocmine.topics.monitoring import expected_counts as baseline
from vocmine.topics.monitoring.expected_counts import Table

RISE_DAYS = (1, 3, 7)  # windows in which a rise is looked for
FALL_DAYS = (3, 7, 14)  # a few contacts a day that stay away show only over days
_LEAST = 5  # contacts that an alarm needs
_LEAST_FALL_DAYS = 14  # days of history that a fall needs
_ENDED_RATIO = 3.0  # less than a third of what is expected is an end, not a dip
_SILENT_DAYS = 28  # days with hardly a contact after which a key is new again


@dataclass(frozen=True)
class Found:
    """A key whose count is out of line.

    Parameters
    ----------
    key : int
        Column of the table.
    n, expected, low, high : float
        Count, what was expected, and the range that holds 95 % of counts where nothing changed.
    ratio, ratio_low, ratio_high : float
        Growth and its 95 % interval.
    p_adjusted : float
        P-value times the number of tests of the day.
    status : str
        new, growing, returning or ended.
    days : int
        Length of the window that ends with the day.
    """

    key: int
    n: int
    expected: float
    low: float
    high: float
    ratio: float
    ratio_low: float
    ratio_high: float
    p_adjusted: float
    status: str
    days: int

    @property
    def error(self) -> float:
        """Standard error of the logarithm of the growth."""
        return float(np.log(self.ratio_high / self.ratio)) / 1.96


def judge(table: Table, day: int, alpha: float, min_ratio: float, first: int = 0) -> list[Found]:
    """Test all keys on a day: for rises on it and in three days, for falls in 3, 7 and 14 days.

    P-values are times the number of tests of the same kind, so rises and falls have an error rate ``alpha`` each.

    Parameters
    ----------
    table : Table
    day : int
        Row of the table.
    alpha : float
    min_ratio : float
        Growth below this ratio is no alarm, however sure.
    first : int
        First day that falls are judged by; two weeks of them at least.

    Returns
    -------
    list of Found
        By key, one each.

    Examples
    --------
    >>> counts = np.full((30, 8, 1), 10.0)
    >>> counts[29, 1] = 40
    >>> found = judge(Table(counts, counts.sum(axis=1), np.zeros(8, int)), 29, 0.01, 2.0)
    >>> [(f.key, f.n, f.status, f.days) for f in found]
    [(1, 40, 'growing', 1)]
    """
    found: dict[int, Found] = {}
    rises = table.counts.shape[1] * len(RISE_DAYS)
    for window in (w for w in RISE_DAYS if w <= day):
        past = table.counts[: day - window + 1].sum(axis=2)
        silent = _silent(past)
        # what comes back is held against its silence
        since = np.where(silent, np.maximum(table.since, len(past) - _SILENT_DAYS), table.since)
        n, mean, size = baseline.expect(replace(table, since=since), day, window)
        p = baseline.tails(n, mean, size)[0] * rises
        for key in np.flatnonzero((p <= alpha) & (n >= np.maximum(min_ratio * mean, _LEAST))).tolist():
            status = "returning" if silent[key] else "growing" if past[:, key].any() else "new"
            found.setdefault(key, _found(key, n[key], mean[key], size[key], p[key], status, window))
    open_days = table.volume.sum(axis=1) > 0
    windows = [w for w in FALL_DAYS if open_days[first : max(day - w + 1, first)].sum() >= _LEAST_FALL_DAYS]
    falls = [(w, *baseline.expect(table, day, w, first)) for w in windows]
    least = [baseline.tails(np.zeros_like(n), mean, size)[1] for _, n, mean, size in falls]
    tests = n_testable(np.concatenate(least), alpha) if least else 0
    for window, n, mean, size in falls:
        p = baseline.tails(n, mean, size)[1] * tests
        for key in np.flatnonzero((p <= alpha) & (n * _ENDED_RATIO <= mean)).tolist():
            found.setdefault(key, _found(key, n[key], mean[key], size[key], p[key], "ended", window))
    return [found[key] for key in sorted(found)]


def n_testable(least: np.ndarray, alpha: float) -> int:
    """Count the tests whose least p-value could pass; the others cost nothing (R. Tarone, Biometrics 46, 1990).

    Examples
    --------
    >>> n_testable(np.array([0.001, 0.002, 0.9, 0.9]), 0.01)
    3
    """
    passing = np.sort(least) * np.arange(1, len(least) + 1) <= alpha
    return int(np.flatnonzero(passing).max(initial=-1)) + 2


def _found(key: int, n: float, mean: float, size: float, p: float, status: str, window: int) -> Found:
    low, high = baseline.band(np.array([mean]), np.array([size]))
    error = 1.96 * float(np.sqrt(1 / (n + 0.5) + 1 / size))
    ratio = float((n + 0.5) / (mean + 0.5))
    return Found(
        key, int(n), float(mean), float(low[0]), float(high[0]), ratio, ratio * float(np.exp(-error)),
        ratio * float(np.exp(error)), float(min(p, 1.0)), status, window,
    )


def _silent(past: np.ndarray) -> np.ndarray:
    """Tell which keys were there before and had hardly a contact in the last four weeks, shape (keys,)."""
    return np.asarray((past[-_SILENT_DAYS:].sum(axis=0) <= 1) & (past[:-_SILENT_DAYS].sum(axis=0) >= _LEAST))
