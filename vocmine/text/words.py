"""Content words of a text: Japanese normalised forms, English lemmas; a negation stays on the word it denies."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from vocmine.text import splitter
from vocmine.text.denial import find_denied
from vocmine.text.lexicon import read_table, read_words
from vocmine.text.splitter import ADJ, KAOMOJI, MARK
from vocmine.text.vocabulary import Vocabulary

Spans = Sequence[tuple[int, int]]

_MAY_DENY = re.compile(r"な[いかくけさ]|ませ|ん|[ずぬ]|無[いかく]|ね[えぇー]|づら|辛|にく|難|がた")


def japanese_terms(
    text: str, morphemes: Any, kinds: list[int], vocabulary: Vocabulary, hidden: Spans = ()
) -> list[str]:
    """Give the content words of one piece of Japanese text.

    Parameters
    ----------
    text : str
        Normalised text, short enough for Sudachi.
    morphemes, kinds
        Sudachi's morphemes of ``text`` and the kind of each.
    vocabulary : Vocabulary
        Stop words, synonyms, shorthand and compounds.
    hidden : sequence of (start, end)
        Spans that are masked, in order and apart: words that touch one are left out.

    Returns
    -------
    list of str
        Terms in order of the text. A denied verb, adjective or noun has ``_ない`` at its end (繋がる_ない), one that is
        hard to do ``_にくい``.
    """
    table = vocabulary.terms
    whole = [(m.start(), m.end(), m.group()) for m in vocabulary.whole.finditer(text)] if vocabulary.whole else []
    if hidden or whole:
        return _with_spans(text, morphemes, kinds, table, (hidden, whole))
    return _terms(text, morphemes, kinds, table)


def _terms(text: str, morphemes: Any, kinds: list[int], table: dict[str, str]) -> list[str]:
    """Give the terms of all morphemes: one pass, and a second look only where something is denied or a face shows."""
    if _MAY_DENY.search(text) is None and KAOMOJI not in kinds and _EMOJI.search(text) is None:
        return [t for m, k in zip(morphemes, kinds, strict=True) if k <= ADJ and (t := table[m.normalized_form()])]
    return [term for term in _terms_by_morpheme(morphemes, kinds, table) if term]


def _terms_by_morpheme(morphemes: Any, kinds: list[int], table: dict[str, str]) -> list[str]:
    """Give one term a morpheme, empty where it has none."""
    marks = find_denied(morphemes, kinds)
    out = []
    for i, kind in enumerate(kinds):
        if kind <= ADJ:
            form = morphemes[i].normalized_form()
            term = table[form]
            mark = marks.get(i)
            if mark is not None:  # an empty mark: the denying word itself
                term = (term or form) + mark if mark else ""
        elif kind in (KAOMOJI, MARK):
            term = _face(morphemes[i].surface(), kind == KAOMOJI)
        else:
            term = ""
        out.append(term)
    return out


def _with_spans(
    text: str, morphemes: Any, kinds: list[int], table: dict[str, str],
    spans: tuple[Spans, list[tuple[int, int, str]]],
) -> list[str]:
    """Leave out what is masked and put compounds in the place of their parts."""
    hidden, whole = spans
    masked = list(hidden)
    whole = [w for w in whole if not _touches(masked, w[0], w[1])]
    covered = sorted([*hidden, *((a, b) for a, b, _ in whole)])
    terms = _terms_by_morpheme(morphemes, kinds, table)
    ends = []
    for i, m in enumerate(morphemes):
        start, end = m.begin(), m.end()
        ends.append(end)
        if _touches(covered, start, end):
            terms[i] = ""
    for a, _, word in whole:
        first = bisect_right(ends, a)
        terms[first] = " ".join(t for t in (terms[first], table[word.lower()]) if t)
    return [term for term in terms if term]


def _touches(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether one of the sorted spans, which stand apart, overlaps start:end."""
    i = bisect_left(spans, (end, 0))
    return i > 0 and spans[i - 1][1] > start


@lru_cache(maxsize=1)
def _faces() -> dict[str, str]:
    return {piece: meaning for meaning, pieces in read_table("emoji.tsv") for piece in pieces.split()}


@lru_cache(maxsize=5_000)
def _face(surface: str, is_kaomoji: bool) -> str:
    """Give the meaning of an emoji or kaomoji; empty for any other mark."""
    known = _faces().get(surface)
    if known or not is_kaomoji:
        return known or ""
    found = [(len(piece), meaning) for piece, meaning in _faces().items() if len(piece) > 1 and piece in surface]
    return max(found)[1] if found else ""


_EMOJI = re.compile("[\U0001F300-\U0001FAFF\u2600-\u27BF\u2b50]")
_ENGLISH = re.compile(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*|[\U0001F300-\U0001FAFF\u2600-\u27BF]|[.!?;,\n]")
_NOT_REACH = 3


def english_terms(text: str, vocabulary: Vocabulary, hidden: Spans = ()) -> list[str]:
    """Give the lemmas of the content words of English text; a denied one ends in ``_not``.

    Examples
    --------
    >>> from vocmine.text.vocabulary import default_vocabulary
    >>> english_terms("The app doesn't work and my charges were wrong.", default_vocabulary())
    ['app', 'work_not', 'charge', 'wrong']
    """
    out = []
    reach = 0
    faces = _faces()
    own = vocabulary.terms
    covered = list(hidden)
    for match in _ENGLISH.finditer(text):
        if covered and _touches(covered, match.start(), match.end()):
            continue
        word = match.group().lower().replace("’", "'")
        if not word[0].isalpha() or not word.isascii():
            reach = 0
            if word in faces:
                out.append(faces[word])
            continue
        if word in read_words("negations_en.txt"):
            reach = _NOT_REACH
            continue
        lemma = _lemma(word)
        if lemma:
            lemma = own[lemma]
        if lemma:
            out.append(lemma + "_not" if reach > 0 else lemma)
            reach = 0
        reach -= 1
    return out


@lru_cache(maxsize=100_000)
def _lemma(word: str) -> str:
    if word in read_words("stop_en.txt") or len(word) == 1:
        return ""
    for form, lemma in read_table("lemmas_en.tsv"):
        if form == word:
            return lemma
    import simplemma

    lemma = str(simplemma.lemmatize(word, lang="en")).lower()
    return "" if lemma in read_words("stop_en.txt") else lemma


def other_terms(text: str) -> list[str]:
    """Give the words of a text in another language: runs of letters, in lower case."""
    return [word.lower() for word in re.findall(r"[^\W\d_]{2,}", text)]


def split_japanese(piece: str) -> tuple[Any, list[int]]:
    """Give Sudachi's morphemes of a piece and the kind of each."""
    morphemes = splitter.tokenizer().tokenize(piece)
    return morphemes, splitter.kinds_of(morphemes)

