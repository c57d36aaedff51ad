"""Channels by their words: a value is split into words, and its head decides, never a part of a word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from vocmine.contacts.cells import as_cells, fold, masked, text_of
from vocmine.contacts.shipped import shipped_table
from vocmine.contacts.values import by_distinct

_BOXES = re.compile(r"([□☐■☑☒✅])\s*([^□☐■☑☒✅]+)")
_LOOSE = re.compile(r"[\s\-_・.]")
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_ぁ-ヿ㐀-鿿]+|\d+|[ァ-ヴー]+|[ぁ-ゖ]+|[㐀-鿿々]+")
_LATIN, _KANA, _KANJI, _DIGITS = (
    re.compile(pattern) for pattern in (r"[^\W\d_ぁ-ヿ㐀-鿿]+", r"[ァ-ヴー]+|[ぁ-ゖ]+", r"[㐀-鿿々]+", r"\d+")
)
_BRACKETS = re.compile(r"[(\[【「『<〈《]([^()\[\]【】「」『』<>〈〉《》]*)[)\]】」』>〉》]")
_BESIDE = re.compile(r"\s[-–—]\s|\s*[–—:|]\s*|(?<![-=])>|»")
_JOINED = 6  # words that together are one of the table, at most


class _Found(NamedTuple):
    """What words mean: a channel; ``weak``, ``stop`` or ``plain``; nothing known."""

    channel: str | None = None
    kind: str = "unknown"


_UNKNOWN, _STOP, _PLAIN = _Found(), _Found(kind="stop"), _Found(kind="plain")


@dataclass(frozen=True)
class _ChannelWords:
    """The shipped table, folded."""

    exact: dict[str, str]
    words: dict[str, _Found]
    not_behind_latin: dict[str, str]
    devices: frozenset[str]
    automatic: frozenset[str]
    together: dict[tuple[str, str], str]
    beside: dict[tuple[str, str], str]
    means: frozenset[str]
    about: frozenset[str]
    origins: frozenset[str]
    list_words: frozenset[str]
    lists: re.Pattern[str]


def parse_channels(values: Any, extra: dict[str, str] | None = None) -> Any:
    """Read channels: ``"電話"``, ``"LINE"``, ``"Webフォーム"``; None where the channel is not known.

    A value that the table has as a whole is looked up. Any other is split into words (at spaces and signs, where the
    script changes, at capitals inside), and the head of the compound decides: the last word, in English the last one
    before a preposition. Parts of words count for nothing: an iPhone is no phone. Where two channels are told, or the
    head is not known, there is no channel.

    Parameters
    ----------
    values : array-like of shape (n,)
        Cells of a column.
    extra : dict of str to str, optional
        Further whole values -> channel, which win over the shipped table.

    Returns
    -------
    ndarray of object, shape (n,)

    Examples
    --------
    >>> parse_channels(["電話", "Chat", "ＬＩＮＥ", "AIチャットボット(夜間)", "鳩"]).tolist()
    ['call', 'chat', 'social', 'bot', None]
    >>> parse_channels(["iPhoneアプリ", "コールバック希望フォーム", "電話→メール", "Phone (via web)"]).tolist()
    [None, 'email', None, 'call']
    >>> parse_channels(["鳩"], {"鳩": "email"}).tolist()
    ['email']
    """
    more = {fold(name): channel for name, channel in (extra or {}).items()}
    return by_distinct(values, lambda cell: _channel(text_of(cell), more))


def unknown_channels(values: Any, extra: dict[str, str] | None = None) -> Counter[str]:
    """Count the values whose channel is not known, masked; the empty ones left out.

    Parameters
    ----------
    values, extra
        As for `parse_channels`.

    Examples
    --------
    >>> unknown_channels(["iPhoneアプリ", "電話", "iPhoneアプリ", None])
    Counter({'iPhoneアプリ': 2})
    """
    more = {fold(name): channel for name, channel in (extra or {}).items()}
    counts = Counter(text for cell in as_cells(values) if (text := text_of(cell).strip()))
    unknown = [text for text in counts if _channel(text, more) is None]
    found: Counter[str] = Counter()
    for text, shown in zip(unknown, masked(unknown), strict=True):
        found[shown] += counts[text]
    return found


@cache
def channel_table() -> dict[str, Any]:
    """Give the shipped table of channels (``data/channels.yaml``)."""
    table: dict[str, Any] = shipped_table("channels")
    return table


@cache
def _table() -> _ChannelWords:
    table = channel_table()
    words = {_compact(word): _PLAIN for word in table["plain"]}
    words |= {_compact(word): _STOP for word in table["stop"]}
    for kind, strength in (("weak", "weak"), ("words", "strong")):
        for channel, names in table[kind].items():
            words |= {_compact(name): _Found(channel, strength) for name in names}
    return _ChannelWords(
        exact={_compact(word): channel for channel, names in table["exact"].items() for word in names},
        words=words,
        not_behind_latin={_compact(w): channel for channel, names in table["not_behind_latin"].items() for w in names},
        devices=frozenset(table["devices"]), automatic=frozenset(table["automatic"]),
        together={(head, before): channel for head, before, channel in table["together"]},
        beside={(first, second): channel for first, second, channel in table["beside"]},
        means=frozenset(table["means"]), about=frozenset(table["about"]), origins=frozenset(table["origins"]),
        list_words=frozenset(table["list_words"]), lists=re.compile("|".join(map(re.escape, table["lists"]))),
    )


def _compact(word: str) -> str:
    return _LOOSE.sub("", fold(word))


def _ticked(value: str) -> str:
    """Give what is ticked of a list of boxes: ``□電話 ■メール`` is メール; other values stay as they are."""
    boxes = _BOXES.findall(value)
    return " / ".join(word for box, word in boxes if box not in "□☐") if len(boxes) > 1 else value


def _channel(value: str, more: dict[str, str]) -> str | None:
    folded = fold(value)
    if not folded or folded in more:
        return more.get(folded)
    if exact := _table().exact.get(_compact(value)):
        return exact
    text = unicodedata.normalize("NFKC", _ticked(value)).strip()
    inner = [part for part in _BRACKETS.findall(text) if not _from_elsewhere(part)]
    parts = [part for part in _BESIDE.split(_BRACKETS.sub(" ", text)) if part.strip()]
    found = [_of_list(part) for part in (*parts, *inner)]
    channel = _beside(found)
    if channel == "call" and any(word in _table().devices for word in _words(text)):
        return None
    return channel


def _from_elsewhere(part: str) -> bool:
    words = _words(part)
    return bool(words) and not _table().origins.isdisjoint((words[0], words[-1], *words))


def _beside(found: Sequence[_Found]) -> str | None:
    """Settle what stands in one value, in brackets or behind dashes: all the same, or the second more exact."""
    strong = [each.channel for each in found if each.kind == "strong" and each.channel]
    weak = [each.channel for each in found if each.kind == "weak" and each.channel]
    told = list(dict.fromkeys(strong or weak))
    channel = told[0] if len(told) == 1 else None
    if len(told) == 2:
        channel = _table().beside.get((told[0], told[1]))
    stopped = any(each.kind in ("stop", "two") for each in found)
    return None if stopped and (channel in (None, "call") or not strong) else channel


def _of_list(part: str) -> _Found:
    """Read a part that may tell several channels: they must agree."""
    whole = _compact(part)
    if (exact := _table().exact.get(whole)) and _table().words.get(whole, _UNKNOWN).kind != "weak":
        return _Found(exact, "strong")
    pieces = [piece for piece in _table().lists.split(part) if piece.strip()]
    groups = [group for piece in pieces for group in _split_words(_words(piece), _table().list_words)]
    found = [_of_words(group) for group in groups]
    if len(found) < 2:
        return found[0] if found else _PLAIN
    channels = {each.channel for each in found}
    return found[0] if len(channels) == 1 and found[0].channel else _Found(kind="two")


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(_CAMEL.sub(" ", text.replace("_", " ")))]


def _split_words(words: Sequence[str], at: frozenset[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for word in words:
        if word in at:
            groups.append([])
        else:
            groups[-1].append(word)
    return [group for group in groups if group]


def _of_words(words: list[str]) -> _Found:
    """Read words: what stands before a preposition, else what follows it."""
    kept = words
    for i, word in enumerate(words):
        if word in _table().about and i:
            kept = words[:i]
            break
    for i, word in enumerate(kept):
        if word in _table().means and "".join(kept[max(i - 1, 0) : i + 2]) not in _table().words:
            before = _head(kept[:i]) if i else _PLAIN
            return before if before.kind in ("strong", "stop") else _head(kept[i + 1 :])
    return _head(kept)


def _head(words: list[str]) -> _Found:
    """Go from the last word to the first: the first channel met is the head, an unknown word before it stops."""
    end, head, weak = len(words), _UNKNOWN, _PLAIN
    known = True
    while end:
        start, found = _last(words, end)
        if head.channel:
            other = found.channel or ("bot" if words[end - 1] in _table().automatic else "")
            head = head._replace(channel=_table().together.get((str(head.channel), str(other)), head.channel))
        elif found.kind == "strong":
            head = found
        elif found.kind == "weak":
            weak = weak if weak.channel else found
        elif found.kind == "stop" or (found.kind == "unknown" and not weak.channel):
            return found
        else:
            known = known and found.kind == "plain"
        end = start
    if head.channel:
        return head
    return weak if known else _UNKNOWN


def _last(words: list[str], end: int) -> tuple[int, _Found]:
    """Find the longest word of the table that ends here; give where it starts."""
    table = _table()
    last = words[end - 1]
    for start in range(max(0, end - _JOINED), end):
        if found := table.words.get("".join(words[start:end])):
            return start, found
    if last in table.not_behind_latin:
        behind = end > 1 and _LATIN.fullmatch(words[end - 2]) and not _is_social(words[end - 2])
        return end - 1, _UNKNOWN if behind else _Found(table.not_behind_latin[last], "strong")
    if _DIGITS.fullmatch(last) or (len(last) == 1 and _LATIN.fullmatch(last)):
        return end - 1, _PLAIN
    if _KANA.fullmatch(last):
        return end - 1, _tiled(last)
    if _KANJI.fullmatch(last):
        return end - 1, _kanji_head(last)
    return end - 1, _UNKNOWN


def _is_social(word: str) -> bool:
    return _table().words.get(word, _UNKNOWN).channel == "social"


def _tiled(word: str) -> _Found:
    """Cut a run of kana into words of the table, all of it: アルコール is no コール."""
    for cut in range(1, len(word)):
        tail = _table().words.get(word[cut:])
        if tail is None:
            continue
        front = _table().words.get(word[:cut]) or _tiled(word[:cut])
        if front.kind != "unknown":
            return _compound(front, tail)
    return _UNKNOWN


def _kanji_head(word: str) -> _Found:
    """Read the end of a run of kanji, longest first, over words that say nothing; what is before may be unknown."""
    for cut in range(1, len(word)):
        tail = _table().words.get(word[cut:])
        if tail is None or len(word) - cut < 2:
            continue
        front = _table().words.get(word[:cut]) or _kanji_head(word[:cut])
        return _compound(front, tail)
    return _UNKNOWN


def _compound(front: _Found, tail: _Found) -> _Found:
    if tail.kind == "plain" or (tail.kind == "weak" and front.kind != "plain"):
        return front
    return tail._replace(channel=_table().together.get((str(tail.channel), str(front.channel)), tail.channel))
