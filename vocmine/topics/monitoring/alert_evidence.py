"""What an alarm rests on: how sure its growth is, what people say, and the words that changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.topics.monitoring.window import Memory
from vocmine.topics.naming._describe import spelled
from vocmine.topics.naming.names import medoids, quote, readable
from vocmine.topics.naming.surface_forms import domain_stop_words
from vocmine.topics.word_counts import word_counts
from vocmine.topics.word_growth import growth

EVIDENCE_COLUMNS = (
    "topic_id", "name", "day", "status", "days", "n", "expected", "ratio", "ratio_low", "ratio_high", "words", "quotes"
)
_WORDS, _QUOTES = 5, 3  # shown with an alert
_LEAST_BEFORE = 10  # contacts that say how a topic was spoken of
_SHARE, _LEAST = 0.1, 3  # of the contacts, and how many, must have a word that changed
_READ = 60  # texts nearest the middle among which the typical ones are chosen


@dataclass(frozen=True)
class Alarm:
    """What was counted.

    Parameters
    ----------
    topic_id, day, n : int
    expected, p_adjusted : float
    status : str
    days : int
        Length of the window that ends with ``day``.
    error : float
        Standard error of the logarithm of the growth.
    """

    topic_id: int
    day: int
    n: int
    expected: float
    p_adjusted: float
    status: str
    days: int
    error: float

    def to_dict(self, name: str, contact_ids: list[str]) -> dict[str, Any]:
        """Give the alert as plain values."""
        ratio, factor = self.n / max(self.expected, 0.5), float(np.exp(1.96 * self.error))
        return {
            "topic_id": self.topic_id, "name": name, "day": self.day, "n": self.n, "expected": self.expected,
            "ratio": ratio, "ratio_low": ratio / factor, "ratio_high": ratio * factor, "days": self.days,
            "p_adjusted": min(self.p_adjusted, 1.0), "status": self.status, "contact_ids": contact_ids,
        }


def evidence(memory: Memory, alarm: Alarm, rows: np.ndarray) -> dict[str, list[str]]:
    """Give ``words`` and ``quotes`` of an alarm.

    A topic that grows is held against its own contacts before; a new one, or one that has few before, against all other
    contacts; of one that ended, what was said until then is told.

    Parameters
    ----------
    memory : Memory
    alarm : Alarm
    rows : ndarray of int
        Its contacts in memory.

    Returns
    -------
    dict
        ``words``: those that are surely more frequent, as people write them, the surest first; ``quotes``: masked, the
        most typical first.
    """
    own = memory.topic == alarm.topic_id
    before = own & (memory.day <= alarm.day - alarm.days)
    now = np.zeros(len(memory), dtype=bool)
    now[rows] = True
    if alarm.status == "ended":
        now = before
    if alarm.status in ("new", "ended") or before.sum() < _LEAST_BEFORE:
        before = ~own & ~now
    chosen = np.flatnonzero(now)
    best = medoids(memory.vectors[chosen].astype(np.float32), np.zeros(len(chosen), np.int64), 1, _READ)[0]
    typical = chosen[best]
    quotes = list(dict.fromkeys(quote(t) for t in memory.text[typical].tolist()))[:_QUOTES]
    written = spelled(memory.text.tolist(), memory.lang.tolist(), [typical.tolist()])
    return {"words": [readable(w, written) for w in changed_words(memory.terms, now, before)], "quotes": quotes}


def changed_words(terms: np.ndarray, now: np.ndarray, before: np.ndarray) -> list[str]:
    """Give words that are more frequent in some texts than in others, the surest first.

    Parameters
    ----------
    terms : ndarray of str, shape (n,)
        Content words of each text, joined by spaces.
    now, before : ndarray of bool, shape (n,)

    Examples
    --------
    >>> terms = np.array(["画面 白い 困る"] * 6 + ["画面 暗い"] * 20)
    >>> changed_words(terms, np.arange(26) < 6, np.arange(26) >= 6)
    ['白い']
    """
    column = np.where(now, 0, np.where(before, 1, -1))
    counted = word_counts(terms.tolist(), column, 2, domain_stop_words())
    words, counts = counted.words, counted.table
    least = max(_LEAST, _SHARE * now.sum())
    kept = counts[:, 0] >= least
    words, counts = words[kept], counts[kept]
    if not len(words) or not before.any():
        return []
    table = growth(counts, int(now.sum()), int(before.sum()))
    sure = table["growth_low"].to_numpy()
    order = np.lexsort((words.astype(str), -counts[:, 0], -sure))
    return [str(words[i]) for i in order if sure[i] > 1][:_WORDS]


def evidence_frame(alerts: list[dict[str, Any]]) -> pd.DataFrame:
    """Give alerts with what they rest on; columns `EVIDENCE_COLUMNS`."""
    frame = pd.DataFrame(alerts, columns=list(EVIDENCE_COLUMNS))
    frame["day"] = pd.to_datetime(frame["day"].astype("int64"), unit="D", utc=True)
    for column in ("words", "quotes"):
        frame[column] = [tuple(values) for values in frame[column]]
    return frame
