"""The shape of a rule: a pattern, an optional check of what it matched, and a score."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vocmine.text.pii.spans import PiiSpan

Check = Callable[[re.Match[str]], bool]


@dataclass(frozen=True)
class Rule:
    """One way in which one kind of personal data is written.

    Parameters
    ----------
    kind, name : str
        What it finds, and the name that its spans carry.
    pattern : re.Pattern
        On normalised text. If it has a group ``secret`` only that is the span.
    score : float
        How sure a match is.
    check : callable, optional
        Takes the match; False lets it go.
    """

    kind: str
    name: str
    pattern: re.Pattern[str]
    score: float
    check: Check | None = None

    def find(self, text: str) -> Iterator[PiiSpan]:
        """Give the spans of this rule in a normalised text."""
        group = "secret" if "secret" in self.pattern.groupindex else 0
        for match in self.pattern.finditer(text):
            if self.check is None or self.check(match):
                end = match.start(group) + len(match.group(group).rstrip())
                yield PiiSpan(match.start(group), end, self.kind, self.score, self.name)


def digits_of(match: re.Match[str]) -> str:
    """Give the digits of a match, of its group ``secret`` if it has one."""
    found = match["secret"] if "secret" in match.re.groupindex else match.group()
    return re.sub(r"\D", "", found)


def before(match: re.Match[str], n: int = 16) -> str:
    """Give up to n characters before a match, of the same line."""
    return match.string[max(0, match.start() - n) : match.start()].rpartition("\n")[2]


def after(match: re.Match[str], n: int = 8) -> str:
    """Give up to n characters after a match."""
    return match.string[match.end() : match.end() + n]
