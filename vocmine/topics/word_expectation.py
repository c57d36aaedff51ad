"""In how many contacts of a period each word should be, given who came through which channel on which weekday.

Contacts compare with those of the same channel and weekday before (strata). Given how many contacts of a stratum have a
word, in both periods together, those of the later one are a matter of the two volumes alone where nothing changed: no
share of a word has to be known, and a word without history is judged like any other (the exact conditional test of
stratified tables, M. W. Birch 1964, J. R. Stat. Soc. B 26, 313-324).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vocmine.topics.word_counts import WordIncidence

WEEKDAYS = 7
_RHYTHM = 2  # weeks from which days of the same weekday are held against each other


@dataclass(frozen=True)
class Periods:
    """The contacts of two periods by stratum.

    Parameters
    ----------
    stratum : ndarray of int, shape (n_contacts,)
        Of each contact; -1 outside both periods.
    now : ndarray of bool, shape (n_contacts,)
    day : ndarray of int, shape (n_contacts,)
        Day within the period before, from 0; -1 elsewhere.
    volume : ndarray of int, shape (n_strata, 2)
        Contacts now and before.
    daily : ndarray of int, shape (n_days, n_strata)
        Contacts of each day before.
    rhythm : bool
        Whether any channel's weekdays are strata of their own.
    """

    stratum: np.ndarray
    now: np.ndarray
    day: np.ndarray
    volume: np.ndarray
    daily: np.ndarray
    rhythm: bool

    @property
    def comparable(self) -> np.ndarray:
        """Whether a stratum has contacts in both periods, shape (n_strata,)."""
        return np.asarray((self.volume > 0).all(axis=1))


@dataclass(frozen=True)
class Expectation:
    """Counts of words in two periods that compare, and what was to be expected.

    Parameters
    ----------
    counts : ndarray of int, shape (n_words, 2)
        Contacts now and before in strata with contacts in both.
    n_now : int
        All contacts now in these strata.
    n_before : ndarray of float, shape (n_words,)
        Contacts that the period before is worth for a word: with it, of as many contacts now and before the same share
        would have the word where nothing changed. NaN where nothing compares.
    expected : ndarray of float, shape (n_words,)
        Contacts now where nothing changed. What a channel without history brings is taken as it comes.
    """

    counts: np.ndarray
    n_now: int
    n_before: np.ndarray
    expected: np.ndarray


def periods(age: np.ndarray, channel: np.ndarray, period_days: int, days_before: int) -> Periods:
    """Lay contacts into strata of channel and weekday.

    A channel's weekdays are apart where each that it has now has contacts before too; otherwise all its days are one
    stratum. A weekday that is closed now tells nothing; a channel without contacts before has nothing to compare with.

    Parameters
    ----------
    age : ndarray of int, shape (n,)
        Days from each contact to the last day; below 0 for contacts after it.
    channel : ndarray of int, shape (n,)
        From 0.
    period_days, days_before : int
        Days of the period, and of the one before.

    Examples
    --------
    >>> age = np.repeat(np.arange(14), 2)
    >>> laid = periods(age, np.tile([0, 1], 14), 7, 7)
    >>> laid.volume.shape, bool(laid.comparable.all()), laid.rhythm
    ((14, 2), True, True)
    """
    n_channels = int(channel.max(initial=-1)) + 1
    now = (age >= 0) & (age < period_days)
    before = (age >= period_days) & (age < period_days + days_before)
    cell = channel * WEEKDAYS + age % WEEKDAYS
    cells = n_channels * WEEKDAYS
    is_open = [np.bincount(cell[side], minlength=cells).reshape(n_channels, WEEKDAYS) > 0 for side in (now, before)]
    apart = np.asarray((is_open[1] | ~is_open[0]).all(axis=1), dtype=bool)
    stratum = np.where(now | before, np.where(apart[channel], cell, channel * WEEKDAYS), -1)
    day = np.where(before, age - period_days, -1)
    volume = np.stack([np.bincount(stratum[side], minlength=cells) for side in (now, before)], axis=1)
    daily = np.bincount(day[before] * cells + stratum[before], minlength=days_before * cells)
    rhythm = bool((apart & (is_open[0].sum(axis=1) > 1)).any())
    return Periods(stratum, now, day, volume, daily.reshape(days_before, cells), rhythm)


def expect_words(found: WordIncidence, laid: Periods) -> Expectation:
    """Count each word in both periods and tell in how many contacts it should be now.

    Given a stratum's contacts with the word, each is of the later period with the stratum's chance, its volume now over
    both volumes. Their sum is taken for a binomial with the mean of these chances, whose tails are never the lighter
    (W. Hoeffding 1956, Annals of Mathematical Statistics 27, 713-721).

    Examples
    --------
    A channel that had 20 contacts has 40, and a word that half of them have is in 20 in place of 10:

    >>> from vocmine.topics.word_counts import word_incidence
    >>> found = word_incidence(["語"] * 10 + ["他"] * 10 + ["語"] * 20 + ["他"] * 20)
    >>> laid = periods(np.repeat([1, 0], [20, 40]), np.zeros(60, int), 1, 1)
    >>> expect_words(found, laid).expected.tolist()
    [20.0, 20.0]
    """
    strata = len(laid.volume)
    side = np.where(laid.now, 0, strata)
    table = found.count(np.where(laid.stratum >= 0, laid.stratum + side, -1), 2 * strata)
    now, before = table[:, :strata], table[:, strata:]
    both = laid.comparable
    chance = laid.volume[both, 0] / laid.volume[both].sum(axis=1)
    pooled = now[:, both] + before[:, both]
    counts = np.stack([now[:, both].sum(axis=1), before[:, both].sum(axis=1)], axis=1)
    total = pooled.sum(axis=1)
    mean = (pooled * chance).sum(axis=1)
    odds = np.where(total > 0, mean / np.maximum(total - mean, 1e-9), np.nan)
    n_now = int(laid.volume[both, 0].sum())
    fresh = now[:, laid.volume[:, 1] == 0].sum(axis=1)
    expected = np.where(total > 0, counts[:, 1] * odds, 0.0) + fresh
    return Expectation(counts, n_now, n_now / odds, expected)


def daily_counts(found: WordIncidence, laid: Periods) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Give what `vocmine.topics.word_growth.clumpiness_of` reads: counts of each day before, and what to expect of it.

    Returns
    -------
    counts, fitted : ndarray of shape (n_words, n_days)
        ``fitted`` is the word's share of each stratum times the day's volume there.
    totals : ndarray of int, shape (n_days,)
    learned : int
        Weekdays that were held against themselves alone, from two weeks on; 1 for none.
    """
    days, strata = laid.daily.shape
    totals = laid.daily.sum(axis=1)
    weekdays = np.unique(np.flatnonzero(totals) % WEEKDAYS)
    rhythm = laid.rhythm and days >= _RHYTHM * WEEKDAYS
    group = np.arange(strata) if rhythm else np.arange(strata) // WEEKDAYS * WEEKDAYS
    stratum = np.where(laid.day >= 0, group[laid.stratum], -1)
    counts, by_group = found.count(laid.day, days), found.count(stratum, strata)
    daily = np.stack([np.bincount(group, day, strata) for day in laid.daily]).astype(np.int64)
    rate = by_group / np.maximum(daily.sum(axis=0), 1)
    fitted = np.zeros(counts.shape)
    for own in np.flatnonzero(daily.any(axis=0)).tolist():  # no product of matrices: the same on any processor
        fitted += rate[:, own, None] * daily[:, own]
    return counts, fitted, totals, max(len(weekdays), 1) if rhythm else 1
