"""Files of patterns in ``data/lexicons``: lists of regular expressions by name, with shared groups of words."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import yaml

from vocmine.classify.sentiment.script_patterns import JAPANESE, LATIN, script_of
from vocmine.classify.signals.required_words import alternatives, required_words

GAP = "\u2028"  # stands for a near miss that was taken out; no pattern matches across it
# Read by `TextReading`; they have the lists ``not`` and others by section.
FILES = ("signals", "leaving", "effort", "harassment")
_READ_AS = {"leaving": "signals"}  # more of the lists of another file
_GROUP = re.compile(r"<([a-z_]+)>")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_Place: TypeAlias = tuple[str, str, str]


@lru_cache(maxsize=8)
def pattern_rows(name: str) -> dict[str, dict[str, list[str]]]:
    """Read a file of patterns: section, then list, then the patterns.

    ``<word>`` in a pattern stands for the group of that name in the file's section ``words``, where a group may use the
    groups before it.

    Parameters
    ----------
    name : str
        File in ``vocmine/classify/data/lexicons``, without its ending.

    Examples
    --------
    >>> sorted(pattern_rows("signals")["churn"])
    ['not', 'strong', 'weak']
    """
    source = files("vocmine.classify").joinpath("data", "lexicons", f"{name}.yaml").read_text(encoding="utf-8")
    table = yaml.safe_load(source)
    words: dict[str, str] = {}
    for key, group in (table.pop("words", None) or {}).items():
        words[key] = f"(?:{_filled(group, words)})"
    return {
        section: {part: [_filled(row, words) for row in rows or []] for part, rows in lists.items()}
        for section, lists in table.items()
    }


def _filled(row: str, words: dict[str, str]) -> str:
    return _GROUP.sub(lambda found: words[found[1]], row)


class _Unit(NamedTuple):
    """One alternative of a list: it is tried where one of its words stands, or everywhere if it has none."""

    place: _Place
    number: int
    words: tuple[str, ...]
    japanese: bool
    pattern: str


class _Index(NamedTuple):
    """The units by the first letters of their words, and those without words."""

    by_start: dict[str, list[tuple[str, _Unit]]]
    always: list[_Unit]


@lru_cache(maxsize=1)
def _index() -> _Index:
    out = _Index({}, [])
    number = 0
    for name in FILES:
        for section, lists in pattern_rows(name).items():
            for part, rows in lists.items():
                for pattern in (one for row in rows for one in alternatives(row)):
                    words = tuple(required_words(pattern))
                    number += 1
                    place = (_READ_AS.get(name, name), section, part)
                    unit = _Unit(place, number, words, bool(_JAPANESE.search(pattern)), pattern)
                    for word in words:
                        out.by_start.setdefault(_start(word), []).append((word, unit))
                    if not words:
                        out.always.append(unit)
    return out


def _start(word: str) -> str:
    return word[:3] if word.isascii() else word[:2]


@lru_cache(maxsize=2048)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


class TextReading:
    """One normalised text and the patterns of all files that may match in it, told by the words that they need.

    Parameters
    ----------
    text : str
        Normalised text.

    Examples
    --------
    >>> TextReading("解約したいです").words("signals", "churn", "strong")
    ['解約したい']
    """

    def __init__(self, text: str) -> None:
        self.text, self.script = text, script_of(text)
        self._units: dict[_Place, list[_Unit]] = {}
        index, low = _index(), text.lower()
        starts = set(low)
        starts.update(map("".join, pairwise(low)))
        if self.script != JAPANESE:
            starts.update(map("".join, zip(low, low[1:], low[2:], strict=False)))
        found = {unit.number: unit for unit in index.always if unit.japanese != (self.script == LATIN)}
        for start in index.by_start.keys() & starts:
            found.update((unit.number, unit) for word, unit in index.by_start[start] if word in low)
        for number in sorted(found):
            self._units.setdefault(found[number].place, []).append(found[number])

    def may_match(self, name: str, section: str) -> bool:
        """Say whether any pattern of a section, but for its near misses, may match."""
        return any(place[:2] == (name, section) and place[2] != "not" for place in self._units)

    def spans(self, place: _Place, text: str) -> list[tuple[int, int]]:
        """Give where the patterns of a list match, leftmost first, none over another."""
        units = self._units.get(place)
        if not units:
            return []
        found = sorted(
            (match.start(), unit.number, match.end())
            for unit in units
            for match in _compiled(unit.pattern).finditer(text)
            if match.group()
        )
        kept, last = [], 0
        for start, _, end in found:
            if start >= last:
                kept.append((start, end))
                last = end
        return kept

    def words(self, name: str, section: str, part: str, text: str | None = None) -> list[str]:
        """Give the words that the patterns of a list match, in the text or in what is left of it."""
        rest = self.text if text is None else text
        return [rest[start:end] for start, end in self.spans((name, section, part), rest)]

    def without(self, name: str, section: str, part: str, text: str | None = None) -> str:
        """Give the text without what the patterns of a list match."""
        rest = self.text if text is None else text
        pieces, last = [], 0
        for start, end in self.spans((name, section, part), rest):
            pieces += [rest[last:start], GAP]
            last = end
        return "".join([*pieces, rest[last:]]) if pieces else rest
