"""Exports that hold parts of contacts only, or no words: refused, with what to export instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.documents import dicts, inner, pages
from vocmine.errors import ContactError

_SPEECH = (
    "have it as WebVTT or SRT with speakers, or as JSON: "
    '{"segments": [{"start": 0, "text": "...", "speaker": "..."}]}'
)
_COMMENTS = "export the tickets with their comments (account export, or incremental export with comments)"


def refuse_parts(probe: Probe, has_text: bool = False) -> None:
    """Refuse an export whose rows would put notes among agents, or both sides of a talk, into a customer's text.

    Parameters
    ----------
    probe : Probe
        What is known of the source.
    has_text : bool
        Whether the mapping says which column is the text; an export without words can then be read.

    Raises
    ------
    ContactError
        With what it is, and what to export instead.

    Examples
    --------
    >>> refuse_parts(Probe("c.json", "json", document=[{"body_text": "x", "incoming": False, "private": True}]))
    Traceback (most recent call last):
    vocmine.errors.ContactError: replies of Freshdesk tickets without their tickets; where: c.json; export the tickets \
with them (/api/v2/tickets/{id}?include=conversations)
    """
    known = _TABLES if probe.kind == "table" else _DOCUMENTS
    for what, hint, wordless, matches in known:
        if (not wordless or not has_text) and matches(probe):
            raise ContactError(what, where=probe.name, hint=hint)


def _records(probe: Probe) -> list[dict[str, Any]]:
    """Give the first objects of a document: of the lists it has under any key, else its own."""
    found = pages(probe.document)[:5]
    listed = [item for page in found for value in page.values() for item in dicts(value)[:5]]
    own = isinstance(probe.document, dict) and any(isinstance(value, list) for value in probe.document.values())
    return listed if listed and own else found


def _each(*keys: str, without: tuple[str, ...] = ()) -> Callable[[Probe], bool]:
    def matches(probe: Probe) -> bool:
        records = _records(probe)
        return bool(records) and all(
            set(keys) <= record.keys() and not set(without) & record.keys() for record in records
        )
    return matches


def _page(*keys: str) -> Callable[[Probe], bool]:
    """Match a document by a way of keys into it, such as ``results.transcripts``."""
    def matches(probe: Probe) -> bool:
        found = pages(probe.document)[:5]
        return bool(found) and all(inner(page, *keys) is not None for page in found)
    return matches


def _sobject(kind: str) -> Callable[[Probe], bool]:
    def matches(probe: Probe) -> bool:
        found = pages(probe.document)[:5]
        records = [record for page in found for record in (dicts(page.get("records")) or [page])]
        return bool(records) and all(inner(record, "attributes", "type") == kind for record in records)
    return matches


def _google_speech(probe: Probe) -> bool:
    results = [one for page in pages(probe.document)[:5] for one in dicts(page.get("results"))]
    spoken = [dicts(one["alternatives"]) for one in results if one.get("alternatives")]
    return bool(spoken) and all(any("transcript" in words for words in one) for one in spoken)


def _names(*names: str, only: bool = False) -> Callable[[Probe], bool]:
    return lambda probe: probe.has(*names) and (not only or len(probe.columns) == len(names))


Known = tuple[str, str, bool, Callable[[Probe], bool]]
_DOCUMENTS: tuple[Known, ...] = (
    ("events of Zendesk tickets, which are no tickets", _COMMENTS, False, _page("ticket_events")),
    ("audits of Zendesk tickets, which are no tickets", _COMMENTS, False, _each("ticket_id", "events", "author_id")),
    ("comments of Zendesk tickets without their tickets: nothing says whose they are", _COMMENTS, False,
     _each("author_id", "public", "body", without=("requester_id", "comments"))),
    ("replies of Freshdesk tickets without their tickets",
     "export the tickets with them (/api/v2/tickets/{id}?include=conversations)", False,
     _each("incoming", "private", "body_text")),
    ("e-mail messages of Salesforce cases as records", "export EmailMessage as CSV, or the cases", False,
     _sobject("EmailMessage")),
    ("comments on Salesforce cases, which people of the company wrote", "export the cases (Case)", False,
     _sobject("CaseComment")),
    ("speech recognised by Amazon Transcribe", _SPEECH, False, _page("results", "transcripts")),
    ("speech recognised by Deepgram", _SPEECH, False, _page("results", "channels")),
    ("speech recognised by Azure", _SPEECH, False, _page("recognizedPhrases")),
    ("speech recognised by Google", _SPEECH, False, _google_speech),
    ("people of a Slack workspace, no messages", "name the folder of a channel: 'export/support/*.json'", False,
     _each("team_id", "profile", "is_bot")),
    ("channels of a Slack workspace, no messages", "name the folder of a channel: 'export/support/*.json'", False,
     _each("creator", "members", "is_archived")),
)
_TABLES: tuple[Known, ...] = (
    ("comments on Salesforce cases, which people of the company wrote", "export the cases (Case)", False,
     _names("parentid", "commentbody")),
    ("the list of Amazon Connect's contact search, which has no words",
     "read the analyses of Contact Lens (JSON), or map a column of words: メモ: text", True,
     _names("contact id", "initiation timestamp", "disconnect timestamp")),
    ("Whisper's table of segments, which has no speakers", "have Whisper write JSON (--output_format json)", True,
     _names("start", "end", "text", only=True)),
)
