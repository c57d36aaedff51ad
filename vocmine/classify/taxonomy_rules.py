"""Patterns of a taxonomy: named parts, matching on normalised text, and why one did or didn't match."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\{([a-z_]+)\}")


def expand(pattern: str, words: Mapping[str, str]) -> str:
    """Replace each ``{name}`` by the part of that name.

    Raises
    ------
    KeyError
        If there is no part of that name.

    Examples
    --------
    >>> expand("ログイン.{0,3}{cannot}", {"cannot": "できない|できません"})
    'ログイン.{0,3}(?:できない|できません)'
    """
    done = pattern
    for _ in range(3):  # parts may use parts
        done = _WORD.sub(lambda found: f"(?:{words[found.group(1)]})", done)
    return done


@lru_cache(maxsize=4096)
def compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Compile patterns into one expression that ignores case."""
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


def normalised(text: str) -> str:
    """Give the form of a text that patterns see: full and half width made one, runs of blanks made one."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


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
