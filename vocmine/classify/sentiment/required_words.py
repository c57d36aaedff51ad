"""Words of which a pattern needs one: where a text has none of them, the pattern need not be tried."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache

_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
_OPTIONAL = re.compile(r"[?*]|\{0?,\d*\}")
_REPEATED = re.compile(r"\+|\{[1-9]\d*(?:,\d*)?\}")
_LAZY = "?+"
_LETTERS = 40.0  # letters of a short text
_LIKELY = 0.6  # words that stand in so many short texts spare nothing
# about the share of a text that is one letter below each: space, other ASCII, signs, hiragana, kanji, emoji
_SHARES = (("!", 0.15), ("\x80", 0.05), ("\u2e80", 0.001), ("ァ", 0.05), ("豈", 0.004), ("\U0010ffff", 0.0005))
_CLASS = re.compile(r"\[([^\\^][^\\]*)\]")  # that lists its letters
_RANGE = re.compile(r"(.)-(.)")
_MOST_LETTERS = 100  # of a class that is read as its letters


def alternatives(pattern: str) -> list[str]:
    """Split a pattern at the bars that stand outside all groups.

    Examples
    --------
    >>> alternatives("a(?:b|c)|[|]d")
    ['a(?:b|c)', '[|]d']
    """
    parts, start, at = [], 0, 0
    while at < len(pattern):
        if pattern[at] == "|":
            parts.append(pattern[start:at])
            start = at + 1
        at = _atom_end(pattern, at)
    return [*parts, pattern[start:]]


def required_words(pattern: str, likely: float = _LIKELY) -> list[str]:
    """Give words, in lower case, of which one stands in each text that a pattern matches; none where that is not known.

    Parameters
    ----------
    pattern : str
        A regular expression without named groups and flags.
    likely : float
        Words that stand in about so many of short texts are not given: to look for them spares nothing.

    Examples
    --------
    >>> required_words("(?:すぐ)?(?:解約|退会)し(?:たい|ます)"), required_words("[0-9]+")
    (['解約したい', '解約します', '退会したい', '退会します'], [])
    """
    return list(_required(pattern, likely))


@lru_cache(maxsize=10_000)
def _required(pattern: str, likely: float) -> tuple[str, ...]:
    """Give the words once for each group: many patterns have the same ones, and a pattern is read twice."""
    words: set[str] = set()
    for part in alternatives(pattern):
        found = _of_sequence(part, likely)
        if not found:
            return ()
        words |= found
    return tuple(sorted(words))


def _atom_end(pattern: str, at: int) -> int:
    """Give the place after the group, class, escape or letter that begins here."""
    if pattern[at] == "\\":
        return at + 2
    if pattern[at] == "[":
        end = at + 2 if pattern[at + 1] != "^" else at + 3
        while pattern[end - 1] != "]" or end - 1 == at + 1:
            end += 2 if pattern[end - 1] == "\\" else 1
        return end
    if pattern[at] != "(":
        return at + 1
    at += 1
    while pattern[at] != ")":
        at = _atom_end(pattern, at)
    return at + 1


def required_pair(pattern: str) -> list[list[str]]:
    """Give one or two lists of words; a text that the pattern matches has a word of each. None where that is not known.

    Parameters
    ----------
    pattern : str
        See `required_words`.

    Examples
    --------
    >>> required_pair("(?:解約|退会)を.{0,9}(?:したい|する)"), required_pair("解約したい"), required_pair("[0-9]+")
    ([['解約を', '退会を'], ['したい', 'する']], [['解約したい']], [])
    """
    first = required_words(pattern)
    if not first or len(alternatives(pattern)) > 1:
        return [first] if first else []
    others = [words for words in _options(pattern, _LIKELY) if not _follows(words, first)]
    second = min(others, key=_likely, default=set())
    return [first, sorted(second)] if second and _likely(second) < _LIKELY else [first]


def _follows(words: set[str], known: list[str]) -> bool:
    """Say whether a text that has one of the known words has one of the others for that reason alone."""
    return all(any(word in one for word in words) for one in known)


def _of_sequence(part: str, likely: float) -> set[str]:
    """Give the least likely words that a sequence without bars needs."""
    best = min(_options(part, likely), key=_likely, default=set())
    return best if _likely(best) < likely else set()


def _options(part: str, likely: float) -> list[set[str]]:
    """Give sets of words, of each of which a sequence without bars needs one."""
    options: list[set[str]] = []
    heads = {""}  # what has been read without a break: words that end here
    at = 0
    while at < len(part):
        end = _atom_end(part, at)
        atom = part[at:end]
        optional, repeated = _OPTIONAL.match(part, end), _REPEATED.match(part, end)
        quantifier = optional or repeated
        after = quantifier.end() if quantifier else end
        if quantifier and part[after : after + 1] in tuple(_LAZY):
            after += 1
        at = after
        if atom.startswith(_LOOKS):
            continue
        words = set() if optional else _of_atom(atom, likely)
        joined = {head + word for head in heads for word in words} if len(heads) * len(words) <= 30 else words
        whole = bool(words) and not quantifier and (_is_plain(atom) or bool(_of_class(atom)))
        options.append(words)
        if whole:
            heads = joined
            options.append(joined)
        else:
            options.append(heads)
            heads = {""}
    return [words for words in options if words and "" not in words]


def _is_plain(atom: str) -> bool:
    """Say whether a letter, or a group of letters alone, stands here: its words are then all that it matches."""
    if atom.startswith("("):
        return re.fullmatch(r"\((?:\?:)?[^\\\[\](){}.*+?^$]+\)", atom) is not None
    return (len(atom) == 1 and atom not in ".^$") or (len(atom) == 2 and atom[0] == "\\" and not atom[1].isalnum())


def _of_atom(atom: str, likely: float) -> set[str]:
    if atom.startswith("("):
        inner = atom[3:-1] if atom.startswith("(?:") else atom[1:-1]
        if _is_plain(atom):
            return {word.lower() for word in inner.split("|")}
        return set(_required(inner, likely))
    if _is_plain(atom):
        return {atom[-1].lower()}
    return _of_class(atom)


def _of_class(atom: str) -> set[str]:
    """Give the letters of a class that names few and excludes none."""
    found = _CLASS.fullmatch(atom)
    if found is None:
        return set()
    spans = [(ord(first), ord(last)) for first, last in _RANGE.findall(found[1])]
    if sum(last - first for first, last in spans) > _MOST_LETTERS:
        return set()
    letters = {chr(point) for first, last in spans for point in range(first, last + 1)}
    return {letter.lower() for letter in (*letters, *_RANGE.sub("", found[1]))}


def _likely(words: Iterable[str]) -> float:
    """Give about how likely a short text has one of the words; the same in whatever order they come."""
    return math.fsum(map(_chance, words))


@lru_cache(maxsize=50_000)
def _chance(word: str) -> float:
    return _LETTERS * math.prod(map(_share, word))


@lru_cache(maxsize=5_000)
def _share(letter: str) -> float:
    return next((share for last, share in _SHARES if letter < last), _SHARES[-1][1])
