"""Bot and person in one talk: which turns are the person's part, and how often a bot hands over to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd

_NOBODY = ""


@dataclass(frozen=True)
class TalkParts:
    """The parts of one talk.

    Parameters
    ----------
    person : tuple of int
        For each turn the number of the person's part it belongs to, from 1; 0 for turns with the bot.
    handovers : int
        How often the bot handed over to a person.
    by_bot : bool
        Whether a bot answered and no person did.
    """

    person: tuple[int, ...]
    handovers: int
    by_bot: bool


def talk_parts(roles: Sequence[str | None]) -> TalkParts:
    """Tell the person's part of a talk from the bot's.

    The customer's turns belong to whom they were answered by last. What a bot says between two turns of a person, with
    no word of the customer, is no part of its own. A talk without a bot is the person's from its first turn.

    Parameters
    ----------
    roles : sequence of str
        ``customer``, ``agent``, ``bot`` or None, in the order of the talk.

    Examples
    --------
    >>> talk_parts(["bot", "customer", "bot", "agent", "customer", "bot"])
    TalkParts(person=(0, 0, 0, 1, 1, 0), handovers=1, by_bot=False)
    >>> talk_parts(["customer", "agent"])
    TalkParts(person=(1, 1), handovers=0, by_bot=False)
    """
    if "bot" not in roles:
        return TalkParts((1,) * len(roles), 0, False)
    runs = [[who, list(turns)] for who, turns in groupby(zip(_answered_by(roles), roles, strict=True), lambda t: t[0])]
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        if run[0] == "bot" and before[0] == after[0] == "agent" and all(role == "bot" for _, role in run[1]):
            run[0] = "agent"
    who = [str(run[0]) for run in runs for _ in run[1]]
    person, part, last = [], 0, _NOBODY
    handovers = 0
    for now in who:
        if now == "agent" and last != "agent":
            part += 1
            handovers += last == "bot"
        person.append(part if now == "agent" else 0)
        last = now
    return TalkParts(tuple(person), handovers, part == 0 and None not in roles)


def parts_of_talks(talks: np.ndarray, roles: np.ndarray, clock: np.ndarray) -> pd.DataFrame:
    """Give the parts of many talks.

    Parameters
    ----------
    talks, roles : ndarray of object, shape (n,)
        Talk and role of each turn, in order.
    clock : ndarray of float, shape (n,)
        When each turn began, s; NaN where that is not known.

    Returns
    -------
    DataFrame
        A row a talk in which a bot speaks, by talk: ``handovers``, ``by_bot``, ``bot_seconds`` from the first turn to
        the first of a person after a bot (NaN where none took over), and ``person`` (see `TalkParts`).

    Examples
    --------
    >>> talks, roles = np.array(["a"] * 3, dtype=object), np.array(["bot", "customer", "agent"], dtype=object)
    >>> parts_of_talks(talks, roles, np.array([0.0, 5, 60]))
       handovers  by_bot  bot_seconds     person
    a          1   False         60.0  (0, 0, 1)
    """
    frame = pd.DataFrame({"talk": talks, "role": roles, "clock": clock})
    frame = frame[frame["talk"].isin(frame.loc[frame["role"] == "bot", "talk"])]
    rows = {talk: _one(part["role"].tolist(), part["clock"].to_numpy(float))
            for talk, part in frame.groupby("talk", sort=False)}
    names = ["handovers", "by_bot", "bot_seconds", "person"]
    return pd.DataFrame(list(rows.values()), index=pd.Index(list(rows), dtype=object), columns=names)


def part_numbers(talks: np.ndarray, parts: pd.DataFrame) -> np.ndarray:
    """Give the number of the person's part that each turn belongs to; 0 for turns with a bot that a person followed.

    Parameters
    ----------
    talks : ndarray of object, shape (n,)
        Talk of each turn, in order.
    parts : DataFrame
        As `parts_of_talks` gives them; a talk that is not there, or that a bot alone answered, is one part.

    Examples
    --------
    >>> parts = pd.DataFrame({"by_bot": [False], "person": [(0, 1)]}, index=["a"])
    >>> part_numbers(np.array(["a", "b", "a"], dtype=object), parts).tolist()
    [0, 1, 1]
    """
    number = np.ones(len(talks), dtype=int)
    shared = parts[~parts["by_bot"].astype(bool)]
    if len(shared):
        places = pd.Series(talks).groupby(talks, sort=False).indices
        for talk, turns in zip(shared.index, shared["person"], strict=True):
            number[places[talk]] = turns
    return number


def _one(roles: list[str | None], clock: np.ndarray) -> tuple[int, bool, float, tuple[int, ...]]:
    parts = talk_parts([role if isinstance(role, str) else None for role in roles])
    seconds = float("nan")
    if parts.handovers:
        seconds = float(clock[parts.person.index(next(part for part in parts.person if part))] - clock[0])
    return parts.handovers, parts.by_bot, seconds, parts.person


def _answered_by(roles: Sequence[str | None]) -> list[str]:
    """Give for each turn who answers at that time: the last bot or agent, before any of them the first."""
    first = next((role for role in roles if role in ("bot", "agent")), _NOBODY)
    out, now = [], str(first)
    for role in roles:
        now = str(role) if role in ("bot", "agent") else now
        out.append(now)
    return out
