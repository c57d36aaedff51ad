"""Patterns kept by script: a text in one script is read by the patterns of that script alone, which is much faster."""

from __future__ import annotations

import re

from vocmine.classify.sentiment.lexicon import rule_rows

MIXED, JAPANESE, LATIN = range(3)
_KANA = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_MAYBE = re.compile(r"([^\\\[\](){}.*+?|^$])\?(?![?+])(.+)", re.DOTALL)
_CLASS = re.compile(r"\[((?:[^\]\\^-]|\d-\d)+)\](\??)(?![*+?{])(.*)", re.DOTALL)
_SPAN = re.compile(r"(\d)-(\d)")


def script_of(text: str) -> int:
    """Say whether a text is in Japanese letters alone, in Latin letters alone, or needs all patterns.

    Examples
    --------
    >>> script_of("遅い") == JAPANESE, script_of("late!") == LATIN, script_of("Wi-Fiが遅い") == MIXED
    (True, True, True)
    """
    if text.isascii() or not _KANA.search(text):
        return LATIN
    return MIXED if _LATIN_LETTER.search(text) else JAPANESE


class ByScript:
    """Alternatives of one pattern, each Japanese or not; indexed by `script_of` a text.

    Parameters
    ----------
    rows : list of str
        Regular expressions; one with a Japanese letter must need one to match.

    Examples
    --------
    >>> pattern = ByScript(["最悪", "worst"])
    >>> [bool(pattern[script].search("Worst")) for script in (MIXED, JAPANESE, LATIN)]
    [True, False, True]
    """

    def __init__(self, rows: list[str]) -> None:
        self.rows = rows
        self._made: dict[int, re.Pattern[str]] = {}

    def __getitem__(self, script: int) -> re.Pattern[str]:
        made = self._made.get(script)
        return made if made is not None else self._make(script)

    def _make(self, script: int) -> re.Pattern[str]:
        rows = [row for row in self.rows if script == MIXED or bool(_KANA.search(row)) == (script == JAPANESE)]
        if script == JAPANESE:
            rows = [start for row in rows for start in led_by_letter(row)]
        return self._made.setdefault(script, re.compile("|".join(rows) or "(?!)", re.IGNORECASE | re.MULTILINE))


def rule_by_script(name: str) -> ByScript:
    """Give a pattern of ``rules.yaml`` by script.

    Examples
    --------
    >>> rule_by_script("turn")[LATIN].findall("slow but kind")
    ['but']
    """
    return ByScript(rule_rows(name))


def led_by_letter(row: str) -> list[str]:
    """Write a pattern as alternatives that begin with a letter each: `re` then skips to those letters quickly.

    Examples
    --------
    >>> led_by_letter("(?:とても|大変)?お?世話")
    ['とてもお?世話', '大変お?世話', 'お世話', '世話']
    """
    parts = _alternatives(row)
    if len(parts) > 1:
        return [start for part in parts for start in led_by_letter(part)]
    if row.startswith("(?:"):
        return _opened(row)
    maybe = _MAYBE.match(row)
    if maybe:
        return [maybe[1] + maybe[2], *led_by_letter(maybe[2])]
    chosen = _CLASS.match(row)
    if chosen:
        letters = _SPAN.sub(lambda m: "".join(map(str, range(int(m[1]), int(m[2]) + 1))), chosen[1])
        without = led_by_letter(chosen[3]) if chosen[2] and chosen[3] else []
        return [re.escape(letter) + chosen[3] for letter in letters] + without
    return [row]


def _opened(row: str) -> list[str]:
    end = _group_end(row)
    heads, rest = _alternatives(row[3 : end - 1]), row[end:]
    optional = rest.startswith("?")
    rest = rest[1:] if optional else rest
    if rest[:1] in ("*", "+", "{", "?"):
        return [row]
    opened = [start for head in heads for start in led_by_letter(head + rest)]
    return opened + (led_by_letter(rest) if optional and rest else [])


def _skip(pattern: str, at: int) -> int:
    """Give the last place of the escape or character class that begins here."""
    if pattern[at] == "\\":
        return at + 1
    return pattern.index("]", at + 2) if pattern[at] == "[" else at


def _group_end(pattern: str) -> int:
    depth = at = 0
    while at < len(pattern):
        depth += {"(": 1, ")": -1}.get(pattern[at], 0)
        if depth == 0:
            break
        at = _skip(pattern, at) + 1
    return at + 1


def _alternatives(pattern: str) -> list[str]:
    """Split at the bars that stand outside all groups."""
    parts, depth, last, at = [], 0, 0, 0
    while at < len(pattern):
        depth += {"(": 1, ")": -1}.get(pattern[at], 0)
        if pattern[at] == "|" and depth == 0:
            parts.append(pattern[last:at])
            last = at + 1
        at = _skip(pattern, at) + 1
    return [*parts, pattern[last:]]
