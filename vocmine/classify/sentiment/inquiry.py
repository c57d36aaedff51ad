"""Bad and good words that are only what somebody asks about or explains: they say little of the mood.

違約金の有無を照会, 故障時の連絡先を案内 and "what happens if I lose my card" report no trouble; 届かないと問合せ does.
"""

from __future__ import annotations

from vocmine.classify.sentiment.lexicon import rule
from vocmine.classify.sentiment.polarity_ja import Hit

ASKED = 0.1  # what is left of a word that is the subject of an inquiry
HALF_ASKED = 0.5  # of a bad word that stands in another clause than the asking, or names what did happen
_MAY_JA = rule("inquiry_may")
_ASKS_JA = rule("inquiry_asks")
_TELLS_JA = rule("inquiry_tells")
_REPORT = rule("inquiry_report")
_IGNORANCE = rule("inquiry_ignorance")
_CONDITION = rule("inquiry_condition")
_EVENT = rule("inquiry_event")
_QUESTION = rule("inquiry_question")
_ASKS_EN = rule("inquiry_en", ignore_case=True)
_RHETORICAL_EN = rule("inquiry_en_not", ignore_case=True)


def discount_asked_ja(sentence: str, hits: list[Hit]) -> list[Hit]:
    """Make light of the words of a Japanese sentence that are the subject of an inquiry or of an explanation.

    Examples
    --------
    >>> from vocmine.classify.sentiment.polarity_ja import hits_ja
    >>> texts = ["水漏れ時の連絡先を照会", "水漏れしていると照会"]
    >>> [[round(h.score, 1) for h in discount_asked_ja(t, hits_ja(t))] for t in texts]
    [[-0.2], [-1.7]]
    """
    if not hits or _MAY_JA.search(sentence) is None:
        return hits
    asks = [m.span() for m in _ASKS_JA.finditer(sentence)]
    tells = [m.span() for m in _TELLS_JA.finditer(sentence)]
    questions = [m.span() for m in _QUESTION.finditer(sentence)]
    return [h._replace(score=h.score * _share_ja(sentence, h, asks, tells, questions)) for h in hits]


def _share_ja(
    sentence: str, hit: Hit, asks: list[tuple[int, int]], tells: list[tuple[int, int]], questions: list[tuple[int, int]]
) -> float:
    condition = hit.score < 0 and _CONDITION.match(sentence, hit.end) is not None
    if condition and any(end >= hit.end for _, end in (*asks, *tells, *questions)):
        return ASKED
    end = next((start for start, _ in asks if start >= hit.end - 1), -1)
    if end >= 0:
        return _before(sentence, hit, end, HALF_ASKED)
    end = next((start for start, _ in tells if start >= hit.end - 1), -1)
    return _before(sentence, hit, end, 1.0) if end >= 0 else 1.0


def _before(sentence: str, hit: Hit, verb: int, other_clause: float) -> float:
    """Give the share of a word whose sentence asks or explains at a later place."""
    between = sentence[hit.end : verb]
    if _IGNORANCE.match(hit.text) and _REPORT.search(between):
        return ASKED
    if _REPORT.search(between):
        return 1.0
    if "、" in between or "," in between:
        return other_clause
    return HALF_ASKED if hit.score < 0 and _EVENT.match(sentence, hit.start) else ASKED


def discount_asked_en(sentence: str, hits: list[Hit]) -> list[Hit]:
    """Make light of the words of an English sentence that come after an asking word (what happens if, asked about).

    Examples
    --------
    >>> from vocmine.classify.sentiment.polarity_en import hits_en
    >>> asked = "Where do I report a broken lamp?"
    >>> [round(h.score, 2) for h in discount_asked_en(asked, hits_en(asked))]
    [-0.16]
    """
    asked = _ASKS_EN.search(sentence) if hits else None
    if asked is None or _RHETORICAL_EN.search(sentence):
        return hits
    return [h._replace(score=h.score * ASKED) if h.start >= asked.start() else h for h in hits]
