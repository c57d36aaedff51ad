"""What a recogniser finds, which find wins where two overlap, and what is written in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from vocmine.text.lexicon import read_table

_VEIL = "\ue000"  # for private use: no letter, no digit, no word of any dictionary


@dataclass(frozen=True, order=True)
class PiiSpan:
    """A place in a text that holds personal data.

    Parameters
    ----------
    start, end : int
        Characters of the original text, end not included.
    kind : str
        name, phone, email, card, postal_code, address, my_number, account, birth_date, url or ip.
    score : float
        How sure, 0 to 1.
    rule : str
        The rule that found it.
    """

    start: int
    end: int
    kind: str
    score: float
    rule: str

    def moved(self, by: int) -> PiiSpan:
        """Give the same span further right."""
        return PiiSpan(self.start + by, self.end + by, self.kind, self.score, self.rule)


def without_overlaps(spans: Iterable[PiiSpan]) -> list[PiiSpan]:
    """Join spans that overlap into one with the kind of the surest, then the longest, of them; in order of the text.

    What only one of them covers stays covered, so that no part of a secret is left.

    Examples
    --------
    >>> without_overlaps([PiiSpan(0, 4, "phone", 0.9, "a"), PiiSpan(2, 6, "card", 0.8, "b")])
    [PiiSpan(start=0, end=6, kind='phone', score=0.9, rule='a')]
    """
    kept: list[PiiSpan] = []
    best: list[PiiSpan] = []
    for span in sorted(spans):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
            best.append(span)
            continue
        best[-1] = win = max(best[-1], span, key=lambda s: (s.score, s.end - s.start, -s.start, s.kind, s.rule))
        kept[-1] = PiiSpan(kept[-1].start, max(kept[-1].end, span.end), win.kind, win.score, win.rule)
    return kept


@lru_cache(maxsize=1)
def marks() -> dict[str, dict[str, str]]:
    """Give the mark of each kind, by language of the text around it.

    Examples
    --------
    >>> marks()["ja"]["phone"], marks()["en"]["phone"]
    ('[電話番号]', '[PHONE]')
    """
    rows = read_table("marks.tsv")
    japanese = {kind: f"[{ja}]" for kind, ja, _ in rows}
    english = {kind: f"[{en}]" for kind, _, en in rows}
    return {"ja": japanese, "mixed": japanese, "en": english, "other": english}


@lru_cache(maxsize=1)
def mark_pattern() -> re.Pattern[str]:
    """Give the pattern of all marks; they stand for masked data and are never read as words."""
    every = {mark for by_kind in marks().values() for mark in by_kind.values()}
    return re.compile("|".join(re.escape(mark) for mark in sorted(every)))


def veiled(text: str) -> str:
    r"""Give a text with blind characters in its marks, as many as there were: no rule reads a word or a cue there.

    Examples
    --------
    >>> ascii(veiled("[IP]:[x]"))
    "'[\\ue000\\ue000]:[x]'"
    """
    if "[" not in text:
        return text
    return mark_pattern().sub(lambda mark: f"[{_VEIL * (len(mark.group()) - 2)}]", text)


def outside_marks(text: str, spans: Sequence[PiiSpan]) -> list[PiiSpan]:
    """Give what of spans lies outside of the marks of a text; a part without a letter or digit is left out.

    Examples
    --------
    >>> [(s.start, s.end) for s in outside_marks("港区[氏名]、1-2", [PiiSpan(0, 10, "address", 0.9, "a")])]
    [(0, 2), (7, 10)]
    """
    old = [mark.span() for mark in mark_pattern().finditer(text)] if "[" in text else []
    if not any(a < span.end and span.start < b for span in spans for a, b in old):
        return list(spans)
    return [part for span in spans for part in _parts(text, span, old)]


def _parts(text: str, span: PiiSpan, old: Sequence[tuple[int, int]]) -> Iterator[PiiSpan]:
    inside = [(a, b) for a, b in old if a < span.end and span.start < b]
    for begin, end in zip([span.start, *(b for _, b in inside)], [*(a for a, _ in inside), span.end], strict=True):
        letters = [i for i in range(begin, end) if text[i].isalnum()]
        if letters:
            yield replace(span, start=letters[0], end=letters[-1] + 1)


def replace_spans(text: str, spans: Sequence[PiiSpan], lang: str) -> str:
    """Write the mark of each span in its place; spans in order and apart."""
    if not spans:
        return text
    by_kind = marks()[lang]
    parts = []
    last = 0
    for span in spans:
        parts += [text[last : span.start], by_kind[span.kind]]
        last = span.end
    return "".join([*parts, text[last:]])


def moved_back(found: Sequence[PiiSpan], spans: Sequence[PiiSpan], lang: str) -> list[PiiSpan]:
    """Give what was found in what `replace_spans` made of a text in the places of that text.

    Examples
    --------
    >>> [(s.start, s.end) for s in moved_back([PiiSpan(5, 6, "name", 0.9, "r")], [PiiSpan(1, 9, "ip", 0.9, "r")], "en")]
    [(9, 10)]
    """
    return [replace(span, start=_before(span.start, spans, lang), end=_before(span.end, spans, lang)) for span in found]


def _before(place: int, spans: Sequence[PiiSpan], lang: str) -> int:
    by_kind = marks()[lang]
    for span in spans:
        size = len(by_kind[span.kind])
        if place < span.start + size:  # in a mark only the place of its bracket has a meaning
            return min(place, span.start)
        place += span.end - span.start - size
    return place
