"""LINE WORKS: the talks that its audit log, or its monitoring, writes as CSV."""

from __future__ import annotations

import re

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Probe
from vocmine.contacts.adapters.talks import without_words
from vocmine.contacts.adapters.turn_roles import HINT
from vocmine.contacts.cells import as_strings, object_array
from vocmine.contacts.reading import Notes

_ROOMS = ("チャンネルID", "トークルームID", "Channel ID", "Talk room ID")
_COLUMNS = {
    "日時": "created_at", "送信者": "speaker", "受信者": "", "トーク": "text",
    "Date": "created_at", "Date and time": "created_at", "Sender": "speaker", "Recipient": "", "Receiver": "",
    "Talk": "text", "Message": "text", **dict.fromkeys(_ROOMS, "conversation_id"),
}
_BOT = re.compile(r"\s*\[Bot\]", re.IGNORECASE)
_STICKER = re.compile(r"\S+\.(?:png|jpe?g|gif)|https?://\S*sticker\S*", re.IGNORECASE)


def tidy_line_works(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Leave out what has no words, and the same message again for a further recipient; mark bots.

    Parameters
    ----------
    frame : DataFrame of shape (n, any)
        Columns as LINE WORKS writes them.
    notes : Notes
        Where facts go.

    Returns
    -------
    DataFrame
        Its rows with ``speaker_role``.

    Examples
    --------
    >>> frame = pd.DataFrame({"日時": ["2026-04-01 09:30"] * 2, "送信者": ["[Bot]受付", "山田"], "受信者": ["a", "b"],
    ...                       "チャンネルID": ["1", "1"], "トーク": ["こんにちは", "(写真) a.png"]})
    >>> tidy_line_works(frame, Notes())[["送信者", "speaker_role"]].values.tolist()
    [['[Bot]受付', 'bot']]
    """
    text = _first(frame, "text")
    if text is None:
        return frame
    words = as_strings(frame[text])
    empty = object_array([without_words(word) or _STICKER.fullmatch(word.strip()) is not None for word in words])
    keys = [name for name in frame.columns if str(name) in _COLUMNS and _COLUMNS[str(name)] != ""]
    again = frame.duplicated(subset=keys).to_numpy(bool) & ~empty.astype(bool)
    notes.count("messages without words", int(empty.sum()))
    notes.count("messages to several, taken once", int(again.sum()))
    kept = pd.DataFrame(frame[~empty.astype(bool) & ~again])
    who = _first(frame, "speaker")
    if who is None:
        return kept
    bots = ["bot" if _BOT.match(name) else "" for name in as_strings(kept[who])]
    kept[HINT] = object_array(bots)
    return kept


def _first(frame: pd.DataFrame, target: str) -> str | None:
    return next((str(name) for name in frame.columns if _COLUMNS.get(str(name)) == target), None)


def _is_line_works(probe: Probe) -> bool:
    there = set(probe.columns)
    if probe.kind != "table" or not there & set(_ROOMS):
        return False
    japanese = {"日時", "送信者", "受信者"} <= there and "トーク" in there
    english = {"Sender"} < there and bool(there & {"Recipient", "Receiver"}) and bool(there & {"Talk", "Message"})
    return japanese or english


ADAPTER = Adapter(
    name="line_works", title="LINE WORKS talks (audit CSV)",
    example=(
        "LINE WORKS admin: audit > talk > download (CSV of 日時, 送信者, 受信者, チャンネルID, トーク)\n"
        "vocmine run --contacts talk.csv --mapping m.yaml --out out\n"
        "Senders are names: say who is who, as in `speakers: {佐藤(sato@example.com): agent, \"*\": customer}`"
    ),
    recognises=_is_line_works, columns=_COLUMNS, constants={"channel": "chat", "is_public": False},
    tidy=tidy_line_works, turns=True,
)
