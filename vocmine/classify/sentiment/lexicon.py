"""Polarity words as data files, read once into tables of surface forms.

The Japanese files name a word's kind, and each inflected beginning of it becomes one key: ``困る v5`` gives 困ら, 困り,
困る, 困れ, 困ろ, 困っ. What follows the key (ない, ません, ...) is read by the rules of
`vocmine.classify.sentiment.polarity_ja`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from vocmine.errors import SettingsError

JA_FILES = ("sentiment_ja.txt", "sentiment_ja_bad.txt", "phrases_ja.txt")
EN_FILES = ("sentiment_en.txt",)
KINDS_JA = ("i", "n", "v1", "v5", "p")
_ADJECTIVE = ("い", "く", "かっ", "かろ", "けれ", "すぎ", "過ぎ", "そう", "き", "ぇ", "っ", "くっ")
_ROWS = {
    "う": "わいうえおっ", "く": "かきくけこい", "ぐ": "がぎぐげごい", "す": "さしすせそ", "つ": "たちつてとっ",
    "ぬ": "なにぬねのん", "ぶ": "ばびぶべぼん", "む": "まみむめもん", "る": "らりるれろっ",
}
_ICHIDAN = "えけげせてねべめれちじ"  # a verb in -る after one of these has no godan row
_VOWELS = "aeiou"


class Word(NamedTuple):
    """One surface form: its score, its score when negated, its kind, and whether it must start a run of its script."""

    score: float
    negated: float
    kind: str
    bounded: bool


def _data(name: str) -> str:
    return files("vocmine.classify").joinpath("data", "lexicons", name).read_text(encoding="utf-8")


def _rows(name: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(_data(name).splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield f"{name}, line {number}", line


def _scores(field: str) -> tuple[float, float]:
    """Read ``1.5`` or ``-1/0.8``; without a second value a negated good word is bad, a negated bad one mildly good."""
    first, _, second = field.partition("/")
    score = float(first)
    if second:
        return score, float(second)
    return score, -0.75 * score - 0.3 if score > 0 else -0.5 * score


def forms_ja(word: str, kind: str, score: float) -> list[str]:
    """Give the beginnings under which a Japanese word is looked up.

    Examples
    --------
    >>> forms_ja("困る", "v5", -1.5)
    ['困ら', '困り', '困る', '困れ', '困ろ', '困っ']
    >>> forms_ja("壊れる", "v1", -1.6)
    ['壊れ']
    """
    if kind == "i":
        noun = ("さ",) if abs(score) >= 1.3 else ()
        return [word + ending for ending in _ADJECTIVE + noun]
    if kind in ("v1", "v5") and word.endswith("する"):
        return [word[:-2] + ending for ending in ("する", "し", "せ", "さ", "すれ")]
    if kind == "v1" or (kind == "v5" and word[-2] in _ICHIDAN and word[-1] == "る"):
        return [word.removesuffix("る")]
    if kind == "v5":
        return [word[:-1] + ending for ending in _ROWS[word[-1]]]
    return [word]


def forms_en(word: str) -> list[str]:
    """Give an English word with its regular endings; a phrase stays as it is.

    Examples
    --------
    >>> forms_en("lazy")
    ['lazy', 'lazier', 'laziest', 'lazily', 'laziness', 'lazied', 'lazies']
    """
    if "_" in word or not word.isalpha() or len(word) < 4:
        return [word]
    if word.endswith("y") and word[-2] not in _VOWELS:
        return [word] + [word[:-1] + ending for ending in ("ier", "iest", "ily", "iness", "ied", "ies")]
    if word.endswith("e"):
        return [word] + [word[:-1] + ending for ending in ("ed", "es", "ing", "er", "est", "ely")]
    return [word] + [word + ending for ending in ("s", "es", "ed", "ing", "er", "est", "ly", "ness")]


@lru_cache(maxsize=1)
def japanese() -> dict[str, Word]:
    """Give the table of Japanese surface forms; where two rows make one form, the later row holds.

    Raises
    ------
    SettingsError
        If a row of a data file has no score or an unknown kind.

    Examples
    --------
    >>> japanese()["つながら"].negated < 0
    True
    """
    table: dict[str, Word] = {}
    exact: dict[str, Word] = {}
    for name in JA_FILES:
        for where, line in _rows(name):
            field, kind, *words = line.split()
            if kind not in KINDS_JA:
                raise SettingsError("unknown kind of word", where=where, got=kind, expected=", ".join(KINDS_JA))
            score, negated = _scores(field)
            target = exact if kind in ("n", "p") else table
            for word in words:
                entry = Word(score, negated, kind, word.endswith("/"))
                for form in forms_ja(word.rstrip("/"), kind, score):
                    target[form] = entry
    return _inherited({**table, **exact})


def _inherited(table: dict[str, Word]) -> dict[str, Word]:
    """Let a verb listed for its negation alone (満足する) speak as well as the good word it begins with (満足)."""
    for form, word in table.items():
        if word.score == 0 and word.negated < 0:
            stems = [table[form[:end]] for end in range(1, len(form)) if form[:end] in table]
            table[form] = word._replace(score=max([0.0, *(stem.score for stem in stems if stem.negated < 0)]))
    return table


@lru_cache(maxsize=1)
def english() -> dict[str, Word]:
    """Give the table of English words and phrases (words of a phrase joined by ``_``).

    Examples
    --------
    >>> english()["crashed"].score < 0 < english()["loved"].score
    True
    """
    made: dict[str, Word] = {}
    written: dict[str, Word] = {}
    for name in EN_FILES:
        for _, line in _rows(name):
            field, *words = line.split()
            score, negated = _scores(field)
            for word in words:
                fixed = "_" in word and score < 0 and "/" not in field
                entry = Word(score, score if fixed else negated, "p" if "_" in word else "w", False)
                for form in forms_en(word):
                    made[form] = entry
                if written.get(word, entry).score * score <= 0 or abs(score) > abs(written.get(word, entry).score):
                    written[word] = entry
                written.setdefault(word, entry)
    return {**made, **written}


@lru_cache(maxsize=1)
def _rule_rows() -> dict[str, list[str]]:
    return dict(yaml.safe_load(_data("rules.yaml")))


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    joined = {name: "|".join(_rule_rows()[name]) for name in ("not", "tag_question", "after_ku")}
    places = {"{NOT}": joined["not"], "{TAG}": joined["tag_question"]}
    return {**places, "{AFTER_KU}": _filled(joined["after_ku"], places)}


@lru_cache(maxsize=1)
def _rules() -> dict[str, str]:
    return {name: _filled("|".join(rows), _places()) for name, rows in _rule_rows().items()}


def _filled(pattern: str, places: dict[str, str]) -> str:
    for place, value in places.items():
        pattern = pattern.replace(place, value)
    return pattern


@lru_cache(maxsize=1)
def _word_lists() -> dict[str, list[str]]:
    return dict(yaml.safe_load(_data("word_lists.yaml")))


def word_list(name: str) -> frozenset[str]:
    """Give a closed list of ``word_lists.yaml``.

    Examples
    --------
    >>> "never" in word_list("negators_en")
    True
    """
    return frozenset(_word_lists()[name])


def rule(name: str, ignore_case: bool = False) -> re.Pattern[str]:
    """Give a pattern of ``rules.yaml``, compiled.

    Examples
    --------
    >>> bool(rule("despite").search("頼んだのに来ない"))
    True
    """
    return re.compile(_rules()[name], re.IGNORECASE if ignore_case else 0)


def rule_rows(name: str) -> list[str]:
    """Give the alternatives of a pattern of ``rules.yaml``.

    Examples
    --------
    >>> "けど" in rule_rows("turn")
    True
    """
    return [_filled(row, _places()) for row in _rule_rows()[name]]
