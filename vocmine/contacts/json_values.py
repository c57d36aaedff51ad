"""JSON within bounds: any failure of the parser is one sentence, half characters are put right, depth has an end."""

from __future__ import annotations

import json
import re
from typing import Any

_ANY_HALF = re.compile("[\ud800-\udfff]")
_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def json_value(text: str, most_levels: int) -> Any:
    """Parse one JSON value; ValueError for whatever can't be read, or is nested too deeply.

    Examples
    --------
    >>> json_value('{"a": [1]}', 10)
    {'a': [1]}
    >>> json_value("[" * 20 + "]" * 20, 10)
    Traceback (most recent call last):
    ValueError: nested too deeply
    """
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return sound(value, text, most_levels)


def sound(value: Any, source: str, most_levels: int) -> Any:
    """Give a value as it can be stored; ValueError if it is nested too deeply. `source` is what it was parsed of."""
    if nested_over(value, most_levels):
        raise ValueError("nested too deeply")
    return clean_value(value, source)


def clean_value(value: Any, source: str) -> Any:
    r"""Give a value parsed of JSON without half characters, which only escapes in its `source` bring about.

    Examples
    --------
    >>> clean_value({"a": ["\ud800b"]}, '{"a": ["\\ud800b"]}') == {"a": ["\ufffdb"]}
    True
    """
    return _whole(value) if _ESCAPED_HALF.search(source) else value


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _ANY_HALF.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_whole(key): _whole(inner) for key, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, list) else value


def nested_over(value: Any, most: int) -> bool:
    """Tell whether lists and objects stand inside each other deeper than that.

    Examples
    --------
    >>> nested_over({"a": [{"b": 1}]}, 2), nested_over({"a": [{"b": 1}]}, 3)
    (True, False)
    """
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(most):
        if not level:
            return False
        level = [
            inner for each in level for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
    return bool(level)
