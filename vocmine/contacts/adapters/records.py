"""What the adapters share: reading a whole source as records, and checking that its columns are there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.lines import RawChunk, object_frame, open_text
from vocmine.errors import ContactError


@dataclass(frozen=True)
class Whole:
    """All raw rows of a source, their line numbers, and lines that are no rows."""

    frame: pd.DataFrame
    rows: np.ndarray
    broken: list[tuple[int, str, str]]


def join_chunks(chunks: Iterator[RawChunk]) -> Whole:
    """Put raw chunks one under the other."""
    parts = list(chunks)
    frames = [part.frame for part in parts if len(part.frame)] or [parts[0].frame]
    return Whole(
        pd.concat(frames, ignore_index=True), np.concatenate([part.rows for part in parts]),
        [line for part in parts for line in part.broken],
    )


def read_json(path: Path, encoding: str | None) -> Any:
    """Read one JSON document."""
    with open_text(path, encoding) as file:
        try:
            return json.load(file)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", None)
            where = f"{path.name}, line {line}" if line else path.name
            hint = "if it has one object a line, name it .jsonl or say format='jsonl'"
            raise ContactError("no JSON that can be read", where=where, hint=hint) from None


def parse_json(line: str, name: str, number: int) -> Any:
    """Read one line of JSON."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise ContactError("a line that is no JSON", where=f"{name}, line {number}") from None


def json_records(document: Any, name: str) -> pd.DataFrame:
    """Give the records of a document that is a list of objects, or an object with one such list."""
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list) and value]
        document = lists[0] if len(lists) == 1 else None
    if not isinstance(document, list) or not all(isinstance(record, dict) for record in document):
        raise ContactError("no list of objects", where=name, expected="[{...}, ...], or format='zendesk'")
    return object_frame(document)
