"""Talks in plain text: whose words are whose where lines begin with speakers, as in ``客：…`` and ``OP：…``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from vocmine.text.labels import Label, speaker_labels
from vocmine.text.speakers import (
    FOR_CUSTOMER,
    ROLES,
    is_form_key,
    may_be_name,
    names_a_speaker,
    speaker_key,
    speaker_role,
    speaker_table,
    told_roles,
)

UNKNOWN_SPEAKER = "unknown"
SYSTEM = "system"
"""Role of what nobody says: lines before the first turn, keys of a form behind the last."""

_OTHER_SIDE = {"customer": "agent", "agent": "customer", "bot": "customer"}
_PERSON = re.compile(r"[一-龠々ヶ]{1,5}|[ァ-ヺー]{2,8}|[A-Z][a-z'.-]{1,15}(?: [A-Z][A-Za-z'.-]{0,15})?")
_SPEAKER_NUMBER = re.compile(r"(?:speaker|話者|発話者|spk)[ _-]?[0-9a-z]{1,3}", re.IGNORECASE)
_HONOURED = re.compile(r".{1,12}(?:様|さま|さん)")
# what is said has a verb, a particle or a mark of its own; a name, a number or a state in a form has none
_SAID = re.compile(
    r"[ぁ-ん]{2}|[ぁ-ん][。．！？!?、]|[。．！？!?]\s*$|了解|承知|同意|\b[a-z']{2,} [a-z']+\b", re.IGNORECASE
)
_INTERJECTION = re.compile(
    r"\W*(?:yes|no|ok|okay|hi|hello|hey|thanks?|thank you|sorry|sure|great|perfect|good|cool|fine|please|welcome)\b",
    re.IGNORECASE,
)
_CASED = re.compile(r"[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,3}")
_BARE_NAME = re.compile(
    r"[一-龠々ァ-ヺー・ \u3000]{1,7}(?:様|さま|さん|氏|殿)?|ご?本人様?|[\d\s/:：.,年月日時分¥円%-]*"
)
_LEAST_COURTESY = 2  # words of courtesy by which the one who serves is known, where the other has none


@dataclass(frozen=True)
class Turn:
    """What one speaker says at a time.

    Parameters
    ----------
    role : str
        ``customer``, ``agent``, ``bot``, ``unknown`` (somebody else) or ``system`` (said by nobody).
    name : str
        The speaker, as the text has it.
    text : str
        The words, without the speaker.
    start, end : int
        Where they stand in the text.
    """

    role: str
    name: str
    text: str
    start: int
    end: int


def split_turns(text: str, speakers: Mapping[str, str] | None = None) -> list[Turn]:
    r"""Split a text into turns where it is a talk between a customer and an agent or a bot.

    Parameters
    ----------
    text : str
        Lines that begin with a speaker: ``客：``, ``OP:``, ``【お客様】``, ``お客様「…」``,
        ``[10:23] 山田（CS）:``. A line without one goes on with the turn before; several may stand in one line
        where that is clear.
    speakers : mapping of str to str, optional
        Told: name of a speaker -> ``customer``, ``agent`` or ``bot``.

    Returns
    -------
    list of Turn
        In the order of the text; empty where it is no talk: where not both sides speak, and where the lines are those
        of a form, of a list of questions and answers or of people of whom nothing tells who serves whom.

    Examples
    --------
    >>> [(turn.role, turn.text) for turn in split_turns("客：まだ届きません\nOP：お調べいたします")]
    [('customer', 'まだ届きません'), ('agent', 'お調べいたします')]
    >>> split_turns("お客様：大沢様\n担当：小林\n用件：解約")
    []
    """
    marks = speaker_labels(text)
    if len(marks) < 2:
        return []
    told, others = told_roles(speakers) if speakers else ({}, "")
    names = [speaker_key(mark.who) for mark in marks]
    roles = _known_roles(marks, names, told, others)
    if len(set(roles.values()) & {"customer", "agent", "bot"}) < 2:
        roles = _other_side(text, marks, names, roles)
        if "customer" not in roles.values() or not {"agent", "bot"} & set(roles.values()):
            return []
    turns = _cut(text, marks, names, roles)
    return turns if _is_talk(turns, marks, names, told) else []


def customer_part(text: str, speakers: Mapping[str, str] | None = None) -> str:
    r"""Give what the customer says in a talk, a turn a line; a text that is no talk is given whole.

    Examples
    --------
    >>> customer_part("Agent: Sorry for the wait.\nCustomer: Is it open?"), customer_part("It is late")
    ('Is it open?', 'It is late')
    """
    turns = split_turns(text, speakers)
    return said_by(turns, "customer") if turns else text


def customer_spans(text: str) -> list[tuple[int, int]]:
    r"""Give where the customer's turns stand in a talk; empty for a text that is none.

    Examples
    --------
    >>> customer_spans("客：はい\nOP：お待ちください\n客：急いで")
    [(2, 4), (18, 21)]
    """
    return [(turn.start, turn.end) for turn in split_turns(text) if turn.role == "customer" and turn.text]


def said_by(turns: Sequence[Turn], *roles: str) -> str:
    r"""Join what some roles say by line breaks.

    Examples
    --------
    >>> said_by(split_turns("客：届かない\nOP：はい、確認します\n客：急いで"), "customer")
    '届かない\n急いで'
    """
    return "\n".join(turn.text for turn in turns if turn.role in roles and turn.text)


def _known_roles(
    marks: Sequence[Label], names: list[str], told: Mapping[str, str], others: str
) -> dict[str, str]:
    """Give the role of each name that a word or a mapping tells."""
    roles: dict[str, str] = {}
    for mark, name in zip(marks, names, strict=True):
        if name in roles:
            continue
        role = told.get(name, "")
        if not role and name not in _keys() and names_a_speaker(mark.who):
            role = speaker_role(mark.who)
        roles[name] = "customer" if role == FOR_CUSTOMER else role if role in ROLES else ""
    if "q" not in roles:
        _add_letters(roles)
    if others:
        roles = {name: role or ("" if name in _keys() else others) for name, role in roles.items()}
    return {name: role for name, role in roles.items() if role}


def _add_letters(roles: dict[str, str]) -> None:
    """Read single letters as speakers: not beside other letters, as in a list, and only where both sides are there."""
    single = {name for name in roles if len(name) == 1 and name.isascii() and name.isalpha()}
    table = {word: role for role, words in speaker_table()["letters"].items() for word in words}
    if not single or not single <= set(table):
        return
    sides = {table[name] for name in single} | {role for role in roles.values() if role in ("customer", "agent")}
    if sides == {"customer", "agent"}:
        roles.update({name: table[name] for name in single})


def _other_side(
    text: str, marks: Sequence[Label], names: list[str], roles: dict[str, str]
) -> dict[str, str]:
    """Tell the side of people of whom only the name is known: the other side of who is known, or by courtesy."""
    often = Counter(names)
    open_ = [name for name in dict.fromkeys(names) if name not in roles and name not in _keys()]
    first = {name: marks[names.index(name)] for name in open_}
    hits = _courtesies(text, marks, names)
    if roles:
        sides = set(roles.values()) - {"bot"} or set(roles.values())
        clocks = {name for mark, name in zip(marks, names, strict=True) if mark.clock}
        between = {now for a, now, b in zip(names, names[1:], names[2:], strict=False) if a == b != now and a in roles}
        maybe = [
            name for name, mark in first.items() if may_be_name(mark.who) and (
                often[name] > 1 or name in clocks or name in between or _HONOURED.fullmatch(mark.who.strip())
                or (hits[name] > 0 and sides == {"customer"})
            )
        ]
        return {**roles, maybe[0]: _OTHER_SIDE[sides.pop()]} if len(sides) == 1 and len(maybe) == 1 else roles
    if len(open_) != 2 or len(often) != 2 or not all(_is_person(mark.who) for mark in first.values()):
        return roles
    serves = max(open_, key=lambda name: hits[name])
    asks = next(name for name in open_ if name != serves)
    return {serves: "agent", asks: "customer"} if hits[serves] >= _LEAST_COURTESY and not hits[asks] else roles


def _courtesies(text: str, marks: Sequence[Label], names: list[str]) -> Counter[str]:
    """Count the words of courtesy, each once a turn, that stand behind each name."""
    hits: Counter[str] = Counter()
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    for mark, name, end in zip(marks, names, ends, strict=True):
        hits[name] += len({hit.group() for hit in _courtesy().finditer(text, mark.end, end)})
    return hits


def _is_person(name: str) -> bool:
    """Tell whether a label may be a person's name: in Japanese one that the list or the dictionary knows."""
    plain = re.sub(r"(?:様|さま|さん|氏|殿)$", "", name.strip())
    if _SPEAKER_NUMBER.fullmatch(plain):
        return True
    if not _PERSON.fullmatch(plain) or not may_be_name(plain):
        return False
    if plain.isascii():
        return True
    from vocmine.text.pii.people import parse_name

    return parse_name(plain) > 0


