"""What the registry remembers of contacts: the vectors of some weeks, bounded whatever the volume."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

_TEXT_CHARACTERS = 200  # of a text in memory: enough for a quote
_DATE = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}[/:]\d{1,2}(?::\d{1,2})?|\d+(?=[年月日時分]|th\b|st\b|nd\b|rd\b)"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|[月火水木金土日]曜",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Memory:
    """Contacts in memory, a row each.

    Parameters
    ----------
    vectors : ndarray of float16, shape (n, d)
    day : ndarray of int64, shape (n,)
        Days since 1970-01-01.
    topic : ndarray of int64, shape (n,)
        Topic when it was seen, -1 for none.
    key : ndarray of uint64, shape (n,)
        Hash of the contact id.
    contact_id, text, terms, lang, channel : ndarray of str, shape (n,)
        ``text`` is masked and cut to 200 characters.
    """

    vectors: np.ndarray
    day: np.ndarray
    topic: np.ndarray
    key: np.ndarray
    contact_id: np.ndarray
    text: np.ndarray
    terms: np.ndarray
    lang: np.ndarray
    channel: np.ndarray

    def __len__(self) -> int:
        return len(self.day)

    @classmethod
    def empty(cls, dimensions: int) -> Memory:
        """Give a memory without rows."""
        blank = np.empty(0, dtype="U1")
        return cls(
            np.empty((0, dimensions), np.float16), np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint64),
            blank, blank, blank, blank, blank,
        )

    def take(self, rows: np.ndarray) -> Memory:
        """Keep some rows, by number or mask, in the order given."""
        return Memory(**{name: getattr(self, name)[rows] for name in _FIELDS})

    def add(self, other: Memory) -> Memory:
        """Append rows, in the order of day and key."""
        joined = Memory(**{n: np.concatenate([getattr(self, n), getattr(other, n)]) for n in _FIELDS})
        return joined.take(np.lexsort((joined.key, joined.day)))

    def with_topic(self, rows: np.ndarray, topic: int | np.ndarray) -> Memory:
        """Give rows another topic, one for all or one each."""
        changed = self.topic.copy()
        changed[rows] = topic
        return replace(self, topic=changed)

    def forget(self, first_day: int, recent_day: int, per_day: int, per_recent_day: int) -> Memory:
        """Drop days before ``first_day`` and thin out full days, by the hash of the contact id.

        Days from ``recent_day`` on keep ``per_recent_day`` rows, those before keep ``per_day``.
        """
        order = np.lexsort((self.key, self.day))
        day = self.day[order]
        start = np.searchsorted(day, day)
        rank = np.arange(len(day)) - start
        most = np.where(day >= recent_day, per_recent_day, per_day)
        return self.take(order[(day >= first_day) & (rank < most)])


_FIELDS = ("vectors", "day", "topic", "key", "contact_id", "text", "terms", "lang", "channel")


def day_numbers(created_at: pd.Series, timezone: str) -> np.ndarray:
    """Give local days since 1970-01-01, shape (n,)."""
    local = pd.to_datetime(created_at, utc=True).dt.tz_convert(timezone).dt.tz_localize(None)
    return np.asarray(local.to_numpy().astype("datetime64[D]").astype(np.int64))


def hashed(values: Sequence[str]) -> np.ndarray:
    """Hash strings to 64 bits, the same on every machine.

    Examples
    --------
    >>> hashed(["c1", "c2", "c1"]).tolist()[0] == hashed(["c1"]).tolist()[0]
    True
    """
    digests = (hashlib.blake2b(v.encode("utf-8", "replace"), digest_size=8).digest() for v in values)
    return np.array([int.from_bytes(d, "big") for d in digests], dtype=np.uint64)


def one_voice_each(frame: pd.DataFrame) -> np.ndarray:
    """Mark the first of the rows in which one person says the same thing on one day: a storm counts people, not posts.

    Where the customer is unknown, the same words on the same day count once.

    Parameters
    ----------
    frame : DataFrame
        ``day, text_clean``, perhaps ``customer_id``.

    Returns
    -------
    ndarray of bool, shape (n,)

    Examples
    --------
    >>> one_voice_each(pd.DataFrame({"day": [1, 1, 1], "text_clean": ["落ちる", "落ちる", "遅い"]})).tolist()
    [True, False, True]
    """
    return np.asarray(voices(frame) == np.arange(len(frame)))


def voices(frame: pd.DataFrame) -> np.ndarray:
    """Give for each row the place of the one that stands for it: the first that `one_voice_each` marks.

    Examples
    --------
    >>> voices(pd.DataFrame({"day": [1, 1, 1], "text_clean": ["落ちる", "落ちる", "遅い"]})).tolist()
    [0, 0, 2]
    """
    columns = ["day", "text_clean"]
    if "customer_id" in frame.columns:
        frame = frame.assign(customer=frame["customer_id"].astype(object).where(frame["customer_id"].notna(), ""))
        columns.append("customer")
    group = frame.groupby(columns, sort=False, dropna=False).ngroup().to_numpy()
    _, first = np.unique(group, return_index=True)
    return np.asarray(first[group], dtype=np.int64)


def without_dates(text: str) -> str:
    """Blank out dates, times and weekdays: each day brings its own, and they are no issue.

    Examples
    --------
    >>> without_dates("3月15日の10:30にエラーE-501")
    '#月#日の#にエラーE-501'
    """
    return _DATE.sub("#", text)


def short(texts: Sequence[str]) -> np.ndarray:
    """Cut texts to what memory keeps."""
    return np.array([t[:_TEXT_CHARACTERS] for t in texts], dtype=str)
