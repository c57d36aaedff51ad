"""What to say of a JSON document that no adapter reads: the nearest system by its keys, and the names there are."""

from __future__ import annotations

from typing import Any

from vocmine.contacts.adapters.documents import pages
from vocmine.contacts.objects import dotted_names
from vocmine.errors import ContactError

# the keys that tell a system's export; those every document has (id, name, created_at) are no evidence
_KEYS: dict[str, tuple[str, ...]] = {
    "Zendesk": ("requester_id", "via", "satisfaction_rating", "assignee_id", "group_id", "raw_subject", "custom_fields",
                "metric_sets", "submitter_id"),
    "Freshdesk": ("fr_escalated", "responder_id", "requester_id", "description_text", "source", "spam", "fr_due_by"),
    "Salesforce cases": ("attributes", "CaseNumber", "Origin", "CreatedDate", "ContactId", "IsClosed", "totalSize"),
    "HubSpot": ("properties", "createdAt", "archived", "hs_pipeline_stage", "hs_object_id", "conversationsThreadId",
                "direction"),
    "Intercom": ("conversation_parts", "delivered_as", "admin_assignee_id", "waiting_since", "conversation_rating",
                 "statistics", "snoozed_until"),
    "Contact Lens": ("Transcript", "Participants", "CustomerMetadata", "ConversationCharacteristics", "JobStatus",
                     "ParticipantId", "ParticipantRole", "LanguageCode", "BeginOffsetMillis", "Content"),
    "Genesys transcripts": ("conversationId", "transcripts", "phrases", "participantPurpose", "communicationId",
                            "startTimeMs", "mediaType"),
    "Genesys conversation details": ("conversationId", "conversationStart", "participants", "sessions", "purpose",
                                     "metrics", "conversationEnd", "mediaType", "segments"),
    "Slack": ("ts", "client_msg_id", "thread_ts", "subtype", "user_profile", "blocks", "bot_id"),
}
_LEAST = 3


def unknown_document(document: Any, name: str) -> ContactError:
    """Make the error for a document that is read by nobody and has no list of records.

    Parameters
    ----------
    document : any
        A parsed document.
    name : str
        Of the file.

    Returns
    -------
    ContactError
        With the nearest system and what it lacks, and the dotted names a mapping could name.

    Examples
    --------
    >>> print(unknown_document({"Transcript": [], "Participants": [], "JobStatus": "COMPLETED"}, "a.json"))
    no contacts in this JSON; where: a.json; got: looks like Contact Lens, but without CustomerMetadata, \
ConversationCharacteristics, ParticipantId, ...; expected: names for a mapping: Transcript, Participants, JobStatus; \
map them (source.body: text), or say where the records are (records: data.conversations)
    """
    names = dotted_names(pages(document))
    return ContactError(
        "no contacts in this JSON", where=name, got=looks_like(document) or "no system that is known by its keys",
        expected=f"names for a mapping: {', '.join(names) or 'none'}"[:600],
        hint="map them (source.body: text), or say where the records are (records: data.conversations)",
    )


def looks_like(document: Any) -> str:
    """Say which system's export a document resembles and what it lacks; empty where it resembles none.

    Examples
    --------
    >>> looks_like({"conversationId": "a", "mediaType": "voice", "transcripts": [{"lines": []}]})
    'looks like Genesys transcripts, but without phrases, participantPurpose, communicationId, ...'
    """
    near = nearest_system({part for path in dotted_names(pages(document)) for part in path.split(".")})
    if near is None or not near[1]:
        return ""
    return f"looks like {near[0]}, but without {', '.join(near[1][:3])}" + (", ..." if len(near[1]) > 3 else "")


def nearest_system(keys: set[str]) -> tuple[str, list[str]] | None:
    """Give the system that shares most keys and the keys it lacks; None where fewer than three are shared.

    Examples
    --------
    >>> nearest_system({"conversationId", "transcripts", "phrases", "text"})
    ('Genesys transcripts', ['participantPurpose', 'communicationId', 'startTimeMs', 'mediaType'])
    """
    shared = {system: len(keys & set(known)) / len(known) for system, known in _KEYS.items()
              if len(keys & set(known)) >= _LEAST}
    if not shared:
        return None
    best = max(shared, key=lambda system: shared[system])
    return best, [key for key in _KEYS[best] if key not in keys]
