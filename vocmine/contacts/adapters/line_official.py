"""LINE Official Account: the chat that its manager writes as CSV, one file a customer."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.talks import talks_apart, without_words
from vocmine.contacts.cells import as_strings
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError
from vocmine.text.speakers import speaker_role

_HEADERS = (
    ("送信者タイプ", "送信者名", "送信日", "送信時刻", "内容"),
    ("Sender type", "Sender name", "Date", "Time", "Message"),
)
_ZONES = ("タイムゾーン", "Time zone", "Timezone")
_OFFSET = re.compile(r"'?(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})")
_DAY = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


def fold_line_official(source: str | pd.DataFrame, notes: Notes) -> Folded:
    r"""Fold the chat of a LINE Official Account with one customer into turns.

    ``User`` is the customer, ``Account`` the company; its automatic answers (応答メッセージ, Auto-response) are the
    bot's. Times are in the zone that the file names. Stickers, pictures and messages taken back are left out and
    counted as a fact. A new conversation begins after seven days without a message.

    Parameters
    ----------
    source : str or DataFrame
        The whole file, or its table where it was read as one.
    notes : Notes
        Where facts go.

    Returns
    -------
    Folded
        Turns; rows that are no messages as ``wrong_column_count`` or ``bad_date``.

    Raises
    ------
    ContactError
        If the line of column names is missing.

    Examples
    --------
    >>> text = "タイムゾーン,'+09:00\n送信者タイプ,送信者名,送信日,送信時刻,内容\n"
    >>> text += "User,山田,2026/04/01,09:30:00,届きません\n"
    >>> fold_line_official(text, Notes()).frame[["speaker", "created_at", "text"]].values.tolist()
    [['customer', '2026-04-01T09:30:00+09:00', '届きません']]
    """
    head, rows = _rows(source)
    zone = next((_offset(row[1]) for row in head if len(row) > 1 and row[0].strip() in _ZONES), "")
    notes.fact("time zone", zone or "not told in the file")
    messages: list[tuple[int, str, str, str, str]] = []
    broken: list[tuple[int, str, str]] = []
    without = 0
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        when = _when(row, zone)
        if len(row) < 5 or row[0].strip() not in ("User", "Account"):
            broken.append((line, "wrong_column_count", ",".join(row)))
        elif not when:
            broken.append((line, "bad_date", f"{row[2]} {row[3]}"))
        elif without_words(_content(row)) or not _content(row):
            without += 1
        else:
            messages.append((line, _role(row), row[1].strip(), when, _content(row)))
    if without:
        notes.fact("messages without words", without)
    frame = pd.DataFrame(messages, columns=["row", "speaker", "agent_id", "created_at", "text"])
    frame["agent_id"] = frame["agent_id"].where(frame["speaker"] == "agent", "")
    times = pd.DatetimeIndex([when[:19] for _, _, _, when, _ in messages])
    frame.insert(0, "conversation_id", talks_apart(times))
    return Folded(frame.drop(columns="row"), rows=tuple(frame["row"].astype(int)), broken=broken)


def _rows(source: str | pd.DataFrame) -> tuple[list[list[str]], Iterable[tuple[int, list[str]]]]:
    """Give the rows above the column names, and those below them with their lines."""
    if isinstance(source, pd.DataFrame):
        names = next((h for h in _HEADERS if set(h) <= set(map(str, source.columns))), None)
        if names is None:
            raise _no_header()
        cells = [as_strings(source[name]) for name in names]
        return [], enumerate((list(row) for row in zip(*cells, strict=True)), 2)
    reader = csv.reader(io.StringIO(source.removeprefix("\ufeff"), newline=""))
    head: list[list[str]] = []
    try:
        for row in reader:
            if _is_header(row):
                return head, list(_numbered(reader))
            head.append(row)
    except csv.Error as error:
        where = f"line {reader.line_num}"
        raise ContactError("a CSV line that can't be read", where=where, got=str(error)) from None
    raise _no_header()


def _numbered(reader: Iterable[list[str]]) -> Iterable[tuple[int, list[str]]]:
    """Give each row with the line it begins on, as quoted messages go over lines."""
    line = getattr(reader, "line_num", 0) + 1
    for row in reader:
        yield line, row
        line = getattr(reader, "line_num", line) + 1


def _is_header(row: Sequence[str]) -> bool:
    cells = [cell.strip().casefold() for cell in row[:5]]
    return any(cells == [name.casefold() for name in header] for header in _HEADERS)


def _role(row: Sequence[str]) -> str:
    if row[0].strip() == "User":
        return "customer"
    return "bot" if speaker_role(row[1]) == "bot" else "agent"


def _content(row: Sequence[str]) -> str:
    """Give the message without Excel's guard before it."""
    text = ",".join(row[4:]).replace("\r\n", "\n").replace("_x000D_", "").strip()
    return text[1:] if text.startswith("'") and text[1:2] in ("=", "+", "-", "@", "'", "\n") else text


def _when(row: Sequence[str], zone: str) -> str:
    if len(row) < 4:
        return ""
    day, clock = _DAY.fullmatch(row[2].strip().lstrip("'")), _CLOCK.fullmatch(row[3].strip().lstrip("'"))
    if not day or not clock:
        return ""
    date = f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}T{int(clock[1]):02d}:{clock[2]}:{clock[3] or '00'}"
    try:
        datetime.fromisoformat(date)
    except ValueError:
        return ""
    return date + zone


def _offset(cell: str) -> str:
    found = _OFFSET.search(cell)
    return f"{found[1]}{int(found[2]):02d}:{found[3]}" if found else ""


def _no_header() -> ContactError:
    return ContactError(
        "no column names of a LINE Official Account chat", where="the first lines", expected=",".join(_HEADERS[0])
    )


def _is_line_official(probe: Probe) -> bool:
    if probe.kind == "table":
        return any(probe.has(*header) for header in _HEADERS) and "送信者タイプ" in probe.columns
    head = probe.head.removeprefix("\ufeff")
    return probe.kind == "text" and any(_is_header(row) for row in csv.reader(head.splitlines()[:8]))


ADAPTER = Adapter(
    name="line_official", title="LINE Official Account chat (CSV)",
    example=(
        "LINE Official Account Manager: chat > the customer's talk > download chat history (CSV); one file a customer\n"
        "vocmine run --contacts chats/*.csv --out out\n"
        "User is the customer; automatic answers count as a bot's; a new contact begins after 7 days without a message"
    ),
    recognises=_is_line_official, constants={"channel": "chat", "is_public": False}, fold=fold_line_official,
    turns=True,
)
