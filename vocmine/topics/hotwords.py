"""Hot words: what contacts speak of most, and what grows, counted by contacts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.topics.coined_names import spaced
from vocmine.topics.contact_words import ContactWords, contact_words
from vocmine.topics.monitoring.window import day_numbers
from vocmine.topics.naming.surface_forms import surface_form
from vocmine.topics.word_counts import WordIncidence
from vocmine.topics.word_evidence import CONTACTS, contact_ids, newest, word_quotes
from vocmine.topics.word_expectation import daily_counts, expect_words, periods
from vocmine.topics.word_growth import CERTAIN, clumpiness_of, growth

_PERIODS_BEFORE = 4  # at most: what was usual long ago is no measure of now
_LEAST_BEFORE = 28  # days: short periods are held against as many weeks
COLUMNS = (
    "word", "n_contacts", "share", "growth", "growth_low", "p_adjusted",
    "growth_high", "n_before", "expected", "is_new", "contact_ids", "quotes",
)


def hot_words(
    contacts: Any, top: int = 100, period_days: int = 7, stop_words: Iterable[str] = (), min_contacts: int = 3,
    timezone: str = "UTC",
) -> pd.DataFrame:
    """List the words that most contacts of the last period have, and how they have grown.

    The last period is held against up to four periods before it (28 days at least, where there are as many), channel by
    channel and weekday by weekday: a word that grew because more came through its channel did not grow. Growth is the
    ratio of the odds that a contact has the word, now over before, and shrunk; p-values are of an exact conditional
    test of growth, allow for words that come in clumps where the days before show them, and are adjusted over all words
    that have enough contacts to pass, also those that are gone (Benjamini-Hochberg); see
    `vocmine.topics.word_growth.growth` and `vocmine.topics.word_expectation`.

    Parameters
    ----------
    contacts : contacts frame, list of str or Series
        With ``created_at`` for growth; without it all texts are one period and growth is missing. With ``channel`` for
        the mix of channels, ``contact_id`` for ids.
    top : int
        Words to give at most: first those that have clearly grown, then those of most contacts.
    period_days : int
        Length of a period, in days back from the last contact's day (that day is whole).
    stop_words : iterable of str
        Words to leave out, as they stand in ``terms``.
    min_contacts : int
        Words in fewer contacts, now and before together, are left out.
    timezone : str
        Where the days begin.

    Returns
    -------
    DataFrame
        By n_contacts; words as people write them (できない for 出来る_ない). Words of every support contact (対応,
        ticket) and words that the last period lacks are left out.

        - ``word, n_contacts, share``: of the last period's contacts;
        - ``growth, growth_low, growth_high``: with its 95 % interval; missing where nothing compares, as for a word of
          a new channel alone;
        - ``p_adjusted``: of growth; near 1 for a word that fell;
        - ``n_before``: contacts with the word in the days it is held against;
        - ``expected``: contacts now, had nothing changed;
        - ``is_new``: contacts go back further and none before the period had the word;
        - ``contact_ids``: the newest 50 of the period, as a tuple;
        - ``quotes``: up to three masked lines with the word, as a tuple.

    Raises
    ------
    SettingsError
        For a ``top``, ``period_days`` or ``min_contacts`` below 1.

    Examples
    --------
    >>> texts = ["返金 したい", "返金 は まだ", "画面 が 暗い"]
    >>> hot_words(texts, top=1, min_contacts=1)[["word", "n_contacts", "quotes"]]
      word  n_contacts               quotes
    0   返金           2  (返金 したい, 返金 は まだ)
    """
    _check(top, period_days, min_contacts)
    read = contact_words(contacts, stop_words, min_contacts, timezone, _window(period_days))
    return word_table(read, 0, period_days, min_contacts, top)


def hot_word_history(
    contacts: Any, periods: int = 8, top: int = 100, period_days: int = 7, stop_words: Iterable[str] = (),
    min_contacts: int = 3, timezone: str = "UTC",
) -> pd.DataFrame:
    """List the hot words of each of the last periods: what was talked of when, each as it could be told then.

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
    days = _window(period_days) + (periods - 1) * period_days
    read = contact_words(contacts, stop_words, min_contacts, timezone, days)
    parts = []
    for back in range(0, periods * period_days, period_days):
        table = word_table(read, back, period_days, min_contacts, top)
        table.insert(0, "rank", np.arange(1, len(table) + 1))
        table.insert(0, "as_of", _last_day(contacts["created_at"], timezone) - pd.Timedelta(days=back))
        parts.append(table)
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _window(period_days: int) -> int:
    """Give the days of a period and of those it is held against."""
    return period_days + max(_PERIODS_BEFORE * period_days, _LEAST_BEFORE)


