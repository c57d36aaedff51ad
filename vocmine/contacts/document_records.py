"""The records of a JSON document that no system is known for, and what a mapping reaches in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from vocmine.contacts.adapters.unknown import looks_like, unknown_document
from vocmine.contacts.headers import fold_header, header_table
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.objects import json_records, reach
from vocmine.errors import ContactError


def document_records(document: Any, name: str, mapping: ContactMapping) -> list[dict[str, Any]]:
    """Give the records of a document; an object that has an id and a text or a time of its own is one.

    Raises
    ------
    ContactError
        If there are none, with the system the document resembles, or several lists and none was told.

    Examples
    --------
    >>> document_records({"id": 1, "text": "a", "tags": [{"name": "b"}]}, "a.json", ContactMapping())
    [{'id': 1, 'text': 'a', 'tags': [{'name': 'b'}]}]
    """
    if isinstance(document, dict) and mapping.records is None and _is_contact(document):
        return [document]
    try:
        return json_records(document, name, mapping.records)
    except ContactError:
        if mapping.records is None and looks_like(document):
            raise unknown_document(document, name) from None
        raise


def with_reached(
    frame: pd.DataFrame, records: Sequence[dict[str, Any]], mapping: ContactMapping, name: str
) -> pd.DataFrame:
    r"""Add the columns that dotted names of a mapping reach through lists.

    Parameters
    ----------
    frame : DataFrame of shape (n, any)
        The records laid out as a table.
    records : sequence of dict, length n
        The same records.
    mapping : ContactMapping
        Its columns.
    name : str
        Of the source, for messages.

    Raises
    ------
    ContactError
        If such a name leads to objects.

    Examples
    --------
    >>> records = [{"parts": [{"body": "a"}, {"body": "b"}]}]
    >>> told = ContactMapping.of({"parts.body": "text"})
    >>> with_reached(pd.DataFrame(records), records, told, "a")["parts.body"].tolist()
    ['a\nb']
    """
    for path in mapping.columns:
        if path not in frame and "." in path and path.partition(".")[0] in frame:
            frame = frame.assign(**{path: pd.Series(reach(records, path, name), index=frame.index, dtype=object)})
    return frame


def _is_contact(document: dict[str, Any]) -> bool:
    names = {fold_header(str(key)) for key in document}
    known = {name: names & set(map(fold_header, header_table()[name])) for name in ("contact_id", "text", "created_at")}
    return bool(known["contact_id"] and (known["text"] or known["created_at"]))
