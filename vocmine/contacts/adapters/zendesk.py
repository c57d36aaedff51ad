"""Zendesk tickets with their comments, as its API, its account export and its CSV exports give them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.documents import dicts, inner, join_words, label_of, pages, plain_bodies
from vocmine.contacts.adapters.markup import html_text
from vocmine.contacts.cells import as_strings, text_of
from vocmine.contacts.lines import object_frame
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

# `via.channel`; what is not here goes through the table of channel names
CHANNELS = {
    "native_messaging": "chat", "chat": "chat", "chat_transcript": "chat", "messaging": "chat", "sms": "chat",
    "whatsapp": "chat", "voice": "call", "voicemail": "call", "phone_call_inbound": "call",
    "phone_call_outbound": "call", "phone call (incoming)": "call", "phone call (outgoing)": "call",
    "api": "email", "web": "email", "web form": "email", "web service": "email", "web service (api)": "email",
    "web_service": "email", "mobile": "email", "mobile_sdk": "email", "mobile sdk": "email", "mail": "email",
    "help_center": "email", "side_conversation": "email", "closed_ticket": "email", "closed ticket": "email",
    "rule": "email", "email": "email", "get_satisfaction": "social",
    "twitter": "social", "twitter_dm": "social", "facebook": "social", "any_channel": "social", "line": "social",
    "instagram_dm": "social", "answer_bot_for_agents": "bot", "answer_bot": "bot", "answer_bot_for_web_widget": "bot",
}
_STATES = ("new", "open", "pending", "hold", "solved", "closed", "deleted", "archived")
_SCORES = {"good": 5, "good_with_comment": 5, "bad": 1, "bad_with_comment": 1}
# the two marks of Zendesk are the ends of the scale, whatever the words would mean elsewhere
_MARKS = {
    "good": "5", "good with comment": "5", "良い": "5", "よい": "5", "満足": "5", "bad": "1", "bad with comment": "1",
    "悪い": "1", "不満": "1", **dict.fromkeys(("offered", "not offered", "unoffered", "提供済み", "未提供"), None),
}
_VIEW = (("subject", "requested", "ticket form"), ("件名", "リクエスト日時", "チケットフォーム"),
         ("subject", "requester", "requested"), ("件名", "リクエスタ", "リクエスト日時"),
         ("件名", "リクエスタ", "リクエスト日"),
         ("件名", "リクエスター", "リクエスト日時"), ("件名", "リクエスタ", "リクエスト済み"),
         ("件名", "リクエスタ", "リクエスト"))
_WHOLE = ("requester id", "submitter", "group stations", "reopens")
_RATINGS = ("ticket satisfaction rating", "チケット満足度評価", "チケットの満足度評価", "満足度評価")
_COLUMNS = {
    "id": "contact_id", "ticket id": "contact_id", "チケットid": "contact_id", "requested": "created_at",
    "created at": "created_at", "リクエスト日時": "created_at", "リクエスト日": "created_at",
    "リクエスト済み": "created_at",
    "リクエスト": "created_at", "subject": "text", "件名": "text", "description": "text", "説明": "text",
    "via": "channel", "チャネル": "channel", "requester id": "customer_id", "requester": "", "リクエスタ": "",
    "リクエスター": "",
    "group": "team", "グループ": "team", "assignee": "agent_id", "担当者": "agent_id", "satisfaction score": "csat",
    "満足度スコア": "csat", "満足度": "csat", "public": "", "comments": "", "resolution time": "", "type": "",
    # reports of Explore
    **dict.fromkeys(("ticket created - timestamp", "ticket created - date", "チケット作成 - タイムスタンプ",
                     "チケットの作成 - タイムスタンプ", "チケット作成日時 - タイムスタンプ", "チケット作成 - 日付",
                     "チケットの作成日 - タイムスタンプ"), "created_at"),
    **dict.fromkeys(("ticket channel", "チケットチャネル", "チケットのチャネル"), "channel"),
    **dict.fromkeys(("ticket subject", "チケットの件名", "チケット件名", "ticket description"), "text"),
    **dict.fromkeys(("ticket group", "チケットグループ", "チケットのグループ"), "team"),
    **dict.fromkeys(("assignee name", "担当者名", "担当者の名前"), "agent_id"),
    **dict.fromkeys(_RATINGS, "csat"),
    **dict.fromkeys(("full resolution time (min)", "first resolution time (min)", "agent work time (min)",
                     "完全解決時間 (分)", "初回解決時間 (分)"), ""),
}


@dataclass(frozen=True)
class _BesideTickets:
    """What a page holds beside its tickets, by ticket or by id."""

    comments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    metrics: dict[str, dict[str, Any]] = field(default_factory=dict)
    groups: dict[str, Any] = field(default_factory=dict)
    customers: frozenset[str] = frozenset()


def from_zendesk(tickets: Iterable[dict[str, Any]], comments: Iterable[dict[str, Any]] = ()) -> pd.DataFrame:
    r"""Fold tickets and their comments into one raw row a ticket; deleted tickets are left out.

    Parameters
    ----------
    tickets : iterable of dict
        Tickets of the Tickets or Incremental Exports API. Each may carry its ``comments`` and ``metric_set``.
    comments : iterable of dict
        Comments with ``ticket_id``, for exports that keep them apart.

    Returns
    -------
    DataFrame
        ``contact_id, created_at, channel, text, customer_id, team, agent_id, transfers`` (groups it went through, less
        one), ``wait_seconds`` (to the first reply, by the calendar), ``csat`` (good 5, bad 1), ``resolved`` (solved or
        closed), ``url``, and behind them ``agent_text``, ``internal_notes``, ``replies`` (public ones of agents),
        ``subject``, ``status``, ``tags`` and custom fields as ``field_<id>``. The text is the subject, the description
        and what the requester added later; what agents wrote stands apart, and so do internal notes. No handle time:
        a ticket's elapsed time is no effort. A time that a tracking app wrote into a field can be mapped to
        ``handle_seconds``. No ``is_public``: that of a ticket says whether it has public comments.

    Examples
    --------
    >>> ticket = {"id": 35, "created_at": "2026-11-21T05:30:00Z", "via": {"channel": "web"}, "subject": "請求",
    ...           "description": "二重です", "requester_id": 7, "status": "solved",
    ...           "comments": [{"author_id": 7, "body": "二重です", "public": True},
    ...                        {"author_id": 9, "body": "確認します", "public": True}]}
    >>> from_zendesk([ticket])[["contact_id", "channel", "text", "agent_text", "replies"]].values.tolist()
    [['35', 'email', '請求\n二重です', '確認します', 1]]
    """
    frame = _fold({"tickets": list(tickets), "comments": list(comments)}, Notes()).frame
    if "channel" in frame:
        frame["channel"] = [CHANNELS.get(text_of(name).casefold(), name) for name in frame["channel"]]
    return frame


def zendesk_parts(document: Any, name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Find tickets and comments in a document: an object with both, one ticket, or a list of tickets or pages.

    Raises
    ------
    ContactError
        If there are no tickets.

    Examples
    --------
    >>> zendesk_parts([{"ticket": {"id": 1}}, {"id": 2}], "a.json")
    ([{'id': 1}, {'id': 2}], [])
    """
    found = pages(document)
    tickets = [ticket for page in found for ticket in _tickets(page)]
    whole = len(found) == len(document) if isinstance(document, list) else bool(found)
    if not whole or not all("id" in ticket for ticket in tickets):
        raise ContactError("no Zendesk tickets", where=name, expected="{'tickets': [...], 'comments': [...]}")
    return tickets, [comment for page in found if page not in tickets for comment in dicts(page.get("comments"))]


