"""The names of issues that people read."""

from __future__ import annotations

import hashlib
import re

from vocmine.frames import UNALLOCATED, UNKNOWN
from vocmine.report.evidence import Evidence
from vocmine.report.words import LANGS, Words

ALL = "all"
"""Stands in a table for all issues together."""

_PLAIN_ID = re.compile(r"[A-Za-z0-9-]{1,40}")


def incident_anchor(incident_id: str) -> str:
    """Give the place of an incident on the page: it lasts as its id does, and holds nothing but plain letters.

    Examples
    --------
    >>> incident_anchor("i-20261016-1"), incident_anchor('"><script>')
    ('incident-i-20261016-1', 'incident-554299e9841f')
    """
    if _PLAIN_ID.fullmatch(incident_id):
        return f"incident-{incident_id}"
    return f"incident-{hashlib.sha256(incident_id.encode('utf-8', 'replace')).hexdigest()[:12]}"


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
    >>> IssueNames(Words("en"), Evidence(names={"ja": {"a": "アプリが落ちる"}, "en": {}}))("a")
    'アプリが落ちる'
    """

    def __init__(self, words: Words, evidence: Evidence) -> None:
        self.words, self.evidence = words, evidence
        self.names = evidence.names.get(words.lang) or {}
        # A list of reasons may be named in one language only: better a name in that one than an id.
        self.others = {key: name for lang in LANGS for key, name in (evidence.names.get(lang) or {}).items()}

    def __call__(self, issue: str) -> str:
        """Give the display name of an issue; that of the other language, or its id, where it has none."""
        if issue in {UNKNOWN, UNALLOCATED}:
            return self.words(f"issue_{issue}")
        if issue == ALL and issue not in self.names:
            return self.words("issue_all")
        return self.names.get(issue) or self.others.get(issue) or issue
