"""How many contacts a key should have on a day, by channel, weekday and trend, and with what spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PAST_DAYS, LEAST_DAYS = 56, 10  # eight weeks are read; a channel with fewer days is young
_HALF_LIFE_DAYS = 21.0  # a day three weeks ago weighs half
_CHANNEL_PRIOR = 1.0  # contact expected on a channel that is taken to be as on all channels
_LEAST_WEEKDAY_PRIOR, _MOST_WEEKDAY_PRIOR = 8.0, 100.0  # contacts of a weekday that are taken to be as on all days
_LEAST_WEEKDAYS = 2  # a weekday seen once is no rhythm
_TREND_SD = 0.005  # growth a day that is usual: a quarter more in six weeks
_MOST_TREND = 0.01  # a day, in logarithms: faster growth is news and no trend
_SPREAD_PRIOR = 20.0  # days whose spread is taken to be that of all keys
_LEAST_FREEDOM = 3.0  # degrees of freedom of the spread


@dataclass(frozen=True)
class Table:
    """Counts of days without gaps, the first day first.

    Parameters
    ----------
    counts : ndarray of float, shape (days, keys, channels)
        Contacts of each key.
    volume : ndarray of float, shape (days, channels)
        All contacts.
    since : ndarray of int64, shape (keys,)
        First day whose counts of a key compare with those of the last day.
    """

    counts: np.ndarray
    volume: np.ndarray
    since: np.ndarray

    def only(self, keys: np.ndarray) -> Table:
        """Give some of the keys."""
        return Table(self.counts[:, keys], self.volume, self.since[keys])

    def history(self, day: int) -> np.ndarray:
        """Count the days with contacts before ``day`` that compare, shape (keys,)."""
        open_days = (self.volume[:day].sum(axis=1) > 0)[:, None]
        return np.asarray((open_days & (np.arange(day)[:, None] >= self.since)).sum(axis=0))


def expect(table: Table, day: int, window: int = 1, first: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give count, mean and size of each key in the window of days that ends with ``day``.

    The mean is the key's share of each channel times the channel's volume in the window, so a day on which everything
    doubles, a closed Sunday or a source that is missing is no news; times the key's own factor of the weekday, where
    it differs from that of all contacts; times its trend. Each is shrunk to no effect by what little is known of it:
    shares to the share of all channels and weekdays to 1 as gamma-Poisson posterior means, the trend by a normal prior
    of 0.005 a day (and 0.01 at most, so that no issue that takes off is taken for a trend). Past days count half after
    three weeks. What a channel with fewer than ten days brings is taken as it comes: its mix of matters is its own.

    Parameters
    ----------
    table : Table
    day : int
        Row of the table.
    window : int
    first : int
        First day that may be compared with.

    Returns
    -------
    n : ndarray of float, shape (keys,)
    mean : ndarray of float, shape (keys,)
    size : ndarray of float, shape (keys,)
        Size of the negative binomial: its variance is mean + mean^2 / size. It holds the overdispersion of past days
        (Pearson's statistic) and what is not known of level, channels, weekdays and trend.

    Examples
    --------
    Ten contacts of a hundred for two weeks, then a day with two hundred:

    >>> counts = np.full((15, 1, 1), 10.0)
    >>> volume = np.r_[np.full((14, 1), 100.0), [[200.0]]]
    >>> n, mean, size = expect(Table(counts, volume, np.zeros(1, int)), 14)
    >>> n.tolist(), mean.round(1).tolist(), bool(size[0] > 20)
    ([10.0], [20.1], True)
    """
    now = slice(day - window + 1, day + 1)
    past = slice(max(0, now.start - PAST_DAYS), now.start)
    counts, volume = table.counts[past], table.volume[past]
    young = (volume > 0).sum(axis=0) < LEAST_DAYS
    ahead_volume = np.where(young, 0.0, table.volume[now])
    age = np.arange(len(counts), 0, -1.0)
    days = np.arange(past.start, past.stop)
    used = (volume.sum(axis=1) > 0)[:, None] & (days[:, None] >= np.maximum(table.since, first))
    weight = np.where(used, 0.5 ** (age / _HALF_LIFE_DAYS)[:, None], 0.0)
    total = counts.sum(axis=2)
    share, channel_doubt = _shares(counts, volume, weight)
    doubt = _mixed(ahead_volume.sum(axis=0) * share, channel_doubt)
    fitted, ahead = volume @ share.T, ahead_volume @ share.T
    factor, weekday_doubt, learned = _weekdays(total, fitted, weight, days % 7)
    later = np.arange(now.start, now.stop) % 7
    fitted, ahead = fitted * factor[days % 7], ahead * factor[later]
    doubt += _mixed(ahead.T, weekday_doubt[later].T)
    seen = (weight * total).sum(axis=0) + 0.5
    level = seen / np.maximum((weight * fitted).sum(axis=0), 1e-9)
    fitted, ahead = fitted * level, ahead * level
    spread = _spread(total, fitted, weight, 2 + learned)
    growth, trend_doubt = _trend(total, fitted, weight, age, spread)
    middle = (weight * age[:, None]).sum(axis=0) / np.maximum(weight.sum(axis=0), 1e-9)
    reach = middle + np.arange(window)[:, None]
    mean = np.maximum((ahead * np.exp(growth * reach)).sum(axis=0), 1e-6)
    doubt += spread / seen + reach.mean(axis=0) ** 2 * trend_doubt + (spread - 1) / mean
    taken = table.counts[now][:, :, young].sum(axis=(0, 2))
    whole = mean + taken
    return table.counts[now].sum(axis=(0, 2)), whole, 1 / np.maximum(doubt * (mean / whole) ** 2, 1e-9)


