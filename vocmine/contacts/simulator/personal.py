"""Made-up personal data to hide in texts: placeholder phone prefixes, example domains, public test card numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from vocmine.contacts.simulator.slots import choose, whole

_CARDS = ("4111111111111111", "4242424242424242", "5555555555554444", "5105105105105100", "3530111333300000")
_MAIL_JA = ("example.jp", "example.co.jp", "example.com", "mail.example.jp", "example.ne.jp")
_MAIL_EN = ("example.com", "example.org", "mail.example.net")
_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
# Which kinds come in which channel (and how often); an address also stands in e-mail signatures.
KINDS: Mapping[str, Mapping[str, float]] = {
    "call": {"name": 5, "phone": 6, "email": 1, "address": 2, "card": 0.4, "account": 0.6, "my_number": 0.1, "ip": 0.2},
    "chat": {"name": 2, "phone": 3, "email": 3, "address": 1, "card": 0.6, "account": 0.3, "my_number": 0.1, "ip": 0.3},
    "email": {"name": 3, "phone": 2, "email": 2, "address": 1.5, "card": 0.3, "account": 0.6, "my_number": 0.1},
    "social": {"name": 1, "email": 1},
    "survey": {"name": 3, "phone": 1},
    "bot": {"phone": 2, "email": 2},
}


@dataclass(frozen=True)
class Secret:
    """One piece of personal data: its kind and the exact characters in the text."""

    kind: str
    value: str


def draw_kind(channel: str, lang: str, random: Random) -> str:
    """Draw the kind of a secret for a channel."""
    kinds = {kind: weight for kind, weight in KINDS[channel].items() if lang == "ja" or kind != "my_number"}
    mark = random.random() * sum(kinds.values())
    for kind, weight in kinds.items():
        mark -= weight
        if mark < 0:
            return kind
    return "name"


def make_secret(kind: str, people: Mapping[str, Any], lang: str, random: Random) -> Secret:
    """Make a secret up; `people` is the part of the data file for the language."""
    return Secret(kind, _MAKERS[kind](people, lang == "ja", random))


def frame_secret(secret: Secret, people: Mapping[str, Any], voice: str, random: Random) -> str:
    """Put a secret into one of the phrases it comes with, in an agent's voice (note) or a customer's (say)."""
    return str(choose(people["frame"][voice][secret.kind], random)).replace("{}", secret.value)


def _name(people: Mapping[str, Any], japanese: bool, random: Random) -> str:
    family, given = choose(people["family"], random), choose(people["given"], random)
    if japanese:
        return str(choose([family, family, f"{family}{given}", f"{family} {given}"], random))
    return f"{given} {family}"


def _phone(people: Mapping[str, Any], japanese: bool, random: Random) -> str:
    last = f"{whole(0, 9999, random):04d}"
    if not japanese:
        short = f"{whole(100, 199, random):04d}"
        forms = [f"(202) 555-{short}", f"+1 202-555-{short}", f"202-555-{short}", f"020 7946 0{short[1:]}"]
        return choose(forms, random)
    head = choose(["090", "080", "070"], random)
    forms = [
        f"{head}-1234-{last}", f"{head}1234{last}", f"{head} 1234 {last}", f"({head})1234-{last}", f"03-1234-{last}",
        f"+81 {head[1:]}-1234-{last}", f"{head}-1234-{last}".translate(_WIDE),
    ]
    return choose(forms, random)


def _email(people: Mapping[str, Any], japanese: bool, random: Random) -> str:
    user = choose(people["romaji"], random) + choose(["", ".", "_"], random) + str(whole(1, 999, random))
    return f"{user}@{choose(_MAIL_JA if japanese else _MAIL_EN, random)}"


def _card(people: Mapping[str, Any], japanese: bool, random: Random) -> str:
    digits = choose(_CARDS, random)
    mark = choose(["", " ", "-"], random)
    return mark.join(digits[i : i + 4] for i in range(0, 16, 4))


def _postal_code(people: Mapping[str, Any], japanese: bool, random: Random) -> str:
    return f"{whole(100, 989, random)}-{whole(1, 99, random):04d}"


def _address(people: Mapping[str, Any], japanese: bool, random: Random) -> str:
    place, street = whole(0, len(people["area"]) - 1, random), choose(people["street"], random)
    block, house = whole(1, 9, random), whole(1, 40, random)
    if not japanese:
        return f"{house} {street}, {people['area'][place]}"
    flat = whole(1, 20, random)
    number = choose([f"{block}-{house}-{flat}", f"{block}丁目{house}番{flat}号"], random)
    return f"{choose([people['prefecture'][place], ''], random)}{people['area'][place]}{street}{number}"


def _account(people: Mapping[str, Any], japanese: bool, random: Random) -> str:
    number = f"{whole(1_000_000, 9_999_999, random)}"
    return choose([f"普通 {number}", f"普通預金{number}"], random) if japanese else f"{number}"


def _my_number(people: Mapping[str, Any], japanese: bool, random: Random) -> str:
    """Twelve digits, the last a check digit (Ordinance No. 85 of 2014 of the Ministry of Internal Affairs)."""
    body = [whole(0, 9, random) for _ in range(11)]
    total = sum(digit * weight for digit, weight in zip(body, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    digits = "".join(map(str, body)) + str(0 if total <= 1 else 11 - total)
    return choose([digits, " ".join(digits[i : i + 4] for i in (0, 4, 8))], random)


def _ip(people: Mapping[str, Any], japanese: bool, random: Random) -> str:
    return f"{choose(['192.0.2', '198.51.100', '203.0.113'], random)}.{whole(1, 254, random)}"


_MAKERS: Mapping[str, Callable[[Mapping[str, Any], bool, Random], str]] = {
    "name": _name, "phone": _phone, "email": _email, "card": _card, "postal_code": _postal_code, "address": _address,
    "account": _account, "my_number": _my_number, "ip": _ip,
}  # fmt: skip
