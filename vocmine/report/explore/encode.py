"""Numbers, texts and bytes of the data block: the same input gives the same block."""

from __future__ import annotations

import base64
import gzip
import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from vocmine.plaintext import plain

LEVEL = 9  # of zlib: a page is written once and opened often


def encode(payload: Mapping[str, Any]) -> str:
    r"""Write a payload as base64 of gzip of JSON, letters of the alphabet only: no text in it can end the element.

    The JSON is the same on any processor; the compressed bytes are the same for one build of zlib.

    Raises
    ------
    ValueError
        If a number is no number: those that are not known must be None.

    Examples
    --------
    >>> decode(encode({"v": 1, "text": "</script>\u2028あ"})) == {"v": 1, "text": "</script>\u2028あ"}
    True
    """
    text = json.dumps(payload, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode("utf-8"), LEVEL, mtime=0)).decode("ascii")


def decode(block: str) -> Any:
    """Read what `encode` wrote."""
    return json.loads(gzip.decompress(base64.b64decode(block)).decode("utf-8"))


def number(value: Any, places: int = 0) -> float | int | None:
    """Give a number with so many decimals, whole ones without a point; None where it is not known.

    Examples
    --------
    >>> number(1.26, 1), number(2.04, 1), number(float("nan")), number(-0.2), number(float("inf"))
    (1.3, 2, None, 0, None)
    """
    if value is None or not math.isfinite(value):
        return None
    rounded = round(float(value), places)
    return int(rounded) if rounded == int(rounded) else rounded


def numbers(values: Iterable[float], places: int = 0) -> list[float | int | None]:
    """Give numbers with so many decimals, see `number`.

    Examples
    --------
    >>> numbers([0.25, float("nan"), 3.0], 2)
    [0.25, None, 3]
    """
    return [number(value, places) for value in values]


def issue_key(issue: str) -> str:
    r"""Give the id of an issue as it stands in the data.

    Examples
    --------
    >>> issue_key("billing.refund"), issue_key("a\x00b")
    ('billing.refund', 'ab')
    """
    return shown(issue, 200)


def shown(text: Any, longest: int, mark: str = "…") -> str:
    """Give a text that can be shown, cut where it is longer; the mark says so.

    Examples
    --------
    >>> shown("a" * 12, 5), shown(" ab", 5), shown(None, 5)
    ('aaaaa…', 'ab', '')
    """
    if not isinstance(text, str):
        return ""
    whole = plain(text).strip()
    return whole if len(whole) <= longest else whole[:longest].rstrip() + mark
