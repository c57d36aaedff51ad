"""Hot words: what contacts speak of most, and what grows, counted by contacts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.text import as_analysed
from vocmine.topics.coined_names import coined_names, with_names
from vocmine.topics.monitoring.window import day_numbers
from vocmine.topics.naming.surface_forms import domain_stop_words, surface_form
from vocmine.topics.word_growth import clumpiness_of, growth, word_counts

_HISTORY = 5  # periods whose days tell how clumpy a word is, the last one left out
COLUMNS = ("word", "n_contacts", "share", "growth", "growth_low", "p_adjusted")


def hot_words(
    contacts: Any, top: int = 100, period_days: int = 7, stop_words: Iterable[str] = (), min_contacts: int = 3,
    timezone: str = "UTC",
) -> pd.DataFrame:
    """List the words that most contacts of the last period have, with their growth over the period before.

    Growth is the ratio of the odds that a contact has the word, this period over the last, and shrunk; p-values are of
    an exact conditional test, allow for words that come in clumps where the days of up to four earlier periods show
    them, and are adjusted over all words with enough contacts (Benjamini-Hochberg); see
    `vocmine.topics.word_growth.growth`.

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
    timezone : str
        Where the days begin.

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
    _check(top, period_days, min_contacts)
    analysed = as_analysed(contacts)
    age = _ages(contacts, len(analysed), timezone)
    stop = domain_stop_words() | frozenset(stop_words)
    terms = _terms(analysed, age < 2 * period_days, min_contacts)
    return _table(terms, age, period_days, stop, min_contacts).head(top)


def hot_word_history(
    contacts: Any, periods: int = 8, top: int = 100, period_days: int = 7, stop_words: Iterable[str] = (),
    min_contacts: int = 3, timezone: str = "UTC",
) -> pd.DataFrame:
    """List the hot words of each of the last periods: what was talked of when.

    Parameters
    ----------
    contacts : contacts frame
        With ``created_at``.
    periods : int
        Periods to look back on, the last one included; those without contacts are left out.
    top, period_days, stop_words, min_contacts, timezone
        As for `hot_words`, for each period.

    Returns
    -------
    DataFrame
        ``as_of`` (last day of the period), ``rank`` from 1, then the columns of `hot_words`; the last period first.

    Raises
    ------
    SettingsError
        For a number below 1, or contacts without ``created_at``.

    Examples
    --------
    >>> frame = pd.DataFrame({"text": ["返金 したい", "画面 が 暗い"]})
    >>> frame["created_at"] = pd.to_datetime(["2026-03-01", "2026-03-09"], utc=True)
    >>> past = hot_word_history(frame, top=1, min_contacts=1)
    >>> past["word"].tolist(), past["as_of"].dt.strftime("%m-%d").tolist()
    (['暗い', '返金'], ['03-09', '03-02'])
    """
    _check(top, period_days, min_contacts)
    if periods < 1 or not isinstance(contacts, pd.DataFrame) or "created_at" not in contacts.columns:
        raise SettingsError("periods below 1, or no dates", where="hot_word_history", got=f"periods={periods}")
    analysed = as_analysed(contacts)
    age = _ages(contacts, len(analysed), timezone)
    terms = _terms(analysed, age < (periods + 1) * period_days, min_contacts)
    stop = domain_stop_words() | frozenset(stop_words)
    parts = []
    for back in range(0, periods * period_days, period_days):
        table = _table(terms, age - back, period_days, stop, min_contacts).head(top)
        table.insert(0, "rank", np.arange(1, len(table) + 1))
        table.insert(0, "as_of", _last_day(contacts["created_at"], timezone) - pd.Timedelta(days=back))
        parts.append(table)
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _check(top: int, period_days: int, min_contacts: int) -> None:
    for name, value in (("top", top), ("period_days", period_days), ("min_contacts", min_contacts)):
        if value < 1:
            raise SettingsError(f"wrong {name}", where="hot_words", got=str(value), expected="1 or more")


def _table(
    terms: list[str], age: np.ndarray, period_days: int, stop: frozenset[str], min_contacts: int
) -> pd.DataFrame:
    """Count words by age of contacts in days: 0 to ``period_days`` is now, as much again before."""
    n_days = min(_HISTORY, int(max(age.max(initial=0), 0)) // period_days + 1) * period_days
    counted = word_counts(terms, np.where((age >= 0) & (age < n_days), age, -1), n_days, stop)
    period = np.arange(n_days) // period_days
    now, before = period == 0, period == 1
    counts = np.column_stack([counted.table[:, now].sum(axis=1), counted.table[:, before].sum(axis=1)])
    keep = (counts.sum(axis=1) >= min_contacts) & (counts[:, 0] > 0)
    clumps = clumpiness_of(counted.table[keep][:, ~now], counted.totals[~now], period[~now])
    table = growth(counts[keep], int(counted.totals[now].sum()), int(counted.totals[before].sum()), clumps)
    table.insert(0, "word", counted.words[keep])
    order = np.lexsort((table["word"].to_numpy(dtype=str), -table["n_contacts"].to_numpy()))
    table = table.iloc[order].reset_index(drop=True)[list(COLUMNS)]
    return table.assign(word=table["word"].map(surface_form))


def _terms(analysed: pd.DataFrame, read: np.ndarray, min_contacts: int) -> list[str]:
    """Give the terms of each contact, with names that the contacts read show to be one word."""
    texts = analysed["text_clean"].astype(str)
    names = coined_names(texts[read].tolist(), min_contacts)
    return with_names(analysed["terms"].astype(str).tolist(), texts.tolist(), names)


def _ages(contacts: Any, n: int, timezone: str) -> np.ndarray:
    """Give days from each contact to the last one; 0 for all where there are no dates."""
    if not isinstance(contacts, pd.DataFrame) or "created_at" not in contacts.columns or not n:
        return np.zeros(n, dtype=np.int64)
    day = day_numbers(contacts["created_at"], timezone)
    return np.asarray(day.max() - day, dtype=np.int64)


def _last_day(created_at: pd.Series, timezone: str) -> pd.Timestamp:
    return pd.Timestamp(int(day_numbers(created_at, timezone).max(initial=0)), unit="D", tz="UTC")
