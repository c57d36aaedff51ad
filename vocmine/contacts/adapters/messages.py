"""Conversations as objects with a list of messages: chat bots, assistants, and chat systems of many makers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.documents import dicts, inner, pages, utc_time
from vocmine.contacts.adapters.markup import html_text
from vocmine.contacts.cells import text_of
from vocmine.contacts.headers import fold_header, header_table
from vocmine.contacts.lines import object_frame
from vocmine.contacts.reading import Notes

_LISTS = ("messages", "history", "turns", "utterances", "conversation", "conversations", "dialog", "dialogue", "chat",
          "chats", "transcript", "発言", "メッセージ")
_SPEAKERS = ("role", "sender_type", "senderType", "author_type", "speaker", "author", "sender", "from", "participant",
             "話者", "name")
_TEXTS = ("content", "text", "message", "msg", "body", "utterance", "本文", "発話")
_TIMES = ("timestamp", "created_at", "createdAt", "created", "time", "sent_at", "sentAt", "date", "ts", "datetime",
          "日時")
_UNSAID = ("system", "tool", "function", "developer")  # what steers an assistant, which nobody said
_PAGES = frozenset(("conversations", "chats", "data", "results", "items"))


def fold_messages(document: Any, notes: Notes) -> Folded:
    """Fold conversations that carry their messages into turns.

    Parameters
    ----------
    document : dict or list
        Conversations, each an object with one list of messages; or an object with the list of these.
    notes : Notes
        Where facts go: messages that steer an assistant (``system``, ``tool``) are left out and counted.

    Examples
    --------
    >>> said = [{"role": "user", "content": "返品したい"}, {"role": "assistant", "content": "はい"}]
    >>> fold_messages([{"id": "c1", "messages": said}], Notes()).frame[["speaker", "text"]].values.tolist()
    [['user', '返品したい'], ['assistant', 'はい']]
    """
    rows: list[dict[str, Any]] = []
    numbers: list[int] = []
    kept: list[dict[str, Any]] = []
    records = _records(document)
    ids = [_first(record, header_table()["conversation_id"]) or _first(record, header_table()["contact_id"])
           for record in records]
    for number, (record, key) in enumerate(zip(records, ids, strict=True), 1):
        began = utc_time(_first(record, header_table()["created_at"]) or _first(record, _TIMES))
        rest = {name: value for name, value in record.items() if name != _list_of(record)}  # both sides' words
        name = text_of(key) or ("" if len(records) == 1 else f"-{number}")
        for message in dicts(record[_list_of(record)]):
            speaker = _speaker(message)
            if speaker.casefold() in _UNSAID:
                notes.count("messages that steer the assistant", 1)
                continue
            said = html_text(_said(message))
            if said:
                at = utc_time(_first(message, _TIMES)) or began
                rows.append({"conversation_id": name, "speaker": speaker, "text": said, "created_at": at,
                             **_kept(record)})
                numbers.append(number)
                kept.append(rest)
    frame = object_frame(rows, dict.fromkeys(("conversation_id", "speaker", "text")))
    if "created_at" in frame and frame["created_at"].isna().all():
        frame = frame.drop(columns="created_at")
    return Folded(frame, kept, tuple(numbers))


def _records(document: Any) -> list[dict[str, Any]]:
    """Give the conversations: those of pages with a list of them, else the objects themselves."""
    found: list[dict[str, Any]] = []
    for page in pages(document):
        lists = [dicts(value) for key, value in page.items() if key in _PAGES and isinstance(value, list)]
        inside = [one for listed in lists for one in listed if _list_of(one)]
        found += inside or [page]
    return found


def _list_of(record: dict[str, Any]) -> str:
    """Give the key of the one list of messages in an object; empty where there is none, or several."""
    keys = [key for key in record if key in _LISTS and _are_messages(record[key])]
    return keys[0] if len(keys) == 1 else ""


def _are_messages(value: Any) -> bool:
    items = dicts(value)
    said = [one for one in items if _speaker(one) and _said(one)]
    return bool(items) and len(items) == len(value) and len(said) * 2 > len(items)


def _speaker(message: dict[str, Any]) -> str:
    for key in _SPEAKERS:
        value = message.get(key)
        if isinstance(value, dict):
            value = next((value[name] for name in ("type", "role", "displayName", "name") if value.get(name)), None)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _said(message: dict[str, Any]) -> str:
    """Give the words of a message; some write a list of pieces, of which those of text count."""
    for key in _TEXTS:
        value = message.get(key)
        value = inner(value, "text") or inner(value, "content") if isinstance(value, dict) else value
        if isinstance(value, list):
            value = "\n".join(text_of(one.get("text")) for one in dicts(value) if isinstance(one.get("text"), str))
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _first(record: dict[str, Any], names: Iterable[str]) -> Any:
    folded = {fold_header(str(key)): value for key, value in record.items() if isinstance(value, str | int | float)}
    return next((folded[word] for word in map(fold_header, names) if folded.get(word) not in (None, "")), None)


def _kept(record: dict[str, Any]) -> dict[str, Any]:
    """Give what a conversation has of its own under common names: its channel, customer, mark."""
    wanted = ("channel", "customer_id", "lang", "csat", "team", "product", "resolved")
    found = {name: _first(record, header_table()[name]) for name in wanted}
    return {name: value for name, value in found.items() if value is not None}


def _is_messages(probe: Probe) -> bool:
    records = _records(probe.document)[:5] if probe.kind == "json" else []
    return bool(records) and all(map(_list_of, records))


ADAPTER = Adapter(
    name="messages", title="Conversations with their messages (JSON of chat bots, assistants, chat systems)",
    example=(
        '[{"id": "c1", "created_at": "2026-04-01T09:30:00+09:00", "messages": [{"role": "user", "content": "..."}]}]\n'
        "vocmine run --contacts chats.jsonl --out out\n"
        "user is the customer, assistant the bot; system and tool messages are left out; without a channel: chats"
    ),
    recognises=_is_messages, constants={"channel": "chat"}, fold=fold_messages, turns=True,
)
