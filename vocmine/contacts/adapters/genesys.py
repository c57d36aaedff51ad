"""Genesys Cloud: conversation details of its analytics, transcripts, and the CSV of the interactions view."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.documents import (
    dicts,
    inner,
    join_turns,
    join_words,
    label_of,
    note_unknown,
    pages,
    reads_as,
    rows_frame,
    utc_time,
)
from vocmine.contacts.cells import as_strings, text_of
from vocmine.contacts.reading import Notes

_CHANNELS = {
    "voice": "call", "callback": "call", "chat": "chat", "webchat": "chat", "message": "chat", "webmessaging": "chat",
    "email": "email", "sms": "chat", "open": "chat", "whatsapp": "chat", "line": "social", "facebook": "social",
    "twitter": "social", "instagram": "social", "音声": "call", "コールバック": "call", "チャット": "chat",
    "メッセージ": "chat",
}
_CALLS = ("voice", "callback", "音声", "コールバック")
_ROLES = {"external": "customer", "customer": "customer", "internal": "agent", "agent": "agent", "user": "agent",
          "acd": "agent", "ivr": "agent", "bot": "agent", "workflow": "agent", "botflow": "agent"}
_DURATIONS = {
    "handle": "handle_seconds", "total handle": "handle_seconds", "talk": "", "total talk": "", "hold": "",
    "total hold": "",
    "acw": "after_call_seconds", "total acw": "after_call_seconds", "queue wait": "wait_seconds",
    "total queue": "wait_seconds",
    "duration": "", "処理": "handle_seconds", "処理時間": "handle_seconds", "合計処理": "handle_seconds",
    "合計acw": "after_call_seconds",
}
_COLUMNS = {
    "conversation id": "contact_id", "会話id": "contact_id", "date": "created_at", "日付": "created_at",
    "media type": "channel", "メディアタイプ": "channel", "メディア タイプ": "channel", "queue": "team",
    "キュー": "team",
    "users": "agent_id", "ユーザー": "agent_id", "wrap-up notes": "text", "wrap-up note": "text",
    "ラップアップメモ": "text", "wrap-up": "agent_code", "ラップアップ": "agent_code",
    "external contact": "", "remote": "", "direction": "", "transferred": "", **_DURATIONS,
}
_REST = ("full export completed", "partial result timestamp", "users", "remote", "queue", "wrap-up", "ani", "dnis",
         "handle",
         "total handle", "total talk", "total acw", "direction", "flow", "disconnect type", "conversation duration")
_REST_JA = ("ユーザー", "キュー", "リモート", "ani", "dnis", "方向", "ラップアップ", "処理", "合計処理", "切断タイプ")


def _recognises(probe: Probe) -> bool:
    if probe.kind == "table":
        english = probe.has("conversation id", "media type") and sum(map(probe.has, _REST)) >= 3
        media = probe.has("メディアタイプ") or probe.has("メディア タイプ")
        return english or (probe.has("会話id") and media and sum(map(probe.has, _REST_JA)) >= 3)
    found = _records(probe.document)[:5] if probe.kind == "json" else []
    return bool(found) and all(_is_detail(record) or _is_transcript(record) for record in found)


def _records(document: Any) -> list[dict[str, Any]]:
    return [
        record for page in pages(document)
        for record in (dicts(page["conversations"]) if isinstance(page.get("conversations"), list) else [page])
    ]


def _is_detail(record: dict[str, Any]) -> bool:
    return {"conversationId", "conversationStart", "participants"} <= record.keys()


def _is_transcript(record: dict[str, Any]) -> bool:
    return "conversationId" in record and any(isinstance(one.get("phrases"),
                                                         list) for one in dicts(record.get("transcripts")))


def _fold(document: Any, notes: Notes) -> Folded:
    records, turns = _records(document), list[tuple[str, str]]()
    rows = []
    for record in records:
        if _is_transcript(record):
            said = _phrases(record)
            turns += said
            rows.append(_transcript_row(record, said))
        else:
            rows.append(_detail_row(record, notes))
    note_unknown(turns, notes)
    silent = sum(row["text"] is None for row in rows)
    if silent:
        notes.doubt("no_words", "text", rows=silent, line="participants.attributes.<name>: text")
    return Folded(rows_frame(rows), records)


def _phrases(record: dict[str, Any]) -> list[tuple[str, str]]:
    phrases = [phrase for one in dicts(record["transcripts"]) for phrase in dicts(one.get("phrases"))]
    phrases.sort(key=lambda phrase: phrase["startTimeMs"] if isinstance(phrase.get("startTimeMs"), int | float) else 0)
    return [
        (_ROLES.get(text_of(phrase.get("participantPurpose")), text_of(phrase.get("participantPurpose")) or "unknown"),
         text_of(phrase.get("decoratedText") or phrase.get("text"))) for phrase in phrases
    ]


def _transcript_row(record: dict[str, Any], said: list[tuple[str, str]]) -> dict[str, Any]:
    phrases = [phrase for one in dicts(record["transcripts"]) for phrase in dicts(one.get("phrases"))]
    starts = sorted(phrase["startTimeMs"] for phrase in phrases if isinstance(phrase.get("startTimeMs"), int | float))
    told = next((record[name] for name in ("conversationStartTime", "startTime") if record.get(name)), None)
    begun = told if told is not None else next((start for start in starts if start > 1e11), None)  # else an offset
    call = text_of(record.get("mediaType")).casefold() in _CALLS
    length = inner(record, "duration", "milliseconds")
    return {
        "contact_id": record.get("conversationId"), "created_at": utc_time(begun), "channel": record.get("mediaType"),
        "text": join_turns(said, "customer"), "team": None,
        "agent_id": next((one["userId"] for one in dicts(record.get("participants")) if one.get("userId")), None),
        "handle_seconds": length / 1000 if call and isinstance(length, int | float) else None,
        "agent_text": join_turns(said, "agent"), "n_turns": len(said),
    }


def _detail_row(record: dict[str, Any], notes: Notes) -> dict[str, Any]:
    people = dicts(record.get("participants"))
    sessions = [(text_of(one.get("purpose")), part) for one in people for part in dicts(one.get("sessions"))]
    agents = [one for one in people if one.get("purpose") in ("agent", "user")]
    media = next((part.get("mediaType") for _, part in sessions if part.get("mediaType")), None)
    call = text_of(media).casefold() in _CALLS
    spoken = [part for purpose, part in sessions if purpose in ("agent", "user")]
    handle = _seconds(spoken, "tHandle")
    if handle is not None and not call:
        notes.count(f"contacts whose open time is no effort (tHandle {text_of(media)})", 1)
    written = [text_of(segment.get("wrapUpNote")) for _, part in sessions for segment in dicts(part.get("segments"))]
    caller = next((one for one in people if one.get("purpose") in ("customer", "external")), {})
    return {
        "contact_id": record.get("conversationId"), "created_at": record.get("conversationStart"), "channel": media,
        "text": join_words(written) or None, "customer_id": caller.get("externalContactId"),
        "team": next((one.get("participantName") for one in people if one.get("purpose") == "acd"), None),
        "agent_id": next((one["userId"] for one in agents if one.get("userId")), None),
        "handle_seconds": handle if call else None, "after_call_seconds": _seconds(spoken, "tAcw") if call else None,
        "wait_seconds": _seconds([part for purpose, part in sessions if purpose == "acd"], "tAcd", "tWait"),
        "handle_open_seconds": None if call else handle,
    }


def _seconds(sessions: Iterable[dict[str, Any]], *names: str) -> float | None:
    """Add up a measure of some sessions, which is in milliseconds; the first of the names that is there."""
    measures = [one for session in sessions for one in dicts(session.get("metrics"))]
    for name in names:
        found = [one["value"] for one in measures if one.get("name") == name and isinstance(one.get("value"),
                                                                                            int | float)]
        if found:
            return float(sum(found)) / 1000
    return None


def _tidy(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Turn bare milliseconds into seconds; contacts that are no calls have no handle time."""
    media = label_of(frame, "media type", "メディアタイプ", "メディア タイプ")
    for name in [str(name) for name in frame.columns if str(name).strip().casefold() in _DURATIONS]:
        bare = reads_as(frame, name, r"\d+(?:\.\d+)?") if label_of(frame, name) is not None else None
        if bare is None:
            continue
        cells = [
            f"{float(cell) / 1000:.3f}" if is_bare else cell
            for cell, is_bare in zip(as_strings(frame[name]), bare, strict=True)
        ]
        column = pd.Series(cells, index=frame.index, dtype=object)
        if media is not None and _DURATIONS[name.strip().casefold()] in ("handle_seconds", "after_call_seconds"):
            # the media of an interaction that changed it stand together: "voice, callback"
            kinds = pd.Series(as_strings(frame[media]), index=frame.index).str.casefold().str.split(r"[,;、]\s*",
                                                                                                    regex=True)
            other = ~kinds.map(lambda words: all(word.strip() in _CALLS for word in words)).astype(bool)
            left = other & column.astype(str).str.contains(r"[1-9]", regex=True)
            if left.any() and _DURATIONS[name.strip().casefold()] == "handle_seconds":
                notes.count(f"contacts whose open time is no effort ({name})", int(left.sum()))
            column = column.where(~other, None)
        frame = frame.assign(**{name: column})
    return frame


ADAPTER = Adapter(
    "genesys", "Genesys Cloud",
    "Performance > Workspace > Interactions > Export (CSV), the conversation details API (JSON), or transcripts\n"
    "vocmine run --contacts transcripts.jsonl --out results\n"
    "Details and the CSV have no words but wrap-up notes; handle time counts for calls only, bare numbers are ms.",
    _recognises, _COLUMNS, {}, _CHANNELS, _fold, _tidy,
)
