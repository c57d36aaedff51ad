"""The words of a user's list of reasons, masked once, before anything reads, stores or shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WORDS = ("name", "description", "examples", "team")


def with_masked_words(data: Mapping[str, Any]) -> dict[str, Any]:
    """Give a list of reasons, as `Taxonomy.from_dict` takes it, with names, descriptions, examples and teams masked.

    Ids and patterns stay: an id is a key, and a pattern with a personal datum finds nothing, as texts are masked.

    Examples
    --------
    >>> data = {"reasons": [{"id": "late", "name": "遅配", "examples": ["090-1234-5678へ電話して"]}]}
    >>> with_masked_words(data)["reasons"][0]["examples"]
    ['[電話番号]へ電話して']
    """
    items = {key: data[key] for key in ("reasons", "more") if data.get(key)}
    texts = list(dict.fromkeys(_texts([[item.get(key) for key in _WORDS] for many in items.values() for item in many])))
    if not texts:
        return dict(data)
    from vocmine.text import mask_pii

    known = dict(zip(texts, mask_pii(texts), strict=True))
    masked = {
        key: [{**item, **{word: _replaced(item[word], known) for word in _WORDS if word in item}} for item in many]
        for key, many in items.items()
    }
    return {**data, **masked}


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return [text for part in parts for text in _texts(part)]


def _replaced(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return known[value]
    if isinstance(value, Mapping):
        return {key: _replaced(part, known) for key, part in value.items()}
    return [_replaced(part, known) for part in value] if isinstance(value, list | tuple) else value
