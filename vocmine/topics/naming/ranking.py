"""Clauses of a group's texts ranked as names: the one that tells it best from others, and most of it, comes first.

The weights were set by reading names beside the texts they stand for (``scripts/read_topic_names.py``): Japanese hotel
requests, English banking questions, simulated contacts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vocmine.topics.naming import inflection as bent
from vocmine.topics.naming.clause import Clause
from vocmine.topics.naming.contrast import MARKS, NOT, TextRead

_JOINT = 0.45  # how much it counts that texts say all of a clause, and not only its words one by one
_TRIED, _MOSTLY, _PAIR = 12, 0.5, 20  # clauses tried for a second part, share of texts that say it, characters of both
_FIRST = 0.85  # place from which a clause is of the matter itself
_EMPTY = 0.5  # how much it counts that a clause has words that tell nothing
_DENIED = 1.3  # weight of what is not so where a group's texts say it in many words
_SAID = 0.15  # share of a group's texts that must say what its name says, for its full weight
_LONE = 0.45  # what a clause of one text counts
_MOODS = {  # what went wrong comes before what is so, and that before when it is so
    **dict.fromkeys((bent.DENIED, bent.UNABLE, bent.NOT_DONE, bent.NOT_GIVEN, bent.HARD), 1.6),
    **dict.fromkeys((bent.PLAIN, bent.PAST, bent.ASKED), 1.1),
    **dict.fromkeys((bent.GOING_ON, bent.UNWISHED), 0.9),
    bent.OPENING: 0.7,
}
_TOLD, _ONE_WORD, _MANY, _TOO_MANY = 1.2, 0.45, 4, 0.85  # what happened; alone; more words than read well


@dataclass(frozen=True)
class Said:
    """A clause and how well it tells the group from others.

    Parameters
    ----------
    text : str
        As most write it.
    keys : tuple of str
    told : bool
        Whether it says what happened.
    place : float
        1 where it is the first that texts tell, less where it comes later.
    score : float
    times : int
        Texts that say it.
    share : float
        Share of the group's texts that have all its words.
    """

    text: str
    keys: tuple[str, ...]
    told: bool
    place: float
    score: float
    times: int
    share: float


def said_of(readings: Sequence[TextRead], gain: Mapping[str, float]) -> list[Said]:
    """Rank clauses of a group.

    Parameters
    ----------
    readings : sequence of TextRead
        The group's texts, in one language.
    gain : mapping of str to float
        How much a word tells, see `vocmine.topics.naming.contrast.gains`.

    Examples
    --------
    >>> from vocmine.topics.naming.contrast import read
    >>> own = [read("荷物が届きません", "荷物 届く_ない")["ja"]] * 3
    >>> [said.text for said in said_of(own, {"荷物": 1.0, "届く_ない": 1.0})][:2]
    ['荷物が届かない', '届かない']
    """
    forms: dict[frozenset[str], Counter[Clause]] = {}
    places: dict[frozenset[str], float] = {}
    for reading in readings:
        for clause, weight in zip(reading.clauses, reading.weights, strict=True):
            keys = frozenset(clause.keys)
            forms.setdefault(keys, Counter())[clause] += 1
            places[keys] = places.get(keys, 0.0) + weight
    ranked = [
        said for keys, written in forms.items() if (said := _said(written, places[keys], readings, gain)) is not None
    ]
    ranked.sort(key=lambda s: (-round(s.score, 9), len(s.text), s.text))
    return ranked


def _said(
    written: Counter[Clause], places: float, readings: Sequence[TextRead], gain: Mapping[str, float]
) -> Said | None:
    """Weigh the clauses that have the same words, written as most have them; None where they tell nothing."""
    n, times = len(readings), written.total()
    clause = min(written, key=lambda c: (-written[c] * fullness(c), len(c.text), c.text))
    keys = frozenset(clause.keys)
    weight = sum(gain.get(k, 0.0) for k in keys)
    if any(k.endswith(MARKS) for k in keys):
        weight += _DENIED * max(gain.get(NOT, 0.0), 0.0)
    if weight <= 0:
        return None
    contrary = {key + mark for key in keys for mark in MARKS} if clause.told else set()
    share = max(sum(keys <= r.keys and contrary.isdisjoint(r.keys) for r in readings), times) / n
    things = {k for k in keys if not k.endswith(MARKS)}
    told = share
    if things and len(things) < len(keys):  # what is not so is told in many words: isn't showing, hasn't come
        told = max(share, sum(things <= r.keys and NOT in r.keys for r in readings) / n)
    score = weight * share**_JOINT * fullness(clause) * (places / times) * min(1.0, told / _SAID)
    if times < 2 < n:
        score *= _LONE
    if clause.told or " " in clause.text or "の" in clause.text:
        telling = sum(gain.get(k, 0.0) > 0 for k in keys) / len(keys)
        score *= telling if "の" in clause.text and not clause.told else telling**_EMPTY
    return Said(clause.text, clause.keys, clause.told, places / times, score, times, share)


def completed(ranked: Sequence[Said], readings: Sequence[TextRead]) -> str:
    """Give the best name; to a Japanese thing of which most texts tell one thing more, that is added.

    Examples
    --------
    >>> from vocmine.topics.naming.contrast import read
    >>> own = [read("無料期間中のはずが8800円課金される", "無料 期間中 課金")["ja"]] * 3
    >>> completed(said_of(own, {"無料": 3.0, "期間中": 3.0, "課金": 1.0}), own)
    '無料期間中・課金される'
    """
    if not ranked:
        return ""
    best = ranked[0]
    if best.told or best.text.isascii():
        return best.text
    having = [{c.text for c in r.clauses} for r in readings if set(best.keys) <= r.keys]
    for said in ranked[1:_TRIED]:
        name = f"{best.text}・{said.text}"
        fits = said.told and said.place > _FIRST and len(name) <= _PAIR and not set(said.keys) & set(best.keys)
        if fits and sum(said.text in told for told in having) >= _MOSTLY * len(having):
            return name
    return best.text


def fullness(clause: Clause) -> float:
    """Prefer what says what happened to a thing alone, and a thing of a thing to a bare word."""
    if clause.text.isascii():
        words = (0.4, 0.9, 1.15, 1.2, 1.15)[min(len(clause.keys), 5) - 1]
        denied = any(key.endswith("_not") for key in clause.keys)
        told = 1.45 if denied else 1.2 if clause.told else 1.0 if len(clause.text.split()) == len(clause.keys) else 0.85
        return words * told * (1.2 if clause.mood else 0.8 if clause.told else 1.0)
    if not clause.told:
        return 0.55 if len(clause.keys) == 1 else 0.9 if "の" in clause.text else 0.8
    short = _ONE_WORD if len(clause.keys) == 1 else _TOO_MANY if len(clause.keys) > _MANY else 1.0
    return _MOODS.get(clause.mood, _TOLD) * short
