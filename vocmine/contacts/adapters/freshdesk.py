"""Freshdesk tickets: the CSV of the ticket list, the account export and the API."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.documents import dicts, join_words, label_of, pages, plain_bodies, rows_frame
from vocmine.contacts.adapters.markup import html_text
from vocmine.contacts.cells import text_of
from vocmine.contacts.reading import Notes
from vocmine.contacts.values import by_distinct

_CHANNELS = {
    "email": "email", "portal": "email", "phone": "call", "chat": "chat", "feedback widget": "email",
    "outbound email": "email", "mobihelp": "email", "ecommerce": "email", "bot": "bot", "whatsapp": "chat",
    "twitter": "social", "facebook": "social", "forum": "social", "ポータル": "email", "電話": "call",
    "フィードバックウィジェット": "email", "送信メール": "email", "アウトバウンドメール": "email", "メール": "email",
    "チャット": "chat",
}
# numbers of the API
_SOURCES = {1: "email", 2: "portal", 3: "phone", 4: "forum", 5: "twitter", 6: "facebook", 7: "chat", 8: "mobihelp",
            9: "feedback widget", 10: "outbound email", 11: "ecommerce", 12: "bot", 13: "whatsapp"}
_SOLVED = (4, 5)
_STATES = {"resolved": True, "closed": True, "解決済み": True, "クローズ": True, "クローズ済み": True, "終了": True,
           "open": False, "pending": False, "waiting on customer": False, "waiting on third party": False,
           "オープン": False, "保留中": False, "保留": False, "未解決": False, "対応中": False}
_HAPPY = {
    "extremely happy": 5.0, "very happy": 4.33, "happy": 3.67, "neutral": 3.0, "unhappy": 2.33, "very unhappy": 1.67,
    "extremely unhappy": 1.0, "非常に満足": 5.0, "非常に不満": 1.0,
}
_COLUMNS = {
    "ticket id": "contact_id", "チケットid": "contact_id", "contact id": "customer_id", "連絡先id": "customer_id",
    "コンタクトid": "customer_id", "created time": "created_at", "作成日時": "created_at", "作成時間": "created_at",
    "source": "channel", "ソース": "channel", "subject": "text", "件名": "text", "description": "text", "説明": "text",
    "agent": "agent_id", "エージェント": "agent_id", "group": "team", "グループ": "team", "product": "product",
    "製品": "product", "time tracked": "handle_seconds", "追跡時間": "handle_seconds",
    "記録された時間": "handle_seconds",
    "トラッキングした時間": "handle_seconds", "survey results": "csat", "アンケート結果": "csat", "調査結果": "csat",
    "type": "", "title": "", "agent interactions": "",
}
_RECOGNISED = (
    ("ticket id", ("time tracked", "due by time", "initial response time", "resolution time (in hrs)", "survey results",
                   "first response time (in hrs)", "customer interactions", "agent interactions", "association type")),
    ("チケットid", ("追跡時間", "記録された時間", "期限", "期日", "初回応答時間", "最初の応答時間", "解決時間",
                "顧客とのやり取り", "エージェントとのやり取り", "アンケート結果", "調査結果",
                "初回応答ステータス", "解決ステータス")),
)


def _recognises(probe: Probe) -> bool:
    if probe.kind == "table":
        return any(probe.has(key) and sum(probe.has(name) for name in rest) >= 3 for key, rest in _RECOGNISED)
    found = [_ticket(page) for page in _records(probe.document)[:5]] if probe.kind == "json" else []
    return bool(found) and all(
        {"fr_escalated", "source", "status", "requester_id"} <= ticket.keys()
        or {"display_id", "requester_id", "source"} <= ticket.keys() for ticket in found
    )


def _records(document: Any) -> list[dict[str, Any]]:
    return [
        ticket for page in pages(document)
        for ticket in (dicts(page["results"]) if isinstance(page.get("results"), list) else [page])
    ]


def _ticket(record: dict[str, Any]) -> dict[str, Any]:
    inside = record.get("helpdesk_ticket")
    return inside if isinstance(inside, dict) else record


def _fold(document: Any, notes: Notes) -> Folded:
    rows: list[dict[str, Any]] = []
    kept: list[dict[str, Any]] = []
    numbers: list[int] = []
    broken: list[tuple[int, str, str]] = []
    for number, record in enumerate(_records(document), 1):
        ticket = _ticket(record)
        if ticket.get("deleted") is True:
            broken.append((number, "deleted_ticket", "deleted"))
            continue
        rows.append(_row(ticket))
        kept.append(_public(ticket))
        numbers.append(number)
    return Folded(rows_frame(rows), kept, tuple(numbers), broken)


def _row(ticket: dict[str, Any]) -> dict[str, Any]:
    replies = [
        (item.get("incoming") is True, item.get("private") is True, html_text(_words(item, "body_text", "body")))
        for item in (*dicts(ticket.get("conversations")), *(_note(note) for note in dicts(ticket.get("notes"))))
    ]
    said = [words for incoming, private, words in replies if incoming and not private]
    answers = [words for incoming, private, words in replies if not incoming and not private]
    described = html_text(_words(ticket, "description_text", "description"))
    source, status = ticket.get("source"), ticket.get("status")
    return {
        "contact_id": text_of(ticket.get("display_id", ticket.get("id"))), "created_at": ticket.get("created_at"),
        "channel": _SOURCES.get(source, source) if isinstance(source, int) else source,
        "text": join_words([text_of(ticket.get("subject")), described, *said]),
        "customer_id": ticket.get("requester_id"),
        "product": ticket.get("product_name"), "team": ticket.get("group_name") or ticket.get("group_id"),
        "agent_id": ticket.get("responder_id"), "resolved": status in _SOLVED if isinstance(status, int) else None,
        "agent_text": join_words(answers), "replies": len(answers) if replies else None,
        "subject": ticket.get("subject"), "status": ticket.get("status_name") or status,
    }


def _public(ticket: dict[str, Any]) -> dict[str, Any]:
    """Give a ticket without what agents wrote to each other, so that no dotted name of a mapping reaches it."""
    talks = {"conversations": lambda item: item, "notes": _note}
    shown = {
        name: [item for item in dicts(ticket[name]) if inside(item).get("private") is not True]
        for name, inside in talks.items() if name in ticket
    }
    return {**ticket, **shown}


def _note(note: dict[str, Any]) -> dict[str, Any]:
    inside = note.get("helpdesk_note")
    return inside if isinstance(inside, dict) else note


def _words(item: dict[str, Any], *names: str) -> str:
    return next((text_of(item[name]) for name in names if item.get(name)), "")


def _tidy(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Make hours and minutes plain, smileys numbers; states of an account's own are neither solved nor open."""
    frame = plain_bodies(frame, "description", "説明")
    tracked = label_of(frame, "time tracked", "追跡時間", "記録された時間", "トラッキングした時間")
    if tracked is not None:
        frame = frame.assign(**{tracked: by_distinct(frame[tracked], _with_seconds)})
    asked = label_of(frame, "survey results", "アンケート結果", "調査結果")
    if asked is not None:
        marks = by_distinct(frame[asked], lambda cell: _HAPPY.get(text_of(cell).strip().casefold(), cell))
        if any(isinstance(mark, float) and not mark.is_integer() for mark in marks):
            notes.fact(f"words of seven steps spread over 1 to 5 in {asked}", "yes")
        frame = frame.assign(**{asked: marks})
    status = label_of(frame, "status", "ステータス")
    if status is not None and label_of(frame, "resolved") is None:
        solved = by_distinct(frame[status], lambda cell: _STATES.get(text_of(cell).strip().casefold()))
        frame = frame.assign(resolved=solved)
    return frame


def _with_seconds(cell: Any) -> Any:
    """Freshdesk writes hours and minutes (01:10), which elsewhere are minutes and seconds."""
    word = text_of(cell).strip()
    return f"{word}:00" if re.fullmatch(r"\d{1,4}:\d{2}", word) else cell


ADAPTER = Adapter(
    "freshdesk", "Freshdesk",
    "Tickets > Export (CSV, with Ticket ID, Subject, Source, Created time, Time tracked), or Admin > Account > Export\n"
    "vocmine run --contacts tickets.csv --out results\n"
    "Time tracked is hours:minutes; Contact ID is the customer; the CSV has subjects, the account export whole texts.",
    _recognises, _COLUMNS, {}, _CHANNELS, _fold, _tidy, usual_channel="email",
)
