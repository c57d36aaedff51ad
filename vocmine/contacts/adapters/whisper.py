"""Speech recognised by Whisper and its kin (faster-whisper, WhisperX, whisper.cpp), as JSON."""

from __future__ import annotations

from typing import Any

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.spoken import CALL, Spoken, spoken_turns
from vocmine.contacts.reading import Notes
from vocmine.contacts.values import parse_durations, parse_words
from vocmine.errors import ContactError


def fold_whisper(document: Any, notes: Notes) -> Folded:
    """Fold the segments of one recording into turns.

    Segments have a speaker only where the speech was split by speakers (diarisation), as WhisperX does; its names
    (``SPEAKER_00``) say nothing of who is the customer, which must be told.

    Parameters
    ----------
    document : dict or list
        The parsed file: ``segments`` (or ``transcription`` of whisper.cpp) of ``start, end, text`` and, where there is
        one, ``speaker``.
    notes : Notes
        Where facts go.

    Raises
    ------
    ContactError
        If there is no segment with a text.

    Examples
    --------
    >>> segments = [{"start": 0.0, "text": " Hello", "speaker": "Agent"},
    ...             {"start": 2.5, "text": " It broke", "speaker": "User"}]
    >>> fold_whisper({"segments": segments}, Notes()).frame[["speaker", "text", "seconds"]].values.tolist()
    [['Agent', 'Hello', 0.0], ['User', 'It broke', 2.5]]
    """
    segments = _segments(document)
    starts = parse_durations([_start(segment) for segment in segments])
    pieces = [
        Spoken(_speaker(segment), float(start), str(segment.get("text") or ""), number)
        for number, (segment, start) in enumerate(zip(segments, starts, strict=True), 1)
    ]
    if not any(piece.text.strip() for piece in pieces):
        raise ContactError("no segment with a text", where="segments", expected='{"start": 0.0, "text": "..."}')
    frame, rows = spoken_turns(pieces)
    language = _language(document)
    if language:
        notes.fact("language", language)
        frame["lang"] = language
    return Folded(frame, rows=rows)


def _start(segment: dict[str, Any]) -> Any:
    offsets = segment.get("offsets")
    if isinstance(offsets, dict) and isinstance(offsets.get("from"), int | float):  # whisper.cpp: ms
        return offsets["from"] / 1000
    return segment.get("start")


def _speaker(segment: dict[str, Any]) -> str:
    """Speaker of a segment, or the one of its words where they agree."""
    told = segment.get("speaker")
    if told not in (None, ""):
        return str(told)
    words = segment.get("words")
    parts = words if isinstance(words, list) else []
    named = {str(word["speaker"]) for word in parts if isinstance(word, dict) and word.get("speaker")}
    return named.pop() if len(named) == 1 else ""


def _language(document: Any) -> str:
    """Language as the contacts table has it, where it is one of its own."""
    if not isinstance(document, dict):
        return ""
    result = document.get("result")
    told = document.get("language") or (result.get("language") if isinstance(result, dict) else None)
    return str(parse_words([told], "languages")[0] or "")


def _segments(document: Any) -> list[dict[str, Any]]:
    found = document
    if isinstance(document, dict):
        found = document.get("segments", document.get("transcription"))
    return [segment for segment in found if isinstance(segment, dict)] if isinstance(found, list) else []


def _is_whisper(probe: Probe) -> bool:
    """Segments with a start and a text under Whisper's names; a bare list needs all of start, end and text."""
    if probe.kind != "json":
        return False
    segments = _segments(probe.document)
    if not segments:
        return False
    first = set(segments[0])
    if isinstance(probe.document, dict):
        return {"start", "end", "text"} <= first or {"offsets", "text"} <= first
    return {"start", "end", "text"} <= first and not first & {"id_str", "conversation_id", "contact_id", "created_at"}


ADAPTER = Adapter(
    name="whisper", title="Whisper transcripts (JSON of Whisper, faster-whisper, WhisperX, whisper.cpp)",
    example=(
        "whisperx call_20260401_0930.wav --diarize --output_format json\n"
        "vocmine run --contacts call_20260401_0930.json --mapping m.yaml --out out\n"
        "Say who is who in the mapping: `speakers: {SPEAKER_00: agent, SPEAKER_01: customer}`; the date is in the name"
    ),
    recognises=_is_whisper, constants=CALL, fold=fold_whisper, turns=True,
)
