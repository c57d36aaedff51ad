"""Chat and call transcripts: turns with a speaker and seconds, folded into one contact a conversation."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_strings, fold
from vocmine.contacts.dates import DEFAULT_TIMEZONE, parse_dates
from vocmine.contacts.values import lookup, parse_durations, parse_words
from vocmine.errors import ContactError
from vocmine.frames import require_columns

_TURN = re.compile(
    r"^[ \t]*(?:[\[(]?(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)[\])]?[ \t]*)?"
    r"(?P<who>[^\s::\[\]()]{1,20}?)[ \t]*[::][ \t]*", re.MULTILINE
)


def fold_turns(turns: pd.DataFrame, timezone: str = DEFAULT_TIMEZONE, rows: np.ndarray | None = None) -> pd.DataFrame:
    r"""Fold turns into one raw row a conversation.

    Parameters
    ----------
    turns : DataFrame of shape (n_turns, any)
        ``conversation_id, speaker, text`` (without a speaker, the text is a whole transcript, see `split_speakers`),
        and ``seconds`` since the start of the conversation or ``created_at`` of the
        turn; other columns of the contacts table are taken from the first turn that has them.
    timezone : str
        Zone of times that name none.
    rows : ndarray of int, optional
        Line of each turn.

    Returns
    -------
    DataFrame
        In the order the conversations begin: ``contact_id``, ``text`` (the customer's turns), ``agent_text`` (those of
        agents and bots), ``handle_seconds`` (from the first turn to the last, by the clock: a chat handled beside
        others took less effort, see ``concurrency``), ``first_response_seconds``, ``n_turns``, ``n_unknown_turns``
        (of speakers that are neither customer, agent nor bot; in neither text), ``row`` of the first turn, and the
        other columns.

    Raises
    ------
    ContactError
        If a column is missing.

    Examples
    --------
    >>> turns = pd.DataFrame({"conversation_id": ["a", "a", "a"], "speaker": ["担当", "お客様", "担当"],
    ...                       "text": ["ご用件は", "変更したい", "はい"], "seconds": [0, 12.5, 60]})
    >>> fold_turns(turns)[["contact_id", "text", "agent_text", "handle_seconds"]].values.tolist()
    [['a', '変更したい', 'ご用件は\nはい', 60.0]]
    """
    require_columns(turns, ("conversation_id", "text"), "transcript", hint="name them in a mapping")
    turns = turns.assign(row=np.arange(1, len(turns) + 1) if rows is None else rows)
    frame = _timed(turns if "speaker" in turns else _split_rows(turns), timezone)
    by = frame.groupby("conversation_id", sort=False)
    out = by[["conversation_id", "row"]].first().rename(columns={"conversation_id": "contact_id"})
    out["text"], out["agent_text"] = _turns_of(frame, ["customer"]), _turns_of(frame, ["agent", "bot"])
    clock = by["clock"].agg(["min", "max"])
    out["handle_seconds"] = (clock["max"] - clock["min"]).where(lambda passed: passed > 0)  # else it stood still
    out["first_response_seconds"] = _first_response(frame)
    out["n_turns"] = by.size()
    out["n_unknown_turns"] = by["who"].agg(lambda who: int(who.isna().sum()))
    for name in turns.columns:
        if name not in {"conversation_id", "speaker", "seconds", *out.columns}:
            role = {"customer_id": "customer", "agent_id": "agent"}.get(str(name))
            part = frame if role is None else frame[frame["who"] == role]
            out[name] = part.groupby("conversation_id", sort=False)[name].first()
    if "channel" not in out:
        out["channel"] = "chat"
    return out.fillna({"text": "", "agent_text": ""}).reset_index(drop=True)


def split_speakers(transcript: str) -> pd.DataFrame:
    r"""Split a transcript written as lines ``[00:12] お客様: ...`` into turns.

    Parameters
    ----------
    transcript : str
        Lines that begin with a speaker and a colon, with a clock before them or not; other lines go on with the turn.

    Returns
    -------
    DataFrame
        ``speaker, seconds, text``; seconds NaN where there is no clock. Only words known as speakers begin a turn.

    Raises
    ------
    ContactError
        If no line begins with a known speaker.

    Examples
    --------
    >>> split_speakers("[00:00] オペレーター: はい\n[00:05] お客様: 解約したい\n  来月で").values.tolist()
    [['オペレーター', 0.0, 'はい'], ['お客様', 5.0, '解約したい\n  来月で']]
    """
    known = lookup("speakers")
    marks = [mark for mark in _TURN.finditer(transcript) if fold(mark["who"]) in known]
    if not marks:
        raise ContactError("no turns", where="transcript", expected="lines such as お客様: ...")
    ends = [mark.start() for mark in marks[1:]] + [len(transcript)]
    return pd.DataFrame({
        "speaker": [mark["who"] for mark in marks], "seconds": parse_durations([mark["clock"] for mark in marks]),
        "text": [transcript[mark.end():end].strip() for mark, end in zip(marks, ends, strict=True)],
    })


def _split_rows(turns: pd.DataFrame) -> pd.DataFrame:
    """Split each row's transcript; a text without speakers is the customer's."""
    parts = []
    for text in as_strings(turns["text"]):
        known = any(fold(mark["who"]) in lookup("speakers") for mark in _TURN.finditer(text))
        whole = pd.DataFrame({"speaker": ["customer"], "seconds": [np.nan], "text": [text]})
        parts.append(split_speakers(text) if known else whole)
    places = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    rows = turns.drop(columns=["text", "seconds"], errors="ignore").iloc[places]
    if not parts:
        return turns.assign(speaker=None)
    return rows.reset_index(drop=True).join(pd.concat(parts, ignore_index=True))


def _timed(turns: pd.DataFrame, timezone: str) -> pd.DataFrame:
    """Add the role of the speaker and a clock in seconds; turns keep their order where the clock is missing."""
    clock = np.full(len(turns), np.nan)
    if "seconds" in turns:
        clock = np.array(parse_durations(turns["seconds"]))
    elif "created_at" in turns:
        times = parse_dates(turns["created_at"], timezone)
        known = np.asarray(times.notna())
        clock[known] = times[known].as_unit("us").asi8 / 1e6
    ids = as_strings(turns["conversation_id"])
    return turns.assign(
        conversation_id=pd.Series(ids, index=turns.index, dtype=object), clock=clock,
        who=pd.Series(parse_words(turns["speaker"], "speakers"), turns.index, dtype=object),
        turn=pd.Series(as_strings(turns["text"]), turns.index, dtype=object),
    )


def _turns_of(frame: pd.DataFrame, roles: list[str]) -> pd.Series:
    part = frame[frame["who"].isin(roles)]
    part = part[part["turn"].str.strip() != ""]
    return part.groupby("conversation_id", sort=False)["turn"].agg("\n".join)


def _first_response(frame: pd.DataFrame) -> pd.Series:
    """Seconds from the customer's first turn to the agent's first after it."""
    asked = frame[frame["who"] == "customer"].groupby("conversation_id", sort=False)["clock"].min()
    agents = frame[frame["who"] == "agent"]
    later = agents[agents["clock"] >= agents["conversation_id"].map(asked)]
    return later.groupby("conversation_id", sort=False)["clock"].min() - asked
