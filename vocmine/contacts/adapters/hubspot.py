"""HubSpot: CSV exports of tickets, tickets of the CRM API, and messages of the conversations inbox."""

from __future__ import annotations

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
    plain_bodies,
    rows_frame,
    set_apart,
)
from vocmine.contacts.adapters.markup import html_text
from vocmine.contacts.cells import as_strings, text_of
from vocmine.contacts.reading import Notes

_CHANNELS = {
    "chat": "chat", "email": "email", "form": "email", "phone": "call", "1000": "chat", "1001": "social",
    "1002": "email", "1007": "chat", "facebook": "social", "facebook messenger": "social", "whatsapp": "chat",
    "bot": "bot", "チャット": "chat", "eメール": "email", "フォーム": "email", "電話": "call",
}
_COLUMNS = {
    "ticket id": "contact_id", "record id": "contact_id", "チケットid": "contact_id", "レコードid": "contact_id",
    "contact id": "customer_id", "associated contact ids": "customer_id", "関連付けられたコンタクトid": "customer_id",
    "ticket name": "text", "チケット名": "text", "ticket description": "text", "チケットの説明": "text",
    "チケット説明": "text",
    "create date": "created_at", "作成日": "created_at", "作成日時": "created_at", "source": "channel",
    "ソース": "channel",
    "ticket owner": "agent_id", "チケット担当者": "agent_id", "チケット所有者": "agent_id", "pipeline": "", "type": "",
}
_RECOGNISED = (
    (("ticket name",), ("ticket id", "record id", "ticket description", "ticket status", "ticket owner", "create date",
                        "pipeline", "associated contact", "associated contact ids")),
    (("チケット名",), ("チケットid", "レコードid", "チケットの説明", "チケット説明", "チケットステータス",
                  "チケット担当者", "チケット所有者", "パイプライン", "作成日")),
)
_ROLES = {"INCOMING": "customer", "OUTGOING": "agent"}


def _recognises(probe: Probe) -> bool:
    if probe.kind == "table":
        return any(probe.has(*key) and sum(probe.has(name) for name in rest) >= 3 for key, rest in _RECOGNISED)
    found = _records(probe.document)[:10] if probe.kind == "json" else []
    return bool(found) and (all(map(_is_ticket, found)) or all(map(_is_message, found)))


def _records(document: Any) -> list[dict[str, Any]]:
    return [
        record for page in pages(document)
        for record in (dicts(page["results"]) if isinstance(page.get("results"), list) else [page])
    ]


def _is_ticket(record: dict[str, Any]) -> bool:
    inside = record.get("properties")
    if not isinstance(inside, dict) or "id" not in record:
        return False
    return any(name.startswith(("hs_pipeline", "hs_ticket")) for name in inside) and bool(
        {"subject", "content"} & inside.keys()
    )


def _is_message(record: dict[str, Any]) -> bool:
    return "conversationsThreadId" in record and "createdAt" in record


def _has_messages(records: list[dict[str, Any]]) -> bool:
    return bool(records) and all(map(_is_message, records))


def _fold(document: Any, notes: Notes) -> Folded:
    records = _records(document)
    if _has_messages(records):
        return _conversations(records, notes)
    kept, numbers, broken = set_apart(records, lambda record: record.get("archived") is True, "archived")
    return Folded(rows_frame([_row(record) for record in kept]), kept, numbers, broken)


def _row(record: dict[str, Any]) -> dict[str, Any]:
    ticket = record.get("properties")
    ticket = ticket if isinstance(ticket, dict) else {}
    people = dicts(inner(record, "associations", "contacts", "results"))
    return {
        "contact_id": text_of(record.get("id") or ticket.get("hs_object_id")),
        "created_at": ticket.get("createdate") or record.get("createdAt"),
        "channel": ticket.get("source_type") or ticket.get("hs_ticket_source"),
        "text": join_words([text_of(ticket.get("subject")), html_text(text_of(ticket.get("content")))]),
        "customer_id": people[0].get("id") if people else None, "agent_id": ticket.get("hubspot_owner_id"),
        "resolved": bool(ticket["closed_date"]) if "closed_date" in ticket else None,
        "subject": ticket.get("subject"), "status": ticket.get("hs_pipeline_stage"),
    }


def _conversations(records: list[dict[str, Any]], notes: Notes) -> Folded:
    """Fold messages into their threads; comments among agents and what the system wrote are in no text."""
    threads: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for number, record in enumerate(records, 1):
        threads.setdefault(text_of(record["conversationsThreadId"]), []).append((number, record))
    rows, kept, numbers, turns = [], list[dict[str, Any]](), list[int](), list[tuple[str, str]]()
    for thread, messages in threads.items():
        messages.sort(key=lambda message: text_of(message[1].get("createdAt")))
        said = [_turn(message) for _, message in messages if message.get("type", "MESSAGE") == "MESSAGE"]
        turns += said
        first = messages[0][1]
        asked = next((m for _, m in messages if m.get("direction") == "INCOMING"), {})
        rows.append({
            "contact_id": thread, "created_at": first.get("createdAt"),
            "text": join_turns(said, "customer"),
            "customer_id": next((one.get("actorId") for one in dicts(asked.get("senders"))), None),
            **answers(said, next((text_of(m["channelId"]) for _, m in messages if m.get("channelId")), None)),
        })
        kept.append(first)
        numbers.append(min(number for number, _ in messages))
    note_unknown(turns, notes)
    return Folded(rows_frame(rows), kept, tuple(numbers))


def _turn(message: dict[str, Any]) -> tuple[str, str]:
    direction = text_of(message.get("direction"))
    words = html_text(text_of(message.get("text") or message.get("richText")))
    return _ROLES.get(direction, direction or "unknown"), words


def _tidy(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Make plain text of descriptions; a ticket is resolved once it has a date of closing."""
    frame = plain_bodies(frame, "ticket description", "チケットの説明", "チケット説明")
    closed = label_of(frame, "close date", "クローズ日")
    if closed is not None and label_of(frame, "resolved") is None:
        frame = frame.assign(resolved=[bool(word.strip()) for word in as_strings(frame[closed])])
    return frame


ADAPTER = Adapter(
    "hubspot", "HubSpot",
    "CRM > Tickets > Export (all properties, CSV), or /crm/v3/objects/tickets?properties=subject,content,source_type\n"
    "vocmine run --contacts hubspot-tickets.csv --out results\n"
    "The contact is the ticket; HubSpot's own contacts are customers. Time to close is no handle time.",
    _recognises, _COLUMNS, {}, _CHANNELS, _fold, _tidy, usual_channel="email", joins=_has_messages,
)
