"""An account's archive of X (Twitter): its posts in data/tweets.js and data/note-tweet.js."""

from __future__ import annotations

import html
import re
from typing import Any

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.json_values import json_value
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError
from vocmine.limits import DEFAULT_LIMITS

_ASSIGNED = re.compile(r"\s*window\.YTD\.(?P<part>\w+)\.part\d+\s*=\s*")
_POSTS = ("tweet", "tweets", "note_tweet", "community_tweet", "community_tweets")
_RETWEET = re.compile(r"RT @\w{1,20}:\s")
_CUT = re.compile(r"…(?:\s*https://t\.co/\w+)?\s*")
_COLUMNS = ["contact_id", "created_at", "text", "lang", "url"]


def fold_x_archive(text: str, notes: Notes) -> Folded:
    """Fold the posts of an archive into raw rows of contacts; retweets are left out and counted.

    Parameters
    ----------
    text : str
        The whole file: ``window.YTD.tweets.part0 = [...]``.
    notes : Notes
        Where facts and doubts go.

    Raises
    ------
    ContactError
        If it is another part of the archive, or its list can't be read.

    Examples
    --------
    >>> text = 'window.YTD.tweets.part0 = [{"tweet": {"id_str": "1", "full_text": "a &amp; b", "lang": "en"}}]'
    >>> fold_x_archive(text, Notes()).frame[["contact_id", "text", "url"]].values.tolist()
    [['1', 'a & b', 'https://x.com/i/status/1']]
    """
    records = _records(text)
    notes.fact("author", "the account that asked for the archive")
    rows, kept, numbers = [], [], []
    retweets = cut = 0
    for number, record in enumerate(records, 1):
        row = _note(record["noteTweet"]) if isinstance(record.get("noteTweet"), dict) else _post(record)
        if _RETWEET.match(row["text"]):
            retweets += 1
            continue
        cut += "noteTweet" not in record and _CUT.search(row["text"][-40:]) is not None and len(row["text"]) > 200
        rows.append(row)
        kept.append(record)
        numbers.append(number)
    notes.count("retweets left out", retweets)
    if cut:
        notes.doubt("long_posts_cut", rows=cut)
    return Folded(pd.DataFrame(rows, columns=_COLUMNS), records=kept, rows=tuple(numbers))


def _records(text: str) -> list[dict[str, Any]]:
    start = _ASSIGNED.match(text.removeprefix("\ufeff"))
    if start is None or start["part"] not in _POSTS:
        part = start["part"] if start else ""
        raise ContactError(
            "a part of an X archive that has no posts", got=part, expected="data/tweets.js or data/note-tweet.js"
        )
    body = text.removeprefix("\ufeff")[start.end():].strip().rstrip(";")
    try:
        found = json_value(body, DEFAULT_LIMITS.depth)
    except ValueError as error:
        line = getattr(error, "lineno", "")
        raise ContactError("a list of posts that can't be read", where=f"line {line}") from None
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise ContactError("no list of posts", expected='[{"tweet": {...}}, ...]')
    return [item.get("tweet", item) if isinstance(item.get("tweet", item), dict) else item for item in found]


def _post(post: dict[str, Any]) -> dict[str, str]:
    key = str(post.get("id_str") or post.get("id") or "")
    text = str(post.get("full_text") or post.get("text") or "")
    return _row(key, post.get("created_at"), text, post.get("lang"))


def _note(note: dict[str, Any]) -> dict[str, str]:
    core = note.get("core")
    text = str(core.get("text") or "") if isinstance(core, dict) else ""
    return _row(str(note.get("noteTweetId") or ""), note.get("createdAt"), text, "")


def _row(key: str, created_at: Any, text: str, lang: Any) -> dict[str, str]:
    url = f"https://x.com/i/status/{key}" if key else ""
    told = str(lang or "")
    known = "" if told in ("und", "qme", "zxx", "qst", "art", "qht", "qam", "qct") else told  # X's words for none
    said = html.unescape(text)
    return {"contact_id": key, "created_at": str(created_at or ""), "text": said, "lang": known, "url": url}


def _is_x_archive(probe: Probe) -> bool:
    return probe.kind == "text" and _ASSIGNED.match(probe.head.removeprefix("\ufeff")) is not None


ADAPTER = Adapter(
    name="x_archive", title="X (Twitter) archive",
    example=(
        "X: settings > your account > download an archive of your data; unpack data/tweets.js\n"
        "vocmine run --contacts tweets.js --out out\n"
        "These are posts of the account itself, not of its customers; retweets are left out"
    ),
    recognises=_is_x_archive, constants={"channel": "social", "is_public": True}, fold=fold_x_archive,
)
