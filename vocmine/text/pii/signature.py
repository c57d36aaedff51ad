"""Names that stand alone on a line, where a letter ends: after a closing phrase or a rule, or above contact data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vocmine.text.pii.english import no_people
from vocmine.text.pii.people import SHAPE, is_family, parse_name
from vocmine.text.pii.spans import PiiSpan

_RULED = re.compile(r"[^\w\s]{2,}|_{2,}|[ー―─]{2,}")
_CLOSING = re.compile(
    r"(?:願い?(?:いた|致|申|いし)|お願い|いたします|致します|ください|下さい|失礼|待ち|敬具|以上|草々|幸いです|ござい"
    r"|ありがとう|よろしく|宜しく)|\b(?:regards|sincerely|thanks?|thx|best|cheers|yours|truly|reply|wishes|soon"
    r"|hearing from you|faithfully|respectfully)\b", re.IGNORECASE)
_GREETED = re.compile(
    r"(?:(?:kind|best|warm) )?(?:regards|wishes)|(?:yours )?sincerely|many thanks|thanks|thank you|cheers|best|yours"
    r"(?: truly| faithfully)?|respectfully", re.IGNORECASE)
_CONTACT = re.compile(
    r"@|〒|\b(?:TEL|FAX|ZIP|e-?mail|phone|mobile)\b|電話|携帯|メール|住所|\d{2,}-\d{3,}|\[[^\]]+\]", re.IGNORECASE
)
_LATIN = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z]\.?)?(?: [A-Z][A-Za-z'’-]+){1,2}")
_LATIN_SINGLE = re.compile(r"[A-Z][a-z'’-]+")
_LAST_LINES = 8  # where a letter's signature stands


def names_in_signature(text: str) -> Iterator[PiiSpan]:
    """Give the names that are a whole line among the last lines of a normalised text."""
    lines = text.split("\n")
    at = 0
    for i, line in enumerate(lines):
        if i > 0 and i >= len(lines) - _LAST_LINES and len(line) <= 40:
            after = lines[i + 1] if i + 1 < len(lines) else ""
            name = line.strip()
            if _is_signed(name, lines[i - 1], after, i + 1 == len(lines)):
                start = at + line.index(name)
                yield PiiSpan(start, start + len(name), "name", 0.85, "name_signature")
        at += len(line) + 1


def _is_signed(name: str, left: str, after: str, is_last: bool) -> bool:
    """Tell whether a line is a name and what stands around it can stand around a signature."""
    sure = _japanese(name) or _latin(name)
    if not sure:
        return _is_single(name) and _GREETED.fullmatch(left.strip(" ,.!")) is not None
    placed = _RULED.fullmatch(left.strip()) or _CLOSING.search(left) or _CONTACT.search(after)
    ended = sure > 1 or left.rstrip().endswith((".", "!", "?"))
    return bool(placed) or (is_last and ended)


def _japanese(name: str) -> int:
    """2 for family and given name, 1 for a family name alone, else 0."""
    if name.isascii() or not SHAPE.fullmatch(name):
        return 0
    score = parse_name(name)
    if score == 1.0 and len(name) > 2:
        return 2
    parts = name.split()
    return int((score >= 0.8 and is_family(name)) or (score > 0 and len(parts) == 2 and is_family(parts[0])))


def _latin(name: str) -> int:
    words = name.lower().split()
    return int(_LATIN.fullmatch(name) is not None and not any(word in no_people() for word in words))


def _is_single(name: str) -> bool:
    return _LATIN_SINGLE.fullmatch(name) is not None and name.lower() not in no_people()
