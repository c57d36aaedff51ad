"""One quote an issue that holds the words its tag rests on, with their place: it proves what it stands for."""

from __future__ import annotations

import re

import pandas as pd

from vocmine.report.evidence import MarkedQuote
from vocmine.report.inputs import Frames

_LONGEST = 110  # characters: two lines of the first screen
_READ = 40  # of an issue's contacts, the best first: that many are looked at
_SURE = 0.8  # score from which words that a model rests on are shown
_CONTENT = re.compile(r"[一-龠々ァ-ヶー]{2}|[A-Za-z]{4}|[一-龠][ぁ-ん]{2}")
_END = re.compile(r"[。！？!?\n]|\.\s")
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
_LATIN = re.compile(r"[A-Za-z0-9]+")


def voices(frames: Frames, lang: str) -> dict[str, MarkedQuote]:
    """Choose a quote for each issue: the reader's language, a rule's words, a sure tag, a plain length.

    Parameters
    ----------
    frames : Frames
        Contacts (masked text) and reasons with evidence.
    lang : str
        Quotes in this language come first.

    Returns
    -------
    dict of str to MarkedQuote
        By issue; an issue of which no text holds words that say something is left out.
    """
    rows = _candidates(frames, lang)
    out: dict[str, MarkedQuote] = {}
    for issue, part in rows.groupby("issue", sort=True):
        texts = zip(part["contact_id"], part["day"], part["channel"], part["text"], part["evidence"], strict=True)
        for key, day, channel, text, evidence in texts:
            parts = marked(text, evidence)
            if parts:
                written = "ja" if _JAPANESE.search("".join(parts)) else "en"
                out[str(issue)] = MarkedQuote(*parts, str(key), day.date(), str(channel), written)
                break
    return out


def _candidates(frames: Frames, lang: str) -> pd.DataFrame:
    base = frames.base.loc[frames.base["text"].str.len() >= 8]
    rows = frames.reasons.join(base[["text", "day", "channel", "lang", "mood"]], on="contact_id", how="inner")
    rows = rows.loc[rows["evidence"].str.len() >= 2]
    rows = rows.loc[rows["evidence"].str.contains(_CONTENT) & ~rows["evidence"].str.contains(r"[\[\]［］]")]
    if rows.empty:
        return rows
    rule = rows["source"] == "rule" if "source" in rows else pd.Series(False, index=rows.index)
    rows = rows.assign(rule=rule).loc[rule | (rows["score"] >= _SURE)]
    only = ~rows.duplicated("contact_id", keep=False)
    length = rows["text"].str.len().clip(upper=400)
    japanese = rows["text"].str.contains(_JAPANESE) == (lang == "ja")
    merit = (
        1.0 * japanese + 0.6 * rows["rule"] + 0.5 * rows["score"].clip(0, 1) + 0.3 * only
        + 0.3 * (rows["mood"] == "negative") - (length - (45 if lang == "ja" else 90)).abs() / 200
        - 0.15 * rows["text"].str.count(r"[\[［]").clip(upper=3)
        + 0.02 * rows["evidence"].str.len().clip(upper=20)
    )
    rows = rows.assign(merit=merit.round(6)).sort_values(
        ["issue", "merit", "day", "contact_id"], ascending=[True, False, False, True], kind="stable"
    )
    return rows.groupby("issue", sort=False).head(_READ)


def marked(text: str, evidence: str, longest: int = _LONGEST) -> tuple[str, str, str] | None:
    """Cut out the sentence that holds the evidence: what stands before it, itself, what follows; None where none does.

    Examples
    --------
    >>> marked("お世話になります。返金がまだありません。よろしく。", "返金がまだ", longest=16)
    ('…', '返金がまだ', 'ありません。よろしく。')
    >>> marked("The refund is late.", "invoice") is None
    True
    """
    whole, words = " ".join(text.split()), " ".join(evidence.split())
    start = whole.find(words) if words else -1
    if start < 0:
        return None
    start, end = _whole_words(whole, start, start + len(words))
    if end - start > longest - 2:
        return None
    first, last = _window(whole, start, end, longest)
    before = ("…" if first else "") + whole[first:start].lstrip()
    after = whole[end:last].rstrip() + ("…" if last < len(whole) else "")
    return before, whole[start:end], after


def _whole_words(whole: str, start: int, end: int) -> tuple[int, int]:
    """Take in the rest of a word of letters that the evidence cuts."""
    for found in _LATIN.finditer(whole):
        if found.start() < start < found.end():
            start = found.start()
        if found.start() < end < found.end():
            end = found.end()
    return start, end


def _window(whole: str, start: int, end: int, longest: int) -> tuple[int, int]:
    """Give the sentences around the evidence as far as there is room; where one is too long, a piece of it."""
    if len(whole) <= longest:
        return 0, len(whole)
    borders = [0, *(found.end() for found in _END.finditer(whole)), len(whole)]
    first = max(place for place in borders if place <= start)
    last = min(place for place in borders if place >= end)
    if last - first > longest:
        room = longest - (end - start)
        first = max(first, start - room // 2)
        last = min(last, first + longest)
        return first, _not_in_mask(whole, first, last)
    for place in borders:
        if last < place <= first + longest:
            last = place
    return first, last


def _not_in_mask(whole: str, first: int, last: int) -> int:
    """Move a cut out of a mask such as ``[PHONE]``."""
    opened = whole.rfind("[", first, last)
    return opened if opened > whole.rfind("]", first, last) else last
