"""Nested records: dotted names (``source.body``) for what lies in objects, and lists joined or refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.lines import object_frame
from vocmine.errors import ContactError
from vocmine.limits import DEFAULT_LIMITS
from vocmine.yamlfile import nearest

_DEPTH = 12
_SHOWN = 12


def json_records(document: Any, name: str, key: str | None = None) -> list[dict[str, Any]]:
    """Give the records of a document: a list of objects, or the one list of objects that an object holds.

    Parameters
    ----------
    document : any
        A parsed document, or a list of them.
    name : str
        Of the file, for messages.
    key : str, optional
        Dotted name of the list, as told by ``records: data.conversations`` in a mapping; lists of several pages are
        put one under the other.

    Raises
    ------
    ContactError
        If there is no list of objects, or several and none was told; the line to add to the mapping is named.

    Examples
    --------
    >>> json_records({"page": 1, "data": {"rows": [{"id": 1}]}}, "a.json")
    [{'id': 1}]
    >>> json_records({"calls": [{"id": 1}], "agents": [{"id": 9}]}, "a.json")
    Traceback (most recent call last):
    vocmine.errors.ContactError: several lists of objects; where: a.json; got: calls (1), agents (1); ...
    """
    if key is not None:
        return _told_list(document, name, key)
    if isinstance(document, list):
        if document and all(isinstance(record, dict) for record in document):
            return document
    elif isinstance(document, dict):
        lists = dict(_lists(document))
        if len(lists) == 1:
            return next(iter(lists.values()))
        if lists:
            raise ContactError(
                "several lists of objects", where=name,
                got=", ".join(f"{path} ({len(rows)})" for path, rows in lists.items()),
                expected="one, or its name in the mapping", hint=f"add to the mapping: records: {next(iter(lists))}",
            )
    raise ContactError(
        "no list of objects", where=name, got=_outline(document),
        expected="[{...}, ...], or an object with one such list"
    )


def flatten(records: Sequence[dict[str, Any]], most: int = DEFAULT_LIMITS.columns) -> pd.DataFrame:
    """Lay records out as a table: dotted names for what lies in objects, lists as they are.

    Unlike `pandas.json_normalize`, cells keep their type: a long id must not become a rounded number because another
    record lacks it.

    Parameters
    ----------
    records : sequence of dict, length n
        Records of any depth.
    most : int
        Columns that there may be.

    Returns
    -------
    DataFrame of shape (n, any)
        Columns of dtype object in the order they first come; None where a record lacks it.

    Examples
    --------
    >>> flatten([{"id": 1, "source": {"body": "届かない", "tags": ["a"]}}, {"id": 2}]).to_dict("list")
    {'id': [1, 2], 'source.body': ['届かない', None], 'source.tags': [['a'], None]}
    """
    return object_frame([dict(_leaves(record)) for record in records], most=most)


def reach(records: Sequence[dict[str, Any]], path: str, name: str = "records") -> list[Any]:
    r"""Give what a dotted name leads to in each record; through a list, the values of its items joined by line breaks.

    Parameters
    ----------
    records : sequence of dict, length n
        Records of any depth.
    path : str
        A name such as ``source.body`` or ``conversation_parts.body``; a name that has dots itself is found first.
    name : str
        Of the source, for messages.

    Returns
    -------
    list, length n
        None where a record lacks it.

    Raises
    ------
    ContactError
        If no record has it (with the nearest name), or if it leads to objects (with the names in them).

    Examples
    --------
    >>> reach([{"source": {"body": "届かない"}}, {"parts": [{"body": "a"}, {"body": "b"}]}], "parts.body")
    [None, 'a\nb']
    >>> reach([{"source": {"body": "届かない"}}], "source.bdy")
    Traceback (most recent call last):
    vocmine.errors.ContactError: no record has source.bdy, did you mean source.body?; where: records; ...
    """
    found = [_follow(record, path) for record in records]
    if records and not any(there for there, _ in found):
        names = dotted_names(records)
        near = nearest(path, names, cutoff=0.5)
        raise ContactError(
            f"no record has {path}" + (f", did you mean {near}?" if near else ""), where=name,
            expected=f"names of the source: {', '.join(names)}"[:600],
        )
    values = [value for _, value in found]
    inside = [value for value in values if isinstance(value, dict)]
    if inside:
        below = [f"{path}.{part}" for part in dotted_names(inside)]
        raise ContactError(f"{path} is an object", where=name, expected=", ".join(below)[:600])
    return joined_lists(values, path, name)


def joined_lists(values: Iterable[Any], path: str, name: str = "records") -> list[Any]:
    r"""Join cells that are lists of plain values by line breaks; other cells stay as they are.

    Raises
    ------
    ContactError
        If a list holds objects: no JSON goes into a text. The names of its items are told.

    Examples
    --------
    >>> joined_lists([["返品したい", None, "はい"], "x", []], "text")
    ['返品したい\nはい', 'x', None]
    >>> joined_lists([[{"body": "a"}]], "parts")
    Traceback (most recent call last):
    vocmine.errors.ContactError: parts is a list of objects; where: records; expected: a name in them: parts.body
    """
    return [_joined(value, path, name) if isinstance(value, list | tuple | np.ndarray) else value for value in values]


def dotted_names(records: Iterable[dict[str, Any]], most: int = 200) -> list[str]:
    """Give the dotted names in records, also those of the items of lists, in the order they first come.

    Examples
    --------
    >>> dotted_names([{"id": 1, "parts": [{"body": "a"}], "source": {"type": "x"}}])
    ['id', 'parts.body', 'source.type']
    """
    names: dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys(_names(record, "", 0)))
        if len(names) >= most:
            break
    return list(names)[:most]


def _names(value: dict[str, Any], before: str, depth: int) -> Iterable[str]:
    for key, inner in value.items():
        path = f"{before}{key}"
        items = [inner] if isinstance(inner, dict) else inner if isinstance(inner, list) else []
        objects = [item for item in items[:3] if isinstance(item, dict) and item]
        if not objects or depth >= _DEPTH:
            yield path
        for item in objects if depth < _DEPTH else ():
            yield from _names(item, f"{path}.", depth + 1)


def _leaves(value: dict[str, Any], before: str = "", depth: int = 0) -> Iterable[tuple[str, Any]]:
    for key, inner in value.items():
        if isinstance(inner, dict) and inner and depth < _DEPTH:
            yield from _leaves(inner, f"{before}{key}.", depth + 1)
        else:
            yield f"{before}{key}", None if isinstance(inner, dict) and not inner else inner


def _follow(value: Any, path: str) -> tuple[bool, Any]:
    """Say whether a value has a dotted name, and what it is there."""
    if isinstance(value, list):
        found = [inner for there, inner in (_follow(item, path) for item in value) if there]
        flat = [part for inner in found for part in (inner if isinstance(inner, list) else [inner])]
        return bool(found), flat
    if not isinstance(value, dict):
        return False, None
    if path in value:
        return True, value[path]
    places = [at for at, character in enumerate(path) if character == "."]
    for at in reversed(places):
        if path[:at] in value:
            return _follow(value[path[:at]], path[at + 1:])
    return False, None


def _joined(value: Any, path: str, name: str) -> Any:
    items = list(value.tolist() if isinstance(value, np.ndarray) else value)
    inside = [item for item in items if isinstance(item, dict)]
    if inside:
        below = ", ".join(f"{path}.{part}" for part in dotted_names(inside))
        raise ContactError(f"{path} is a list of objects", where=name, expected=f"a name in them: {below}"[:600])
    if any(isinstance(item, list | tuple | np.ndarray) for item in items):
        raise ContactError(f"{path} is a list of lists", where=name, expected="a list of texts, or a text")
    plain = [str(item) for item in items if item is not None and not pd.isna(item)]
    return "\n".join(plain) if plain else None


def _told_list(document: Any, name: str, key: str) -> list[dict[str, Any]]:
    pages = document if isinstance(document, list) else [document]
    found: list[dict[str, Any]] = []
    there = False
    for page in pages:
        has, value = _follow(page, key)
        there |= has
        found += value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    if not there or not all(isinstance(record, dict) for record in found):
        lists = [path for page in pages if isinstance(page, dict) for path, _ in _lists(page)]
        raise ContactError(
            f"no list of objects under {key}", where=name, got=_outline(document),
            hint=f"add to the mapping: records: {lists[0]}" if lists else None,
        )
    return found


def _lists(value: dict[str, Any], before: str = "", depth: int = 0) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """Give the lists of objects in an object, those in lists left out."""
    for key, inner in value.items():
        if isinstance(inner, list) and inner and all(isinstance(item, dict) for item in inner):
            yield f"{before}{key}", inner
        elif isinstance(inner, dict) and depth < 3:
            yield from _lists(inner, f"{before}{key}.", depth + 1)


def _outline(document: Any) -> str:
    if isinstance(document, dict):
        return "an object with " + (", ".join(map(str, list(document)[:_SHOWN])) or "nothing in it")
    kind = type(document[0]).__name__ if isinstance(document, list) and document else ""
    return f"a list of {kind}" if kind else f"{type(document).__name__}"
