"""Names of reasons said in the other language, word by word, where a small dictionary has every word of them."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from vocmine.topics.naming.statements import DENIED, HARD, WISH, Statement

_OF_ITSELF = frozenset(("届く", "着く", "来る", "繋がる", "つながる", "見つかる", "使える", "見える", "変わる"))
_ENDING = re.compile(r"(?<=\w{3})s$")


def to_english(statement: Statement) -> str:
    """Say a Japanese statement in English; empty where a word is unknown.

    Examples
    --------
    >>> to_english(Statement("荷物", "が", "届く", DENIED)), to_english(Statement("住所", "を", "変更", WISH))
    ('Parcel not arrived', 'Change address')
    >>> to_english(Statement("謎", "が", "届く"))
    ''
    """
    thing = _thing(statement.thing)
    if not statement.done:
        if statement.mood == DENIED:
            return _capital(f"{thing} not possible") if thing else ""
        return _capital(thing)
    forms = _words()["actions"].get(statement.done)
    if not thing or not forms:
        return ""
    order, so, not_so = forms
    if statement.mood in (DENIED, HARD):
        return _capital(f"{thing} {not_so}")
    if order and (statement.mood == WISH or statement.link == "を"):
        return _capital(f"{order} {thing}")
    return _capital(f"{thing} {so}")


def to_japanese(name: str) -> str:
    """Say an English name in Japanese; empty where a word is unknown.

    Examples
    --------
    >>> [to_japanese(name) for name in ("card not arrived", "change address", "charged twice", "payment declined")]
    ['カードが届かない', '住所の変更', '二重請求', '支払いが拒否された']
    >>> to_japanese("exchange rates"), to_japanese("zebra crossing")
    ('為替レート', '')
    """
    words = [_stem(w) for w in name.lower().split()]
    whole = _english()["phrases"].get(tuple(words)) or _english()["things"].get(tuple(words))
    if whole:
        return str(whole)
    for cut in range(1, len(words)):
        for thing, act in ((words[cut:], words[:cut]), (words[:cut], words[cut:])):
            noun = _english()["things"].get(tuple(thing))
            found = _english()["orders" if act == words[:cut] else "states"].get(tuple(act)) if noun else None
            if noun and found:
                action, link, mood = found
                return _passive(Statement(str(noun), link, action, mood))
    return ""


def _passive(statement: Statement) -> str:
    """Write what is so of a thing: 支払いが拒否された; empty where a verb would need a form that is not known."""
    if statement.link != "が":
        return statement.text()
    done_to = bool(_words()["actions"][statement.done][0])
    if statement.done.endswith(tuple("うくぐすつぬぶむるい")):
        return "" if done_to and statement.done not in _OF_ITSELF else statement.text()
    ending = {True: ("された", "されない"), False: ("する", "しない")}[done_to][statement.mood == DENIED]
    return f"{statement.thing}が{statement.done}{ending}"


def is_thing(name: str) -> bool:
    """Whether an English name is a thing alone, of which nothing is said.

    Examples
    --------
    >>> is_thing("exchange rates"), is_thing("card declined")
    (True, False)
    """
    return tuple(_stem(w) for w in name.lower().split()) in _english()["things"]


def kind_names() -> dict[str, dict[str, str]]:
    """Give the forms of names by what contacts are after."""
    return dict(_words()["kinds"])


def _thing(noun: str) -> str:
    things = _words()["things"]
    if noun in things:
        return str(things[noun])
    if "の" in noun:
        first, _, rest = noun.partition("の")
        return f"{things[first]} {_thing(rest)}" if first in things and _thing(rest) else ""
    for cut in range(len(noun) - 1, 1, -1):  # the longest beginning that is known
        if noun[:cut] in things and noun[cut:] in things:
            return f"{things[noun[:cut]]} {things[noun[cut:]]}"
    return ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _stem(word: str) -> str:
    """Cut the plural off; both sides of a look-up go through it."""
    return word if word.endswith(("ss", "us")) else _ENDING.sub("", word)


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    import yaml

    text = (files("vocmine.proposals") / "data" / "glossary.yaml").read_text("utf-8")
    return dict(yaml.safe_load(text))


@lru_cache(maxsize=1)
def _english() -> dict[str, dict[tuple[str, ...], Any]]:
    def key(text: str) -> tuple[str, ...]:
        return tuple(_stem(w) for w in text.lower().split())

    words = _words()
    out: dict[str, dict[tuple[str, ...], Any]] = {"things": {}, "orders": {}, "states": {}, "phrases": {}}
    for japanese, english in words["things"].items():
        out["things"].setdefault(key(english), japanese)
    for japanese, english in words["phrases"].items():
        out["phrases"].setdefault(key(english), japanese)
    for japanese, (order, so, not_so) in words["actions"].items():
        if order:
            out["orders"].setdefault(key(order), (japanese, "を", "plain"))
        out["states"].setdefault(key(so), (japanese, "が", "plain"))
        out["states"].setdefault(key(not_so), (japanese, "が", DENIED))
    return out
