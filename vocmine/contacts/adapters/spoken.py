"""What captions and speech recognition share: pieces of speech put together to turns, and calls as their channel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

CALL = {"channel": "call"}
"""Constants of recordings."""

_SPACED = re.compile(r"[\w.,;:!?)\]'\"%]", re.ASCII)


@dataclass(frozen=True)
class Spoken:
    """A piece of speech: who (empty where that is not known), from when on (s), what, and its number in the source."""

    who: str
    seconds: float
    text: str
    number: int = 1


def join_spoken(parts: Sequence[str]) -> str:
    """Put pieces of speech together: with a space between words of Latin letters, with none between Japanese ones.

    Examples
    --------
    >>> join_spoken(["返金がまだ", "届いていません"]), join_spoken(["my refund", "is late"])
    ('返金がまだ届いていません', 'my refund is late')
    """
    out = ""
    for part in (part.strip() for part in parts):
        between = " " if out and part and (_SPACED.match(out[-1]) or _SPACED.match(part[0])) else ""
        out += between + part
    return out


def spoken_turns(pieces: Sequence[Spoken]) -> tuple[pd.DataFrame, tuple[int, ...]]:
    """Put pieces that follow each other and have the same speaker together to turns of one conversation.

    Parameters
    ----------
    pieces : sequence of Spoken
        In the order they were spoken.

    Returns
    -------
    frame : DataFrame of shape (n_turns, 4)
        ``conversation_id`` (empty: it takes the name of the file), ``speaker, text, seconds``.
    rows : tuple of int, length n_turns
        Number of each turn's first piece.

    Examples
    --------
    >>> frame, rows = spoken_turns([Spoken("A", 0, "はい", 1), Spoken("A", 2, "どうぞ", 2), Spoken("B", 3, "あの", 3)])
    >>> frame[["speaker", "text", "seconds"]].values.tolist(), rows
    ([['A', 'はいどうぞ', 0], ['B', 'あの', 3]], (1, 3))
    """
    turns = [list(part) for _, part in groupby((piece for piece in pieces if piece.text.strip()), lambda p: p.who)]
    frame = pd.DataFrame({
        "conversation_id": [""] * len(turns), "speaker": [turn[0].who for turn in turns],
        "text": [join_spoken([piece.text for piece in turn]) for turn in turns],
        "seconds": [turn[0].seconds for turn in turns],
    })
    return frame, tuple(turn[0].number for turn in turns)
