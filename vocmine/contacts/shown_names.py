"""Names of files, systems, sheets and columns as they may be shown: what is personal in them is masked."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256

_PLAIN = re.compile(r"[a-z0-9_.-]*", re.ASCII)
_LONG_NUMBER = re.compile(r"\d(?:[-_.]?\d){6}")


@lru_cache(maxsize=10_000)
def shown_word(word: str) -> str:
    """Give a name, header or value that a person chose, masked.

    Examples
    --------
    >>> shown_word("備考"), shown_word("備考 090-1234-5678")
    ('備考', '備考 [電話番号]')
    """
    if _PLAIN.fullmatch(word) and _LONG_NUMBER.search(word) is None:
        return word
    from vocmine.text import mask_pii

    # an underscore parts words in names as a space does in texts, and is put back where it stood
    spaced = mask_pii([word.replace("_", " ")])[0]
    if spaced == word.replace("_", " "):
        return mask_pii([word])[0]
    return mask_pii([spaced if " " in word else spaced.replace(" ", "_")])[0]


@lru_cache(maxsize=10_000)
def shown_name(name: str) -> str:
    """Give the name of a file, masked; names that differ still differ.

    Examples
    --------
    >>> shown_name("calls-2026-11-21.csv"), shown_name("鈴木様_090-1234-5678.csv")
    ('calls-2026-11-21.csv', '[氏名]様_[電話番号].csv~f3dc')
    """
    shown = shown_word(name)
    return name if shown == name else f"{shown}~{sha256(name.encode('utf-8', 'replace')).hexdigest()[:4]}"
