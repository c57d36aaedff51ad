"""Some values of a whole column, spread evenly, in bounded memory."""

from __future__ import annotations

import numpy as np


class Sample:
    """Every value at first, then every second, every fourth and so on, so that at most `most` are kept.

    Parameters
    ----------
    most : int
        How many values are kept.

    Examples
    --------
    >>> sample = Sample(most=4)
    >>> for start in (0, 4):
    ...     sample.add(np.arange(start, start + 4.0))
    >>> sample.values().tolist(), sample.n, sample.high, sample.rising()
    ([0.0, 2.0, 4.0, 6.0], 8, 7.0, 1.0)
    """

    def __init__(self, most: int = 20_000) -> None:
        self._most, self._step = most, 1
        self._kept = np.empty(0)
        self._last = np.nan
        self._pairs = self._up = 0
        self.n = 0
        self.low, self.high = np.inf, -np.inf

    def add(self, values: np.ndarray) -> None:
        """Add the values of a chunk, in their order; none of them may be missing."""
        if not len(values):
            return
        line = values if np.isnan(self._last) else np.concatenate([[self._last], values])
        steps = np.diff(line)
        self._pairs += len(steps)
        self._up += int((steps >= 0).sum())
        self._last = float(values[-1])
        self.low, self.high = min(self.low, float(values.min())), max(self.high, float(values.max()))
        first = -self.n % self._step
        self.n += len(values)
        self._kept = np.concatenate([self._kept, values[first::self._step]])
        while len(self._kept) > self._most:
            self._kept = self._kept[::2]
            self._step *= 2

    def values(self) -> np.ndarray:
        """Give the values kept, in order."""
        return self._kept

    def median(self) -> float:
        """Give the median of the values kept; NaN where there is none."""
        return float(np.median(self._kept)) if len(self._kept) else float("nan")

    def rising(self) -> float:
        """Give the share of values that are not below the one before; 0 for a single value."""
        return self._up / self._pairs if self._pairs else 0.0
