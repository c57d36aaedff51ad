"""The shape of a rule: a pattern, an optional check of what it matched, and a score."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
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
    needs : tuple of str
        In lower case: a text that holds none of them is not searched. Empty: every text is.
    digits : int
        Least digits in one stretch of them (see `longest_stretch`) that a match has.
    """

    kind: str
    name: str
    pattern: re.Pattern[str]
    score: float
    check: Check | None = None
    needs: tuple[str, ...] = ()
    digits: int = 0

    def find(self, text: str) -> Iterator[PiiSpan]:
        """Give the spans of this rule in a normalised text."""
        group = "secret" if "secret" in self.pattern.groupindex else 0
        for match in self.pattern.finditer(text):
            if self.check is None or self.check(match):
                end = match.start(group) + len(match.group(group).rstrip())
                yield PiiSpan(match.start(group), end, self.kind, self.score, self.name)


_STRETCH = re.compile(r"\d(?:[-. ()のノ]{0,4}\d)*")


def longest_stretch(text: str) -> int:
    """Give the number of digits of the longest stretch of digits, over the marks that stand within numbers.

    Examples
    --------
    >>> longest_stretch("2個 03-1234-5678"), longest_stretch("1,546円")
    (10, 3)
    """
    return max((sum(map(str.isdecimal, found)) for found in _STRETCH.findall(text)), default=0)


def worth_trying(rules: Iterable[Rule], text: str) -> list[Rule]:
    """Give the rules that could find something in a normalised text."""
    low, longest = text.lower(), longest_stretch(text)
    return [rule for rule in rules if rule.digits <= longest and (not rule.needs or _holds(low, rule.needs))]


def _holds(low: str, needs: tuple[str, ...]) -> bool:
    for need in needs:  # noqa: SIM110 - a loop is three times as fast as any() here
        if need in low:
            return True
    return False


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
