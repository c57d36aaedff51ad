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

_TOKEN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+(?:[.,]\d+)*|[^\sA-Za-z]")
_ENDS_WELL = frozenset(("up", "out", "off", "down", "in", "back", "through"))  # top up, log out
_TAILS = frozenset(("question", "questions", "number", "issue", "problem"))  # of a thing: security question
_NOT_LAST = frozenset(("due", "according", "regarding", "based"))
_MOST, _MOST_KEYS = 7, 5  # words of a name, and those that tell something
_LONGEST = 44  # characters of a name
_TITLED = 0.6  # of the words with a capital: a headline, whose capitals tell no names
_IN_ORDER = re.compile(r"\bin order to\b", re.IGNORECASE)
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
    text = _IN_ORDER.sub("to", text[:2000])
    words = [w for w in _TOKEN.findall(text) if w[0].isalpha()]
    loud = sum(c.isupper() for c in text) > 0.5 * sum(c.isalpha() for c in text)
    titled = sum(w[0].isupper() for w in words) > _TITLED * len(words) > 2 * _TITLED
    for found in [*_TOKEN.findall(text), "."]:
        low = found.lower().replace("’", "'")
        if found[0].isdigit():  # an amount is no part of a name, and does not end it: bonus of 1,500 points
            if run and run[-1].low in empty_words("units_en"):
                run.pop()
            continue
        if not found[0].isalpha() or low in empty_words("breaks_en"):
            out += _windows(_turned(run))
            run = []
        elif low not in empty_words("dropped_en"):
            near = any(t.denies for t in run[-_REACH:])
            run.append(_token(found.lower() if loud else found, bool(run) and not titled, near))
    return list(dict.fromkeys(out))


def _token(found: str, inside: bool, near: bool) -> _Token:
    low = found.lower().replace("’", "'")
    denies = low in read_words("negations_en.txt")
    capital = found[0].isupper() and (inside or (found.isupper() and len(found) > 1))
    if low == "i" or low.startswith("i'"):
        return _Token(f"I{low[1:]}", low, "", denies)
    return _Token(found.replace("’", "'") if capital else low, low, "" if denies else _key(low, near), denies)


@lru_cache(maxsize=50_000)
def _key(word: str, denied: bool) -> str:
    """Give the lemma of a word that tells something; of a denied one all do: not showing, not working."""
    if denied and word in empty_words("denied_en"):
        return word
    if word in _function_words() or len(word) < 2:
        return ""
    found = english_terms(word, default_vocabulary())
    return "" if not found or (not denied and (names_nothing(word) or names_nothing(found[0]))) else found[0]


def _turned(run: list[_Token]) -> list[_Token]:
    """Put a question's verb behind its subject: why isn't refund showing, refund isn't showing."""
    start = int(bool(run) and run[0].low in ("why", "how", "what"))
    asks = start + 2 < len(run) and run[start].low in empty_words("auxiliaries_en")
    if not asks or not run[start + 1].key:
        return run
    verb, rest = run[start], run[start + 1 :]
    end = next((i for i, t in enumerate(rest) if i and _starts_verb(t)), len(rest) - 1)
    kept = [verb] if verb.denies or not verb.low.startswith("d") else []  # does it fail tells what it fails tells
    return [*rest[:end], *kept, *rest[end:]]


def _starts_verb(token: _Token) -> bool:
    return (not token.key and token.low not in _ENDS_WELL) or token.low.endswith(("ing", "ed")) or (
        token.low in empty_words("denied_en")
    )


def _windows(run: Sequence[_Token]) -> Iterator[Clause]:
    for i, first in enumerate(run):
        asks = first.low == "how" and i + 1 < len(run) and run[i + 1].low in ("long", "much", "many")
        lacks = first.low == "no" and i + 1 < len(run) and bool(run[i + 1].key)
        if not (asks or lacks or (first.key and not (i and run[i - 1].low == "how"))):
            continue
        for j in range(i, min(len(run), i + _MOST)):
            inside = run[i : j + 1]
            if sum(bool(t.key) for t in inside) > _MOST_KEYS:
                break
            text = " ".join(t.shown for t in inside)
            if _ends(run, i, j) and len(text) <= _LONGEST:
                whole = (i == 0 or lacks or not run[i - 1].key) and (j + 1 == len(run) or not run[j + 1].key)
                told = any(t.denies or _is_done(t) for t in inside)
                yield Clause(text, _keys(inside), told, "whole" if whole else "")


def _ends(run: Sequence[_Token], i: int, j: int) -> bool:
    """Whether a name may end at a word: top up may, top alone may not."""
    if run[j].low in _NOT_LAST:
        return False
    after = run[j + 1].low if j + 1 < len(run) else ""
    particle = after in _TAILS or (after in _ENDS_WELL and after != "in")
    ends = run[j].low in (_ENDS_WELL | _TAILS) and j > i and bool(run[j - 1].key)
    return ends or bool(run[j].key and not particle)


def _is_done(token: _Token) -> bool:
    return bool(token.key) and len(token.low) > 4 and token.low.endswith(("ed", "ing")) and token.key != token.low


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
