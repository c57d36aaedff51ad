"""App Store: reviews as App Store Connect's API gives them, as Apple's RSS feed does, and as a table of either."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError


def fold_app_store(document: Any, notes: Notes) -> Folded:
    r"""Fold the reviews of the API (``data[].attributes``) or of the RSS feed (``feed.entry``) into raw rows.

    Parameters
    ----------
    document : dict or list
        The parsed answer, or a list of answers (pages).
    notes : Notes
        Where facts go.

    Raises
    ------
    ContactError
        If there is no review in it.

    Examples
    --------
    >>> review = {"type": "customerReviews", "id": "r1", "attributes": {"rating": 2, "title": "だめ", "body": "落ちる"}}
    >>> fold_app_store({"data": [review]}, Notes()).frame[["contact_id", "csat", "text"]].values.tolist()
    [['r1', 2, 'だめ\n落ちる']]
    """
    pages = [page for page in (document if isinstance(document, list) else [document]) if isinstance(page, dict)]
    rows: list[dict[str, Any]] = []
    records: list[dict[str, Any]] = []
    for page in pages:
        for row, record in _feed(page) if isinstance(page.get("feed"), dict) else _api(page):
            rows.append(row)
            records.append(record)
    if not rows:
        raise ContactError("no review", where="App Store", expected="data[].attributes.body, or feed.entry[].content")
    territories = sorted({str(row["territory"]) for row in rows if row.get("territory")})
    if territories:
        notes.fact("territories", " ".join(territories))
    return Folded(pd.DataFrame(rows), records=records)


def _api(page: dict[str, Any]) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    """Reviews of the API, with the answers that were asked for beside them."""
    answers = {item["id"]: (item.get("attributes") or {}) for item in page.get("included") or [] if "id" in item}
    for item in page.get("data") or []:
        attributes = (item.get("attributes") or {})
        if "rating" not in attributes:
            continue
        linked = ((item.get("relationships") or {}).get("response") or {}).get("data") or {}
        answer = answers.get(linked.get("id"), {})
        yield {
            "contact_id": item.get("id"), "created_at": attributes.get("createdDate"), "csat": attributes["rating"],
            "text": _lines(attributes.get("title"), attributes.get("body")), "territory": attributes.get("territory"),
            "agent_text": answer.get("responseBody", ""),
        }, item


def _feed(page: dict[str, Any]) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    """Reviews of the RSS feed; an entry without a rating is the app itself."""
    entries = page["feed"].get("entry", [])
    entries = [entries] if isinstance(entries, dict) else [entry for entry in entries if isinstance(entry, dict)]
    app = next((_label(entry, "im:name") for entry in entries if "im:rating" not in entry), "")
    for entry in entries:
        if "im:rating" not in entry:
            continue
        yield {
            "contact_id": _label(entry, "id"), "created_at": _label(entry, "updated"),
            "csat": _label(entry, "im:rating"),
            "text": _lines(_label(entry, "title"), _label(entry, "content")), "product": app,
            "product_version": _label(entry, "im:version"),
        }, entry


def _label(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    return str(value.get("label") or "") if isinstance(value, dict) else str(value or "")


def _lines(*parts: Any) -> str:
    return "\n".join(str(part) for part in parts if part)


def _is_app_store(probe: Probe) -> bool:
    if probe.kind == "table":
        return probe.has("rating", "title", "body", "reviewerNickname") or probe.has(
            "rating", "title", "body", "createdDate", "territory"
        )
    pages = probe.document if isinstance(probe.document, list) else [probe.document]
    return probe.kind == "json" and bool(pages) and all(isinstance(page, dict) and _is_page(page) for page in pages)


def _is_page(page: dict[str, Any]) -> bool:
    feed, data = page.get("feed"), page.get("data")
    if isinstance(feed, dict):
        entries = feed.get("entry")
        listed = entries if isinstance(entries, list) else [entries]
        return any(isinstance(entry, dict) and "im:rating" in entry for entry in listed)
    listed = data if isinstance(data, list) else []
    return bool(listed) and all(isinstance(item, dict) and item.get("type") == "customerReviews" for item in listed)


ADAPTER = Adapter(
    name="app_store", title="App Store reviews (App Store Connect API, RSS feed)",
    example=(
        "App Store Connect API: GET /v1/apps/{id}/customerReviews?include=response as JSON, or the RSS feed as JSON\n"
        "vocmine run --contacts reviews.json --out out\n"
        "Stars are the satisfaction; the RSS feed has the last 500 reviews of one country only"
    ),
    recognises=_is_app_store,
    columns={
        "id": "contact_id", "rating": "csat", "title": "text", "body": "text", "createdDate": "created_at",
        "responseBody": "agent_text", "reviewerNickname": "", "territory": "",
    },
    constants={"channel": "social", "is_public": True}, fold=fold_app_store,
)
