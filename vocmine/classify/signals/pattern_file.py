"""Files of patterns in ``data/lexicons``: lists of regular expressions by name, with shared groups of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias

import numpy as np
import yaml

from vocmine.classify.sentiment.required_words import alternatives, required_pair, required_words
from vocmine.classify.sentiment.rule_screen import in_one_case
from vocmine.classify.sentiment.script_patterns import LATIN, script_of
from vocmine.errors import SettingsError
from vocmine.text.known_strings import KnownStrings

GAP = "\u2028"  # stands for a near miss that was taken out; no pattern matches across it
# Read by `TextReading`; they have the lists ``not`` and others by section.
FILES = ("signals", "leaving", "effort", "harassment")
_READ_AS = {"leaving": "signals"}  # more of the lists of another file
_GROUP = re.compile(r"<([a-z_]+)>")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_BLOCK = 1_024  # texts whose patterns are looked for together, which bounds the memory
_COMMON = 100.0  # words that all texts have are asked for too
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
    """One alternative of a list: it is tried where a word of each of the lists stands that it needs.

    Of ``everywhere`` the words are common; it is tried in texts of its own script alone.
    """

    place: _Place
    words: list[list[str]]
    everywhere: bool
    japanese: bool
    pattern: str


class _Index(NamedTuple):
    """All units, the words that they need, and the needs.

    A unit's needs are twice its number, and one more; ``one`` tells those with one need. ``needs`` has the needs that
    each word meets, one word after the other, ``first`` where those of each begin.
    """

    units: list[_Unit]
    words: KnownStrings
    needs: np.ndarray
    first: np.ndarray
    one: np.ndarray


@lru_cache(maxsize=1)
def _index() -> _Index:
    units = [
        _unit((_READ_AS.get(name, name), section, part), pattern)
        for name in FILES
        for section, lists in pattern_rows(name).items()
        for part, rows in lists.items()
        for pattern in (one for row in rows for one in alternatives(row))
    ]
    needing: dict[str, list[int]] = {}
    for number, unit in enumerate(units):
        for place, words in enumerate(unit.words):
            for word in words:
                needing.setdefault(word, []).append(2 * number + place)
    return _Index(
        units,
        KnownStrings(list(needing)),
        np.concatenate([np.array(needs) for needs in needing.values()]),
        np.cumsum([0, *map(len, needing.values())]),
        np.array([len(unit.words) == 1 for unit in units]),
    )


def _unit(place: _Place, pattern: str) -> _Unit:
    rare = required_pair(pattern)
    words = rare or [required_words(pattern, _COMMON)]
    if not all(words):
        raise SettingsError("a pattern that needs no word", where="/".join(place), got=pattern, expected="a word in it")
    return _Unit(place, words, not rare, bool(_JAPANESE.search(pattern)), pattern)


def _units_by_text(texts: list[str]) -> Iterator[list[int]]:
    """Give, for each text, the places of the units that may match in it, in order."""
    for start in range(0, len(texts), _BLOCK):
        rows, units = np.nonzero(_may_match(texts[start : start + _BLOCK]))
        ends = np.cumsum(np.bincount(rows, minlength=len(texts[start : start + _BLOCK]))).tolist()
        listed = units.tolist()
        yield from (listed[first:end] for first, end in zip([0, *ends], ends, strict=False))


def _may_match(texts: list[str]) -> np.ndarray:
    """Give a table of texts and units: whether a word of each need of the unit stands in the text."""
    index = _index()
    row, _, word = index.words.places(in_one_case(texts))
    many = index.first[word + 1] - index.first[word]
    before = np.cumsum(many) - many
    needs = index.needs[np.arange(many.sum()) + np.repeat(index.first[word] - before, many)]
    met = np.zeros((len(texts), 2 * len(index.units)), dtype=bool)
    met[np.repeat(row, many), needs] = True
    return np.asarray(met[:, ::2] & (met[:, 1::2] | index.one))


@lru_cache(maxsize=2048)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


def read_texts(texts: list[str]) -> Iterator[TextReading]:
    """Find the patterns that may match in each of many texts.

    Parameters
    ----------
    texts : list of str
        Normalised texts.

    Examples
    --------
    >>> [reading.may_match("signals", "churn") for reading in read_texts(["解約したいです", "はい"])]
    [True, False]
    """
    yield from map(TextReading, texts, _units_by_text(texts))


class TextReading:
    """One normalised text and the patterns of all files that may match in it, told by the words that they need.

    Parameters
    ----------
    text : str
        Normalised text.
    units : list of int, optional
        The places of the patterns that may match, where they are known.

    Examples
    --------
    >>> TextReading("解約したいです").words("signals", "churn", "strong")
    ['解約したい']
    """

    __slots__ = ("_sections", "_units", "script", "text")

    def __init__(self, text: str, units: list[int] | None = None) -> None:
        self.text, self.script = text, script_of(text)
        self._units: dict[_Place, list[_Unit]] = {}
        self._sections: set[tuple[str, str]] = set()
        known = _index().units
        for number in next(_units_by_text([text])) if units is None else units:
            unit = known[number]
            if not unit.everywhere or unit.japanese != (self.script == LATIN):
                self._units.setdefault(unit.place, []).append(unit)
                if unit.place[2] != "not":
                    self._sections.add(unit.place[:2])

    def may_match(self, name: str, section: str) -> bool:
        """Say whether any pattern of a section, but for its near misses, may match."""
        return (name, section) in self._sections

    def spans(self, place: _Place, text: str) -> list[tuple[int, int]]:
        """Give where the patterns of a list match, leftmost first, none over another."""
        units = self._units.get(place)
        if not units:
            return []
        found = sorted(
            (match.start(), number, match.end())
            for number, unit in enumerate(units)
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
