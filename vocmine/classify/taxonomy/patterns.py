"""Patterns of a taxonomy: named parts, matching on normalised text, and why one did or didn't match."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from vocmine.classify.taxonomy.pattern_cost import MOST_CHARS

if sys.version_info >= (3, 11):
    from re import _parser  # type: ignore[attr-defined]
else:
    import sre_parse as _parser

_WORD = re.compile(r"\{([a-z_]+)\}")


def expand(pattern: str, words: Mapping[str, str]) -> str:
    """Replace each ``{name}`` by the part of that name.

    Raises
    ------
    KeyError
        If there is no part of that name.
    re.error
        If it grows beyond `MOST_CHARS`: parts may use parts.

    Examples
    --------
    >>> expand("ログイン.{0,3}{cannot}", {"cannot": "できない|できません"})
    'ログイン.{0,3}(?:できない|できません)'
    """
    done = pattern
    for _ in range(3):  # parts may use parts
        size = len(done) + sum(len(words.get(name, "")) for name in _WORD.findall(done))
        if size > MOST_CHARS:
            raise re.error(f"over {MOST_CHARS:,} characters with its parts written out")
        done = _WORD.sub(lambda found: f"(?:{words[found.group(1)]})", done)
    return done


@lru_cache(maxsize=4096)
def compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Compile patterns into one expression that ignores case."""
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


def normalised(text: str) -> str:
    """Give the form of a text that patterns see: full and half width made one, runs of blanks made one."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


@lru_cache(maxsize=4096)
def needed(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Give groups of letters of which a text must have, from each group, at least one for the pattern to match.

    Examples
    --------
    >>> needed("(?:二重|重複).{0,8}請求")
    (('二重', '重複'), ('請求',))
    >>> needed("[a-z]+")
    ()
    """
    return tuple(tuple(sorted(group)) for group in _groups(_parser.parse(pattern)))


def _groups(parsed: Any) -> list[set[str]]:
    """Collect the groups of a sequence; parts that may be absent give none."""
    out: list[set[str]] = []
    run = ""
    for kind, value in [*parsed, (None, None)]:
        if str(kind) == "LITERAL":
            run += chr(value).lower()
            continue
        if run:
            out.append({run})
            run = ""
        out += _part_groups(str(kind), value)
    return out


def _part_groups(kind: str, value: Any) -> list[set[str]]:
    if kind == "SUBPATTERN":
        return _groups(value[-1])
    if kind == "MAX_REPEAT" and value[0] > 0:
        return _groups(value[-1])
    if kind == "BRANCH":
        best = [_best_group(branch) for branch in value[1]]
        return [set().union(*best)] if all(best) else []
    return []


def _best_group(parsed: Any) -> set[str]:
    """Give the group that is rarest in all likelihood: whose shortest letters are longest, then the smallest."""
    groups = _groups(parsed)
    return max(groups, key=lambda g: (min(map(len, g)), -len(g)), default=set())


@dataclass(frozen=True)
class Match:
    """Why a pattern did or didn't match a text.

    Parameters
    ----------
    matched : bool
        Whether it did.
    start, end : int
        Place in the normalised text of what matched, or of the longest beginning of the pattern that did.
    words : str
        The words there.
    missing : str
        The rest of the pattern that found nothing; empty where it matched.
    """

    matched: bool
    start: int
    end: int
    words: str
    missing: str


def explain(pattern: str, text: str) -> Match:
    """Say why a pattern did or didn't match a text.

    Parameters
    ----------
    pattern : str
        A regular expression, as `Reason.patterns` has them.
    text : str
        Any text; it is normalised first.

    Returns
    -------
    Match
        Where the pattern does not match, the longest beginning of it that does is shown, and the rest that is missing.

    See Also
    --------
    vocmine.classify.ReasonClassifier.explain : What speaks for the best reasons of a text.

    Examples
    --------
    >>> explain("ログイン.{0,3}できない", "ログインしたい")
    Match(matched=False, start=0, end=7, words='ログインしたい', missing='できない')
    """
    clean = normalised(text)
    found = re.search(pattern, clean, re.IGNORECASE)
    if found:
        return Match(True, found.start(), found.end(), found.group(), "")
    for end in range(len(pattern) - 1, 0, -1):
        try:
            part = re.search(pattern[:end], clean, re.IGNORECASE)
        except re.error:
            continue
        if part and part.group():
            return Match(False, part.start(), part.end(), part.group(), pattern[end:])
    return Match(False, 0, 0, "", pattern)
