"""What adapters of JSON exports share: pages, lists of objects, times since 1970, and turns made into texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import pandas as pd

from vocmine.contacts.adapters.bot_parts import talk_parts
from vocmine.contacts.adapters.markup import html_text
from vocmine.contacts.cells import as_strings, masked, text_of
from vocmine.contacts.lines import object_frame
from vocmine.contacts.reading import Notes
from vocmine.contacts.values import by_distinct

_START = datetime(1970, 1, 1, tzinfo=timezone.utc)
# keys that a page of an API has beside its list
_PAGING = frozenset({
    "next_page", "previous_page", "count", "page", "per_page", "page_count", "total", "meta", "links", "after_cursor",
    "after_url", "before_cursor", "before_url", "end_of_stream", "end_time", "pages", "paging", "cursor", "nexttoken",
    "next_token", "nexturi", "nextrecordsurl", "done", "totalsize", "totalhits", "has_more", "ok", "type",
    "total_count",
    "response_metadata", "facets", "start_time", "pin_count", "channel_actions_ts", "channel_actions_count",
})
_MILLISECONDS = 1e11  # as seconds: the year 5138


def pages(document: Any) -> list[dict[str, Any]]:
    """Give the objects of a document: itself, or those of a list of pages or lines.

    Examples
    --------
    >>> pages([{"a": 1}, 5]), pages({"a": 1}), pages("x")
    ([{'a': 1}], [{'a': 1}], [])
    """
    return dicts(document if isinstance(document, list) else [document])


def is_page(document: Any) -> bool:
    """Tell whether an object is one page of a list: it has lists of objects, and nothing beside them but page numbers.

    Pages may be put together list by list; objects with anything of their own (an id, a channel) may not.

    Examples
    --------
    >>> is_page({"tickets": [{"id": 1}], "next_page": None}), is_page({"ContactId": "a", "Transcript": [{"Id": "b"}]})
    (True, False)
    """
    if not isinstance(document, dict):
        return False
    rest = {key for key, value in document.items() if not isinstance(value, list)}
    return len(rest) < len(document) and all(str(key).casefold() in _PAGING for key in rest)


def dicts(value: Any) -> list[dict[str, Any]]:
    """Give the objects of a list; exports leave out what is empty, or write something else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def inner(value: Any, *keys: str) -> Any:
    """Go into objects by their keys, to None where one is missing.

    Examples
    --------
    >>> inner({"a": {"b": 1}}, "a", "b"), inner({"a": None}, "a", "b")
    (1, None)
    """
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def utc_time(value: Any) -> Any:
    """Write seconds or milliseconds since 1970 as ISO 8601; anything else stays as it is.

    Examples
    --------
    >>> utc_time(1775001600), utc_time("1775002500.000200"), utc_time(1775001600000), utc_time("2026-04-01")
    ('2026-04-01T00:00:00+00:00', '2026-04-01T00:15:00.000200+00:00', '2026-04-01T00:00:00+00:00', '2026-04-01')
    """
    if isinstance(value, bool) or not re.fullmatch(r"\d{9,14}(?:\.\d{1,9})?", text_of(value)):
        return value
    number = float(text_of(value))
    # built from whole microseconds, as a float of seconds is off in the last digit
    micros = round(number * (1e3 if number > _MILLISECONDS else 1e6))
    return (_START + timedelta(microseconds=micros)).isoformat()


def set_apart(
    records: Sequence[dict[str, Any]], is_gone: Callable[[dict[str, Any]], bool], value: str
) -> tuple[list[dict[str, Any]], tuple[int, ...], list[tuple[int, str, str]]]:
    """Set deleted records apart: those kept, their numbers from 1, and the broken ones as `Folded` has them.

    Examples
    --------
    >>> set_apart([{"id": 1}, {"id": 2, "archived": True}], lambda record: "archived" in record, "archived")
    ([{'id': 1}], (1,), [(2, 'deleted_ticket', 'archived')])
    """
    gone = [is_gone(record) for record in records]
    kept = [record for record, out in zip(records, gone, strict=True) if not out]
    numbers = tuple(number for number, out in enumerate(gone, 1) if not out)
    return kept, numbers, [(number, "deleted_ticket", value) for number, out in enumerate(gone, 1) if out]


