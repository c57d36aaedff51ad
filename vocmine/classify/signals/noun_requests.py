"""Requests as notes put them: an action and a noun of asking (再発行依頼, 送付希望), with the customer as who asks.

Who asks is told by the clause. The agent asks where a desk or the customer is the goal (物流へ…を依頼), where the
writer is the subject (当方より), and where only the customer can do it (書類の返送). The passive (希望される) is the
customer's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from vocmine.classify.sentiment.required_words import required_words
from vocmine.classify.sentiment.script_patterns import LATIN
from vocmine.classify.signals.pattern_file import GAP, pattern_rows

_CLAUSE = re.compile(
    r"[。、,\n!?;()「」『』\u2028]|(?<=[^A-Za-z0-9])\s|(?:の|する|した|との|という)ため、?|のうえ、?|後、"
)
_WIDEST = 40  # characters of a clause that are read before the noun
_AFTER = 14  # characters that are read after it
_SHORTEST = 2  # characters that say what is asked for
_ACTION_NEEDED = ("offer", "apply", "receive", "seek")


class _Rules(NamedTuple):
    """The compiled parts of ``requests.yaml``."""

    may: re.Pattern[str]
    noun: re.Pattern[str]
    after: dict[str, re.Pattern[str]]
    no_request: re.Pattern[str]
    action: re.Pattern[str]
    agents: re.Pattern[str]
    goal: re.Pattern[str]
    customers_deed: re.Pattern[str]
    passive: re.Pattern[str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    rows = pattern_rows("requests")
    parts = {name: re.compile("|".join(some)) for name, some in rows["noun_style"].items()}
    nouns = "|".join(f"(?P<{kind}>{'|'.join(some)})" for kind, some in rows["noun_kinds"].items())
    words = sorted({word for some in rows["noun_kinds"].values() for row in some for word in required_words(row)})
    after = {name: re.compile("|".join(some), re.MULTILINE) for name, some in rows["noun_style_after"].items()}
    return _Rules(**parts, may=re.compile("|".join(words)), noun=re.compile(nouns), after=after)


def noun_requests(text: str, script: int) -> list[str]:
    """Give the words of a Japanese note by which a customer asks for something.

    Parameters
    ----------
    text : str
        Normalised text.
    script : int
        See `vocmine.classify.sentiment.script_patterns.script_of`.

    Examples
    --------
    >>> noun_requests("保証書の再発行依頼。本日投函", 1)
    ['保証書の再発行依頼']
    >>> noun_requests("物流へ再配達を依頼、回答待ち", 1)
    []
    """
    if script == LATIN:
        return []
    rules = _rules()
    if rules.may.search(text) is None or rules.noun.search(text) is None:
        return []
    rest = rules.no_request.sub(GAP, text)
    found = []
    for noun in rules.noun.finditer(rest):
        start = _clause_start(rest, noun.start())
        after = rest[noun.end() : noun.end() + _AFTER]
        if _customer_asks(rules, noun.lastgroup or "", rest[start : noun.start()], after):
            found.append(rest[start : noun.end()].strip())
    return found


def _clause_start(text: str, end: int) -> int:
    start = max(0, end - _WIDEST)
    for mark in _CLAUSE.finditer(text, start, end):
        start = mark.end()
    return start


def _customer_asks(rules: _Rules, kind: str, before: str, after: str) -> bool:
    """Say whether the customer asks, by the kind of noun, the clause before it and the words after it."""
    if rules.after[kind].match(after) is None:
        return False
    received = rules.passive.match(after) is not None
    has_action = (kind == "apply" and received) or rules.action.search(before) is not None
    if kind == "want" or (kind in _ACTION_NEEDED and not has_action):
        return kind == "want"
    if len(before.strip()) < _SHORTEST:
        return False
    if kind == "receive" or (kind != "seek" and received):
        return True
    agent = kind != "seek" and rules.agents.search(before) is not None
    return not (agent or rules.goal.search(before) or rules.customers_deed.search(before))
