"""Who a speaker is: customer, agent or bot, by words that are known, by what is told, and never by a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from vocmine.errors import SettingsError

ROLES = ("customer", "agent", "bot")
FOR_CUSTOMER = "for_customer"
"""What `speaker_role` says of family and others who speak for the customer."""

OTHERS = "*"
_BRACKETS = re.compile(r"([^(\[【<「]*)[(\[【<「]([^)\]】>」]*)[)\]】>」](.*)")
_TITLE = re.compile(r"(.+?)(?:さん|さま|様|氏|殿|の方)")
_NUMBERED = re.compile(
    r"(.*[^\s_\-#:.0-9])(?:[\s_\-#:.]*(?:no\.?|#)?\s*\d{1,6}|[\s_\-#:.]+[a-z]|(?<![a-z])[a-z甲乙丙丁])(?:人目|番|号)?"
)
_COUNTED = re.compile(r"\d{1,4}[\s_\-.:)]+(.+)")
_BETWEEN = re.compile(r"[:/|・,_\-–—=+&\s]+")
_SIDES = re.compile(r"[/|・,+&]")  # two of a kind, as in agent/customer
_GIVEN_NAMES = frozenset(["ai"])  # a word that is also a name: only alone, or beside another known word
_NO_ENDS = frozenset(["本人", "社員"])  # 日本人, 会社員
_NO_NAME = re.compile(r"https?|ftp|mailto|re|fwd?|cc|ps|注|注意|追伸|[\d\s.,/-]*", re.IGNORECASE)
_WITHIN_A_SENTENCE = re.compile(r"[をにはがでとの]|様$")


@lru_cache(maxsize=4096)
def speaker_role(name: str) -> str:
    """Give the role of a speaker by the words in its name.

    Known words (``roles`` in ``data/speakers.yaml``) may stand alone, or with a number, a letter, a name or a bracket:
    ``Customer_2``, ``OP1``, ``担当:佐藤``, ``Agent 2 (Tanaka)``. Of two words the last decides, as in ``お客様担当``
    and ``customer support``.

    Parameters
    ----------
    name : str
        As the transcript has it.

    Returns
    -------
    str
        ``customer``, ``agent``, ``bot``, ``for_customer`` (family and others who speak for the customer), or empty
        where no known word decides, as for a name.

    Examples
    --------
    >>> [speaker_role(name) for name in ("お客様A", "Agent 2 (Tanaka)", "お客様相談室", "お客様（ご家族）", "山田")]
    ['customer', 'agent', 'agent', 'for_customer', '']
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", name))
    return _role(" ".join(parted.casefold().split()).strip("\"'“”.:; "))


