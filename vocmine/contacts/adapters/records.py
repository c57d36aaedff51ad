"""JSON as it lies on disk: one document, several after one another, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vocmine.contacts.adapters.documents import is_page
from vocmine.contacts.lines import open_text
from vocmine.errors import ContactError


def read_document(path: Path, encoding: str | None, lines: bool = False) -> Any:
    """Read a JSON document; several, one after another (pages of an API), become one list.

    Parameters
    ----------
    path : Path
        The file.
    encoding : str or None
        Its encoding; detected if None.
    lines : bool
        Whether it has one object a line; seen if not told.

    Returns
    -------
    dict, list or plain value
        Pages that are objects with the same lists are joined list by list.

    Raises
    ------
    ContactError
        If it is no JSON, with the line at which it stops being one.
    """
    with open_text(path, encoding) as file:
        text = file.read()
    if lines:
        return parse_lines(text.splitlines())
    decoder, found, at = json.JSONDecoder(), list[Any](), 0
    try:
        while (at := _next(text, at)) < len(text):
            value, at = decoder.raw_decode(text, at)
            found.append(value)
    except (ValueError, RecursionError) as error:
        line = text.count("\n", 0, getattr(error, "pos", 0)) + 1
        hint = "if it has one object a line, name it .jsonl or say format='jsonl'"
        raise ContactError("no JSON that can be read", where=f"{path.name}, line {line}", hint=hint) from None
    if not found:
        raise ContactError("the file is empty", where=path.name, expected="a JSON document")
    return found[0] if len(found) == 1 else _joined(found)


def parse_lines(lines: Iterable[str]) -> list[dict[str, Any]]:
    r"""Parse the lines that are objects; the others are left to who reads the file line by line.

    Examples
    --------
    >>> parse_lines(['{"id": 1}\n', "broken", "[1]"])
    [{'id': 1}]
    """
    out = []
    for line in lines:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
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
