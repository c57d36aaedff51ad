"""Slack exports: the messages of a channel and day, or of the API's conversations.history."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.documents import dicts, inner, join_words, pages, rows_frame, utc_time
from vocmine.contacts.adapters.markup import slack_text
from vocmine.contacts.cells import text_of
from vocmine.contacts.reading import Notes

_STAMP = re.compile(r"\d{9,10}\.\d{1,9}")
_SAID = {"", "thread_broadcast", "me_message", "file_share", "file_comment", "bot_message"}


def _recognises(probe: Probe) -> bool:
    found = _records(probe.document)[:20] if probe.kind == "json" else []
    return bool(found) and all(
        record.get("type") == "message" and _STAMP.fullmatch(text_of(record.get("ts"))) for record in found
    )


def _records(document: Any) -> list[dict[str, Any]]:
    return [
        record for page in pages(document)
        for record in (dicts(page["messages"]) if isinstance(page.get("messages"), list) else [page])
    ]


def _fold(document: Any, notes: Notes) -> Folded:
    records = _records(document)
    names = {text_of(one.get("user")): name for one in records if (name := _name(one))}
    rows, kept, numbers = [], [], []
    left: Counter[str] = Counter()
    empty = 0
    for number, record in enumerate(records, 1):
        subtype = text_of(record.get("subtype"))
        if subtype not in _SAID:
            left[subtype] += 1
            continue
        text = slack_text(text_of(record.get("text")) or _attached(record), names)
        if not text:
            empty += 1
            continue
        rows.append(_row(record, text))
        kept.append({**record, "text": text})
        numbers.append(number)
    for kind, n in left.items():
        notes.count(f"messages of the system left out ({kind})", n)
    notes.count("messages without words", empty)
    return Folded(rows_frame(rows, ("contact_id", "created_at", "channel", "text")), kept, tuple(numbers))


def _attached(record: dict[str, Any]) -> str:
    """Give the words of attachments and blocks, where apps put theirs."""
    cards = [one.get("text") or one.get("fallback") for one in dicts(record.get("attachments"))]
    blocks = [inner(one, "text", "text") for one in dicts(record.get("blocks"))]
    return join_words([text_of(words) for words in [*blocks, *cards]])


def _name(record: dict[str, Any]) -> str:
    profile = record.get("user_profile")
    return text_of(inner(profile, "display_name") or inner(profile, "real_name") or inner(profile, "name"))


def _row(record: dict[str, Any], text: str) -> dict[str, Any]:
    posted = "bot_profile" in record or ("bot_id" in record and "user" not in record)
    bot = posted or record.get("subtype") == "bot_message"
    return {
        "contact_id": text_of(record.get("client_msg_id") or record.get("ts")),
        "created_at": utc_time(record.get("ts")),
        "channel": "bot" if bot else "chat", "text": text, "customer_id": record.get("user"),
        "thread_ts": record.get("thread_ts"), "edited": "edited" in record,
    }


ADAPTER = Adapter(
    "slack", "Slack",
    "Workspace settings > Import/Export data > Export; a JSON file for each channel and day\n"
    "vocmine run --contacts 'export/support/*.json' --out results\n"
    "A message is a contact; joins, topics and other messages of the system are left out and counted.",
    _recognises, {}, {}, {}, _fold,
)
