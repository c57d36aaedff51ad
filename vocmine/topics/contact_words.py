"""Contacts as words: who has which, when, and through which channel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.text import as_analysed
from vocmine.topics.coined_names import coined_names, with_names
from vocmine.topics.monitoring.window import day_numbers
from vocmine.topics.naming.surface_forms import domain_stop_words
from vocmine.topics.word_counts import WordIncidence, word_incidence


@dataclass(frozen=True)
class ContactWords:
    """Contacts with their words.

    Parameters
    ----------
    contacts : object
        As they were given.
    texts : list of str
        Masked.
    age : ndarray of int, shape (n,)
        Days from each contact to the last one; 0 for all where there are no dates.
    later : ndarray of int, shape (n,)
        How many contacts came later; as they stand where there are no dates.
    channel : ndarray of int, shape (n,)
        From 0 in order of the alphabet; 0 for all where there are none.
    found : WordIncidence
        Who has which word.
    """

    contacts: Any
    texts: list[str]
    age: np.ndarray
    later: np.ndarray
    channel: np.ndarray
    found: WordIncidence


def contact_words(
    contacts: Any, stop_words: Iterable[str], min_contacts: int, timezone: str, days: int
) -> ContactWords:
    """Read contacts; names that no dictionary has and that those of the last ``days`` show to be one word are one.

    Examples
    --------
    >>> read = contact_words(["返金 したい", "画面 が 暗い"], ["画面"], 1, "UTC", 7)
    >>> read.found.words.tolist(), read.age.tolist()
    (['暗い', '返金'], [0, 0])
    """
    analysed = as_analysed(contacts)
    age = _ages(contacts, len(analysed), timezone)
    texts = analysed["text_clean"].astype(str).tolist()
    names = coined_names([texts[i] for i in np.flatnonzero(age < days).tolist()], min_contacts)
    terms = with_names(analysed["terms"].astype(str).tolist(), texts, names)
    found = word_incidence(terms, domain_stop_words() | frozenset(stop_words))
    channel, later = _channels(contacts, len(analysed)), _later(contacts, len(analysed))
    return ContactWords(contacts, texts, age, later, channel, found)


def _ages(contacts: Any, n: int, timezone: str) -> np.ndarray:
    if not isinstance(contacts, pd.DataFrame) or "created_at" not in contacts.columns or not n:
        return np.zeros(n, dtype=np.int64)
    day = day_numbers(contacts["created_at"], timezone)
    return np.asarray(day.max() - day, dtype=np.int64)


def _later(contacts: Any, n: int) -> np.ndarray:
    if not isinstance(contacts, pd.DataFrame) or "created_at" not in contacts.columns:
        return np.arange(n)
    when = pd.to_datetime(contacts["created_at"], utc=True)
    return np.asarray(when.rank(method="first", ascending=False).to_numpy().astype(np.int64) - 1)


def _channels(contacts: Any, n: int) -> np.ndarray:
    if not isinstance(contacts, pd.DataFrame) or "channel" not in contacts.columns:
        return np.zeros(n, dtype=np.int64)
    names = contacts["channel"].astype(object).where(contacts["channel"].notna(), "").astype(str)
    return np.asarray(np.unique(names.to_numpy(dtype=str), return_inverse=True)[1], dtype=np.int64)