def _check(top: int, period_days: int, min_contacts: int) -> None:
    for name, value in (("top", top), ("period_days", period_days), ("min_contacts", min_contacts)):
        if value < 1:
            raise SettingsError(f"wrong {name}", where="hot_words", got=str(value), expected="1 or more")


def word_table(
    read: ContactWords, back: int = 0, period_days: int = 7, min_contacts: int = 3, top: int = 100
) -> pd.DataFrame:
    """Give the hot words of the period that ended ``back`` days before the last day, of contacts that were read."""
    age = read.age - back
    past = age >= period_days
    days = min(_window(period_days), int(age.max(initial=0)) + 1) - period_days
    laid = periods(age, read.channel, period_days, max(days, 1))
    side = np.where(laid.stratum < 0, np.where(past, 2, -1), np.where(laid.now, 0, 1))
    counts = read.found.count(side, 3)
    kept = counts[:, :2].sum(axis=1) >= min_contacts
    found, counts = read.found.only(kept), counts[kept]
    expectation = expect_words(found, laid)
    clumps = clumpiness_of(*daily_counts(found, laid))
    table = growth(expectation.counts, expectation.n_now, expectation.n_before, clumps)
    table = table.assign(
        term=found.words, place=np.arange(len(found.words)), n_contacts=counts[:, 0],
        share=counts[:, 0] / max(int(laid.now.sum()), 1), n_before=counts[:, 1],
        expected=expectation.expected if past.any() else np.nan, is_new=~counts[:, 1:].any(axis=1) & past.any(),
    )
    return _shown(table[table["n_contacts"] > 0], read, found, laid.now, top)


def _shown(table: pd.DataFrame, read: ContactWords, found: WordIncidence, now: np.ndarray, top: int) -> pd.DataFrame:
    """Choose the words to show, in order, with the contacts behind them."""
    clear = (table["growth_low"] > 1) & (table["p_adjusted"] <= CERTAIN)
    words, n = table["term"].to_numpy(dtype=str), table["n_contacts"].to_numpy()
    chosen = np.lexsort((words, -n, ~clear.to_numpy()))[:top]
    chosen = chosen[np.lexsort((words[chosen], -n[chosen]))]
    table = table.iloc[chosen].reset_index(drop=True)
    table["word"] = table["term"].map(lambda term: spaced(surface_form(term)))
    ids = contact_ids(read.contacts)
    known, quotes = [], []
    for term, word, place in zip(table["term"], table["word"], table["place"], strict=True):
        own = found.contacts(place)
        latest = newest(own[now[own]], read.later)[:CONTACTS].tolist()
        known.append(tuple(ids[i] for i in latest) if ids else ())
        quotes.append(word_quotes(term, word, [read.texts[i] for i in latest]))
    table["contact_ids"], table["quotes"] = pd.Series(known, dtype=object), pd.Series(quotes, dtype=object)
    return table[list(COLUMNS)]


def _last_day(created_at: pd.Series, timezone: str) -> pd.Timestamp:
    return pd.Timestamp(int(day_numbers(created_at, timezone).max(initial=0)), unit="D", tz="UTC")
