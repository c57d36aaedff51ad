"""Zendesk tickets with their comments, as its API and exports give them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from vocmine.contacts.cells import text_of
from vocmine.contacts.lines import object_frame
from vocmine.errors import ContactError

# `via.channel` and, where it is finer, `via.source.rel`; what is not here goes through the table of channel names
_VIA = {
    "native_messaging": "chat", "chat": "chat", "chat_transcript": "chat", "messaging": "chat", "sms": "chat",
    "whatsapp": "chat", "voice": "call", "voicemail": "call", "phone_call_inbound": "call",
    "phone_call_outbound": "call",
    "api": "email", "web": "email", "web_service": "email", "mobile": "email", "mobile_sdk": "email",
    "help_center": "email", "side_conversation": "email", "closed_ticket": "email", "rule": "email", "email": "email",
    "twitter": "social", "twitter_dm": "social", "facebook": "social", "any_channel": "social", "line": "social",
    "instagram_dm": "social", "answer_bot_for_agents": "bot", "answer_bot": "bot", "answer_bot_for_web_widget": "bot",
}


def from_zendesk(tickets: Iterable[dict[str, Any]], comments: Iterable[dict[str, Any]] = ()) -> pd.DataFrame:
    r"""Fold tickets and their comments into one raw row a ticket.

    Parameters
    ----------
    tickets : iterable of dict
        Tickets of the Tickets or Incremental Exports API. Each may carry its ``comments``.
    comments : iterable of dict
        Comments with ``ticket_id``, for exports that keep them apart.

    Returns
    -------
    DataFrame
        ``contact_id, created_at, channel, text, customer_id, team, agent_id, transfers`` (groups it went through, less
        one), ``csat`` (good 5, bad 1), ``resolved`` (solved or closed), ``url``, and behind them ``agent_text``,
        ``replies`` (public ones of agents), ``subject``, ``status``, ``tags``. The text is the subject, the description
        and what the requester added later; what agents wrote stands apart, and internal notes with it. No handle time:
        a ticket's elapsed time is no effort. A time that a tracking app wrote into a field can be mapped to
        ``handle_seconds``.

    Raises
    ------
    ContactError
        If something is no ticket.

    Examples
    --------
    >>> ticket = {"id": 35, "created_at": "2026-11-21T05:30:00Z", "via": {"channel": "web"}, "subject": "請求",
    ...           "description": "二重です", "requester_id": 7, "status": "solved",
    ...           "comments": [{"author_id": 7, "body": "二重です", "public": True},
    ...                        {"author_id": 9, "body": "確認します", "public": True}]}
    >>> from_zendesk([ticket])[["contact_id", "channel", "text", "agent_text", "replies"]].values.tolist()
    [['35', 'email', '請求\n二重です', '確認します', 1]]
    """
    loose_comments: dict[str, list[dict[str, Any]]] = {}
    for comment in comments:
        loose_comments.setdefault(text_of(comment.get("ticket_id")), []).append(comment)
    frame = object_frame([_row(ticket, loose_comments) for ticket in tickets])
    return frame.astype({"replies": "int64"}) if len(frame) else frame


def zendesk_parts(document: Any, name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Find tickets and comments in a document: an object with both, one ticket, or a list of tickets.

    Raises
    ------
    ContactError
        If there are no tickets.
    """
    comments: list[dict[str, Any]] = []
    if isinstance(document, dict):
        comments = document.get("comments", []) if "tickets" in document else []
        document = document.get("tickets", [document.get("ticket", document)])
    if not isinstance(document, list) or not all(isinstance(t, dict) and "id" in t for t in document):
        raise ContactError("no Zendesk tickets", where=name, expected="{'tickets': [...], 'comments': [...]}")
    return document, comments


def _row(ticket: dict[str, Any], loose_comments: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    number, requester = text_of(ticket.get("id")), ticket.get("requester_id")
    comments = [*_dicts(ticket.get("comments")), *loose_comments.get(number, [])]
    comments.sort(key=lambda comment: text_of(comment.get("created_at")))
    said = [_body(comment) for comment in comments if comment.get("author_id") == requester]
    answers = [comment for comment in comments if comment.get("author_id") != requester]
    rating = ticket.get("satisfaction_rating")
    score = rating.get("score") if isinstance(rating, dict) else rating
    stations = next((metrics.get("group_stations") for metrics in _dicts([ticket.get("metric_set")])), None)
    return {
        "contact_id": number, "created_at": ticket.get("created_at"), "channel": _channel(ticket.get("via")),
        "text": _joined([text_of(ticket.get("subject")), text_of(ticket.get("description")), *said]),
        "customer_id": requester, "product": ticket.get("product"),
        "team": ticket.get("group") or ticket.get("group_id"), "agent_id": ticket.get("assignee_id"),
        "transfers": max(int(stations) - 1, 0) if isinstance(stations, int) else None,
        "csat": score if score not in ("offered", "unoffered") else None,
        "resolved": ticket.get("status") in ("solved", "closed"), "url": ticket.get("url"),
        "agent_text": _joined(map(_body, answers)),
        "replies": sum(comment.get("public", True) is not False for comment in answers),
        "subject": ticket.get("subject"), "status": ticket.get("status"), "tags": ticket.get("tags"),
        **{f"field_{field.get('id')}": field.get("value") for field in _dicts(ticket.get("custom_fields"))},
    }


def _dicts(value: Any) -> list[dict[str, Any]]:
    """Give what is a list of objects; exports leave out what is empty, or write something else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _body(comment: dict[str, Any]) -> str:
    return text_of(comment.get("plain_body") or comment.get("body")).replace("&nbsp;", " ").strip()


def _joined(parts: Iterable[str]) -> str:
    """Join parts, each once: the description is the first comment too."""
    return "\n".join(dict.fromkeys(part.strip() for part in parts if part and part.strip()))


def _channel(via: Any) -> Any:
    name = via.get("channel") if isinstance(via, dict) else via
    return _VIA.get(text_of(name).casefold(), name)
