"""A word's own line: contacts with it day by day, and what was usual before it rose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.topics.coined_names import spaced
from vocmine.topics.contact_words import ContactWords, contact_words
from vocmine.topics.monitoring.expected_counts import LEAST_DAYS, PAST_DAYS, Table, band, expect
from vocmine.topics.monitoring.significance import judge
from vocmine.topics.monitoring.window import day_numbers
from vocmine.topics.naming.surface_forms import surface_form

TIMELINE_COLUMNS = ("word", "day", "n", "expected", "low", "high")
_ALPHA = 0.05  # chance a day that any of the words is wrongly taken to rise: its days teach nothing, and it goes on
_MIN_RATIO = 1.5  # growth below it is learnt: words drift
_FEWEST = 3  # contacts that must have a name that no dictionary has


def hot_word_timeline(
    contacts: Any, words: str | Iterable[str], days: int = 56, timezone: str = "UTC"
) -> pd.DataFrame:
    """Count the contacts that have each word, day by day, beside what the days before led one to expect.

    The expectation follows channels, weekdays and trend as that of alarms does
    (`vocmine.topics.monitoring.expected_counts.expect`). Days of a rise teach it nothing: it stays as it was before the
    rise, until the word is back at what was usual.

    Parameters
    ----------
    contacts : contacts frame
        With ``created_at``; with ``channel`` for the mix of channels.
    words : str or iterable of str
        As `vocmine.topics.hot_words` gives them, or as they stand in ``terms``. One that no contact has is 0 each day.
    days : int
        Last days to show, those without contacts included. Up to 56 days before them are read.
    timezone : str
        Where the days begin.

    Returns
    -------
    DataFrame
        ``word, day, n, expected, low, high``, words in the order given, days from the first on; ``low`` to ``high``
        holds 95 % of days on which nothing changed. All three are missing on the first ten days of the contacts.

    Raises
    ------
    SettingsError
        For no word, ``days`` below 1, or contacts without ``created_at``.

    Examples
    --------
    >>> said = ["返金 は まだ", "画面 が 暗い"] * 30
    >>> frame = pd.DataFrame({"text": said, "created_at": pd.Timestamp("2026-03-01", tz="UTC")})
    >>> frame["created_at"] += pd.to_timedelta(np.arange(60) // 4, unit="D")
    >>> line = hot_word_timeline(frame, "返金")
    >>> line["n"].tolist() == [2] * 15, line["expected"].round().tolist()[9:]
    (True, [nan, 2.0, 2.0, 2.0, 2.0, 2.0])
    """
    asked = [words] if isinstance(words, str) else list(dict.fromkeys(str(word) for word in words))
    if not asked or days < 1 or not isinstance(contacts, pd.DataFrame) or "created_at" not in contacts.columns:
        raise SettingsError("no words, days below 1, or no dates", where="hot_word_timeline", got=f"days={days}")
    read = contact_words(contacts, (), _FEWEST, timezone, days + PAST_DAYS)
    n_days = min(days + PAST_DAYS, int(read.age.max(initial=-1)) + 1)
    if not n_days:
        return pd.DataFrame({name: [] for name in TIMELINE_COLUMNS}).astype({"n": "int64"})
    table = _counted(read, asked, n_days)
    expected = _expected(table)
    last = int(day_numbers(contacts["created_at"], timezone).max())
    shown = np.arange(max(n_days - days, 0), n_days)
    parts = {"n": table.counts.sum(axis=2).astype(np.int64), **dict(zip(TIMELINE_COLUMNS[3:], expected, strict=True))}
    day = pd.to_datetime(last - n_days + 1 + shown, unit="D", utc=True)
    return pd.DataFrame({
        "word": np.repeat(np.array(asked, dtype=object), len(shown)), "day": np.tile(day, len(asked)),
        **{name: values[shown].T.ravel() for name, values in parts.items()},
    })


def _counted(read: ContactWords, asked: list[str], n_days: int) -> Table:
    """Count the contacts with each word by day and channel."""
    channels = int(read.channel.max(initial=0)) + 1
    day = n_days - 1 - read.age
    cell = np.where(day >= 0, day * channels + read.channel, -1)
    terms: dict[str, list[int]] = {}
    for i, term in enumerate(read.found.words.tolist()):
        for written in {term, spaced(surface_form(term))}:
            terms.setdefault(written, []).append(i)
    counts = np.zeros((n_days, len(asked), channels))
    for k, word in enumerate(asked):
        own = [read.found.contacts(i) for i in terms.get(word, [])]
        rows = cell[np.unique(np.concatenate([np.empty(0, dtype=np.int64), *own]))]
        counts[:, k] = np.bincount(rows[rows >= 0], minlength=n_days * channels).reshape(n_days, channels)
    volume = np.bincount(cell[cell >= 0], minlength=n_days * channels).reshape(n_days, channels).astype(float)
    return Table(counts, volume, np.zeros(len(asked), dtype=np.int64))


def _expected(table: Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give mean, low and high of each day and word from the days before, those of a rise as they should have been."""
    shape = table.counts.shape[:2]
    mean, low, high = (np.full(shape, np.nan) for _ in range(3))
    told = [d for d in range(shape[0]) if table.history(d)[0] >= LEAST_DAYS]
    usual = table.counts.copy()
    for day in told:
        for found in judge(Table(usual, table.volume, table.since), day, _ALPHA, _MIN_RATIO):
            if found.status != "ended":
                _as_expected(usual, table.volume, found.key, found.expected, slice(day - found.days + 1, day + 1))
    for day in told:
        before = usual.copy()
        before[day] = table.counts[day]
        _, mean[day], size = expect(Table(before, table.volume, table.since), day)
        low[day], high[day] = band(mean[day], size)
    return mean, low, high


def _as_expected(counts: np.ndarray, volume: np.ndarray, key: int, expected: float, rows: slice) -> None:
    """Put what was expected in place of a word's counts of some days, spread as all contacts are."""
    own = volume[rows]
    counts[rows, key] = expected * own / max(float(own.sum()), 1.0)
