"""Chats of Zoom meetings: the text that Zoom saves beside a recording."""

from __future__ import annotations

import re

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.reading import Notes
from vocmine.contacts.values import parse_durations
from vocmine.errors import ContactError

_CLOCK = r"(?P<clock>\d{1,2}:\d{2}:\d{2})"
_FROM = re.compile(
    rf"{_CLOCK}\s+(?:From|開始)\s+(?P<who>.+?)\s+(?:to|宛先|から)\s+(?P<to>[^:：]+?)\s*(?:\(.*?\))?\s*[:：]\s*(?P<said>.*)"
)
_TABBED = re.compile(rf"{_CLOCK}\t\s*(?P<who>[^\t]{{1,80}}?)\s*[:：]\t(?P<said>.*)")
_NO_WORDS = re.compile(r"(?:Reacted to|Removed a).*", re.IGNORECASE)


def fold_zoom_chat(text: str, notes: Notes) -> Folded:
    r"""Fold the chat of one meeting into turns; a line that begins none goes on with the one before.

    Parameters
    ----------
    text : str
        The whole file.
    notes : Notes
        Where facts go: reactions are left out and counted.

    Raises
    ------
    ContactError
        If there is no message.

    Examples
    --------
    >>> fold_zoom_chat("00:01:10\tAnn:\tIt broke\n00:02:00\tSupport:\tSorry", Notes()).frame.values.tolist()
    [['', 'Ann', 'It broke', 70.0], ['', 'Support', 'Sorry', 120.0]]
    """
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        mark = _FROM.fullmatch(line) or _TABBED.fullmatch(line)
        if mark:
            rows.append([mark["who"], mark["said"].strip(), mark["clock"]])
            numbers.append(number)
        elif rows and line.strip():
            rows[-1][1] = f"{rows[-1][1]}\n{line.strip()}".strip()
    kept = [at for at, (_, said, _) in enumerate(rows) if said and not _NO_WORDS.match(said)]
    notes.count("messages without words", len(rows) - len(kept))
    if not kept:
        raise ContactError("no message in this chat of a Zoom meeting", expected="09:30:15 From name to Everyone: text")
    return Folded(pd.DataFrame({
        "conversation_id": [""] * len(kept), "speaker": [rows[at][0] for at in kept],
        "text": [rows[at][1] for at in kept], "seconds": parse_durations([rows[at][2] for at in kept]),
    }), rows=tuple(numbers[at] for at in kept))


def _is_zoom_chat(probe: Probe) -> bool:
    first = next((line for line in probe.head.removeprefix("\ufeff").splitlines() if line.strip()), "")
    return probe.kind == "text" and bool(_FROM.fullmatch(first) or _TABBED.fullmatch(first))


ADAPTER = Adapter(
    name="zoom_chat", title="Chat of a Zoom meeting (.txt)",
    example=(
        "Zoom: recordings > chat file, or meeting_saved_chat.txt; give its name the date: chat_20260401.txt\n"
        "vocmine run --contacts chat_20260401.txt --mapping m.yaml --out out\n"
        'One file is one conversation; say who is who: `speakers: {Sato: agent, "*": customer}`'
    ),
    recognises=_is_zoom_chat, constants={"channel": "chat", "is_public": False}, fold=fold_zoom_chat, turns=True,
)