def speaker_key(name: str) -> str:
    """Fold a name for comparing: width, case and spaces.

    Examples
    --------
    >>> speaker_key(" ＴＡＮＡＫＡ  Ken ")
    'tanaka ken'
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def told_roles(speakers: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """Split what a mapping tells of speakers into names and all others.

    Returns
    -------
    names : dict of str to str
        Folded name -> role.
    others : str
        Role of everybody else (``"*"``); empty if none is told.

    Raises
    ------
    SettingsError
        If a role is none.

    Examples
    --------
    >>> told_roles({"山田": "agent", "*": "customer"})
    ({'山田': 'agent'}, 'customer')
    """
    roles = _role_words()
    for role in speakers.values():
        if _fold(str(role)) not in roles:
            expected = ", ".join(ROLES)
            raise SettingsError("unknown role of a speaker", where="speakers", got=repr(role), expected=expected)
    names = {speaker_key(str(name)): roles[_fold(str(role))] for name, role in speakers.items()}
    return names, names.pop(OTHERS, "")


def may_be_name(label: str) -> bool:
    """Tell whether what stands before a colon may be a name at all, and no address, clock or ``Re``.

    Examples
    --------
    >>> may_be_name("山田"), may_be_name("https"), may_be_name("12")
    (True, False, False)
    """
    return not _NO_NAME.fullmatch(label.strip())


def names_a_speaker(label: str) -> bool:
    """Tell whether what stands before a colon is known as a speaker, and no part of a sentence or a salutation.

    Examples
    --------
    >>> names_a_speaker("お客様A"), names_a_speaker("ご担当者様"), names_a_speaker("料金の担当")
    (True, False, False)
    """
    role = speaker_role(label)
    return bool(role) and (role != "agent" or not _WITHIN_A_SENTENCE.search(label.strip()))


def is_form_key(label: str) -> bool:
    """Tell whether a word for a speaker, or a single letter, is as often the key of a form or the mark of a list.

    Examples
    --------
    >>> is_form_key("担当"), is_form_key("System"), is_form_key("オペレーター")
    (True, True, False)
    """
    key = speaker_key(label)
    return (len(key) == 1 and key.isascii()) or key in _beside("weak")


def _role(word: str) -> str:
    if not word:
        return ""
    known = _exact(word)
    if known:
        return known
    if bracket := _BRACKETS.fullmatch(word):
        return _bracketed(f"{bracket[1]} {bracket[3]}".strip(), bracket[2].strip())
    for shape in (_TITLE, _NUMBERED, _COUNTED):
        inside = shape.fullmatch(word)
        found = _role(inside[1].strip(" _-#:.")) if inside else ""
        if found:
            return found
    parts = [part for part in _BETWEEN.split(word) if part]
    return _parted(word, parts) if len(parts) > 1 else _joined(word)


def _exact(word: str) -> str:
    for form in (word, word[1:]) if word[:1] in ("ご", "お", "御") else (word,):
        squeezed = re.sub(r"[\s_\-]", "", form)
        found = _squeezed_words().get(squeezed) or (FOR_CUSTOMER if form in _beside("relations") else "")
        if found:
            return found
    return ""


def _bracketed(outside: str, inside: str) -> str:
    """Role of ``outside (inside)``; where the two say different things, neither is taken."""
    first, second = _role(outside), _role(inside)
    if not first or not second or first == second:
        return first or second
    pair = {first, second}
    if pair == {"customer", FOR_CUSTOMER}:
        return FOR_CUSTOMER
    return "bot" if pair == {"agent", "bot"} else ""


def _parted(word: str, parts: list[str]) -> str:
    """Role of words with something between them."""
    roles = [_exact(part) or _numbered(part) for part in parts]
    sides = {role for role in roles if role in ROLES}
    if len(sides) == 1 and all(part in _GIVEN_NAMES for part, role in zip(parts, roles, strict=True) if role in ROLES):
        return ""
    if sides <= {"customer"}:
        if not sides:
            return ""
        if any(part in _beside("desks") for part in parts):
            return "agent"
        return FOR_CUSTOMER if FOR_CUSTOMER in roles else "customer"
    if "customer" not in sides:
        return "bot" if "bot" in sides else "agent"
    last = next(role for role in reversed(roles) if role in ROLES)
    return last if last != "customer" and not _SIDES.search(word) else ""


def _numbered(part: str) -> str:
    inside = _NUMBERED.fullmatch(part)
    return _exact(inside[1]) if inside else _joined(part)


def _joined(word: str) -> str:
    """Role of a Japanese compound: its last part decides, else a first part with family or a desk behind it."""
    words = {known: role for known, role in _squeezed_words().items() if len(known) > 1 and not known.isascii()}
    ends = max((known for known in words if word.endswith(known) and known not in _NO_ENDS), key=len, default="")
    if ends:
        machine = words[ends] != "customer" and word.startswith(("ai", "自動", "ボット"))
        return "bot" if machine else words[ends]
    starts = max((known for known in words if word.startswith(known)), key=len, default="")
    rest = word[len(starts):].removeprefix("の")
    if not starts or not rest:
        return ""
    if rest in _beside("relations"):
        return FOR_CUSTOMER if words[starts] == "customer" else ""
    return "agent" if any(rest.endswith(desk) for desk in _beside("desks")) else ""


@cache
def speaker_table() -> dict[str, Any]:
    """Give the shipped words (``data/speakers.yaml``).

    Examples
    --------
    >>> sorted(speaker_table()["roles"])
    ['agent', 'bot', 'customer']
    """
    text = (resources.files("vocmine.text") / "data" / "speakers.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table


@cache
def _role_words() -> dict[str, str]:
    return {_fold(word): str(role) for role, words in speaker_table()["roles"].items() for word in words}


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().casefold()


@cache
def _squeezed_words() -> dict[str, str]:
    return {re.sub(r"[\s_\-]", "", word): role for word, role in _role_words().items()}


@cache
def _beside(table: str) -> frozenset[str]:
    return frozenset(_fold(word) for word in speaker_table()[table])
