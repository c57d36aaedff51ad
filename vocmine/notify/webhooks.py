"""A message in the shape of the program that takes it: Slack blocks, a Teams card, or plain JSON.

In Slack and Teams people's texts stand only where no markup is read: ``plain_text`` objects and text runs.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from vocmine.notify.harmless import harmless, masked
from vocmine.notify.wording import column_name, say

if TYPE_CHECKING:
    from vocmine.notify.message import Message
    from vocmine.stats import Estimate
    from vocmine.topics.tracking.incident import Incident

SCHEMA = 1  # of the plain JSON
# Slack: a header has at most 150 characters, a field 2,000, a text 3,000, a section 10 fields, a message 50 blocks.
_HEADER, _FIELD, _TEXT, _FIELDS = 150, 2_000, 3_000, 10
_CUT_ENTITY = re.compile(r"&[a-z]*$")
_VALUE = 60


def webhook_body(message: Message, incident: Incident, form: str, currency: str = "") -> bytes:
    """Give the body that is posted.

    Parameters
    ----------
    message : Message
        What is told.
    incident : Incident
        Whose numbers go into the plain JSON.
    form : {"slack", "teams", "generic"}
        Shape.
    currency : str
        Of its costs.

    Returns
    -------
    bytes
        JSON in UTF-8.
    """
    if form == "slack":
        body = _slack(message)
    elif form == "teams":
        body = _teams(message)
    else:
        body = _generic(message, incident, currency)
    return json.dumps(body, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def _slack(message: Message) -> dict[str, Any]:
    fields = [_plain_text(f"{label}\n{value}", _FIELD) for label, value in message.facts]
    blocks: list[dict[str, Any]] = [{"type": "header", "text": _plain_text(message.headline, _HEADER)}]
    blocks += [{"type": "section", "fields": fields[i : i + _FIELDS]} for i in range(0, len(fields), _FIELDS)]
    if message.quotes:
        quotes = "\n".join(say(message.lang, "quote", quote=quote) for quote in message.quotes)
        blocks.append({"type": "section", "text": _plain_text(f"{message.quotes_label}\n{quotes}", _TEXT)})
    blocks.append({"type": "context", "elements": [_plain_text(message.footer, _FIELD)]})
    said = "\n".join((message.headline, *message.lines))  # where no blocks are shown: notifications, screen readers
    return {
        "blocks": blocks, "text": _escaped(said, _TEXT), "mrkdwn": False, "unfurl_links": False, "unfurl_media": False
    }


def _plain_text(text: str, most: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": _escaped(text, most), "emoji": False}


def _escaped(text: str, most: int) -> str:
    """Escape the three signs that Slack reads as markup; what is cut is cut between them."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped if len(escaped) <= most else _CUT_ENTITY.sub("", escaped[: most - 1]) + "…"


def _teams(message: Message) -> dict[str, Any]:
    head = {"type": "TextRun", "text": message.headline, "size": "Large", "weight": "Bolder"}
    body: list[dict[str, Any]] = [_rich([head])]
    for label, value in message.facts:
        bold = {"type": "TextRun", "text": say(message.lang, "fact", label=label, value=""), "weight": "Bolder"}
        body.append(_rich([bold, {"type": "TextRun", "text": value}], spacing="Small"))
    if message.quotes:
        quotes = [_rich([{"type": "TextRun", "text": message.quotes_label, "weight": "Bolder"}])]
        said = (say(message.lang, "quote", quote=quote) for quote in message.quotes)
        quotes += [_rich([{"type": "TextRun", "text": line}], spacing="Small") for line in said]
        body.append({"type": "Container", "style": "emphasis", "items": quotes})
    body.append(_rich([{"type": "TextRun", "text": message.footer, "isSubtle": True, "size": "Small"}]))
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
        "lang": message.lang, "msteams": {"width": "Full"}, "body": body,
    }
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "contentUrl": None, "content": card}]}


def _rich(runs: list[dict[str, Any]], **look: str) -> dict[str, Any]:
    """Give a block of text in which Teams reads no Markdown, as it does in a TextBlock and in facts."""
    return {"type": "RichTextBlock", "inlines": runs, **look}


def _generic(message: Message, incident: Incident, currency: str) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "event": message.moment,
        "lang": message.lang,
        "title": message.headline,
        "text": "\n".join((message.headline, *message.lines)),
        "incident": _numbers(incident, message, currency),
    }


def _numbers(incident: Incident, message: Message, currency: str) -> dict[str, Any]:
    names = {f"name_{lang}": "".join(masked([incident.name(lang)], 120)) for lang in ("ja", "en")}
    apart = [
        {"column": harmless(a.column, _VALUE), "name": harmless(column_name(message.lang, a.column), _VALUE),
         "value": harmless(a.value, _VALUE), "n": a.n, "of": a.of, "usual": _known(a.usual)}
        for a in incident.apart
    ]
    money = {"cost": incident.cost, "payout": incident.payout, "cost_month_end": incident.cost_month_end}
    estimates = {
        "n": incident.n, "ratio": incident.ratio, "growth": incident.growth, "n_month_end": incident.n_month_end,
        **(money if currency else {}),
    }
    return {
        "id": harmless(incident.incident_id, _VALUE),
        "state": incident.state,
        **names,
        **{name: f"{getattr(incident, name):%Y-%m-%d}" for name in ("first_day", "told_day", "last_day", "as_of")},
        "until": None if incident.until is None else f"{incident.until:%Y-%m-%d}",
        "n_contacts": incident.n_contacts,
        "n_people": incident.n_people,
        "expected": _known(incident.expected),
        "channels": {harmless(name, _VALUE): n for name, n in (incident.channels or {}).items()},
        "apart": apart,
        **{name: _estimate(estimate) for name, estimate in estimates.items()},
        "currency": currency or None,
        "imputed_share": _known(incident.imputed_share),
        "reasons": [harmless(reason, _VALUE) for reason in incident.reasons],
        "quotes": list(message.quotes),
    }


def _known(value: float) -> float | None:
    return round(float(value), 6) + 0.0 if math.isfinite(value) else None


def _estimate(estimate: Estimate) -> dict[str, float | None]:
    return {name: _known(value) for name, value in zip(("value", "low", "high"), estimate.numbers, strict=True)}
