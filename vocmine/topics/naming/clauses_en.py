"""What English texts say, in words that may stand as a name: QR payment screen goes white, refund not showing up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from vocmine.text.lexicon import read_words
from vocmine.text.vocabulary import default_vocabulary
from vocmine.text.words import english_terms
from vocmine.topics.naming.clause import Clause, empty_words
from vocmine.topics.naming.phrases import names_nothing

_TOKEN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+(?:\.\d+)+|[^\sA-Za-z]")
_ENDS_WELL = frozenset(("up", "out", "off", "down", "in", "back"))  # top up, log out
_MOST = 7  # words of a name
_LONGEST = 44  # characters of a name
_REACH = 3  # words after not that it denies


@dataclass(frozen=True)
class _Token:
    shown: str
    low: str
    key: str  # lemma, empty for words that tell nothing
    denies: bool


def english_clauses(text: str) -> list[Clause]:
    """List runs of words of a masked English text that may stand as a name.

    Examples
    --------
    >>> found = [c.text for c in english_clauses("The QR payment screen turns completely white and freezes.")]
    >>> "QR payment screen turns white" in found
    True
    """
    out: list[Clause] = []
    run: list[_Token] = []
    loud = sum(c.isupper() for c in text) > 0.5 * sum(c.isalpha() for c in text)
    for found in [*_TOKEN.findall(text[:2000]), "."]:
        low = found.lower().replace("’", "'")
        if not found[0].isalpha() or low in empty_words("breaks_en"):
            out += _windows(run)
            run = []
        elif low not in empty_words("dropped_en"):
            near = any(t.denies for t in run[-_REACH:])
            run.append(_token(found.lower() if loud else found, bool(run), near))
    return list(dict.fromkeys(out))


def _token(found: str, inside: bool, near: bool) -> _Token:
    low = found.lower().replace("’", "'")
    denies = low in read_words("negations_en.txt")
    capital = found[0].isupper() and (inside or (found.isupper() and len(found) > 1))
    return _Token(found.replace("’", "'") if capital else low, low, "" if denies else _key(low, near), denies)


@lru_cache(maxsize=50_000)
def _key(word: str, denied: bool) -> str:
    """Give the lemma of a word that tells something; of a denied one all do: not showing, not working."""
    if word in _function_words() or len(word) < 2:
        return ""
    found = english_terms(word, default_vocabulary())
    return "" if not found or (not denied and (names_nothing(word) or names_nothing(found[0]))) else found[0]


def _windows(run: Sequence[_Token]) -> Iterator[Clause]:
    for i, first in enumerate(run):
        if not first.key:
            continue
        for j in range(i, min(len(run), i + _MOST)):
            last = run[j]
            if not (last.key or (last.low in _ENDS_WELL and j > i and run[j - 1].key)):
                continue
            inside = run[i : j + 1]
            if sum(bool(t.key) for t in inside) > 5:
                break
            whole = (i == 0 or not run[i - 1].key) and (j + 1 == len(run) or not run[j + 1].key)
            text = " ".join(t.shown for t in inside)
            if len(text) <= _LONGEST:
                yield Clause(text, _keys(inside), any(t.denies for t in inside), "whole" if whole else "")


def _keys(inside: Sequence[_Token]) -> tuple[str, ...]:
    out: list[str] = []
    reach = 0
    for token in inside:
        if token.denies:
            reach = _REACH
        elif token.key:
            out.append(f"{token.key}_not" if reach > 0 else token.key)
            reach = 0
        reach -= 1
    return tuple(dict.fromkeys(out))


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset((files("vocmine.topics") / "data" / "function_words_en.txt").read_text("utf-8").split())