def _mixed(parts: np.ndarray, doubt: np.ndarray) -> np.ndarray:
    """Give the relative variance of a sum of parts from that of each, shape (keys,)."""
    whole = np.maximum(parts.sum(axis=1), 1e-9)
    return np.asarray(((parts / whole[:, None]) ** 2 * doubt).sum(axis=1))


def _shares(counts: np.ndarray, volume: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give each key's share of each channel and its relative variance, shape (keys, channels)."""
    have = np.einsum("dk,dkc->kc", weight, counts)
    whole = weight.T @ volume
    overall = (have.sum(axis=1) + 0.5) / np.maximum(whole.sum(axis=1), 1.0)
    should = whole * overall[:, None]
    share = overall[:, None] * (have + _CHANNEL_PRIOR) / (should + _CHANNEL_PRIOR)
    others = 1 - should / np.maximum(should.sum(axis=1), 1e-9)[:, None]  # a single channel is all there is to know
    return share, others / (should + _CHANNEL_PRIOR)


def _weekdays(
    total: np.ndarray, fitted: np.ndarray, weight: np.ndarray, weekday: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give each key's factor of each weekday and its relative variance, (7, keys), and how many the counts told."""
    is_day = (np.arange(7)[:, None] == weekday).astype(float)
    times = is_day @ (weight > 0)
    spread = _spread(total, fitted, weight, np.ones(total.shape[1]))
    should, have = is_day @ (weight * fitted), is_day @ (weight * total)
    noise = spread * (is_day @ (weight**2 * fitted))
    # how much weekdays differ, from all keys at once
    differ = float((np.square(have - should) - noise).sum()) / max(float((should**2).sum()), 1e-9)
    prior = 1 / np.clip(differ, 1 / _MOST_WEEKDAY_PRIOR, 1 / _LEAST_WEEKDAY_PRIOR)
    known = np.where(times >= _LEAST_WEEKDAYS, should / (should + prior * spread), 0.0)
    factor = 1 + known * (have / np.maximum(should, 1e-9) - 1)
    return factor, (1 - known) / prior, known.sum(axis=0)


def _spread(total: np.ndarray, fitted: np.ndarray, weight: np.ndarray, learned: np.ndarray) -> np.ndarray:
    """Give the overdispersion of each key: Pearson's, 1 at least, shrunk to what bursts as large as all keys' give."""
    days = weight.sum(axis=0)
    freedom = np.maximum(days - learned * (weight**2).sum(axis=0) / np.maximum(days, 1e-9), _LEAST_FREEDOM)
    square = (weight * (total - fitted) ** 2 / np.maximum(fitted, 0.5)).sum(axis=0)
    usual = (weight * fitted**2).sum(axis=0) / np.maximum((weight * fitted).sum(axis=0), 1e-9)  # contacts a day
    burst = max(float((square - freedom).sum()) / max(float((freedom * usual).sum()), 1e-9), 0.0)
    spread = (square + _SPREAD_PRIOR * (1 + burst * usual)) / (freedom + _SPREAD_PRIOR)
    return np.asarray(np.maximum(spread, 1.0))


def _trend(
    total: np.ndarray, fitted: np.ndarray, weight: np.ndarray, age: np.ndarray, spread: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Give each key's growth a day and its variance: one step from no growth, with a normal prior."""
    middle = (weight * age[:, None]).sum(axis=0) / np.maximum(weight.sum(axis=0), 1e-9)
    x = middle - age[:, None]  # days after the middle of the past
    known = (weight * x**2 * fitted).sum(axis=0) / spread + 1 / _TREND_SD**2
    slope = (weight * x * (total - fitted)).sum(axis=0) / spread / known
    return np.clip(slope, -_MOST_TREND, _MOST_TREND), 1 / known


def tails(n: np.ndarray, mean: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the chance of as many contacts or more, and of as few or fewer."""
    from scipy.stats import nbinom

    chance = size / (size + mean)
    return nbinom.sf(n - 1, size, chance), nbinom.cdf(n, size, chance)


def band(mean: np.ndarray, size: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Give the range that holds a count with probability ``level``."""
    from scipy.stats import nbinom

    chance = size / (size + mean)
    return nbinom.ppf((1 - level) / 2, size, chance), nbinom.ppf((1 + level) / 2, size, chance)
