"""What the name of a file tells of a conversation that has neither an id nor a date in it."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any

import pandas as pd

from vocmine.errors import ContactError

_DAY = (
    r"(?P<year>20\d{2})(?P<gap>[-_.年]?)(?P<month>0[1-9]|1[0-2]|(?<=\D)[1-9])(?:(?P=gap)|月)"
    r"(?P<day>0[1-9]|[12]\d|3[01]|[1-9](?!\d))日?"
)
_CLOCK = (
    r"(?:(?:[ _T-]|[ _-]?at )?(?P<hour>[01]\d|2[0-3]|\d(?=[:時]))(?P<split>[-_:.時h]?)(?P<minute>[0-5]\d)"
    r"(?:(?:(?P=split)|分)(?P<second>[0-5]\d)秒?)?(?P<zone>Z(?![a-z])|[ _-]?(?:UTC|GMT)(?![a-z+-])|[+-]\d{2}:?\d{2})?"
    r"(?![-_.]\d{2}[-_.]\d{2}))?"  # else the end of a period
)
_TIME = re.compile(rf"(?<!\d)(?P<utc>GMT|UTC)?{_DAY}{_CLOCK}(?!\d)")
# Endings that stand before the file's own, as in call.transcript.vtt.
_ENDINGS = re.compile(r"(?:\.(?:gz|zip|bz2|xz|vtt|srt|json|jsonl|txt|csv|js))+$", re.IGNORECASE)


def time_in_name(name: str) -> str | None:
    """Give the day, and the time if there is one, in the name of a file.

    Parameters
    ----------
    name : str
        Name of the file, with or without its folder.

    Returns
    -------
    str or None
        ISO 8601; with a zone only where the name has one (``Z``, or Zoom's ``GMT20260401-003000``). None where there is
        no date, or more than one, as in the name of a period.

    Examples
    --------
    >>> time_in_name("call_20260401_0930.vtt"), time_in_name("2026-04-01T09-30.srt"), time_in_name("talk.vtt")
    ('2026-04-01T09:30:00', '2026-04-01T09:30:00', None)
    >>> time_in_name("GMT20260401-003000_Recording.transcript.vtt"), time_in_name("call_20260401T0030_UTC.json")
    ('2026-04-01T00:30:00Z', '2026-04-01T00:30:00Z')
    """
    found = [part for part in map(_iso, _TIME.finditer(PurePath(name).name)) if part]
    return found[0] if len(set(found)) == 1 else None


def stem_of(name: str) -> str:
    """Give the name of a file without its folder and endings.

    Examples
    --------
    >>> stem_of("calls/a1.vtt.gz")
    'a1'
    """
    base = PurePath(name).name
    return _ENDINGS.sub("", base) or base


def name_turns(
    turns: pd.DataFrame, name: str, created_at: Any = None, with_ids: bool = True, title: str = ""
) -> pd.DataFrame:
    """Complete the turns of one file: ids of its conversations, and when they began.

    Parameters
    ----------
    turns : DataFrame of shape (n, any)
        Turns whose ``conversation_id`` is empty, or a dash and a number, for conversations of this file.
    name : str
        Name of the file.
    created_at : any, optional
        Told in the mapping's constants.
    with_ids : bool
        Whether ids are completed too; rows that are contacts have their own.
    title : str
        What the file is, for messages.

    Returns
    -------
    DataFrame
        With the file's name before such ids, and ``created_at`` where the turns have none.

    Raises
    ------
    ContactError
        If nothing says when the conversations began.

    Examples
    --------
    >>> turns = pd.DataFrame({"conversation_id": ["", "-2"], "text": ["a", "b"]})
    >>> name_turns(turns, "call_20260401.vtt")[["conversation_id", "created_at"]].values.tolist()
    [['call_20260401', '2026-04-01'], ['call_20260401-2', '2026-04-01']]
    """
    if with_ids:
        ids = [""] * len(turns) if "conversation_id" not in turns else [str(key) for key in turns["conversation_id"]]
        own = [stem_of(name) + key if re.fullmatch(r"(?:-\d+)?", key) else key for key in ids]
        turns = turns.assign(conversation_id=pd.Series(own, index=turns.index, dtype=object))
    if "created_at" in turns:
        return turns
    began = created_at if created_at is not None else time_in_name(name)
    if began is None:
        raise ContactError(
            f"nothing in {title or 'this file'} says when this conversation was", where=PurePath(name).name,
            expected="a date in the file's name, such as call_20260401_0930.vtt",
            hint="or add to the mapping: constants: {created_at: 2026-04-01}",
        )
    return turns.assign(created_at=began)


def _iso(match: re.Match[str]) -> str:
    day = f"{match['year']}-{int(match['month']):02d}-{int(match['day']):02d}"
    if pd.isna(pd.to_datetime(day, errors="coerce")):
        return ""
    if not match["hour"]:
        return day
    zone = match["zone"] or ("Z" if match["utc"] else "")
    zone = "Z" if zone.strip(" _-").upper() in ("UTC", "GMT") else zone
    return f"{day}T{int(match['hour']):02d}:{match['minute']}:{match['second'] or '00'}{zone}"
