"""Whether a word is more frequent now than before: an exact conditional test that allows for clumpy days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.stats import benjamini_hochberg
from vocmine.topics.monitoring.significance import n_testable

CERTAIN = 0.05  # p-value up to which growth is clear
_PRIOR = 5.0  # contacts of no growth that a word has before any is counted: three of three are no news
_PER_DAY = 0.7  # contacts a day from which a word's days tell how clumpy it is
# fitted on 200 streams of 500 words, even and clumpy, of two to five weeks, as in tests/topics/test_word_growth.py
_SURE = 2.0  # standard errors by which the days must be uneven before that is allowed for
_TRUST = 6.0  # days for which the clumpiness of all words counts beside a word's own
_LEAST_DEGREES = 8.0  # degrees of freedom of a word that has no days of its own
_QUANTILES = (0.5, 0.025, 0.975)  # growth and its interval
_TINY = 1e-9


@dataclass(frozen=True)
class Clumpiness:
    """How much more the counts of each word vary than those of independent contacts, and how well that is known.

    Parameters
    ----------
    factor : ndarray of shape (n_words,)
        Variance over that of independent contacts, 1 or more.
    degrees : ndarray of shape (n_words,)
        Degrees of freedom of the factor; infinite where the days are as even as chance makes them.
    """

    factor: np.ndarray
    degrees: np.ndarray


def growth(
    counts: np.ndarray, n_now: int, n_before: float | np.ndarray, clumpiness: Clumpiness | None = None
) -> pd.DataFrame:
    """Compare two periods, word by word.

    Given how many contacts of both periods have a word, those of the later one are binomial where nothing changed
    (Przyborowski and Wilenski 1940, Biometrika 31, 313-323). Counts are first divided by how much more than independent
    contacts they vary. The p-value is the chance of more contacts now and half that of as many (mid-p, H. O. Lancaster
    1961, J. Am. Stat. Assoc. 56, 223-234): small for a word that grew, near 1 for one that fell. Among clumpy words,
    whose counts have longer tails, it is twice the chance of as many or more, read from Student's t since few days tell
    of clumps. It is adjusted over all words (Benjamini-Hochberg) but those that could not pass if all their contacts
    were of now, which their number alone tells (P. B. Gilbert 2005, Applied Statistics 54, 143-158).

    ``growth`` is the ratio of the odds, the median of its posterior; ``growth_low`` and ``growth_high`` hold 95 %.
    The prior is that of five contacts without growth, as in the shrinkage of rare reports (W. DuMouchel 1999, The
    American Statistician 53, 177-190): few contacts are near no growth, a word without history has an upper end.

    Parameters
    ----------
    counts : ndarray of int, shape (n_words, 2)
        Contacts with the word: this period, the one before.
    n_now : int
        Contacts of this period.
    n_before : float or ndarray of shape (n_words,)
        Contacts of the period before, or what it is worth for each word (`vocmine.topics.word_expectation`); NaN for a
        word with which nothing compares, which is not tested.
    clumpiness : Clumpiness, optional
        Of the words' daily counts, see `clumpiness_of`; independent contacts if None.

    Returns
    -------
    DataFrame
        ``n_contacts, share, growth, growth_low, growth_high, p_adjusted``; ``p_adjusted`` is 1 for a word that is too
        rare to be a test.

    Examples
    --------
    A word that is new, in 60 of 567 contacts (Fisher's exact p is 3e-19), and two that are not:

    >>> table = growth(np.array([[60, 0], [30, 10], [10, 10]]), 567, 567)
    >>> table["growth"].round(1).tolist(), table["growth_low"].round(1).tolist()
    ([33.4, 2.7, 1.0], [10.8, 1.4, 0.4])
    >>> (table["p_adjusted"] < 0.01).tolist()
    [True, True, False]
    """
    out = pd.DataFrame({"n_contacts": counts[:, 0], "share": counts[:, 0] / max(n_now, 1)})
    before = np.broadcast_to(np.asarray(n_before, dtype=np.float64), len(counts))
    tested = (before > 0) & (n_now > 0)
    names = ("growth", "growth_low", "growth_high", "p_adjusted")
    values = np.full((len(names), len(counts)), np.nan)
    if tested.any():
        known = clumpiness or Clumpiness(np.ones(len(counts)), np.full(len(counts), np.inf))
        own = Clumpiness(known.factor[tested], known.degrees[tested])
        values[:3, tested], p, least = _compared(counts[tested], n_now, before[tested], own)
        values[3, tested] = _adjusted(p, least)
    return out.assign(**dict(zip(names, values, strict=True)))


def clumpiness_of(counts: np.ndarray, fitted: np.ndarray, totals: np.ndarray, learned: int = 1) -> Clumpiness:
    """Estimate from daily counts how much more the words' counts vary than those of independent contacts.

    Pearson's statistic of each word over its degrees of freedom (McCullagh and Nelder, Generalized Linear Models, 1989,
    section 4.5), shrunk towards that of all words; a word that is too rare to tell has the latter. Where the days of
    all words together are as even as chance makes them, the contacts are taken as independent.

    Parameters
    ----------
    counts : ndarray of int, shape (n_words, n_days)
    fitted : ndarray of float, shape (n_words, n_days)
        What the day's volumes make of the word's own count in all days.
    totals : ndarray of int, shape (n_days,)
        All contacts of each day.
    learned : int
        Groups of days that were fitted each for itself.

    Examples
    --------
    >>> even, bursts = [2, 3, 2, 3, 2, 3, 2], [0, 17, 0, 0, 0, 0, 0]
    >>> fitted = np.repeat([[17 / 7], [17 / 7]], 7, axis=1)
    >>> found = clumpiness_of(np.array([even, bursts]), fitted, np.full(7, 90))
    >>> found.factor.round().tolist(), found.degrees.tolist()
    ([4.0, 13.0], [14.0, 14.0])
    """
    days = totals > 0
    n, k, mean = totals[days], counts[:, days], fitted[:, days]
    freedom = len(n) - learned
    known = (k.sum(axis=1) >= _PER_DAY * len(n)) & (mean < n).all(axis=1) & (freedom > 0)
    variance = np.maximum(mean * (1 - mean / np.maximum(n, 1)), 1e-12)
    statistic = np.where(known, np.where(mean > 0, (k - mean) ** 2 / variance, 0.0).sum(axis=1), 0.0)
    degrees = np.where(known, float(freedom), 0.0)
    told, total = degrees > 0, float(degrees.sum())
    if not total or statistic.sum() / total < 1 + _SURE * np.sqrt(2 / total):
        return Clumpiness(np.ones(len(counts)), np.full(len(counts), np.inf))
    common = max(1.0, float(np.mean(statistic[told] / degrees[told])))
    factor = np.maximum((statistic + _TRUST * common) / (degrees + _TRUST), 1.0)
    return Clumpiness(factor, degrees + _LEAST_DEGREES)


def _adjusted(p: np.ndarray, least: np.ndarray) -> np.ndarray:
    """Adjust p-values for the number of tests among them that could pass; the others are no tests, and 1.

    Examples
    --------
    >>> _adjusted(np.array([0.01, 0.2, 0.2]), np.array([0.001, 0.2, 0.2])).tolist()
    [0.01, 1.0, 1.0]
    """
    could = least <= CERTAIN / max(n_testable(least, CERTAIN) - 1, 1)
    out = np.ones(len(p))
    out[could] = benjamini_hochberg(p[could])
    return out


def _compared(
    counts: np.ndarray, n_now: int, n_before: np.ndarray, known: Clumpiness
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give growth with its interval, shape (3, n_words), the p-value of each word and the least it could have."""
    from scipy.special import betaincinv, ndtr, stdtrit

    # a contact has a word once at most: counts of a frequent word vary less than Poisson's
    share = counts.sum(axis=1) / (n_now + n_before)
    spread = known.factor * np.maximum(1 - share, 1.0 / (n_now + n_before))
    now, before = counts[:, 0] / spread, counts[:, 1] / spread
    chance = n_now / (n_now + n_before)
    few = np.isfinite(known.degrees)
    ends = []
    for quantile in _QUANTILES:
        at = np.where(few, ndtr(stdtrit(np.where(few, known.degrees, 1.0), quantile)), quantile)
        part = betaincinv(now + _PRIOR * chance, before + _PRIOR * (1 - chance), at)
        ratio = part / np.maximum(1 - part, _TINY) * n_before / n_now
        ends.append(_as_odds_ratio(ratio, share, n_now, n_before))
    whole, half = _tails(now, before, chance)
    p = np.where(few, np.minimum(2 * _as_t(whole, known.degrees), 1), (whole + half) / 2)
    all_now = counts.sum(axis=1) / np.maximum(1 - share, 1.0 / (n_now + n_before))
    least = _tails(all_now, np.zeros(len(counts)), chance)[0] / 2  # none are more than all
    return np.stack(ends), p, least


