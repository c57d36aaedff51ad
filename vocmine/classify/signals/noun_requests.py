"""Requests as notes put them: an action and a noun of asking (再発行依頼, 送付希望), with the customer as who asks.

Who asks is told by the clause: a desk or the customer as its goal (物流へ…を依頼, お客様に…をお願い), the writer as its subject
(当方より), a deed that only the customer can do (書類の返送) make it the agent's; the passive (希望される) makes it the customer's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from vocmine.classify.sentiment.script_patterns import LATIN
from vocmine.classify.signals.pattern_file import GAP, pattern_rows

_CLAUSE = re.compile(r"[。、,\n!?;()「」『』\u2028]|(?<=[^A-Za-z0-9])\s|(?:の|する|した|との|という)ため、?|のうえ、?|後、")
_WIDEST = 40  # characters of a clause that are read before the noun
_SHORTEST = 2  # characters that say what is asked for
_KINDS = {
    "依頼": "ask", "お願い": "ask", "希望": "want", "要望": "want", "所望": "want", "催促": "want", "求め": "seek", "要求": "seek",
    "受付": "receive", "受付け": "receive",
}  # how the words around a noun are read; the others, as 申出 and 申込, need an action before them


class _Rules(NamedTuple):
    """The compiled parts of ``requests.yaml``."""

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
    parts = {name: re.compile("|".join(rows["noun_style"][name])) for name in _Rules._fields if name != "after"}
    after = {name: re.compile("|".join(some), re.MULTILINE) for name, some in rows["noun_style_after"].items()}
    return _Rules(**parts, after=after)


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
    if rules.noun.search(text) is None:
        return []
    rest = rules.no_request.sub(GAP, text)
    found = []
    for noun in rules.noun.finditer(rest):
        start = _clause_start(rest, noun.start())
        if _customer_asks(rules, rest[start : noun.start()], noun.group(), rest[noun.end() : noun.end() + 14]):
            found.append(rest[start : noun.end()].strip())
    return found


def _clause_start(text: str, end: int) -> int:
    start = max(0, end - _WIDEST)
    for mark in _CLAUSE.finditer(text, start, end):
        start = mark.end()
    return start


def _customer_asks(rules: _Rules, before: str, noun: str, after: str) -> bool:
    """Say whether the customer asks, by the clause before the noun and the words after it."""
    kind = _KINDS.get(noun, "apply")
    if rules.after[kind].match(after) is None:
        return False
    applied = noun.startswith("申") and not noun.endswith("出") and rules.passive.match(after)
    if kind not in ("ask", "want") and not applied and rules.action.search(before) is None:
        return False
    if kind == "want":
        return True
    if len(before.strip()) < _SHORTEST:
        return False
    if kind == "receive" or (kind != "seek" and rules.passive.match(after)):
        return True
    if kind != "seek" and rules.agents.search(before):
        return False
    return rules.goal.search(before) is None and rules.customers_deed.search(before) is None
