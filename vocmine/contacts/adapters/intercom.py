"""Intercom conversations: lists, single ones with their parts, exports of one a line, and CSV reports."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.documents import (
    answers,
    dicts,
    inner,
    join_turns,
    join_words,
    label_of,
    note_unknown,
    pages,
    rows_frame,
    utc_time,
)
from vocmine.contacts.adapters.markup import html_text
from vocmine.contacts.cells import text_of
from vocmine.contacts.reading import Notes

_CHANNELS = {
    "conversation": "chat", "chat": "chat", "messenger": "chat", "in_app": "chat", "email": "email", "sms": "chat",
    "whatsapp": "chat", "push": "chat", "facebook": "social", "instagram": "social", "twitter": "social",
    "phone_call": "call", "phone_switch": "call", "phone": "call", "tickets": "email",
}
_ROLES = {"user": "customer", "lead": "customer", "contact": "customer", "visitor": "customer", "admin": "agent",
          "bot": "bot", "team": "agent", "teammate": "agent", "operator": "agent"}
_SAID = ("comment", "open", "close", "quick_reply", "reply")  # opening and closing may come with words to the customer
_COLUMNS = {
    "conversation id": "contact_id", "conversation started at": "created_at", "channel": "channel",
    "conversation rating": "csat", "contact id": "customer_id", "user id": "customer_id",
    "teammate currently assigned": "agent_id", "team currently assigned": "team",
    "conversation handling time": "", "time to close": "", "type": "",
}


def _recognises(probe: Probe) -> bool:
    if probe.kind == "table":
        started = any(re.match(r"conversation started at\b", name.casefold()) for name in probe.columns)
        return started and probe.has("conversation id")
    found = _records(probe.document)[:5] if probe.kind == "json" else []
    return bool(found) and all(map(_is_conversation, found))


def _records(document: Any) -> list[dict[str, Any]]:
    found = []
    for page in pages(document):
        listed = next((page[key] for key in ("conversations", "data") if isinstance(page.get(key), list)), None)
        found += [page] if listed is None else dicts(listed)
    return found


def _is_conversation(record: dict[str, Any]) -> bool:
    parts = {"conversation_parts", "statistics", "waiting_since", "admin_assignee_id", "state"} & record.keys()
    return isinstance(record.get("source"), dict) and "delivered_as" in record["source"] and len(parts) >= 2


def _fold(document: Any, notes: Notes) -> Folded:
    rows, kept, turns = [], [], list[tuple[str, str]]()
    for record in _records(document):
        said = _turns(record)
        turns += said
        rows.append(_row(record, said))
        kept.append(_plain(record))
    note_unknown(turns, notes)
    return Folded(rows_frame(rows), kept)


def _turns(record: dict[str, Any]) -> list[tuple[str, str]]:
    source = record.get("source")
    parts = inner(record, "conversation_parts", "conversation_parts")
    parts = dicts(parts if parts is not None else record.get("conversation_parts"))
    return [_turn(item) for item in [*dicts([source]), *_spoken(parts)] if item.get("body")]


def _spoken(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the parts that customer and agents said to each other, in the order of time."""
    spoken = [part for part in parts if part.get("part_type") in _SAID and part.get("redacted") is not True]
    return sorted(spoken, key=lambda part: text_of(part.get("created_at")))


def _turn(item: dict[str, Any]) -> tuple[str, str]:
    kind = text_of(inner(item, "author", "type"))
    return _ROLES.get(kind, kind or "unknown"), html_text(text_of(item.get("body")))


def _row(record: dict[str, Any], said: list[tuple[str, str]]) -> dict[str, Any]:
    author = inner(record, "source", "author")
    people = dicts(inner(record, "contacts", "contacts"))
    own = inner(author, "id") if _ROLES.get(text_of(inner(author, "type"))) == "customer" else None
    subject = html_text(text_of(inner(record, "source", "subject"))) if own is not None else ""
    state = record.get("state")
    return {
        "contact_id": text_of(record.get("id")), "created_at": utc_time(record.get("created_at")),
        "text": join_words([subject, join_turns(said, "customer")]),
        "customer_id": own if own is not None else (people[0].get("id") if people else None),
        "wait_seconds": inner(record, "statistics", "time_to_admin_reply"), "team": record.get("team_assignee_id"),
        "agent_id": record.get("admin_assignee_id"), "csat": inner(record, "conversation_rating", "rating"),
        "resolved": state == "closed" if isinstance(state, str) else None,
        "status": state, **answers(said, inner(record, "source", "type")),
    }


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    """Give a record whose bodies are plain text and which has no notes, for dotted names of a mapping."""
    out = dict(record)
    if isinstance(record.get("source"), dict):
        out["source"] = _plain_body(record["source"])
    parts = record.get("conversation_parts")
    if isinstance(parts, dict):
        said = [_plain_body(part) for part in _spoken(dicts(parts.get("conversation_parts")))]
        out["conversation_parts"] = {**parts, "conversation_parts": said}
    elif isinstance(parts, list):
        out["conversation_parts"] = [_plain_body(part) for part in _spoken(dicts(parts))]
    return out


def _plain_body(item: dict[str, Any]) -> dict[str, Any]:
    words = {name: html_text(item[name]) for name in ("subject", "body") if isinstance(item.get(name), str)}
    return {**item, **words}


def _tidy(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Give reports without words a name for that: such an export cannot be read alone."""
    if label_of(frame, "text", "body", "message", "conversation") is None:
        notes.doubt("no_words", "text", rows=len(frame),
                    line="--contacts conversations.json (the conversations with their parts)")
    return frame


ADAPTER = Adapter(
    "intercom", "Intercom",
    "Settings > Data > Export (JSON to S3), or the API: /conversations/{id} (lists have first messages only)\n"
    "vocmine run --contacts conversations.json --out results\n"
    "Notes and assignments are in no text; handling_time is the time a conversation was open, and no handle time.",
    _recognises, _COLUMNS, {}, _CHANNELS, _fold, _tidy,
)
