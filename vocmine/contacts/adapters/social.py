"""Public posts: reposts are folded into the post they repeat, their reach added to it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_strings
from vocmine.contacts.dates import DEFAULT_TIMEZONE, parse_dates
from vocmine.contacts.values import parse_numbers
from vocmine.frames import require_columns

_REPOST = re.compile(r"^\s*(?:RT|リツイート|転載)\s*[:\uff1a]?\s*@[\w.\-]+\s*[:\uff1a]?\s*", re.IGNORECASE)
_URL = re.compile(r"https?://\S+")
_CUT = re.compile(r"(?:…|\.\.\.)\s*$")
_CUT_CHARS = 20  # a shorter post that ends in an ellipsis was written so


def fold_posts(posts: pd.DataFrame, timezone: str = DEFAULT_TIMEZONE, rows: np.ndarray | None = None) -> pd.DataFrame:
    """Fold reposts into one raw row a post.

    A post is a repost if it names the post it repeats (``repost_of``), or if it begins with ``RT @name:`` and goes on
    with the same text as another post or repost (cut off by ``…`` or not; links don't count). The same words by two
    people who wrote them themselves are two posts. A repost whose post is not there stands for it, the earliest one.

    Parameters
    ----------
    posts : DataFrame of shape (n, any)
        ``contact_id, created_at, text``, and where there are ``reach, repost_of`` and others.
    timezone : str
        Zone of times that name none.
    rows : ndarray of int, optional
        Line of each post.

    Returns
    -------
    DataFrame
        In the order of the posts kept, with ``reach`` summed over post and reposts (missing where none has it),
        ``n_posts`` folded into it, ``is_public`` true and ``channel`` social where not told, and its ``row``.

    Raises
    ------
    ContactError
        If a column is missing.

    Examples
    --------
    >>> posts = pd.DataFrame({"contact_id": ["1", "2", "3"], "created_at": ["2026-11-21"] * 3,
    ...                       "reach": [10, 500, 3], "text": ["落ちる", "RT @a: 落ちる", "落ちる"]})
    >>> fold_posts(posts)[["contact_id", "reach", "n_posts"]].values.tolist()
    [['1', 510.0, 2], ['3', 3.0, 1]]
    """
    require_columns(posts, ("contact_id", "created_at", "text"), "posts", hint="name them in a mapping")
    frame = posts.assign(row=np.arange(1, len(posts) + 1) if rows is None else rows).reset_index(drop=True)
    head = _heads(frame, timezone)
    reach = parse_numbers(frame["reach"]) if "reach" in frame else np.full(len(frame), np.nan)
    total = pd.Series(reach).groupby(head).sum(min_count=1)
    size = pd.Series(1, index=frame.index).groupby(head).size()
    out: pd.DataFrame = frame[head == np.arange(len(frame))].copy()
    out["reach"] = total.reindex(out.index)
    out["n_posts"] = size.reindex(out.index)
    for name, value in (("channel", "social"), ("is_public", True)):
        if name not in out:
            out[name] = value
    return pd.DataFrame(out.reset_index(drop=True))


def _heads(frame: pd.DataFrame, timezone: str) -> np.ndarray:
    """Give each post the place of the post that stands for it."""
    ids, texts = as_strings(frame["contact_id"]), as_strings(frame["text"])
    told = as_strings(frame["repost_of"]) if "repost_of" in frame else np.full(len(frame), "", dtype=object)
    marked = np.array([bool(_REPOST.match(text)) for text in texts], dtype=bool)
    times = parse_dates(frame["created_at"], timezone)
    order = np.argsort(np.where(times.isna(), np.iinfo("int64").max, times.asi8), kind="stable")
    place = {ids[i]: i for i in order[::-1]}
    by_text = _by_text(texts, marked, order)
    head = np.arange(len(frame))
    for i in order:
        if told[i] and told[i] != ids[i]:
            head[i] = place.setdefault(told[i], i)  # the earliest repost stands for a post that is not there
        elif marked[i]:
            head[i] = by_text.get(_key(texts[i]), i)
    return _roots(head)


def _by_text(texts: np.ndarray, marked: np.ndarray, order: np.ndarray) -> dict[str, int]:
    """Place of the first original, else of the first repost, of each key that reposts have."""
    keys = [_key(text) for text in texts]
    wanted = {key for key, repost in zip(keys, marked, strict=True) if repost}
    rank = {i: n for n, i in enumerate([*order[~marked[order]], *order[marked[order]]])}
    places: dict[str, int] = {}
    for i in rank:
        if keys[i] in wanted:
            places.setdefault(keys[i], i)
    full = sorted((key, rank[i], i) for i, key in enumerate(keys) if not key.endswith("…"))
    for short in sorted(wanted):
        if short.endswith("…") and len(short) > _CUT_CHARS:
            start = bisect_left(full, (short[:-1],))
            end = bisect_left(full, (short[:-1] + "\U0010ffff",))
            if end > start:
                places[short] = min((n, i) for _, n, i in full[start:end])[1]
    return places


def _key(text: str) -> str:
    """Fold the text of a post; a text that was cut ends in …, and the word it was cut in is left out."""
    body = _REPOST.sub("", unicodedata.normalize("NFC", text))
    cut = bool(_CUT.search(body))
    body = " ".join(_URL.sub("", _CUT.sub("", body)).casefold().split())
    return body + "…" if cut else body


def _roots(head: np.ndarray) -> np.ndarray:
    """Follow reposts of reposts to their end; posts that name each other in a ring stand for themselves."""
    for _ in range(64):  # each step doubles the way
        head = head[head]
    lost = head[head] != head
    return np.where(lost, np.arange(len(head)), head)