def _fold(document: Any, notes: Notes) -> Folded:
    rows: list[dict[str, Any]] = []
    kept: list[dict[str, Any]] = []
    numbers: list[int] = []
    broken: list[tuple[int, str, str]] = []
    number = 0
    inside = 0
    for page in pages(document):
        tickets = _tickets(page)
        if tickets and not any("id" in ticket for ticket in tickets):
            raise ContactError(
                "no Zendesk tickets", where=f"record {number + 1}", got=", ".join(map(str, tickets[0]))[:200],
                expected="tickets with an id, or {'tickets': [...]}", hint="leave format: zendesk out",
            )
        sides = _sides(page, tickets)
        for ticket in tickets:
            number += 1
            if _is_deleted(ticket):
                broken.append((number, "deleted_ticket", text_of(ticket.get("status"))))
                continue
            row, private = _row(ticket, sides)
            inside += private
            rows.append(row)
            kept.append(_public(ticket))
            numbers.append(number)
    notes.count("tickets that begin with an internal note, which is in no text", inside)
    frame = object_frame(rows)
    if rows:
        frame["replies"] = frame["replies"].astype("Int64")
    return Folded(frame, kept, tuple(numbers), broken)


def _tickets(page: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the tickets of a page, of a search, of one ticket with what belongs to it, or the ticket itself."""
    if isinstance(page.get("tickets"), list):
        return dicts(page["tickets"])
    if isinstance(page.get("ticket"), dict):
        return [page["ticket"]]
    if isinstance(page.get("results"), list):
        return [item for item in dicts(page["results"]) if item.get("result_type") in (None, "ticket")]
    return [page]


def _sides(page: dict[str, Any], tickets: list[dict[str, Any]]) -> _BesideTickets:
    if len(tickets) == 1 and tickets[0] is page:
        return _BesideTickets()
    comments: dict[str, list[dict[str, Any]]] = {}
    only = tickets[0].get("id") if len(tickets) == 1 else None
    for comment in dicts(page.get("comments")):
        comments.setdefault(text_of(comment.get("ticket_id", only)), []).append(comment)
    return _BesideTickets(
        comments, {text_of(item.get("ticket_id")): item for item in dicts(page.get("metric_sets"))},
        {text_of(item.get("id")): item.get("name") for item in dicts(page.get("groups"))},
        frozenset(text_of(user.get("id")) for user in dicts(page.get("users")) if user.get("role") == "end-user"),
    )


def _is_deleted(ticket: dict[str, Any]) -> bool:
    scrubbed = "SCRUBBED" in (ticket.get("subject"), ticket.get("description"))
    return ticket.get("status") == "deleted" or scrubbed


def _row(ticket: dict[str, Any], sides: _BesideTickets) -> tuple[dict[str, Any], bool]:
    """Give the row of a ticket, and whether its description is an internal note."""
    number, requester = text_of(ticket.get("id")), ticket.get("requester_id")
    own = ticket.get("comments")
    own = own.get("comments") if isinstance(own, dict) else own
    comments = [*dicts(own), *sides.comments.get(number, [])]
    comments.sort(key=lambda comment: text_of(comment.get("created_at")))
    customers = {text_of(requester), *sides.customers}
    hidden = [_body(comment) for comment in comments if comment.get("public") is False]
    public = [comment for comment in comments if comment.get("public") is not False]
    said = [_body(comment) for comment in public if text_of(comment.get("author_id")) in customers]
    answers = [comment for comment in public if text_of(comment.get("author_id")) not in customers]
    answered = list(map(_body, answers))
    description = html_text(text_of(ticket.get("description")))
    private = bool(description) and (description in hidden or ticket.get("is_public") is False)
    # a ticket that an agent opened: their words are the text only where the customer wrote nothing
    opened_by_agent = bool(said) and description in answered and description not in said
    if private and description not in hidden:
        hidden.insert(0, description)
    metrics = sides.metrics.get(number) or next(iter(dicts([ticket.get("metric_set")])), {})
    replies = metrics.get("replies")
    counted = len(answers) if comments or "comments" in ticket else None
    return {
        "contact_id": number, "created_at": ticket.get("created_at"), "channel": _via(ticket.get("via")),
        "text": join_words([text_of(ticket.get("subject")), *([] if private or opened_by_agent else [description]),
                            *said]),
        "customer_id": requester, "product": ticket.get("product"), "team": _team(ticket, sides),
        "agent_id": ticket.get("assignee_id"), "transfers": _transfers(metrics), "wait_seconds": _wait(metrics),
        "csat": _score(ticket.get("satisfaction_rating")), "resolved": _resolved(ticket.get("status")),
        "url": ticket.get("url"), "agent_text": join_words(answered), "internal_notes": join_words(hidden),
        "replies": counted if replies is None else replies, "subject": ticket.get("subject"),
        "status": ticket.get("status"), "tags": _plain(ticket.get("tags")),
        **{f"field_{item.get('id')}": _plain(item.get("value")) for item in dicts(ticket.get("custom_fields"))},
    }, private


def _public(ticket: dict[str, Any]) -> dict[str, Any]:
    """Give a ticket without its internal notes, so that no dotted name of a mapping brings them into a text."""
    comments = ticket.get("comments")
    if not isinstance(comments, list):
        return ticket
    return {**ticket, "comments": [comment for comment in dicts(comments) if comment.get("public") is not False]}


def _body(comment: dict[str, Any]) -> str:
    body = text_of(comment.get("plain_body") or comment.get("body") or comment.get("html_body"))
    return html_text(body.replace("&nbsp;", " "))


def _via(via: Any) -> Any:
    return via.get("channel") if isinstance(via, dict) else via


def _team(ticket: dict[str, Any], sides: _BesideTickets) -> Any:
    group = ticket.get("group")
    name = group.get("name") if isinstance(group, dict) else group
    return name or sides.groups.get(text_of(ticket.get("group_id"))) or ticket.get("group_id")


def _transfers(metrics: dict[str, Any]) -> int | None:
    stations = metrics.get("group_stations")
    return max(stations - 1, 0) if isinstance(stations, int) else None


def _wait(metrics: dict[str, Any]) -> float | None:
    """Seconds to the first reply by the calendar: customers wait at night too."""
    seconds = inner(metrics, "reply_time_in_seconds", "calendar")
    minutes = inner(metrics, "reply_time_in_minutes", "calendar")
    if isinstance(seconds, int | float):
        return float(seconds)
    return minutes * 60.0 if isinstance(minutes, int | float) else None


def _score(rating: Any) -> Any:
    score = rating.get("score") if isinstance(rating, dict) else rating
    return None if score in ("offered", "unoffered") else _SCORES.get(text_of(score), score)


def _resolved(status: Any) -> bool | None:
    return status in ("solved", "closed") if status in _STATES else None


def _plain(value: Any) -> Any:
    return ", ".join(map(text_of, value)) if isinstance(value, list) else value


def _is_ticket(record: dict[str, Any]) -> bool:
    return "requester_id" in record and "via" in record and ("subject" in record or "raw_subject" in record)


def _recognises(probe: Probe) -> bool:
    if probe.kind == "table":
        rest = ("ticket form", "satisfaction score", "ticket status", "assignee", "group", "ticket id", "id", "status",
                "チケットid", "担当者", "グループ", "ステータス", "チケットフォーム")
        return probe.has(*_WHOLE) or _is_explore(probe) or any(
            probe.has(*names) and sum(probe.has(name) for name in rest) >= 2 for names in _VIEW
        )
    found = pages(probe.document)[:5] if probe.kind == "json" else []
    if not found:
        return False
    tickets = [ticket for page in found for ticket in _tickets(page)[:5]]
    if not tickets:
        return all("tickets" in page and {"next_page", "end_of_stream", "meta"} & page.keys() for page in found)
    return all(_is_ticket(ticket) for ticket in tickets)


def _is_explore(probe: Probe) -> bool:
    known = [name.casefold() for name in probe.columns if _COLUMNS.get(name.casefold())]
    parts = [name for name in known if name.startswith(("ticket ", "チケット")) and name != "ticket id"]
    return (probe.has("ticket id") and len(parts) >= 3) or (probe.has("チケットid") and len(parts) >= 4)


def _tidy(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Drop deleted tickets; a satisfaction that was only offered is none."""
    status = label_of(frame, "status", "ticket status", "ステータス")
    if status is not None:
        gone = pd.Series(as_strings(frame[status]), index=frame.index).str.casefold().isin(["deleted", "削除済み"])
        if gone.any():
            notes.count("deleted tickets left out", int(gone.sum()))
            frame = frame[~gone]
    frame = plain_bodies(frame, "description", "説明")
    score = label_of(frame, "satisfaction score", "満足度スコア", "満足度", *_RATINGS)
    if score is not None:
        words = as_strings(frame[score])
        marks = [_MARKS.get(word.strip().casefold(), word) for word in words]
        frame = frame.assign(**{score: pd.Series(marks, index=frame.index, dtype=object)})
    return frame


ADAPTER = Adapter(
    "zendesk", "Zendesk",
    "Admin Center > Account > Tools > Reports > Export (JSON), a view's CSV, or the Incremental Exports API\n"
    "vocmine run --contacts tickets.json --out results\n"
    "Internal notes are in no text and deleted tickets are left out; a view's CSV has subjects only and no channel.",
    _recognises, _COLUMNS, {}, CHANNELS, _fold, _tidy, usual_channel="email",
)
