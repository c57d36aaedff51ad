"""Names of channels of a whole source: those that are not known, with the line of the mapping that names them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd

from vocmine.contacts.cells import as_strings, fold, masked
from vocmine.contacts.channels import parse_channels
from vocmine.contacts.headers import fold_header, header_table
from vocmine.contacts.mapping_lines import mapping_key
from vocmine.contacts.reading import Notes
from vocmine.contacts.values import missing_words
from vocmine.frames import CHANNELS

_MOST, _SHOWN = 1_000, 5  # distinct values kept, and shown
_CHOICE = "|".join(CHANNELS)  # a line that is added as it stands is refused, with the names to choose from
_SCREEN = re.compile(
    r"アプリ|サイト|スマ[ホフー]|スマートフォン|ケータイ|携帯|パソコン|タブレット|ポータル|ネット|ボタン|オンライン"
    r"|app|site|portal|mobile|phone|android|ios|ipad|tablet|online|internet|web|login|store"
)


class ChannelJudge:
    """Counts the names of channels of a source, chunk by chunk.

    Parameters
    ----------
    header : str
        Name of the column.
    extra : mapping of str to str
        Names that the mapping or the system adds to the shipped ones.

    Examples
    --------
    >>> judge, notes = ChannelJudge("経路", {}), Notes()
    >>> judge.add(pd.Series(["電話", "のれん", "のれん", ""]))
    >>> judge.note(notes)
    >>> [(doubt.code, doubt.rows, doubt.line) for doubt in notes.doubts]
    [('unknown_channels', 2, 'channels: {のれん: call|chat|email|social|survey|bot}')]
    """

    def __init__(self, header: str, extra: Mapping[str, str]) -> None:
        self._header, self._extra = header, dict(extra)
        self._counts: Counter[str] = Counter()

    def add(self, cells: Any) -> None:
        """Count one chunk of the column."""
        for word, n in pd.Series(as_strings(cells), dtype=object).value_counts(sort=False).items():
            if word in self._counts or len(self._counts) < _MOST:
                self._counts[str(word)] += int(n)

    def note(self, notes: Notes) -> None:
        """Note the names that are not known, the commonest first, with the line to add to the mapping."""
        no_names = {*missing_words(), fold(self._header)}  # nor the line of column names, come again
        words = [
            word for word, _ in self._counts.most_common()
            if fold(word) not in no_names and fold_header(word) not in _headers()
        ]
        channels = parse_channels(words, self._extra)
        lost = [word for word, channel in zip(words, channels, strict=True) if channel is None]
        if not lost:
            return
        shown = list(dict.fromkeys(masked(lost[:_SHOWN])))
        names = ", ".join(f"{mapping_key(word)}: {_guess(word)}" for word in shown)
        rows = sum(self._counts[word] for word in lost)
        notes.doubt("unknown_channels", self._header, rows=rows, shown=", ".join(shown), line=f"channels: {{{names}}}")


def _guess(word: str) -> str:
    """Give what a line to add may say of an unknown name: never a call, the choice where nothing speaks for one."""
    return "chat" if _SCREEN.search(fold(word)) else _CHOICE


@cache
def _headers() -> frozenset[str]:
    return frozenset(fold_header(name) for name in header_table()["channel"])