def join_words(parts: Iterable[str]) -> str:
    """Join parts by line breaks, each once: an export gives the description as the first comment too."""
    return "\n".join(dict.fromkeys(part.strip() for part in parts if part and part.strip()))


def join_turns(turns: Sequence[tuple[str, str]], role: str) -> str:
    r"""Join what one role said by line breaks.

    Examples
    --------
    >>> join_turns([("customer", "届かない"), ("agent", "はい"), ("customer", "はい")], "customer")
    '届かない\nはい'
    """
    return "\n".join(words.strip() for who, words in turns if who == role and words.strip())


def answers(turns: Sequence[tuple[str, str]], channel: Any = None) -> dict[str, Any]:
    r"""Give the columns of a talk beside the customer's words, and the channel ``bot`` where a bot alone answered.

    Parameters
    ----------
    turns : sequence of (str, str)
        Role and words of each turn, in order.
    channel : str, optional
        As the export has it.

    Examples
    --------
    >>> answers([("bot", "どうぞ"), ("customer", "解約"), ("agent", "はい")], "chat")
    {'channel': 'chat', 'agent_text': 'どうぞ\nはい', 'n_turns': 3, 'customer_turns': 1, 'handovers': 1}
    """
    spoken = [(who, words.strip()) for who, words in turns if words.strip()]
    parts = talk_parts([who if who in ("customer", "agent", "bot") else None for who, _ in spoken if who])
    return {
        "channel": "bot" if parts.by_bot and "mail" not in str(channel).casefold() else channel,
        "agent_text": "\n".join(words for who, words in spoken if who in ("agent", "bot")), "n_turns": len(turns),
        "customer_turns": sum(who == "customer" for who, _ in spoken), "handovers": parts.handovers,
    }


def note_unknown(turns: Iterable[tuple[str, str]], notes: Notes) -> None:
    """Tell the turns whose role is neither customer, agent nor left out (an empty role)."""
    names = [who for who, words in turns if who not in ("customer", "agent", "bot", "") and words.strip()]
    if names:
        notes.doubt("unknown_speaker", rows=len(names), shown=", ".join(masked(list(dict.fromkeys(names))[:5])))


def rows_frame(rows: list[dict[str, Any]], columns: Sequence[str] = ()) -> pd.DataFrame:
    """Make the frame of an adapter's rows; `columns` are there also where there are no rows."""
    frame = object_frame(rows, dict.fromkeys(columns))
    empty = [name for name in ("created_at", "text", "channel") if name in frame and frame[name].isna().all()]
    return frame.drop(columns=empty) if rows else frame


def label_of(frame: pd.DataFrame, *names: str) -> str | None:
    """Give the column of a table that has one of these names, whatever its case; None where it is not there once."""
    wanted = {name.casefold() for name in names}
    found = [name for name in frame.columns if str(name).strip().casefold() in wanted]
    return str(found[0]) if len(found) == 1 else None


def plain_bodies(frame: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Make plain text of the HTML in columns of a table, where they are there."""
    for name in names:
        column = label_of(frame, name)
        if column is not None:
            words = by_distinct(frame[column], lambda cell: html_text(cell) if isinstance(cell, str) else cell)
            frame = frame.assign(**{column: pd.Series(words, index=frame.index, dtype=object)})
    return frame


def reads_as(frame: pd.DataFrame, name: str, pattern: str) -> pd.Series:
    """Tell which cells of a column are written in a pattern."""
    words = pd.Series(as_strings(frame[name]), index=frame.index, dtype=object)
    return words.str.strip().str.fullmatch(pattern).astype(bool)
