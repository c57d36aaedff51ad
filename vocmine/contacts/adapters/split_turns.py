"""A whole transcript in one text, split into turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from vocmine.contacts.values import parse_durations
from vocmine.errors import ContactError
from vocmine.text.labels import Label, speaker_labels
from vocmine.text.speakers import names_a_speaker, speaker_key, speaker_role, told_roles
from vocmine.text.turns import split_turns


def split_speakers(transcript: str, speakers: Mapping[str, str] | None = None) -> pd.DataFrame:
    r"""Split a transcript written as lines ``[00:12] お客様: ...`` into turns.

    Parameters
    ----------
    transcript : str
        Lines that begin with a speaker and a colon, with a clock before them or not; other lines go on with the turn.
    speakers : mapping of str to str, optional
        Told: further names of speakers.

    Returns
    -------
    DataFrame
        ``speaker, seconds, text``; seconds NaN where there is no clock. A turn begins with a word known as a speaker,
        a name that is told, or a name that has a clock before it or comes again.

    Raises
    ------
    ContactError
        If no line begins with a speaker.

    Examples
    --------
    >>> split_speakers("[00:00] オペレーター: はい\n[00:05] お客様: 解約したい\n  来月で").values.tolist()
    [['オペレーター', 0.0, 'はい'], ['お客様', 5.0, '解約したい\n  来月で']]
    """
    marks = _marks(transcript, speakers or {})
    if not marks:
        raise ContactError("no turns", where="transcript", expected="lines such as お客様: ...")
    ends = [mark.start for mark in marks[1:]] + [len(transcript)]
    return pd.DataFrame({
        "speaker": [mark.who for mark in marks], "seconds": parse_durations([mark.clock or None for mark in marks]),
        "text": [transcript[mark.end:mark.stop or end].strip() for mark, end in zip(marks, ends, strict=True)],
    })


def has_turns(transcript: str, speakers: Mapping[str, str] | None = None) -> bool:
    """Tell whether a text is a transcript with speakers.

    Examples
    --------
    >>> has_turns("お客様: はい"), has_turns("ご担当者様: お世話になります")
    (True, False)
    """
    return bool(_marks(transcript, speakers or {}))


def share_of_talks(texts: Iterable[str], speakers: Mapping[str, str] | None = None) -> float:
    r"""Give the share of texts that are talks: both a customer and an agent (or a bot) speak in them.

    Examples
    --------
    >>> share_of_talks(["Agent: Hello\nCustomer: It broke", "お客様：返品したいとのこと"]), share_of_talks([""])
    (0.5, 0.0)
    """
    filled = [text for text in texts if text.strip()]
    return sum(bool(split_turns(text, speakers)) for text in filled) / len(filled) if filled else 0.0


def both_sides_speak(transcript: str, speakers: Mapping[str, str] | None = None) -> bool:
    r"""Tell whether a text that is known to be a transcript has turns of both sides, so that it is a whole talk.

    Examples
    --------
    >>> both_sides_speak("お客様: 甲\n担当: はい"), both_sides_speak("お客様: 甲")
    (True, False)
    """
    told, _ = told_roles(speakers or {})
    names = {speaker_key(mark.who) for mark in _marks(transcript, speakers or {})}
    roles = {told.get(name) or speaker_role(name) for name in names}
    return "customer" in roles and bool(roles & {"agent", "bot"})


def _marks(transcript: str, speakers: Mapping[str, str]) -> list[Label]:
    """Where turns begin; none if no line begins with a known speaker and no two with a clock and a name."""
    told = {speaker_key(str(name)) for name in speakers}
    found = speaker_labels(transcript, least=1)
    known = [speaker_key(mark.who) in told or names_a_speaker(mark.who) for mark in found]
    clocks = sum(bool(mark.clock) for mark in found) > 1  # one alone may be a time in a sentence
    if not any(known) and not clocks:
        return []
    often = Counter(speaker_key(mark.who) for mark in found)
    return [
        mark for mark, sure in zip(found, known, strict=True)
        if sure or (clocks and mark.clock) or often[speaker_key(mark.who)] > 1
    ]
