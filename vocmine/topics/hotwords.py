"""Hot words: what contacts speak of most, and what grows, counted by contacts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.text import as_analysed
from vocmine.topics.spoken import said_by_all, spoken

_PRIOR = 5.0  # contacts of the prior, spread as the word is used in both periods together
COLUMNS = ("word", "n_contacts", "share", "growth", "growth_low", "p_adjusted")


def hot_words(
    contacts: Any, top: int = 100, period_days: int = 7, stop_words: Iterable[str] = (), min_contacts: int = 3
) -> pd.DataFrame:
    """List the words that most contacts of the last period have, with their growth over the period before.

    Growth is the ratio of the odds that a contact has the word, this period over the last, both shrunk towards the
    word's odds in the two together (the informative prior of Monroe, Colaresi and Quinn, Fightin' Words, Political
    Analysis 16, 2008). P-values are two-sided and adjusted over all words with enough contacts (Benjamini-Hochberg).

    Parameters
    ----------
    contacts : contacts frame, list of str or Series
        With ``created_at`` for growth; without it all texts are one period and growth is missing.
    top : int
        Words to give at most.
    period_days : int
        Length of a period, in days back from the last contact's day (that day is whole).
    stop_words : iterable of str
        Words to leave out, as they stand in ``terms``.
    min_contacts : int
        Words in fewer contacts, in both periods together, are left out.

    Returns
    -------
    DataFrame
        ``word, n_contacts, share, growth, growth_low, p_adjusted``, by n_contacts; words as people write them
        (できない for 出来る_ない). Words of every support contact (対応, ticket) and words that the last period
        lacks are left out. ``growth_low`` is the lower end of the 95 % interval of ``growth``.

    Raises
    ------
    SettingsError
        For a ``top``, ``period_days`` or ``min_contacts`` below 1.

    Examples
    --------
    >>> hot_words(["返金 したい", "返金 は まだ", "画面 が 暗い"], top=1, min_contacts=1)[["word", "n_contacts"]]
      word  n_contacts
    0   返金           2
    """
    for name, value in (("top", top), ("period_days", period_days), ("min_contacts", min_contacts)):
        if value < 1:
            raise SettingsError(f"wrong {name}", where="hot_words", got=str(value), expected="1 or more")
    analysed = as_analysed(contacts)
    now, before = _periods(contacts, len(analysed), period_days)
    stop = said_by_all() | frozenset(stop_words)
    words, counts = _counts(analysed["terms"].astype(str).tolist(), now, before, stop)
    keep = (counts.sum(axis=1) >= min_contacts) & (counts[:, 0] > 0)
    table = growth(counts[keep], int(now.sum()), int(before.sum()))
    table.insert(0, "word", words[keep])
    order = np.lexsort((table["word"].to_numpy(dtype=str), -table["n_contacts"].to_numpy()))[:top]
    table = table.iloc[order].reset_index(drop=True)[list(COLUMNS)]
    return table.assign(word=table["word"].map(spoken))


def growth(counts: np.ndarray, n_now: int, n_before: int) -> pd.DataFrame:
    """Compare two periods, word by word.

    Parameters
    ----------
    counts : ndarray of int, shape (n_words, 2)
        Contacts with the word: this period, the one before.
    n_now, n_before : int
        Contacts of each period.

    Returns
    -------
    DataFrame
        ``n_contacts, share, growth, growth_low, p_adjusted``.

    Examples
    --------
    >>> growth(np.array([[30, 10], [10, 10]]), 100, 100)["growth"].round(1).tolist()
    [3.6, 1.0]
    """
    from scipy.stats import norm

    out = pd.DataFrame({"n_contacts": counts[:, 0], "share": counts[:, 0] / max(n_now, 1)})
    if n_before == 0 or not len(counts):
        return out.assign(growth=np.nan, growth_low=np.nan, p_adjusted=np.nan)
    base = counts.sum(axis=1) / (n_now + n_before)
    prior, rest = _PRIOR * base, _PRIOR * (1 - base)
    yes_now, yes_before = counts[:, 0] + prior, counts[:, 1] + prior
    no_now, no_before = n_now - counts[:, 0] + rest, n_before - counts[:, 1] + rest
    tiny = 1e-9  # a word that every contact has
    log_ratio = np.log(yes_now / np.maximum(no_now, tiny)) - np.log(yes_before / np.maximum(no_before, tiny))
    error = np.sqrt(1 / yes_now + 1 / yes_before)
    p = 2 * norm.sf(np.abs(log_ratio) / error)
    return out.assign(
        growth=np.exp(log_ratio), growth_low=np.exp(log_ratio - 1.96 * error), p_adjusted=benjamini_hochberg(p)
    )


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """Adjust p-values for the false discovery rate (Benjamini and Hochberg, 1995).

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    out = np.empty(len(p))
    out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return out


def _periods(contacts: Any, n: int, period_days: int) -> tuple[np.ndarray, np.ndarray]:
    if not isinstance(contacts, pd.DataFrame) or "created_at" not in contacts.columns or not n:
        return np.ones(n, dtype=bool), np.zeros(n, dtype=bool)
    day = pd.to_datetime(contacts["created_at"], utc=True).dt.floor("D")
    age = (day.max() - day).dt.days.to_numpy()
    return age < period_days, (age >= period_days) & (age < 2 * period_days)


def _counts(
    terms: list[str], now: np.ndarray, before: np.ndarray, stop: frozenset[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Count contacts by word and period: each word once a contact."""
    tally: dict[str, list[int]] = {}
    for text, is_now, is_before in zip(terms, now.tolist(), before.tolist(), strict=True):
        if is_now or is_before:
            for word in set(text.split()) - stop:
                tally.setdefault(word, [0, 0])[0 if is_now else 1] += 1
    words = sorted(tally)
    return np.array(words, dtype=object), np.array([tally[w] for w in words], dtype=np.int64).reshape(-1, 2)