def _as_t(tail: np.ndarray, degrees: np.ndarray) -> np.ndarray:
    """Read a tail from Student's t where the degrees of freedom are finite."""
    from scipy.special import ndtri, stdtr

    few = np.isfinite(degrees)
    heavy = stdtr(np.where(few, degrees, 1.0), ndtri(np.clip(tail, 1e-300, 1 - 1e-16)))
    return np.asarray(np.where(few, heavy, tail))


def _tails(now: np.ndarray, before: np.ndarray, chance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the chances of as many contacts now or more, and of more, given those of both periods.

    Examples
    --------
    >>> [tail.tolist() for tail in _tails(np.array([2.0]), np.array([1.0]), np.array([0.5]))]
    [[0.5], [0.125]]
    """
    from scipy.special import betainc

    some_now, some_before = np.maximum(now, _TINY), np.maximum(before, _TINY)
    as_many = np.where(now > 0, betainc(some_now, before + 1, chance), 1.0)
    return as_many, np.where(before > 0, betainc(now + 1, some_before, chance), 0.0)


def _as_odds_ratio(ratio: np.ndarray, share: np.ndarray, n_now: int, n_before: np.ndarray) -> np.ndarray:
    """Turn a ratio of shares into one of odds, the share of both periods together kept."""
    before = np.minimum(share * (n_now + n_before) / (n_before + ratio * n_now), 1 - _TINY)
    now = np.minimum(before * ratio, 1 - _TINY)
    return np.asarray(now * (1 - before) / np.maximum(before * (1 - now), _TINY**2), dtype=np.float64)
