"""Content words of a text: Japanese normalised forms, English lemmas; a negation stays on the word it denies."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from vocmine.text import splitter
from vocmine.text.emoticons import find_faces
from vocmine.text.lexicon import read_table, read_words
from vocmine.text.negation import find_denied
from vocmine.text.splitter import ADJ, Morphemes
from vocmine.text.vocabulary import Vocabulary

Spans = Sequence[tuple[int, int]]
split_japanese = splitter.split_japanese

# all branches begin with a plain character: several times as fast as with sets
_MAY_DENY = re.compile(r"な[いかくけさ]|ませ|ん|ず|ぬ|無[いかく]|ね[えぇー]|づら|辛|にく|難|がた|まい")


def japanese_terms(
    text: str, morphemes: Morphemes, kinds: list[int], vocabulary: Vocabulary, hidden: Spans = ()
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
    if _MAY_DENY.search(text):
        terms = _denied_terms([m.normalized_form() for m in morphemes], kinds, table)
    else:
        terms = [table[m.normalized_form()] if k <= ADJ else "" for m, k in zip(morphemes, kinds, strict=True)]
    if vocabulary.short_units:
        _add_units(terms, morphemes, vocabulary)
    whole = list(find_faces(text))
    if vocabulary.whole:
        whole += [(m.start(), m.end(), table[m.group().lower()]) for m in vocabulary.whole.finditer(text)]
    if hidden or whole:
        masked = list(hidden)
        whole = [found for found in whole if not _touches(masked, found[0], found[1])]
        _cover(terms, morphemes.begins, [*masked, *((a, b) for a, b, _ in whole)])
        for start, _, term in whole:
            first = bisect_right(morphemes.begins, start) - 1
            terms[first] = " ".join(t for t in (terms[first], term) if t)
    return [term for term in terms if term]


def _denied_terms(forms: list[str], kinds: list[int], table: dict[str, str]) -> list[str]:
    """Give one term a morpheme; those that are denied carry a mark, the words that do so have an empty mark and go."""
    terms = [table[form] if kind <= ADJ else "" for form, kind in zip(forms, kinds, strict=True)]
    for i, mark in find_denied(forms, kinds).items():
        if kinds[i] <= ADJ:
            terms[i] = (terms[i] or forms[i]) + mark if mark else ""
    return terms


def _add_units(terms: list[str], morphemes: Morphemes, vocabulary: Vocabulary) -> None:
    """Put the short units of long words behind them."""
    table = vocabulary.terms
    for i, morpheme in enumerate(morphemes):
        if terms[i] and len(morpheme.surface()) >= vocabulary.short_units:
            n, forms = splitter.short_units(morpheme.surface())
            if n >= vocabulary.short_units:
                units = dict.fromkeys(table[form] for form in forms)
                terms[i] = " ".join([terms[i], *(unit for unit in units if unit and unit != terms[i])])


def _cover(terms: list[str], begins: list[int], spans: Spans) -> None:
    """Take out the terms of all morphemes that touch one of the spans."""
    for start, end in spans:
        first, last = max(0, bisect_right(begins, start) - 1), bisect_left(begins, end)
        terms[first:last] = [""] * (last - first)


def _touches(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether one of the sorted spans, which stand apart, overlaps start:end."""
    i = bisect_left(spans, (end, 0))
    return i > 0 and spans[i - 1][1] > start


_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ENGLISH = re.compile(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*|[\U0001F300-\U0001FAFF\u2600-\u27BF]|[.!?;,\n]")
_NOT_REACH = 3  # words after `not` that it may deny


def english_terms(text: str, vocabulary: Vocabulary, hidden: Spans = ()) -> list[str]:
    """Give the lemmas of the content words of English text; a denied one ends in ``_not``.

    Examples
    --------
    >>> from vocmine.text.vocabulary import default_vocabulary
    >>> english_terms("The app doesn't work and my charges were wrong.", default_vocabulary())
    ['app', 'work_not', 'charge', 'wrong']
    """
    out: list[tuple[int, str]] = []
    reach = 0
    faces = [face for face in find_faces(text) if not _touches(list(hidden), face[0], face[1])]
    own = vocabulary.english
    covered = sorted([*hidden, *((start, end) for start, end, _ in faces)])
    for match in _ENGLISH.finditer(text):
        if covered and _touches(covered, match.start(), match.end()):
            continue
        word = match.group().lower().replace("’", "'")
        if not word[0].isalpha() or not word.isascii():
            reach = 0
            continue
        if word in read_words("negations_en.txt"):
            reach = _NOT_REACH
            continue
        lemma = _lemma(word)
        if lemma:
            lemma = own[lemma]
        if lemma:
            out.append((match.start(), lemma + "_not" if reach > 0 else lemma))
            reach = 0
        reach -= 1
    out += [(start, meaning) for start, _, meaning in faces]
    return [term for _, term in (sorted(out) if faces else out)]


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


def other_terms(text: str, hidden: Spans = ()) -> list[str]:
    """Give the words of a text in another language: runs of letters, in lower case, and the meanings of faces."""
    found = [(m.start(), m.end(), m.group().lower()) for m in _LETTERS.finditer(text)]
    faces = list(find_faces(text))
    covered = sorted([*hidden, *((start, end) for start, end, _ in faces)])
    kept = [word for word in found if not _touches(covered, word[0], word[1])]
    shown = [face for face in faces if not _touches(list(hidden), face[0], face[1])]
    return [term for _, _, term in sorted([*kept, *shown])]
