"""Captions of recorded calls: WebVTT (Teams, Zoom, telephony) and SubRip (SRT), read by webvtt-py."""

from __future__ import annotations

import html
import io
import re
from itertools import pairwise
from typing import Any

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.spoken import CALL, Spoken, join_spoken, spoken_turns
from vocmine.contacts.reading import Notes
from vocmine.contacts.values import parse_durations
from vocmine.errors import ContactError
from vocmine.text.speakers import may_be_name, names_a_speaker

_SRT = re.compile(r"\s*\d+\s*\n\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)*\s+([^>]*)>")
_TAG = re.compile(r"</?(?:[a-z]+[\d.]*(?:\s[^>]*)?|\d[\d:.]*|[a-z]+\.[^>]*)>", re.IGNORECASE)
_LABEL = re.compile(
    r"\s*(?:[-–>]+\s*)?(?:[\[(【\uff08\uff3b](?P<boxed>[^\])】\uff09\uff3d\n]{1,40})[\])】\uff09\uff3d]\s*[:\uff1a]?"
    r"|(?P<who>[^\n:\uff1a]{1,40}?)\s*[:\uff1a])\s*(?P<rest>.*)"
)
_MOST = 0.5  # share of captions that must begin with a name before a name that no word explains is one
_ROLLING = 1 / 3  # share of captions that begin with the lines of the one before
_NEARLY_ALL = 0.9  # the same for names in brackets, as sounds are written so too


def fold_captions(text: str, notes: Notes) -> Folded:
    r"""Fold the captions of one recording into turns.

    The speaker is told by a voice (``<v Agent>``) or by a name at the beginning of a line (``Agent: ...``); where most
    captions begin with a name, each of them does. A caption that names nobody goes on with the speaker before it.

    Parameters
    ----------
    text : str
        The whole file.
    notes : Notes
        Where doubts go.

    Raises
    ------
    ContactError
        If there is no caption in it.

    Examples
    --------
    >>> text = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>はい</v>\n\n00:02.000 --> 00:03.000\n<v Customer>解約を</v>"
    >>> fold_captions(text, Notes()).frame[["speaker", "text", "seconds"]].values.tolist()
    [['Agent', 'はい', 0.0], ['Customer', '解約を', 2.0]]
    """
    captions = _captions(text.removeprefix("\ufeff"))
    raws = _unrolled([caption.raw_text for caption in captions])
    starts = parse_durations([caption.start for caption in captions])
    lost = sum("-->" in line for line in text.splitlines()) - len(captions)
    if lost > 0:
        notes.doubt("captions_not_read", rows=lost)
    voiced = any(_VOICE.search(raw) for raw in raws)
    named = _naming([raw for raw in raws if raw])
    pieces: list[Spoken] = []
    who, unnamed = "", 0
    for number, (raw, seconds) in enumerate(zip(raws, starts, strict=True), 1):
        for said_by, said in _voices(raw) if voiced else _labelled(raw, named):
            unnamed += said_by is None and who != ""
            who = who if said_by is None else said_by
            pieces.append(Spoken(who, float(seconds), said, number))
    if unnamed:
        notes.doubt("speaker_continued", "speaker", rows=unnamed)
    frame, rows = spoken_turns(pieces)
    return Folded(frame, rows=rows)


def _captions(text: str) -> list[Any]:
    import webvtt

    kind = "vtt" if text.lstrip().startswith("WEBVTT") else "srt"
    try:
        found = list(webvtt.WebVTT.from_buffer(io.StringIO(text.lstrip() + "\n"), format=kind).captions)
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError) as error:
        raise ContactError("captions that can't be read", where=kind, got=str(error)[:80]) from None
    if not found:
        raise ContactError("no captions", where=kind, expected="00:00:01.000 --> 00:00:04.000, and a line of text")
    return found


def _unrolled(raws: list[str]) -> list[str]:
    """Leave out what rolls up: automatic captions show each line again in the next caption, above the new one."""
    lines = [[line for line in raw.splitlines() if _plain(line).strip()] for raw in raws]
    shown = [[_plain(line).strip() for line in part] for part in lines]
    again = [_carried(before, now) for before, now in pairwise([[], *shown])]
    if sum(n > 0 for n in again) <= len(raws) * _ROLLING:
        return raws
    return ["\n".join(part[n:]) for part, n in zip(lines, again, strict=True)]


def _carried(before: list[str], now: list[str]) -> int:
    """How many of the first lines are the last ones of the caption before."""
    return max((n for n in range(1, min(len(before), len(now)) + 1) if before[-n:] == now[:n]), default=0)


def _voices(raw: str) -> list[tuple[str | None, str]]:
    """Cut a caption at its voices; what stands before the first is nobody's."""
    parts = _VOICE.split(raw)
    spans = [(None, parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    return [(None if who is None else html.unescape(who).strip(), join_spoken(_plain(said).splitlines()))
            for who, said in spans if said.strip()]


def _labelled(raw: str, named: frozenset[str]) -> list[tuple[str | None, str]]:
    """Cut a caption at lines that begin with a speaker."""
    spans: list[tuple[str | None, str]] = []
    for line in _plain(raw).splitlines():
        name, said = _label(line, named)
        if name is None and spans:
            spans[-1] = (spans[-1][0], join_spoken([spans[-1][1], said]))
        else:
            spans.append((name, said))
    return spans


def _label(line: str, named: frozenset[str]) -> tuple[str | None, str]:
    """Give the speaker a line begins with, or None, and the rest; a sound may stand before it, as (laughs)."""
    label = _LABEL.fullmatch(line)
    if label is None:
        return None, line
    kind = "boxed" if label["boxed"] else "who"
    name = label[kind].strip()
    if names_a_speaker(name):
        return name, label["rest"]
    behind = _label(label["rest"], frozenset()) if kind == "boxed" else (None, "")
    if behind[0] is not None:
        return behind
    return (name, label["rest"]) if kind in named and may_be_name(name) else (None, line)


def _naming(raws: list[str]) -> frozenset[str]:
    """Tell in which ways the captions name their speakers, though no word explains the names."""
    if not raws:
        return frozenset()
    firsts = [_LABEL.match(_plain(raw)) for raw in raws]
    share = {
        kind: sum(first is not None and may_be_name(first[kind] or "") for first in firsts) / len(raws)
        for kind in ("who", "boxed")
    }
    return frozenset(kind for kind in share if share[kind] >= (_MOST if kind == "who" else _NEARLY_ALL))


def _plain(raw: str) -> str:
    return html.unescape(_TAG.sub("", raw))


def _is_captions(probe: Probe) -> bool:
    head = probe.head.removeprefix("\ufeff").lstrip()
    return probe.kind == "text" and (re.match(r"WEBVTT\b", head) is not None or _SRT.match(head) is not None)


ADAPTER = Adapter(
    name="captions", title="Captions of calls (WebVTT of Teams, Zoom and others, SRT)",
    example=(
        "Teams: recap > transcript > download as .vtt; Zoom: recordings > audio transcript (.vtt); any tool's .srt\n"
        "vocmine run --contacts call_20260401_0930.vtt --out out\n"
        "One file is one call, its date is in its name; real names need `speakers: {Sato: agent, \"*\": customer}`"
    ),
    recognises=_is_captions, constants=CALL, fold=fold_captions, turns=True,
)
