"""Salesforce cases: Data Loader CSV (API names), report exports, and records of a REST query."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.documents import dicts, inner, join_words, label_of, pages, rows_frame, set_apart
from vocmine.contacts.cells import text_of
from vocmine.contacts.reading import Notes
from vocmine.contacts.values import by_distinct

_CHANNELS = {
    "phone": "call", "email": "email", "web": "email", "chat": "chat", "live chat": "chat", "messaging": "chat",
    "twitter": "social", "facebook": "social", "social": "social", "community": "email", "portal": "email",
    "電話": "call", "メール": "email", "web-to-ケース": "email", "コミュニティ": "email", "チャット": "chat",
}
_CREATED = ("createddate", "created date", "date/time opened", "opened date", "作成日時", "オープン日時", "開始日時",
            "作成日", "作成日/時刻", "オープン日", "オープン日/時刻", "日付/時刻 (オープン)", "登録日時")
_ORIGIN = ("origin", "case origin", "発生源", "ケース発生源", "ケースの発生源", "ケース 発生源", "ケース: 発生源")
_NUMBER = ("casenumber", "case number", "ケース番号", "ケース 番号", "ケース: ケース番号")
_CLOSED = ("isclosed", "closed", "クローズ済み", "クローズ")
_TEXT = ("subject", "description", "件名", "説明")
_STATES = {"closed": True, "クローズ": True, "クローズ済み": True, "完了": True, "new": False, "working": False,
           "escalated": False, "on hold": False, "新規": False, "対応中": False, "エスカレーション済み": False,
           "保留中": False}
_STATUS = ("status", "状況", "ステータス")
_COLUMNS = {
    **dict.fromkeys(_NUMBER, "contact_id"), **dict.fromkeys(_CREATED, "created_at"),
    **dict.fromkeys(_ORIGIN, "channel"),
    **dict.fromkeys(_TEXT, "text"), **dict.fromkeys(_CLOSED, "resolved"),
    **dict.fromkeys(("contactid", "contact.id", "contact id", "取引先責任者id", "取引先責任者 id"), "customer_id"),
    **dict.fromkeys(("ownerid", "case owner", "owner id", "ケース所有者", "ケース 所有者"), "agent_id"),
    **dict.fromkeys(("productid", "product", "製品"), "product"), "type": "", "contactname": "", "comments": "",
}
# lines below the rows of a report: its name, the copyright, who made it
_FOOTER = re.compile(
    r"copyright.*salesforce|confidential information - do not distribute|機密情報|無断配布", re.IGNORECASE
)
_API = ("createddate", "origin", "isclosed", "contactid", "ownerid", "accountid", "systemmodstamp")


def _recognises(probe: Probe) -> bool:
    if probe.kind == "json":
        found = [record for page in pages(probe.document)[:5] for record in _records(page)[:5]]
        return bool(found) and all(_is_case(record) for record in found)
    if probe.has("casenumber") or probe.has("isclosed", "contactid", "createddate"):
        return sum(probe.has(name) for name in _API) >= 2
    number = any(probe.has(name) for name in _NUMBER[1:])
    return number and any(probe.has(name) for name in _ORIGIN[1:]) and any(probe.has(name) for name in _CREATED[1:])


def _records(page: dict[str, Any]) -> list[dict[str, Any]]:
    return dicts(page["records"]) if isinstance(page.get("records"), list) else [page]


def _is_case(record: dict[str, Any]) -> bool:
    kind = inner(record, "attributes", "type")
    return kind == "Case" or (kind is None and {"CaseNumber", "CreatedDate", "Origin"} <= record.keys())


def _fold(document: Any, notes: Notes) -> Folded:
    records = [record for page in pages(document) for record in _records(page)]
    kept, numbers, broken = set_apart(records, lambda record: record.get("IsDeleted") is True, "IsDeleted")
    return Folded(rows_frame([_row(record) for record in kept]), kept, numbers, broken)


def _row(case: dict[str, Any]) -> dict[str, Any]:
    closed = case.get("IsClosed")
    status = case.get("Status")
    return {
        "contact_id": text_of(case.get("CaseNumber") or case.get("Id")), "created_at": case.get("CreatedDate"),
        "channel": case.get("Origin"),
        "text": join_words([text_of(case.get("Subject")), text_of(case.get("Description"))]),
        "customer_id": case.get("ContactId") or inner(case, "Contact", "Id"), "product": inner(case, "Product", "Name"),
        "agent_id": case.get("OwnerId") or inner(case, "Owner", "Name"),
        "resolved": closed if isinstance(closed, bool) else _is_closed(status),
        "subject": case.get("Subject"), "status": status,
    }


def _is_closed(status: Any) -> bool | None:
    """Tell by the status alone; own words for it are left to a mapping."""
    return _STATES.get(text_of(status).strip().casefold())


def _tidy(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Make `IsClosed` where there is only a status, and drop deleted cases (exports of the recycle bin have them)."""
    deleted = label_of(frame, "isdeleted")
    if deleted is not None:
        gone = frame[deleted].astype(str).str.casefold() == "true"
        if gone.any():
            notes.count("deleted cases left out", int(gone.sum()))
            frame = frame[~gone]
    status = label_of(frame, *_STATUS)
    if status is not None and label_of(frame, *_CLOSED) is None:
        frame = frame.assign(IsClosed=by_distinct(frame[status], _is_closed))
    return frame


ADAPTER = Adapter(
    "salesforce", "Salesforce Case",
    "Data Loader > Export > Case (CaseNumber, Origin, Subject, Description, CreatedDate, ContactId), or a report\n"
    "vocmine run --contacts case.csv --out results\n"
    "The contact is the case (CaseNumber), the customer ContactId; times from opening to closing are no handle time.",
    _recognises, _COLUMNS, {}, _CHANNELS, _fold, _tidy, usual_channel="email", footer=_FOOTER,
)
