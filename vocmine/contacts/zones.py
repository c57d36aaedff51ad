"""Time zones as they are named in columns and behind times: ``(UTC)``, ``GMT+9``, ``[Asia/Tokyo]``, ``日本時間``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pandas as pd

from vocmine.contacts.cells import fold
from vocmine.contacts.shipped import shipped_table

_OFFSET = re.compile(r"(?:utc|gmt|jst|z)? ?([+-])(\d{1,2})(?::?(\d{2}))?(?:時間?)?")
_BRACKET = re.compile(r"[(\[【<]((?:[^()\[\]【】<>]|\([^()]*\))*)[)\]】>]")
_WEEKDAY = re.compile(r"[月火水木金土日](?:曜日?)?(?:[・,]?祝日?)?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|祝日?")
_NAME = re.compile(r"[a-z]+(?:/[a-z0-9_+-]+){1,2}", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOTE = re.compile(
    r"(?:time ?zone|\btz|タイムゾーン|標準時間帯|times? (?:(?:are|is|shown|displayed)[a-z ]*? )?in"
    r"|(?:時[刻間]|日時)は[^A-Za-z0-9日協]{0,6})\s*[:：=＝]?\s*[(（]?"
    r"([A-Za-z]{2,4} ?[+-]\d{1,2}(?::?\d{2})?|[A-Za-z]+/[A-Za-z_/]+|[A-Z]{3,4}(?![A-Za-z])"
    r"|日本(?:標準)?時間?|協定世界時)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"[A-Z]{2,4}T")


@dataclass(frozen=True)
class ZoneWord:
    """A zone that was seen.

    Parameters
    ----------
    word : str
        As it was written, folded; empty where there was none.
    zone : str
        A name that pandas knows: ``Asia/Tokyo``, ``UTC``, ``UTC-04:00``. Empty where none was named, or the word can't
        be trusted.
    trouble : str
        ``several`` (a word of several zones), ``unknown`` (no zone), or empty.
    """

    word: str = ""
    zone: str = ""
    trouble: str = ""


@cache
def zone_table() -> dict[str, Any]:
    """Give the shipped words of zones (``data/zones.yaml``)."""
    table: dict[str, Any] = shipped_table("zones")
    return table


@cache
def zone_named(word: str) -> ZoneWord:
    """Tell which zone a word means.

    Examples
    --------
    >>> [zone_named(word).zone for word in ("EDT", "GMT+9", "asia/tokyo", "日本時間", "+05:30")]
    ['UTC-04:00', 'UTC+09:00', 'Asia/Tokyo', 'Asia/Tokyo', 'UTC+05:30']
    >>> zone_named("CST").trouble, zone_named("soon").trouble
    ('several', 'unknown')
    """
    plain = re.sub(r"\s+", " ", fold(word).replace("−", "-")).strip(" ,;:-")
    signed = re.sub(r"\s+", " ", fold(word).replace("−", "-")).strip(" ,;:")
    table = zone_table()
    if match := _OFFSET.fullmatch(signed):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        fits = minutes <= 14 * 60 and int(match[3] or 0) < 60
        return ZoneWord(signed, fixed_zone(-minutes if match[1] == "-" else minutes)) if fits else _unknown(signed)
    if plain in _words():
        return ZoneWord(plain, _words()[plain])
    if plain in table["several"]:
        return ZoneWord(plain, "", "several")
    name = _places().get(plain.replace(" ", "_"))
    return ZoneWord(plain, name) if name and re.search(r"/|\d[A-Z]", name) else _unknown(plain)


def fixed_zone(minutes: int) -> str:
    """Name the zone that is so many minutes before UTC.

    Examples
    --------
    >>> fixed_zone(-240), fixed_zone(0)
    ('UTC-04:00', 'UTC')
    """
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}" if minutes else "UTC"


@cache
def zone_behind(tail: str, timed: bool = True) -> ZoneWord:
    """Read what stands behind a date and time: nothing, a weekday, or a zone, in brackets or not.

    An offset may have a comment in brackets (``+0900 (Tokyo)``); everything else that is no zone is ``unknown``.

    Parameters
    ----------
    tail : str
        The rest of the cell.
    timed : bool
        Whether there was a time of day; behind a bare date, ``-5`` is no zone.

    Examples
    --------
    >>> [zone_behind(tail).zone for tail in (" (EDT)", "+09:00[Asia/Tokyo]", "gmt+0900 (日本標準時)", " (水)")]
    ['UTC-04:00', 'UTC+09:00', 'UTC+09:00', '']
    >>> zone_behind(" (soon)").trouble
    'unknown'
    """
    if not tail.strip(" ,"):
        return ZoneWord()
    if not timed and re.fullmatch(r" ?[+-]\d{1,2}", tail):
        return _unknown(tail)
    whole = zone_named(tail)
    if not whole.trouble:
        return whole
    found: list[ZoneWord] = []
    for piece in _pieces(tail):
        if not _WEEKDAY.fullmatch(piece):
            found.append(zone_named(piece))
    if not found:
        return ZoneWord()
    first = found[0]
    offset = not first.trouble and _OFFSET.fullmatch(first.word) is not None
    for other in found[1:]:
        comment = offset and (other.trouble == "several" or not re.search(r"[\d:]", other.word))
        differs = not other.trouble and "/" not in other.zone and other.zone != first.zone
        if (other.trouble and not comment) or (differs and "/" not in first.zone):
            return _unknown(tail)
    return first


def header_zone(header: str) -> ZoneWord:
    """Find the zone that the name of a column tells.

    Parameters
    ----------
    header : str
        Name of the column.

    Returns
    -------
    ZoneWord
        ``several`` for a word of several zones, ``unknown`` for one that says that the clock is not named.

    Examples
    --------
    >>> names = ("Created (EDT)", "日時（日本時間）", "createdAtUtc", "Time [GMT+9]", "受付日時")
    >>> [header_zone(name).zone for name in names]
    ['UTC-04:00', 'Asia/Tokyo', 'UTC', 'UTC+09:00', '']
    """
    found = [zone for _, zone in _header_zones(header) if zone.word]
    sure = [zone for zone in found if not zone.trouble]
    return (sure or found or [ZoneWord()])[0]


def zone_of_note(line: str) -> str:
    """Find the zone that a line above a table tells; empty where it tells none, or one of several meanings.

    Examples
    --------
    >>> [zone_of_note(line) for line in ("タイムゾーン: UTC", "All times in GMT+9", "# tz=Asia/Tokyo", "UTC支社の記録")]
    ['UTC', 'UTC+09:00', 'Asia/Tokyo', '']
    """
    match = _NOTE.search(line)
    return zone_named(match[1]).zone if match else ""


def without_zone(header: str) -> str:
    """Give the name of a column without the zone in it, to look it up among common names.

    Examples
    --------
    >>> [without_zone(name) for name in ("created_at_utc", "日時(JST)", "Created at - America/New_York", "date")]
    ['created_at', '日時', 'Created at', 'date']
    """
    for piece, zone in _header_zones(header):
        if zone.zone or zone.trouble == "several":
            header = header.replace(piece, "", 1)
    return re.sub(r"[(\[（【<]\s*[)\]）】>]", "", header).strip(" _-/:・")


@cache
def own_words(zone: str) -> frozenset[str]:
    """Give the abbreviations that the clocks of a zone themselves have, summer and winter.

    Examples
    --------
    >>> sorted(own_words("America/Chicago"))
    ['cdt', 'cst']
    """
    if zone not in available_timezones():
        return frozenset()
    clock = ZoneInfo(zone)
    names = (pd.Timestamp(day).tz_localize(clock).tzname() for day in ("2026-01-15", "2026-07-15"))
    return frozenset(name.casefold() for name in names if name and name.isalpha())


def _unknown(word: str) -> ZoneWord:
    return ZoneWord(word, "", "unknown")


@cache
def _words() -> dict[str, str]:
    table = zone_table()
    words = {fold(word): fixed_zone(minutes) for word, minutes in table["offsets"].items()}
    words |= {fold(word): words[short] for short, group in table["long"].items() for word in group}
    return words | {fold(word): zone for zone, group in table["zones"].items() for word in group}


@cache
def _places() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def _pieces(tail: str) -> list[str]:
    """Split into what stands in brackets and what stands outside, in order."""
    parts = re.split(r"[(\[【<]|[)\]】>]", tail)
    return [piece for part in parts if (piece := part.strip(" ,・"))]


def _header_zones(header: str) -> list[tuple[str, ZoneWord]]:
    """Pieces of a header and the zones they name, those in brackets first."""
    found = []
    wide = header.translate(str.maketrans("（）［］", "()[]"))
    for match in _BRACKET.finditer(wide):
        found.append((match[1], _in_brackets(match[1])))
    rest = _BRACKET.sub(" ", wide)
    found += [(match[0], zone) for match in _NAME.finditer(rest) if not (zone := zone_named(match[0])).trouble]
    for match in re.finditer(r"(?:utc|gmt) ?[+-−]\d{1,2}(?::?\d{2})?", rest, re.IGNORECASE):
        found.append((match[0], zone_named(match[0])))
    bare = [fold(word) for word in zone_table()["bare"]]
    for word in re.split(r"[^A-Za-z0-9぀-ヿ一-鿿]+", _CAMEL.sub(" ", rest)):
        ending = next((known for known in bare if fold(word) == known or _stuck(fold(word), known)), None)
        if ending:
            found.append((word if fold(word) == ending else word[-len(ending):], zone_named(ending)))
    vague = [word for word in zone_table()["unknown"] if " " in word and word in fold(rest)]
    return found + [(word, _unknown(word)) for word in vague]


def _stuck(word: str, known: str) -> bool:
    """Tell whether a zone stands at the end of a word of the other script: ``受付日時jst``, ``受付日時日本時間``."""
    rest = word.removesuffix(known)
    return rest != word and (not known.isascii() or not rest.isascii())


def _in_brackets(words: str) -> ZoneWord:
    folded = fold(words)
    if folded in zone_table()["unknown"]:
        return _unknown(folded)
    bare = {fold(word) for word in zone_table()["bare"]}
    parts = [
        part for part in (*re.split(r"[,、:：; ]+", words), *re.split(r"[,、/・ ]+", words))
        if fold(part) in bare or re.search(r"[+−-]\d|[a-z]/[A-Z]", part)
    ]
    for piece in (words, *parts):
        zone = zone_named(piece) if piece.strip() else _unknown("")
        if zone.zone or zone.trouble == "several":
            return zone
    return _unknown(folded) if _CAPITALS.fullmatch(words.strip()) else ZoneWord()
