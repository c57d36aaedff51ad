"""Names of proposed reasons: what happened to what, in both languages where a dictionary allows, each name once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vocmine.proposals import glossary
from vocmine.topics.naming.statements import Statement, name_groups, shortened
from vocmine.topics.naming.typical import is_redundant

_SAID = 0.05  # least share of a group's texts that say what its name says
_FULLER = 0.2  # of the texts that speak of the thing, those that say what happened to it, in English
_THING = 0.15  # least share of texts that speak of the thing alone
_LONGEST = 22  # characters of a Japanese name


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
    >>> found = choose_names([["荷物が届かない", "荷物が届きません"], ["駐車場はありますか", "駐車場は無料ですか"]],
    ...                      ["ja", "ja"], ["complaint", "question"])
    >>> [name.names for name in found]
    [{'ja': '荷物が届かない', 'en': 'Parcel not arrived'}, {'ja': '駐車場の問い合わせ', 'en': 'Parking: question'}]
    """
    used = set(taken)
    out = []
    for ranked, lang, kind in zip(name_groups(texts, langs), langs, kinds, strict=True):
        make = _english if lang == "en" else _japanese
        options = make(ranked, kind) or [{lang: "Other contacts" if lang == "en" else "その他"}]
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


def _japanese(ranked: list[tuple[Statement, float]], kind: str) -> list[dict[str, str]]:
    """List names, the best first: what happened, a thing of a thing, a thing and what contacts are after."""
    done = [(s, share) for s, share in ranked if (s.done or s.mood != "plain") and share >= _SAID and _fits(s)]
    things = [(s, share) for s, share in ranked if not s.done and s.mood == "plain"]
    heads = [s.thing for s, share in things if share >= _THING][:3] or [s.thing for s, _ in things[:1]]
    told: list[dict[str, str]] = []
    first = heads[0] if heads else ""
    about = [s for s, _ in done if any(s.thing in head or head in s.thing for head in heads)] or [s for s, _ in done[:1]]
    for statement in about:
        told.append(_both(statement.text(), glossary.to_english(statement)))
    rest = [h for h in heads[1:] if not is_redundant(h, first)]
    pairs = [_kinded(f"{first}・{second}", _pair(first, second), kind) for second in rest]
    single = [_kinded(first, glossary.to_english(Statement(first, "", "")), kind)] if first else []
    surest = bool(things) and things[0][1] >= 2 * max((share for _, share in done), default=0.0) * 4
    order = [*single, *pairs, *told] if surest and len(first) > 3 else [*told, *pairs, *single]
    more = [_kinded(s.thing, glossary.to_english(s), kind) for s, _ in things[1:4]]
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


def _english(ranked: list[tuple[Statement, float]], kind: str) -> list[dict[str, str]]:
    """List names, the best first: two or three words that many texts say together, else one with what it is for."""
    single = [(s, share) for s, share in ranked if " " not in s.thing]
    most = max((share for _, share in ranked), default=0.0)
    several = [(s.thing, share) for s, share in ranked if " " in s.thing and share >= max(_SAID, _FULLER * most)]
    several = _fullest(several)
    out = [_translated(thing) for thing, _ in several[:4]]
    forms = glossary.kind_names().get(kind)
    for statement, _ in single[:3]:
        names = _translated(statement.thing)
        out.append({lang: forms[lang].format(thing=name) for lang, name in names.items()} if forms else names)
    return out


def _fullest(several: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Put a longer phrase before the part of it that stands first, where most texts with the part say it whole."""
    if not several:
        return []
    first, share = several[0]
    longer = [(t, s) for t, s in several[1:] if first in t and s >= 0.6 * share]
    return [*longer[:1], *(pair for pair in several if pair not in longer[:1])]


def _translated(thing: str) -> dict[str, str]:
    japanese = glossary.to_japanese(thing)
    english = thing[:1].upper() + thing[1:]
    return {"en": english, "ja": japanese} if japanese else {"en": english}
