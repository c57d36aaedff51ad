"""Chat and call transcripts: turns with a speaker and seconds, folded into one contact a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from vocmine.contacts.adapters.bot_parts import part_numbers, parts_of_talks
from vocmine.contacts.adapters.elapsed import elapsed_effort
from vocmine.contacts.adapters.split_turns import both_sides_speak, has_turns, split_speakers
from vocmine.contacts.adapters.turn_roles import HINT, names_of, turn_roles
from vocmine.contacts.cells import as_strings, object_array
from vocmine.contacts.channels import parse_channels
from vocmine.contacts.dates import DEFAULT_TIMEZONE, parse_dates
from vocmine.contacts.headers import fold_header, header_table
from vocmine.contacts.reading import Notes
from vocmine.contacts.values import parse_durations
from vocmine.frames import require_columns

_WEAK_CONVERSATIONS = ("contact_id", "お問い合わせID", "問い合わせID", "応対ID")
_AGAIN = "\x00"  # between an id and the row it comes again in
_WEAK_SPEAKERS = ("from", "sender", "送信者")


@dataclass(frozen=True)
class TurnOptions:
    """How turns are read.

    Parameters
    ----------
    timezone : str
        Zone of times that name none.
    speakers : mapping of str to str
        Told: name of a speaker -> ``customer``, ``agent`` or ``bot``; ``"*"`` for all others.
    active_gap_minutes : float, optional
        Told: handle time of a chat is the time between turns that follow each other within so many minutes.
    channels : mapping of str to str
        Further names of channels, to know which conversations are calls.
    """

    timezone: str = DEFAULT_TIMEZONE
    speakers: Mapping[str, str] = field(default_factory=dict)
    active_gap_minutes: float | None = None
    channels: Mapping[str, str] = field(default_factory=dict)


def fold_turns(
    turns: pd.DataFrame, options: TurnOptions | str | None = None, rows: np.ndarray | None = None,
    notes: Notes | None = None,
) -> pd.DataFrame:
    r"""Fold turns into one raw row a conversation.

    Parameters
    ----------
    turns : DataFrame of shape (n_turns, any)
        ``conversation_id, speaker, text`` (without a speaker, the text is a whole transcript, see `split_speakers`),
        and ``seconds`` since the start of the conversation or ``created_at`` of the
        turn; other columns of the contacts table are taken from the first turn that has them.
    options : TurnOptions or str, optional
        How to read them; a str is the zone alone.
    rows : ndarray of int, optional
        Line of each turn.
    notes : Notes, optional
        Where doubts go: speakers that are not known, and conversations whose elapsed time is no effort.

    Returns
    -------
    DataFrame
        In the order the conversations begin: ``contact_id``, ``text`` (the customer's turns), ``agent_text`` (those of
        agents and bots), ``handle_seconds`` (the source's own, else see `elapsed_effort`; where a bot spoke first, of
        the person's part alone, see `talk_parts`), ``handovers`` (of a bot to a person) and ``bot_seconds`` before it,
        ``first_response_seconds``, ``n_turns``, ``customer_turns``, ``n_unknown_turns`` (of speakers that are neither
        customer, agent nor bot; in neither text), ``row`` of the first turn, and the other columns. A chat or call that
        a bot alone answered has the channel ``bot``.

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
    told = TurnOptions(options) if isinstance(options, str) else options or TurnOptions()
    notes = Notes() if notes is None else notes
    turns = turns.assign(row=np.arange(1, len(turns) + 1) if rows is None else rows)
    frame = _timed(turns if "speaker" in turns else _split_rows(turns, told.speakers), told, notes)
    by = frame.groupby("conversation_id", sort=False)
    out = by[["conversation_id", "row"]].first().rename(columns={"conversation_id": "contact_id"})
    ids = [str(key).partition(_AGAIN)[0] for key in out["contact_id"]]
    out["contact_id"] = pd.Series(ids, index=out.index, dtype=object)  # told, as half a character may be in it
    out["text"], out["agent_text"] = _turns_of(frame, ["customer"]), _turns_of(frame, ["agent", "bot"])
    talks, clock = frame["conversation_id"].to_numpy(object), frame["clock"].to_numpy(float)
    parts = parts_of_talks(talks, frame["who"].to_numpy(object), clock)
    out["handovers"] = parts["handovers"].reindex(out.index, fill_value=0)
    out["bot_seconds"] = parts["bot_seconds"].reindex(out.index)
    if not _has_own_effort(frame, notes):
        out["handle_seconds"] = _persons_effort(frame, parts, told, notes)
    out["first_response_seconds"] = _first_response(frame)
    out["n_turns"] = by.size()
    out["customer_turns"] = (frame["who"] == "customer").groupby(frame["conversation_id"], sort=False).sum()
    out["n_unknown_turns"] = frame["who"].isna().groupby(frame["conversation_id"], sort=False).sum()
    for name in turns.columns:
        if name not in {"conversation_id", "speaker", "seconds", HINT, *out.columns}:
            role = {"customer_id": "customer", "agent_id": "agent"}.get(str(name))
            part = frame if role is None else frame[frame["who"] == role]
            out[name] = part.groupby("conversation_id", sort=False)[name].first()
    if "channel" not in out:
        out["channel"] = "chat"
    live = _of_channels(out, told, ("chat", "call", "social"))
    spoken = [talk for talk in parts.index[parts["by_bot"].astype(bool)] if talk in live]
    out.loc[spoken, "channel"] = "bot"
    notes.count("talks that a bot alone answered", len(spoken))
    return out.fillna({"text": "", "agent_text": ""}).reset_index(drop=True)


def looks_like_turns(columns: Sequence[str]) -> bool:
    """Tell by its columns whether a table is a transcript, a row a turn.

    It needs a column of conversations, one of speakers and one of texts under common names. Names that other tables
    have too, such as a contact id or a sender, need a sure one beside them.

    Parameters
    ----------
    columns : sequence of str
        Names of the columns.

    Examples
    --------
    >>> looks_like_turns(["会話ID", "話者", "発言"]), looks_like_turns(["contact_id", "sender", "body"])
    (True, False)
    """
    there = {fold_header(str(name)) for name in columns}
    conversations = there & _folded(header_table()["conversation_id"])
    speakers = there & _folded(header_table()["speaker"])
    if not conversations or not speakers or not there & _folded(header_table()["text"]):
        return False
    return bool(conversations - _folded(_WEAK_CONVERSATIONS)) or bool(speakers - _folded(_WEAK_SPEAKERS))


def _talks_of_their_own(turns: pd.DataFrame, speakers: Mapping[str, str]) -> pd.DataFrame:
    """Keep whole talks apart that have the same id, so that the second is told and not put to the first."""
    again = turns["conversation_id"].duplicated().to_numpy(bool)
    if not again.any():
        return turns
    texts, ids = as_strings(turns["text"]), as_strings(turns["conversation_id"])
    whole = [key + (f"{_AGAIN}{n}" if twice and both_sides_speak(text, speakers) else "")
             for n, (key, text, twice) in enumerate(zip(ids, texts, again, strict=True))]
    return turns.assign(conversation_id=pd.Series(whole, index=turns.index, dtype=object))


def _split_rows(turns: pd.DataFrame, speakers: Mapping[str, str]) -> pd.DataFrame:
    """Split each row's transcript; a text without speakers is the customer's."""
    parts = []
    turns = _talks_of_their_own(turns, speakers)
    for text in as_strings(turns["text"]):
        whole = pd.DataFrame({"speaker": ["customer"], "seconds": [np.nan], "text": [text]})
        parts.append(split_speakers(text, speakers) if has_turns(text, speakers) else whole)
    places = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    rows = turns.drop(columns=["text", "seconds"], errors="ignore").iloc[places]
    if not parts:
        return turns.assign(speaker=None)
    return rows.reset_index(drop=True).join(pd.concat(parts, ignore_index=True))


def _timed(turns: pd.DataFrame, options: TurnOptions, notes: Notes) -> pd.DataFrame:
    """Add the role of the speaker and a clock in seconds; turns keep their order where the clock is missing."""
    clock = np.full(len(turns), np.nan)
    if "seconds" in turns:
        clock = np.array(parse_durations(turns["seconds"]), dtype=float)
    if "created_at" in turns and np.isnan(clock).all():
        times = parse_dates(turns["created_at"], options.timezone)
        known = np.asarray(times.notna())
        clock[known] = times[known].as_unit("us").asi8 / 1e6
    ids = as_strings(turns["conversation_id"])
    hints = as_strings(turns[HINT]) if HINT in turns else None
    who = turn_roles(ids, names_of(turns), hints, options.speakers, notes)
    return _in_order(turns.assign(
        conversation_id=pd.Series(ids, index=turns.index, dtype=object), clock=clock,
        who=pd.Series(who, turns.index, dtype=object),
        turn=pd.Series(as_strings(turns["text"]), turns.index, dtype=object),
    ), notes)


def _in_order(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Put turns in the order of their clock: some exports have the newest first."""
    by = frame.groupby("conversation_id", sort=False)["clock"]
    steps = by.diff()
    if not (steps < 0).any():
        return frame
    if not (steps > 0).any():
        notes.fact("order of turns", "newest first")
        return pd.DataFrame(frame.iloc[::-1])
    notes.fact("order of turns", "by their time")
    complete = by.transform("count") == by.transform("size")
    talk = pd.factorize(frame["conversation_id"])[0]
    order = np.lexsort((np.arange(len(frame)), frame["clock"].where(complete, 0.0), talk))
    return pd.DataFrame(frame.iloc[order])


def _has_own_effort(frame: pd.DataFrame, notes: Notes) -> bool:
    """Tell whether the source has a handle time of whole conversations; one that differs by turn is none."""
    if "handle_seconds" not in frame or not (as_strings(frame["handle_seconds"]) != "").any():
        return False
    values = pd.Series(parse_durations(frame["handle_seconds"])).groupby(frame["conversation_id"].to_numpy(object))
    differ = int((values.max() > values.min()).sum())
    if differ:
        notes.doubt("effort_by_turn", "handle_seconds", rows=differ)
    return not differ


def _persons_effort(frame: pd.DataFrame, parts: pd.DataFrame, told: TurnOptions, notes: Notes) -> pd.Series:
    """Give the handle time that the clock shows: of a talk that a bot began, only that of the person who took over."""
    talks = frame["conversation_id"].to_numpy(object)
    number = part_numbers(talks, parts)
    keys = object_array([f"{talk}{_AGAIN}{part}" for talk, part in zip(talks, number, strict=True)])[number > 0]
    talks = talks[number > 0]
    kinds = {name: frozenset(keys[pd.Series(talks).isin(_of_channels(frame, told, (name,)))])
             for name in ("call", "email")}
    clock = frame["clock"].to_numpy(float)[number > 0]
    effort = elapsed_effort(keys, clock, kinds["call"], told.active_gap_minutes, notes, kinds["email"])
    whose = object_array([str(key).rpartition(_AGAIN)[0] for key in effort.index])
    return effort.groupby(whose, sort=False).sum(min_count=1)


def _of_channels(frame: pd.DataFrame, options: TurnOptions, channels: Sequence[str]) -> frozenset[str]:
    if "channel" not in frame:
        return frozenset()
    there = pd.Series(parse_channels(frame["channel"], dict(options.channels)), index=frame.index).isin(list(channels))
    return frozenset(frame.loc[there, "conversation_id"] if "conversation_id" in frame else frame.index[there])


def _turns_of(frame: pd.DataFrame, roles: list[str]) -> pd.Series:
    part = frame[frame["who"].isin(roles)]
    part = part[part["turn"].str.strip() != ""]
    said: dict[str, list[str]] = {}  # several times as fast as a join by group
    for talk, turn in zip(part["conversation_id"], part["turn"], strict=True):
        said.setdefault(talk, []).append(turn)
    return pd.Series({talk: "\n".join(turns) for talk, turns in said.items()}, dtype=object)


def _first_response(frame: pd.DataFrame) -> pd.Series:
    """Seconds from the customer's first turn to the agent's first after it, where the clock moves at all."""
    moves = frame.groupby("conversation_id", sort=False)["clock"].transform("nunique") > 1
    frame = frame[moves]
    asked = frame[frame["who"] == "customer"].groupby("conversation_id", sort=False)["clock"].min()
    agents = frame[frame["who"] == "agent"]
    later = agents[agents["clock"] >= agents["conversation_id"].map(asked)]
    return later.groupby("conversation_id", sort=False)["clock"].min() - asked


def _folded(names: Iterable[str]) -> set[str]:
    return {fold_header(name) for name in names}
