"""Amazon Connect: analyses of Contact Lens (calls, chats), chat transcripts, and contact records."""

from __future__ import annotations

from typing import Any

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.documents import (
    answers,
    dicts,
    inner,
    join_turns,
    note_unknown,
    pages,
    rows_frame,
    utc_time,
)
from vocmine.contacts.adapters.markup import html_text
from vocmine.contacts.cells import text_of
from vocmine.contacts.reading import Notes

_CHANNELS = {"voice": "call", "chat": "chat", "task": "email", "email": "email", "telephony": "call"}
_ROLES = {"CUSTOMER": "customer", "AGENT": "agent", "SYSTEM": "bot", "CUSTOM_BOT": "bot", "BOT": "bot"}
_OTHERS = {"SUPERVISOR": "", "PROMPT": ""}  # who listens in or plays announcements speaks to nobody's problem


def _recognises(probe: Probe) -> bool:
    found = _records(probe.document)[:5] if probe.kind == "json" else []
    return bool(found) and all(_is_transcript(record) or _is_record(record) for record in found)


def _records(document: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for page in pages(document):
        one = page.get("Contact")
        many = page.get("Contacts")
        found += [one] if isinstance(one, dict) else dicts(many) if isinstance(many, list) else [page]
    return found


def _is_transcript(record: dict[str, Any]) -> bool:
    if not isinstance(record.get("Transcript"), list):
        return False
    return isinstance(inner(record, "CustomerMetadata", "ContactId"), str) or (
        "ContactId" in record
        and all("ParticipantRole" in turn or "AbsoluteTime" in turn for turn in dicts(record["Transcript"]))
    )


def _is_record(record: dict[str, Any]) -> bool:
    known = {"Channel", "InitiationTimestamp", "InitiationMethod", "DisconnectTimestamp"} & record.keys()
    return len(known) >= 3 and ("ContactId" in record or "Id" in record)


def _fold(document: Any, notes: Notes) -> Folded:
    records = _records(document)
    rows, turns, silent = list[dict[str, Any]](), list[tuple[str, str]](), 0
    for record in records:
        if not _is_transcript(record):
            rows.append(_record_row(record))
            silent += 1
            continue
        said = _turns(record)
        turns += said
        rows.append(_row(record, said))
    note_unknown(turns, notes)
    if silent:
        notes.doubt("no_words", "text", rows=silent, line="columns: {Attributes.<name>: text}")
    return Folded(rows_frame(rows), records)


def _turns(record: dict[str, Any]) -> list[tuple[str, str]]:
    people = dicts(record.get("Participants"))
    roles = {text_of(one.get("ParticipantId")): text_of(one.get("ParticipantRole")) for one in people}
    found = []
    for turn in dicts(record["Transcript"]):
        if turn.get("Type", "MESSAGE") != "MESSAGE" or not isinstance(turn.get("Content"), str):
            continue
        if text_of(turn.get("ContentType")).endswith("json") or "interactive" in text_of(turn.get("ContentType")):
            continue  # buttons and forms
        person = text_of(turn.get("ParticipantId"))
        who = text_of(turn.get("ParticipantRole")) or roles.get(person) or person
        found.append((_ROLES.get(who, _OTHERS.get(who, who or "unknown")), html_text(turn["Content"])))
    return found


def _row(record: dict[str, Any], said: list[tuple[str, str]]) -> dict[str, Any]:
    times = sorted(text_of(turn["AbsoluteTime"]) for turn in dicts(record["Transcript"]) if turn.get("AbsoluteTime"))
    channel = record.get("Channel") or ("CHAT" if times else None)
    length = inner(record, "ConversationCharacteristics", "TotalConversationDurationMillis")
    call = channel == "VOICE" and isinstance(length, int | float)
    summary = inner(record, "ConversationCharacteristics", "ContactSummary", "PostContactSummary", "Content")
    return {
        "contact_id": inner(record, "CustomerMetadata", "ContactId") or record.get("ContactId"),
        "created_at": times[0] if times else None, "text": join_turns(said, "customer"),
        "lang": text_of(record.get("LanguageCode")).partition("-")[0] or None,
        "handle_seconds": length / 1000 if call else None,
        "summary": summary, **answers(said, channel),
    }


def _record_row(record: dict[str, Any]) -> dict[str, Any]:
    """Give the row of a contact record: talk, hold and after-call work of calls in seconds, no words."""
    agent = next(iter(dicts([record.get("Agent"), record.get("AgentInfo")])), {})
    queue = next(iter(dicts([record.get("Queue"), record.get("QueueInfo")])), {})
    call = text_of(record.get("Channel")).upper() == "VOICE"
    return {
        "contact_id": record.get("ContactId") or record.get("Id"),
        "created_at": utc_time(record.get("InitiationTimestamp")),
        "channel": record.get("Channel"), "text": None, "customer_id": record.get("CustomerId"),
        "team": queue.get("Name") or queue.get("Id"), "agent_id": agent.get("Username") or agent.get("Id"),
        "wait_seconds": queue.get("Duration"),
        "talk_seconds": agent.get("AgentInteractionDuration") if call else None,
        "hold_seconds": agent.get("CustomerHoldDuration", agent.get("AgentInitiatedHoldDuration")) if call else None,
        "after_call_seconds": agent.get("AfterContactWorkDuration") if call else None,
    }


ADAPTER = Adapter(
    "contact_lens", "Amazon Connect (Contact Lens, contact records)",
    "The instance's S3 bucket: Analysis/Voice and Analysis/Chat (JSON, one a contact), or its contact records\n"
    "vocmine run --contacts 'Analysis/Voice/2026/04/01/*.json' --out results\n"
    "A call's analysis has no time but in the file name; a call lasts its conversation, a chat has no handle time.",
    _recognises, {}, {}, _CHANNELS, _fold,
)
