"""The names of issues that people read."""

from __future__ import annotations

from vocmine.frames import UNALLOCATED, UNKNOWN
from vocmine.report.evidence import Evidence
from vocmine.report.words import Words

ALL = "all"
"""Stands in a table for all issues together."""


class IssueNames:
    """Give issues the names people read.

    Parameters
    ----------
    words : Words
        Language.
    evidence : Evidence
        Display names by language.

    Examples
    --------
    >>> name = IssueNames(Words("en"), Evidence(names={"en": {"a": "App crashes"}}))
    >>> name("a"), name("b"), name("unknown")
    ('App crashes', 'b', 'Reason not known')
    """

    def __init__(self, words: Words, evidence: Evidence) -> None:
        self.words = words
        self.names = evidence.names.get(words.lang) or {}

    def __call__(self, issue: str) -> str:
        """Give the display name of an issue; its id where it has none."""
        if issue in {UNKNOWN, UNALLOCATED}:
            return self.words(f"issue_{issue}")
        if issue == ALL and issue not in self.names:
            return self.words("issue_all")
        return self.names.get(issue, issue)