def _cut(text: str, marks: Sequence[Label], names: list[str], roles: Mapping[str, str]) -> list[Turn]:
    """Cut a text at its speakers; a label of nobody goes on with the turn before, a key of a form ends it."""
    begun = [
        (mark, roles.get(name, SYSTEM if name in _keys() else "")) for mark, name in zip(marks, names, strict=True)
    ]
    begun = _others_too(begun, names)
    kept = [(mark, role) for mark, role in begun if role]
    turns = []
    ends = [mark.start for mark, _ in kept[1:]] + [len(text)]
    for (mark, role), end in zip(kept, ends, strict=True):
        stop = min(end, mark.stop) if mark.stop else end
        start, stop = _trimmed(text, mark.end, stop)
        turns.append(Turn(role, mark.who.strip(), text[start:stop], start, stop))
    before = _trimmed(text, 0, kept[0][0].start)
    if before[1] > before[0]:
        turns.insert(0, Turn(SYSTEM, "", text[before[0]:before[1]], *before))
    return turns


def _others_too(begun: list[tuple[Label, str]], names: list[str]) -> list[tuple[Label, str]]:
    """Let people beside customer and agent have turns of their own: names that come again, or with a clock."""
    often = Counter(names)
    return [
        (mark, role or (UNKNOWN_SPEAKER if (mark.clock or often[name] > 1) and may_be_name(mark.who)
                        and not mark.inline and name not in _keys() else ""))
        for (mark, role), name in zip(begun, names, strict=True)
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out blanks, and the marks that part turns, at both ends of a span."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip(" \t\r\n\u3000*"))
    right = len(inner.rstrip(" \t\r\n\u3000/／|｜*"))
    return (start + left, start + right) if right > left else (start, start)


def _is_talk(
    turns: Sequence[Turn], marks: Sequence[Label], names: list[str], told: Mapping[str, str]
) -> bool:
    """Tell a talk from a form: both sides say something, and there are more turns than keys."""
    spoken = [turn for turn in turns if turn.role in ROLES]
    keys = sum(turn.role == SYSTEM and bool(turn.name) for turn in turns)
    labels = {name for name, mark in zip(names, marks, strict=True) if not mark.clock and not mark.inline}
    others = len(labels - {speaker_key(turn.name) for turn in turns})
    if keys + others >= len(spoken) or (len(spoken) == 2 and keys):
        return False
    return _says(spoken, ("customer",), told) and _says(spoken, ("agent", "bot"), told)


def _says(turns: Sequence[Turn], roles: tuple[str, ...], told: Mapping[str, str]) -> bool:
    """Tell whether a side says something: words, not only a name, a number or a state."""
    return any(
        _is_said(turn.text) or (_is_strong(turn.name, told) and bool(turn.text) and not _is_bare(turn.text))
        for turn in turns if turn.role in roles
    )


def _is_said(words: str) -> bool:
    if _INTERJECTION.match(words):
        return True
    return _SAID.search(words) is not None and not _is_bare(words)


def _is_bare(words: str) -> bool:
    """Tell whether words are a name, a number or a date, as the values of a form are."""
    return _BARE_NAME.fullmatch(words) is not None or _CASED.fullmatch(words) is not None


def _is_strong(name: str, told: Mapping[str, str]) -> bool:
    return speaker_key(name) in told or not is_form_key(name)


@cache
def _keys() -> frozenset[str]:
    return frozenset(speaker_key(str(word)) for word in speaker_table()["keys"])


@cache
def _courtesy() -> re.Pattern[str]:
    parts = [pattern for patterns in speaker_table()["courtesy"].values() for pattern in patterns]
    return re.compile("|".join(parts), re.IGNORECASE)
