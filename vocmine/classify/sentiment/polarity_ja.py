"""Reads the polarity of Japanese text: words, their negation, wishes, contrast, degree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np

from vocmine.classify.sentiment.by_subject import score_by_subject
from vocmine.classify.sentiment.lexicon import Word, japanese, rule
from vocmine.classify.sentiment.word_bounds import heads_compound, part_of_name, whole
from vocmine.text.known_strings import KnownStrings

_AFTER_KU = rule("after_ku")
_AFTER_STEM = rule("after_stem")
_AFTER_VERB = rule("after_verb")
_AFTER_NOUN = rule("after_noun")
_ADVERB_THEN_NOT = rule("adverb_then_not")
_WELL_NOT = rule("well_not")
_GENTLY_NOT = rule("gently_not")
_NONE_OF = rule("none_of")
_GONE = rule("gone")
_HASTE = rule("haste")
_JUDGED_NOT = rule("judged_not")
_STRONG = rule("strong_before")
_WEAK = rule("weak_before")
_MORE = rule("more_before")
_IF = rule("if_after")
_EXPECTED = rule("expected_after")
_TAIL = rule("tail")
_GRANTED = rule("granted")
_AIM = rule("aim_after")
_TAKEN_BACK = rule("taken_back")
_FEARED = rule("feared_after")
_REPORTED = rule("reported_after")
_FEARED_NOT = rule("feared_not")
_TAKEN_BACK_SHARE = 0.7  # of a word whose negation is itself negated
_STRONGER, _WEAKER = 1.3, 0.6  # factors of a word put strongly (とても) and weakly (少し)
_UNMET, _CONDITION = -0.5, 0.2  # factors of a good word that is wanted or was expected, and of one that is a condition
_PARTICLES = frozenset("がをはもにでと")  # with which some forms of the lexicon begin
_LED = re.compile(r"[一-鿿々ァ-ヶー]+[ぁ-ん]?$|お[一-鿿]+$")
_UNFINISHED = re.compile(r"[がをはもに][一-鿿]{1,2}$")  # a form that ends in the stem of an adjective (広告が多)
_NAMING = 0.3  # of a word that only tells which thing another noun names
_GRAVE = -2.3  # from here on down a bad noun is bad in any term
_NOT_SO = 0.1  # of a word that was feared or said by others, and turned out otherwise
_LEAST = 0.05  # a weaker word says nothing
_NEGATION_REACH, _DEGREE_REACH = 22, 8  # characters read after a word for its negation, before it for its degree


_NEGATIONS = (
    "after_ku", "after_stem", "after_verb", "after_noun", "adverb_then_not", "well_not", "gently_not", "none_of",
    "gone", "judged_not",
)
# the rules here, as `RuleScreen` reads them; their bits say whether a rule may match in a sentence
RULES_JA = (
    _NEGATIONS, ("strong_before", "weak_before"), ("more_before", "if_after", "expected_after", "haste"),
    ("feared_after", "reported_after"),
)
_DENIES, _GRADES, _WANTS, _TURNS_OUT = (1 << bit for bit in range(len(RULES_JA)))
_ANY = (1 << len(RULES_JA)) - 1
Found: TypeAlias = tuple[int, int, Word]  # a form of the lexicon: its start, its end, its word


class Hit(NamedTuple):
    """A polarity word found: where, as it stands in the text, its score in place, whether it was negated."""

    start: int
    end: int
    text: str
    score: float
    negated: bool


@lru_cache(maxsize=1)
def _index() -> tuple[KnownStrings, list[Word], list[bool]]:
    """Give the forms of the lexicon, their words, and which of them may be pieces of other words."""
    table = japanese()
    pieces = [word.bounded or form[0] >= "ァ" for form, word in table.items()]
    return KnownStrings(list(table)), list(table.values()), pieces


def _script(char: str) -> int:
    return 1 if "ぁ" <= char <= "ん" else 2 if "ァ" <= char <= "ー" else 3 if "一" <= char <= "鿿" else 0


def _inside(text: str, i: int, bounded: bool) -> bool:
    """Say whether position i lies within a run of one script (for words that must start one, and all in katakana)."""
    script = _script(text[i])
    return script == _script(text[i - 1]) and (script == 2 or (bounded and script != 0))


def find_words(text: str) -> list[Found]:
    """Find the lexicon's forms in a text, leftmost longest, without overlap.

    Examples
    --------
    >>> [(s, e) for s, e, _ in find_words("料金が高い")]
    [(0, 4)]
    """
    return next(words_by_text([text]))


def words_by_text(texts: list[str]) -> Iterator[list[Found]]:
    """Give what `find_words` finds in each of many texts.

    Examples
    --------
    >>> [len(found) for found in words_by_text(["料金が高い", "はい"])]
    [1, 0]
    """
    forms, words, pieces = _index()
    row, starts, form = forms.places(texts)
    ends = starts + forms.lengths[form]
    order = np.lexsort((-ends, starts, row))
    firsts = np.searchsorted(row[order], np.arange(len(texts) + 1)).tolist()
    places = starts[order].tolist(), ends[order].tolist(), form[order].tolist()
    for text, first, last in zip(texts, firsts, firsts[1:], strict=False):
        found: list[Found] = []
        free = 0
        for start, end, number in zip(*(some[first:last] for some in places), strict=True) if last > first else ():
            if start >= free and not (pieces[number] and _is_piece(text, start, end, words[number])):
                found.append((start, end, words[number]))
                free = end
        yield found


def _is_piece(text: str, start: int, end: int, word: Word) -> bool:
    """Say whether a form found is no word there but a piece of another."""
    if start and _inside(text, start, word.bounded):
        return True
    return text[start] >= "ァ" and word.score != 0 and not whole(text, start, end)


_SHARED = (_NONE_OF, _JUDGED_NOT)
_TESTS: dict[tuple[str, bool], tuple[re.Pattern[str], ...]] = {
    ("i", True): _SHARED,
    ("i", False): _SHARED,
    ("く", True): (_AFTER_KU, _WELL_NOT, *_SHARED),
    ("く", False): (_AFTER_KU, *_SHARED),
    ("n", True): (_AFTER_NOUN, *_SHARED, _ADVERB_THEN_NOT, _GENTLY_NOT),
    ("n", False): (_AFTER_NOUN, *_SHARED, _ADVERB_THEN_NOT, _GONE),
    ("v1", True): (_AFTER_VERB, *_SHARED),
    ("v1", False): (_AFTER_VERB, *_SHARED),
    ("v5", True): (_AFTER_VERB, *_SHARED),
    ("v5", False): (_AFTER_VERB, *_SHARED),
    ("p", True): (_AFTER_STEM, _AFTER_NOUN, *_SHARED, _GENTLY_NOT),
    ("p", False): (_AFTER_STEM, _AFTER_NOUN, *_SHARED),
}


def _negation(text: str, end: int, kind: str, good: bool) -> int:
    """Give where the negation after a word ends, or 0."""
    tail = text[end : end + _NEGATION_REACH]
    tests = _TESTS[kind, good]
    if kind == "i":
        tests = _TESTS["n" if text[end - 1] == "さ" else "く" if text[end - 1] == "く" else "i", good]
    for test in tests:
        match = test.match(tail)
        if match:
            return end + match.end()
    return 0


def _degree(before: str) -> float:
    if _STRONG.search(before):
        return _STRONGER
    return _WEAKER if _WEAK.search(before) else 1.0


def _unmet(text: str, start: int, end: int, before: str) -> float:
    """Give the factor of a good word: turned where it is wanted or was expected, small where it is only a condition."""
    hurried = text[start:end] in ("早く", "速く", "はやく") and _HASTE.search(text, end)
    if hurried or _MORE.search(before) or _EXPECTED.match(text, end):
        return _UNMET
    return _CONDITION if _IF.match(text, end) else 1.0


def _word_start(text: str, start: int, free: int) -> int:
    """Give where the evidence begins: with the noun before a form that begins with a particle (お湯 in が出ない)."""
    if text[start] not in _PARTICLES:
        return start
    led = _LED.search(text, max(free, start - _DEGREE_REACH), start)
    return led.start() if led else start


def _share_in_compound(text: str, end: int, score: float) -> float:
    """Give what is left of a noun that is a piece of a name or of a term."""
    if score > 0:
        return _NAMING if part_of_name(text, end) else 1.0
    return _NAMING if score > _GRAVE and heads_compound(text, end) else 1.0


def _turned_out_otherwise(text: str, end: int, score: float, before: str) -> bool:
    """Say whether the word that ends here was only feared, or told by others, and what follows says how it was."""
    tail = _TAIL.match(text, end).end()  # type: ignore[union-attr]
    if any(_FEARED.match(text, place) for place in {end, tail}):
        return not _FEARED_NOT.search(before)
    return score < 0 and any(_REPORTED.match(text, place) for place in {end, tail})


def hits_ja(text: str, words: list[Found] | None = None, may: int = _ANY) -> list[Hit]:
    """Give the polarity words of a sentence with their scores in place.

    Parameters
    ----------
    text : str
        A sentence.
    words : list of tuple, optional
        What `find_words` finds in it, where it is known.
    may : int
        The rules of `RULES_JA` that may match in it.

    Examples
    --------
    >>> [(h.text, h.score > 0, h.negated) for h in hits_ja("食事は楽しくなかった。対応は悪くない。")]
    [('楽しくなかった', False, True), ('悪くない', True, True)]
    """
    hits: list[Hit] = []
    for start, end, word in find_words(text) if words is None else words:
        if hits and hits[-1].negated and start < hits[-1].end:
            continue
        score, stop, negated = word.score, end, False
        if may & _DENIES and (word.kind != "p" or word.negated != word.score):
            past = _negation(text, end, word.kind, word.score > 0)
            if past:
                score, stop, negated = word.negated, past, True
                back = _TAKEN_BACK.match(text, _TAIL.match(text, past).end())  # type: ignore[union-attr]
                score, stop = (_TAKEN_BACK_SHARE * word.score, back.end()) if back else (score, stop)
        if word.kind == "n" and not negated:
            score *= _share_in_compound(text, end, score)
        elif word.kind in ("i", "p") and not negated:
            score = score_by_subject(text, start, score)
        if abs(score) < _LEAST or (score < 0 and negated and _GRANTED.match(text, stop)):
            continue
        if negated and score > 0 > word.score and _AIM.match(text, stop):
            continue
        before = text[max(0, start - _DEGREE_REACH) : start]
        if may & _WANTS and score > 0 and not negated and word.kind != "p":
            score *= _unmet(text, start, end, before)
        if may & _TURNS_OUT and _turned_out_otherwise(text, stop, score, before):
            score *= _NOT_SO
        if negated or word.kind != "n" or _UNFINISHED.search(text, start, stop):
            stop = max(stop, _TAIL.match(text, stop).end())  # type: ignore[union-attr]
        begin = _word_start(text, start, hits[-1].end if hits else 0)
        degree = _degree(before) if may & _GRADES else 1.0
        hits.append(Hit(begin, stop, text[begin:stop], score * degree, negated))
    return hits
