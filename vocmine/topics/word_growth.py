"""Words counted by contact and day, and whether one is more frequent now than before: an exact conditional test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.stats import benjamini_hochberg

_PRIOR = 5.0  # contacts of the prior, spread as the word is used in both periods together
_LEAST_PRIOR = 0.5  # contacts: less would let the interval of a word that is new reach down to nothing
_PER_DAY = 0.7  # contacts a day from which a word's days tell how clumpy it is
# fitted on 150 streams of 600 words, even and clumpy, of two and five weeks, as in tests/topics/test_word_growth.py
_SURE = 2.0  # standard errors by which the days must be uneven before that is allowed for
_TRUST = 6.0  # days for which the clumpiness of all words counts beside a word's own
_LEAST_DEGREES = 12.0  # degrees of freedom of a word that has no days of its own
_TAIL = 0.025  # below the interval
_TINY = 1e-9


@dataclass(frozen=True)
class WordCounts:
    """Contacts by word and day.

    Parameters
    ----------
    words : ndarray of str, shape (n_words,)
        In order of the alphabet.
    table : ndarray of int, shape (n_words, n_columns)
        Contacts that have the word, by column (a day, or a group).
    totals : ndarray of int, shape (n_columns,)
        All contacts of each column.
    """

    words: np.ndarray
    table: np.ndarray
    totals: np.ndarray


def word_counts(terms: list[str], column: np.ndarray, n_columns: int, stop: frozenset[str]) -> WordCounts:
    """Count contacts by word and column: each word once a contact.

    Parameters
    ----------
    terms : list of str
        Content words of each contact, joined by spaces.
    column : ndarray of int
        Column of each contact, from 0; a contact at -1 is left out.
    n_columns : int
    stop : frozenset of str
        Words not to count; nor are single Latin letters, which say nothing alone.

    Examples
    --------
    >>> counted = word_counts(["返金 返金", "画面 返金", "画面"], np.array([0, 1, -1]), 2, frozenset())
    >>> counted.words.tolist(), counted.table.tolist(), counted.totals.tolist()
    (['画面', '返金'], [[0, 1], [1, 1]], [1, 1])
    """
    places: dict[str, int] = {}
    found: list[int] = []
    sizes: list[int] = []
    kept = np.flatnonzero(column >= 0)
    for i in kept.tolist():
        own = set(terms[i].split()) - stop
        sizes.append(len(own))
        found += [places.setdefault(word, len(places)) for word in own]
    shape = (len(places), n_columns)
    at = np.array(found, dtype=np.int64) * n_columns + np.repeat(column[kept], sizes)
    table = np.bincount(at, minlength=len(places) * n_columns).reshape(shape)
    words = np.array(list(places), dtype=object)
    order = [i for i in np.argsort(words.astype(str), kind="stable") if not (len(words[i]) == 1 and words[i].isascii())]
    return WordCounts(words[order], table[order], np.bincount(column[kept], minlength=n_columns))


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


def growth(counts: np.ndarray, n_now: int, n_before: int, clumpiness: Clumpiness | None = None) -> pd.DataFrame:
    """Compare two periods, word by word.

    Given how many contacts of both periods have a word, those of the later one are binomial where nothing changed
    (Przyborowski and Wilenski 1940, Biometrika 31, 313-323). Counts are first divided by how much more than independent
    contacts they vary, and the p-value, twice the smaller tail, is read from Student's t where that was estimated from
    few days. ``growth_low`` inverts the test; ``growth`` is the ratio of the odds, both shrunk towards the odds in the
    two periods together (the informative prior of Monroe, Colaresi and Quinn, Political Analysis 16, 2008).

    Parameters
    ----------
    counts : ndarray of int, shape (n_words, 2)
        Contacts with the word: this period, the one before.
    n_now, n_before : int
        Contacts of each period.
    clumpiness : Clumpiness, optional
        Of the words' daily counts, see `clumpiness_of`; independent contacts if None.

    Returns
    -------
    DataFrame
        ``n_contacts, share, growth, growth_low, p_adjusted``.

    Examples
    --------
    A word that is new, in 60 of 567 contacts (Fisher's exact p is 3e-19), and two that are not:

    >>> table = growth(np.array([[60, 0], [30, 10], [10, 10]]), 567, 567)
    >>> table["growth"].round(1).tolist(), table["growth_low"].round(1).tolist()
    ([135.2, 3.0, 1.0], [18.4, 1.5, 0.4])
    >>> (table["p_adjusted"] < 0.01).tolist()
    [True, True, False]
    """
    out = pd.DataFrame({"n_contacts": counts[:, 0], "share": counts[:, 0] / max(n_now, 1)})
    if n_before == 0 or n_now == 0 or not len(counts):
        return out.assign(growth=np.nan, growth_low=np.nan, p_adjusted=np.nan)
    known = clumpiness or Clumpiness(np.ones(len(counts)), np.full(len(counts), np.inf))
    p, low = _conditional(counts, n_now, n_before, known)
    ratio = _shrunk_odds_ratio(counts, n_now, n_before)
    return out.assign(growth=ratio, growth_low=np.minimum(low, ratio), p_adjusted=benjamini_hochberg(p))


def clumpiness_of(table: np.ndarray, totals: np.ndarray, period: np.ndarray) -> Clumpiness:
    """Estimate from daily counts how much more the words' counts vary than those of independent contacts.

    Pearson's statistic of each word within each period over its degrees of freedom (McCullagh and Nelder, Generalized
    Linear Models, 1989, section 4.5), shrunk towards that of all words; a word that is too rare to tell has the latter.
    Where the days of all words together are as even as chance makes them, the contacts are taken as independent.

    Parameters
    ----------
    table : ndarray of int, shape (n_words, n_days)
    totals : ndarray of int, shape (n_days,)
        All contacts of each day.
    period : ndarray of int, shape (n_days,)
        Period of each day: a change between periods is no clumpiness.

    Examples
    --------
    >>> even, bursts = [2, 3, 2, 3, 2, 3, 2], [0, 17, 0, 0, 0, 0, 0]
    >>> found = clumpiness_of(np.array([even, bursts]), np.full(7, 90), np.zeros(7, int))
    >>> found.factor.round().tolist(), found.degrees.tolist()
    ([4.0, 13.0], [18.0, 18.0])
    """
    statistic, degrees = np.zeros(len(table)), np.zeros(len(table))
    for which in np.unique(period):
        days = (period == which) & (totals > 0)
        n, k = totals[days], table[:, days]
        rate = k.sum(axis=1, keepdims=True) / max(int(n.sum()), 1)
        known = (k.sum(axis=1) >= _PER_DAY * len(n)) & (rate[:, 0] < 1) & (len(n) > 1)
        variance = np.maximum(n * rate * (1 - rate), 1e-12)
        statistic += np.where(known, ((k - n * rate) ** 2 / variance).sum(axis=1), 0.0)
        degrees += np.where(known, len(n) - 1, 0)
    told, total = degrees > 0, float(degrees.sum())
    if not total or statistic.sum() / total < 1 + _SURE * np.sqrt(2 / total):
        return Clumpiness(np.ones(len(table)), np.full(len(table), np.inf))
    common = max(1.0, float(np.mean(statistic[told] / degrees[told])))
    factor = np.maximum((statistic + _TRUST * common) / (degrees + _TRUST), 1.0)
    return Clumpiness(factor, degrees + _LEAST_DEGREES)


def _conditional(
    counts: np.ndarray, n_now: int, n_before: int, known: Clumpiness
) -> tuple[np.ndarray, np.ndarray]:
    """Give the p-value of each word and the lower end of the 95 % interval of its odds ratio."""
    from scipy.special import betainc, betaincinv, ndtr, ndtri, stdtr, stdtrit

    # a contact has a word once at most: counts of a frequent word vary less than Poisson's
    share = counts.sum(axis=1) / (n_now + n_before)
    spread = known.factor * np.maximum(1 - share, 1.0 / (n_now + n_before))
    now, before = counts[:, 0] / spread, counts[:, 1] / spread
    some_now, some_before = np.maximum(now, _TINY), np.maximum(before, _TINY)
    chance = n_now / (n_now + n_before)
    more = np.where(now > 0, betainc(some_now, before + 1, chance), 1.0)
    less = np.where(before > 0, betainc(some_before, now + 1, 1 - chance), 1.0)
    tail = np.minimum(np.minimum(more, less), 0.5)
    few = np.isfinite(known.degrees)
    degrees = np.where(few, known.degrees, 1.0)
    p = np.where(few, stdtr(degrees, ndtri(np.maximum(tail, 1e-300))), tail)
    edge = np.where(few, ndtr(stdtrit(degrees, _TAIL)), _TAIL)
    part = betaincinv(some_now, before + 1, edge)
    low = np.where(now > 0, part / np.maximum(1 - part, _TINY) * n_before / n_now, 0.0)
    return 2 * p, _as_odds_ratio(low, share, n_now, n_before)


def _as_odds_ratio(ratio: np.ndarray, share: np.ndarray, n_now: int, n_before: int) -> np.ndarray:
    """Turn a ratio of shares into one of odds, the share of both periods together kept."""
    before = np.minimum(share * (n_now + n_before) / (n_before + ratio * n_now), 1 - _TINY)
    now = np.minimum(before * ratio, 1 - _TINY)
    return np.asarray(now * (1 - before) / np.maximum(before * (1 - now), _TINY**2), dtype=np.float64)


def _shrunk_odds_ratio(counts: np.ndarray, n_now: int, n_before: int) -> np.ndarray:
    base = counts.sum(axis=1) / (n_now + n_before)
    prior = np.maximum(_PRIOR * base, _LEAST_PRIOR)
    rest = np.maximum(_PRIOR * (1 - base), _LEAST_PRIOR)
    now, before = counts[:, 0] + prior, counts[:, 1] + prior
    return np.asarray(now / (n_now - counts[:, 0] + rest) * (n_before - counts[:, 1] + rest) / before, dtype=np.float64)
