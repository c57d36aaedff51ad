"""Names of proposed reasons: what happened to what, in both languages where a dictionary allows, each name once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vocmine.proposals import glossary
from vocmine.topics.naming.statements import Statement, name_groups, shortened
from vocmine.topics.naming.typical import is_redundant
from vocmine.topics.naming.wording import usual_wording

_SAID = 0.05  # least share of a group's texts that say what its name says
_FULLER = 0.2  # of the texts that speak of the thing, those that say what happened to it, in English
_THING = 0.15  # least share of texts that speak of the thing alone
_FEW_OF = 0.25  # of the texts that speak of a second thing: fewer that say what happened don't name the group
_ALONE = 8  # times as many speak of the thing as say what happened to it: it is the thing that counts
_LONGEST = 22  # characters of a Japanese name
_LINKS = "to|from|for|on|with|in|by|at|of|into"
_OWN = "my|your|our|the|a|an|this|their"


@dataclass(frozen=True)
class Name:
    """The name of a reason.

    Parameters
    ----------
    names : dict of str to str
        By language; one language only where the dictionary lacks a word.
    things : tuple of str
        What it is about, the most telling first.
    """

    names: dict[str, str]
    things: tuple[str, ...]


def choose_names(
    texts: Sequence[Sequence[str]], langs: Sequence[str], kinds: Sequence[str], taken: Sequence[str] = ()
) -> list[Name]:
    """Name groups of texts, the first chooses first.

    Parameters
    ----------
    texts : sequence of sequences of str
        Typical texts of each group.
    langs : sequence of str
        ``ja`` or ``en``, of each group.
    kinds : sequence of str
        What its contacts are after: ``request``, ``question``, ``complaint``, ``praise`` or nothing.
    taken : sequence of str
        Names that are used already.

    Examples
    --------
    >>> found = choose_names([["荷物が届かない", "荷物が届きません"], ["駐車場はありますか", "駐車場はどこ"]],
    ...                      ["ja", "ja"], ["complaint", "question"])
    >>> [name.names for name in found]
    [{'ja': '荷物が届かない', 'en': 'Parcel not arrived'}, {'ja': '駐車場の問い合わせ', 'en': 'Parking: question'}]
    """
    used = set(taken)
    out = []
    for ranked, lang, kind, own in zip(name_groups(texts, langs), langs, kinds, texts, strict=True):
        found = _english(ranked, kind, own) if lang == "en" else _japanese(ranked, kind, own)
        options = found or [{lang: "Other contacts" if lang == "en" else "その他"}]
        names = next((o for o in options if not used & set(o.values())), None)
        number = 2
        while names is None:
            numbered = {key: f"{value} {number}" for key, value in options[0].items()}
            names = numbered if not used & set(numbered.values()) else None
            number += 1
        used |= set(names.values())
        things = [s.thing for s, _ in ranked if s.thing and not s.done][:4] or list(names.values())[:1]
        out.append(Name(names, tuple(things)))
    return out


def _japanese(ranked: list[tuple[Statement, float]], kind: str, texts: Sequence[str]) -> list[dict[str, str]]:
    """List names, the best first: what happened, a thing of a thing, a thing and what contacts are after."""
    done = [(s, share) for s, share in ranked if (s.done or s.mood != "plain") and share >= _SAID and _fits(s)]
    things = [(s.thing, share) for s, share in ranked if not s.done and s.mood == "plain"]
    heads = [pair for pair in things if pair[1] >= _THING][:3] or things[:1]
    first = heads[0][0] if heads else ""
    rest = [(h, share) for h, share in heads[1:] if not is_redundant(h, first)]
    about = [(s, n) for s, n in done if any(s.thing in h or h in s.thing for h, _ in heads)] or done[:1]
    second = max((share for _, share in rest), default=0.0)
    told = [_both(s.text(), glossary.to_english(s)) for s, share in about if share >= _FEW_OF * second]
    pairs = [
        _kinded(usual_wording(first, h, texts) or f"{first}・{h}", _pair(first, h), kind)
        for h, _ in sorted(rest, key=lambda pair: -pair[1])
    ]
    single = [_kinded(first, glossary.to_english(Statement(first, "", "")), kind)] if first else []
    surest = bool(things) and things[0][1] >= _ALONE * max((share for _, share in about), default=0.0)
    order = [*single, *pairs, *told] if surest and len(first) > 3 else [*told, *pairs, *single]
    more = [_kinded(h, glossary.to_english(Statement(h, "", "")), kind) for h, _ in things[1:4]]
    return [o for o in [*order, *more] if o]


def _fits(statement: Statement) -> bool:
    return len(shortened(statement).text()) <= _LONGEST


def _pair(first: str, second: str) -> str:
    one, other = (glossary.to_english(Statement(word, "", "")) for word in (first, second))
    return f"{one}, {other[:1].lower() + other[1:]}" if one and other else ""


def _both(japanese: str, english: str) -> dict[str, str]:
    return {"ja": japanese, "en": english} if english else {"ja": japanese}


def _kinded(japanese: str, english: str, kind: str) -> dict[str, str]:
    forms = glossary.kind_names().get(kind)
    if forms is None:
        return _both(japanese, english)
    return _both(forms["ja"].format(thing=japanese), forms["en"].format(thing=english) if english else "")


def _english(ranked: list[tuple[Statement, float]], kind: str, texts: Sequence[str]) -> list[dict[str, str]]:
    """List names, the best first: two or three words that many texts say together, else one with what it is for."""
    single = [(s, share) for s, share in ranked if " " not in s.thing]
    most = max((share for _, share in ranked), default=0.0)
    several = [(s.thing, share) for s, share in ranked if " " in s.thing and share >= max(_SAID, _FULLER * most)]
    forms = glossary.kind_names().get(kind)

    def kinded(names: dict[str, str]) -> dict[str, str]:
        return {lang: forms[lang].format(thing=name) for lang, name in names.items()} if forms else names

    out = []
    for thing, _ in _fullest(several)[:4]:
        names = _translated(thing, texts)
        out.append(kinded(names) if glossary.is_thing(thing) else names)
    return [*out, *(kinded(_translated(s.thing, texts)) for s, _ in single[:3])]


def _fullest(several: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Put a longer phrase before the part of it that stands first, where most texts with the part say it whole."""
    if not several:
        return []
    first, share = several[0]
    enough = (0.3 if first.startswith("not ") else 0.6) * share
    longer = [(t, s) for t, s in several[1:] if first in t and s >= enough]
    return [*longer[:1], *(pair for pair in several if pair not in longer[:1])]


def _translated(thing: str, texts: Sequence[str]) -> dict[str, str]:
    japanese = glossary.to_japanese(thing)
    english = _linked(thing, texts)
    english = english[:1].upper() + english[1:]
    return {"en": english, "ja": japanese} if japanese else {"en": english}


def _linked(thing: str, texts: Sequence[str]) -> str:
    """Put the small words back that most texts have between two words: cash from atm."""
    words = thing.split()
    out = words[:1]
    for before, after in pairwise(words):
        between = rf"\b{re.escape(before)}\s+(?:({_LINKS})\s+)?(?:(?:{_OWN})\s+)?{re.escape(after)}\b"
        found = Counter(m.group(1) or "" for text in texts for m in re.finditer(between, text.lower()))
        best = min(found, key=lambda link: (-found[link], link), default="")
        out += [best, after] if best else [after]
    return " ".join(out)
