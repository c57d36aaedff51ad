"""JSON as it lies on disk: one document, several after one another, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vocmine.contacts.adapters.documents import is_page
from vocmine.contacts.json_values import json_value, sound
from vocmine.contacts.lines import open_text
from vocmine.errors import ContactError
from vocmine.limits import DEFAULT_LIMITS, ReadingLimits


def read_document(
    path: Path, encoding: str | None, lines: bool = False, limits: ReadingLimits = DEFAULT_LIMITS
) -> Any:
    """Read a JSON document; several, one after another (pages of an API), become one list.

    Parameters
    ----------
    path : Path
        The file.
    encoding : str or None
        Its encoding; detected if None.
    lines : bool
        Whether it has one object a line; seen if not told.
    limits : ReadingLimits
        How large and how deep it may be.

    Returns
    -------
    dict, list or plain value
        Pages that are objects with the same lists are joined list by list.

    Raises
    ------
    ContactError
        If it is no JSON, with the line at which it stops being one.
    """
    check_document_size(path, limits)
    with open_text(path, encoding) as file:
        text = file.read()
    if lines:
        return parse_lines(text.splitlines(), limits)
    decoder, found, at = json.JSONDecoder(), list[Any](), 0
    try:
        while (at := _next(text, at)) < len(text):
            value, at = decoder.raw_decode(text, at)
            found.append(sound(value, text, limits.depth))
    except (ValueError, RecursionError) as error:
        line = text.count("\n", 0, getattr(error, "pos", 0)) + 1
        hint = "if it has one object a line, name it .jsonl or say format='jsonl'"
        deep = isinstance(error, RecursionError) or not hasattr(error, "pos")
        raise ContactError(
            "no JSON that can be read", where=f"{path.name}, line {line}", got="nested too deeply" if deep else None,
            expected=f"at most {limits.depth} levels" if deep else None, hint=None if deep else hint,
        ) from None
    if not found:
        raise ContactError("the file is empty", where=path.name, expected="a JSON document")
    return found[0] if len(found) == 1 else _joined(found)


def check_document_size(path: Path, limits: ReadingLimits) -> None:
    """Refuse a document that is too large to be held in memory."""
    size = path.stat().st_size
    if size > limits.document_bytes:
        raise ContactError("a document too large to be read whole", where=path.name, got=f"{size:,} bytes",
                           expected=f"at most {limits.document_bytes:,}", hint="write one object a line (.jsonl)")


def parse_lines(lines: Iterable[str], limits: ReadingLimits = DEFAULT_LIMITS) -> list[dict[str, Any]]:
    r"""Parse the lines that are objects; the others are left to who reads the file line by line.

    Examples
    --------
    >>> parse_lines(['{"id": 1}\n', "broken", "[1]"])
    [{'id': 1}]
    """
    out = []
    for line in lines:
        try:
            value = json_value(line, limits.depth)
        except ValueError:
            continue
        if isinstance(value, dict):
            out.append(value)
    return out


def _next(text: str, at: int) -> int:
    """Skip blanks and the commas that some exports put between documents."""
    while at < len(text) and text[at] in " \t\r\n,":
        at += 1
    return at


def _joined(documents: list[Any]) -> Any:
    """Join pages: objects by their lists, else one list of all documents."""
    if not all(isinstance(page, dict) for page in documents):
        return [item for page in documents for item in (page if isinstance(page, list) else [page])]
    if not all(is_page(page) for page in documents):
        return documents
    lists = dict.fromkeys(key for page in documents for key, value in page.items() if isinstance(value, list))
    return {**documents[0], **{key: [item for page in documents for item in page.get(key, [])] for key in lists}}
