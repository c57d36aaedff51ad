"""Patterns that would not end: what is wrong with a regular expression, and what can be matched in too many ways.

The engine of Python goes back over all ways in which a pattern can match; `(a+)+b` takes years on fifty letters. It
has no limit of time, so what a user writes is looked at before it is used: how deep, how long, and in how many ways
its repeats can share the same letters. The count is an estimate by the structure of the pattern, the same on any
machine.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from vocmine.border import Border
from vocmine.errors import SettingsError

if sys.version_info >= (3, 11):
    from re import _parser  # type: ignore[attr-defined]
else:
    import sre_parse as _parser

MOST_CHARS = 20_000
"""Of a pattern with its named parts written out; the longest that is shipped has some hundred."""

MOST_LEVELS = 60
_MOST_WAYS = 1e8
_MANY = 100  # letters that an open repeat is counted with
_LARGE = 3  # turns from which on a repeat of a part that is shared is taken for endless
_SAMPLE = "azAZ09 _\n\t-,.、。・ーあんアン一鿿éя"
_CATEGORIES = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}
_HINT = "put a fixed word between the repeats, or write {0,20} in place of * and +"


class _Item(NamedTuple):
    """A part of a sequence: the letters of the sample it may match, how few of them, and whether that varies."""

    letters: frozenset[str]
    least: int
    varies: bool


@lru_cache(maxsize=2_000)
def pattern_trouble(pattern: str) -> str | None:
    r"""Say why a pattern can't be used; None where it can.

    Parameters
    ----------
    pattern : str
        A regular expression with its named parts written out.

    Examples
    --------
    >>> pattern_trouble(r"ログイン.{0,8}できな"), pattern_trouble(r"(?:\d+[,、])*円")
    (None, None)
    >>> pattern_trouble(r"(?:\w+\s?)+円")
    'a repeat inside a repeat can match the same letters in endless ways; put a fixed word between the repeats, or ...'
    >>> pattern_trouble("a{9999999999}"), pattern_trouble("(" * 5000)
    ("can't be read (OverflowError)", 'groups nested over 60 deep')
    """
    if len(pattern) > MOST_CHARS:
        return f"over {MOST_CHARS:,} characters"
    if _levels(pattern) > MOST_LEVELS:
        return f"groups nested over {MOST_LEVELS} deep"
    try:
        with Border(SettingsError, "can't be read").guard():
            try:
                parsed = _parser.parse(pattern)
                re.compile(pattern)
            except re.error as error:
                return str(error)
            ways = _ways(parsed, frozenset(_SAMPLE + pattern.lower()[:200]))
    except SettingsError as error:
        return f"{error.what} ({error.got})"
    if ways == math.inf:
        return f"a repeat inside a repeat can match the same letters in endless ways; {_HINT}"
    return f"its repeats can match in too many ways; {_HINT}" if ways > _MOST_WAYS else None


def _levels(pattern: str) -> int:
    """Count how deep brackets go; those in classes and behind backslashes only make it more."""
    deepest = level = 0
    for character in pattern:
        level = level + 1 if character == "(" else level - 1 if character == ")" and level else level
        deepest = max(deepest, level)
    return deepest


def _ways(parsed: Any, sample: frozenset[str]) -> float:
    """Estimate in how many ways a sequence may match, at most."""
    ways, parts = 1.0, list(parsed)
    for place, (kind, value) in enumerate(parts):
        inner = _part_ways(str(kind), value, sample)
        ends = 1.0 < inner < math.inf and _ends_it(parts[place], parts[place + 1:], sample)
        ways *= 1.0 if ends else inner
    return ways


def _ends_it(part: Any, after: Sequence[Any], sample: frozenset[str]) -> bool:
    """Tell whether what follows can only stand where a repeat ends: a shorter one would fail at once."""
    if not str(part[0]).endswith("REPEAT"):
        return False
    letters = _letters([part], sample)
    for one in after:
        if _letters([one], sample) & letters:
            return False
        if _width(*one)[0]:
            return True
    return False


def _part_ways(kind: str, value: Any, sample: frozenset[str]) -> float:
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        return _repeat_ways(int(value[0]), int(value[1]), value[2], sample)
    inner = [part for part in _inside(kind, value) if part is not None]
    ways = max((_ways(part, sample) for part in inner), default=1.0)
    # what is looked ahead for, or is never given up, is matched in one way; to find it is the work of all of them
    once = kind in ("ASSERT", "ASSERT_NOT", "ATOMIC_GROUP", "POSSESSIVE_REPEAT")
    return 1.0 if once and ways <= _MOST_WAYS else ways


def _repeat_ways(least: int, most: int, body: Any, sample: frozenset[str]) -> float:
    inner = _ways(body, sample)
    many = min(most - least + 1, _MANY)
    if inner == math.inf or not _is_shared(body, sample):
        return many * inner
    return many * inner ** max(most, 1) if most <= _LARGE else math.inf


def _is_shared(body: Any, sample: frozenset[str]) -> bool:
    """Tell whether turns of a repeat can share letters: a part of it varies, and nothing in it stands between two."""
    items = _items(body, sample)
    for place, item in enumerate(items):
        others = [other for n, other in enumerate(items) if n != place and other.least]
        if item.varies and item.letters and all(other.letters & item.letters for other in others):
            return True
    return any(_is_double(kind, value, sample) for kind, value in _flat(body))


def _is_double(kind: Any, value: Any, sample: frozenset[str]) -> bool:
    r"""Tell alternatives of one letter each that have a letter in common, as ``(?:\w|.)``."""
    if str(kind) != "BRANCH":
        return False
    seen: set[str] = set()
    for one in value[1]:
        letters = _letters(one, sample) if len(one) == 1 and one.getwidth()[1] == 1 else frozenset()
        if letters & seen:
            return True
        seen |= letters
    return False


def _items(parsed: Any, sample: frozenset[str]) -> list[_Item]:
    items = []
    for kind, value in _flat(parsed):
        part = [(kind, value)]
        least, most = _width(kind, value)
        items.append(_Item(_letters(part, sample), least, least != most))
    return items


def _flat(parsed: Any) -> list[tuple[Any, Any]]:
    """Give the parts of a sequence, those of plain groups in it too."""
    out: list[tuple[Any, Any]] = []
    for kind, value in parsed:
        out += _flat(value[-1]) if str(kind) in ("SUBPATTERN", "ATOMIC_GROUP") else [(kind, value)]
    return out


def _width(kind: Any, value: Any) -> tuple[int, int]:
    if str(kind) in ("ASSERT", "ASSERT_NOT", "AT"):
        return 0, 0
    if str(kind).endswith("REPEAT"):
        low, high = value[2].getwidth()
        return min(low * int(value[0]), 1 << 30), min(high * int(value[1]), 1 << 30)
    widths = [part.getwidth() for part in _inside(str(kind), value) if part is not None]
    return (min(w[0] for w in widths), max(w[1] for w in widths)) if widths else (1, 1)


def _inside(kind: str, value: Any) -> Sequence[Any]:
    """Give the patterns that a part holds."""
    if kind == "BRANCH":
        return list(value[1])
    if kind.endswith("REPEAT"):
        return [value[2]]
    if kind in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    if kind == "GROUPREF_EXISTS":
        return [value[1], value[2]]
    if kind == "ATOMIC_GROUP":
        return [value]
    return [value[-1]] if kind == "SUBPATTERN" else []


def _letters(parsed: Any, sample: frozenset[str]) -> frozenset[str]:
    """Give the letters of the sample that a pattern may match somewhere."""
    found: set[str] = set()
    for kind, value in parsed:
        name = str(kind)
        if name == "LITERAL":
            found.add(chr(value).lower())
        elif name == "NOT_LITERAL":
            found |= sample - {chr(value).lower()}
        elif name == "ANY":
            found |= sample - {"\n"}
        elif name == "IN":
            found |= _of_class(value, sample)
        elif name == "GROUPREF":
            found |= sample
        elif name not in ("ASSERT", "ASSERT_NOT"):
            for part in _inside(name, value):
                found |= _letters(part, sample) if part is not None else set()
    return frozenset(found)


def _of_class(parts: Any, sample: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    negated = False
    for kind, value in parts:
        name = str(kind)
        negated |= name == "NEGATE"
        if name == "LITERAL":
            found.add(chr(value).lower())
        elif name == "RANGE":
            found |= {c for c in sample if value[0] <= ord(c) <= value[1] or value[0] <= ord(c.upper()[0]) <= value[1]}
            found |= {chr(value[0]).lower(), chr(value[1]).lower()}
        elif name == "CATEGORY":
            word = next((w for key, w in _CATEGORIES.items() if key in str(value)), ".")
            of_word = {c for c in sample if re.match(word, c)}
            found |= sample - of_word if "NOT" in str(value) else of_word
    return frozenset(sample - found if negated else found)
