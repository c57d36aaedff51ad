"""One chunk: analyse, tag, make storable. A row that fails goes into quarantine, the others go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from vocmine.batch.codes import AgentCodes
from vocmine.batch.contact_store import ContactStore, parquet_bytes
from vocmine.batch.privacy import for_storage, with_keyed_ids
from vocmine.border import Border
from vocmine.errors import VocmineError
from vocmine.frames import REJECTED_COLUMNS, TAG_COLUMNS, UNKNOWN
from vocmine.store import write_atomic
from vocmine.tagger import Tagger

FAILED = "processing_failed"
_SYSTEMATIC = 20  # so many rows and none that works: something else is wrong


class FailedRowsError(VocmineError):
    """Rows among which is one, at least, that can't be processed."""


_ANY_ROW = Border(FailedRowsError, "rows that can't be processed")


@dataclass(frozen=True)
class Tagged:
    """A chunk after tagging: contacts fit to be stored, their tags, and the rows that failed."""

    contacts: pd.DataFrame
    tags: pd.DataFrame
    failed: pd.DataFrame


def tag_chunk(
    contacts: pd.DataFrame, tagger: Tagger, source: str, *, key: str | None = None, keep: tuple[str, ...] = (),
    codes: AgentCodes | None = None,
) -> Tagged:
    """Analyse, tag and mask one chunk of contacts.

    Parameters
    ----------
    contacts : DataFrame
        Checked contacts.
    tagger : Tagger
        What tags them.
    source : str
        Name of the file, for the rows that fail.
    key : str, optional
        Key of the hashes of people's ids; without one no contact is made ready to be stored, and only tags are given.
    keep : tuple of str
        Further columns to store.
    codes : AgentCodes, optional
        What the codes of agents mean, and whether they decide.

    Returns
    -------
    Tagged
        ``failed`` has a row with the code ``processing_failed`` and the name of the error for each contact that could
        not be processed; never its text.
    """
    from vocmine.text import analyze

    def work(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        analysed = analyze(rows)
        tags = tagger.tag(analysed)
        tags = tags if codes is None else codes.apply(analysed, tags)
        return (analysed.iloc[:0] if key is None else for_storage(analysed, key, keep)), tags

    contacts = contacts if key is None else with_keyed_ids(contacts, key)
    good, failures = quarantine(contacts, work)
    if len(failures) == len(contacts) >= _SYSTEMATIC:
        raise VocmineError(
            "no contact of a whole chunk could be processed",
            where=source,
            got=failures[0][1],
            hint="this is not the fault of single rows; run `vocmine check` and please report it",
        )
    stored = [pair[0] for pair in good if len(pair[0])]
    tags = [pair[1] for pair in good if len(pair[1])]
    failed = pd.DataFrame(
        [(source, None, contact_id, "text", FAILED, error) for contact_id, error in failures],
        columns=list(REJECTED_COLUMNS),
    )
    return Tagged(
        pd.concat(stored, ignore_index=True) if stored else contacts.iloc[:0],
        pd.concat(tags, ignore_index=True) if tags else pd.DataFrame(columns=list(TAG_COLUMNS)),
        failed,
    )


def quarantine(
    rows: pd.DataFrame, work: Callable[[pd.DataFrame], tuple[pd.DataFrame, pd.DataFrame]]
) -> tuple[list[tuple[pd.DataFrame, pd.DataFrame]], list[tuple[str, str]]]:
    """Do the work on the rows; where it fails, halve them until only the rows at fault are left out.

    Returns
    -------
    results : list
        What the work gave, in the order of the rows.
    failures : list of (contact_id, name of the error)
    """
    if rows.empty:
        return [], []
    try:
        with _ANY_ROW.guard():  # our own errors pass: a wrong setting or a missing package is nobody's row
            return [work(rows)], []
    except FailedRowsError as error:
        if len(rows) == 1:
            return [], [(str(rows["contact_id"].iloc[0]), str(error.got))]
    half = len(rows) // 2
    left, left_failed = quarantine(rows.iloc[:half], work)
    right, right_failed = quarantine(rows.iloc[half:], work)
    return left + right, left_failed + right_failed


class Spool:
    """Tagged chunks on disk until all are there: a run that was killed takes up its work where it stopped."""

    def __init__(self, folder: Path, store: ContactStore) -> None:
        self.folder, self._schemas = folder, {"contacts": store.contact_schema, "tags": store.tag_schema}

    def has(self, name: str) -> bool:
        """Whether a chunk is complete."""
        return self._path(name, "failed").exists()

    def put(self, name: str, chunk: Tagged) -> None:
        """Keep a chunk; its last file marks it as complete."""
        for part, schema in self._schemas.items():
            write_atomic(self._path(name, part), parquet_bytes(getattr(chunk, part), schema))
        failed = pa.Table.from_pandas(
            chunk.failed.astype(object).where(chunk.failed.notna(), None), preserve_index=False
        )
        buffer = pa.BufferOutputStream()
        pq.write_table(failed, buffer)
        write_atomic(self._path(name, "failed"), buffer.getvalue().to_pybytes())

    def outcome(self, name: str) -> tuple[int, pd.DataFrame]:
        """Give how many contacts of a chunk have an unknown reason, and the rows that failed; contacts stay on disk."""
        only = [("kind", "=", "reason"), ("label", "=", UNKNOWN)]
        unknown = pq.read_table(self._path(name, "tags"), columns=["contact_id"], filters=only)
        return len(unknown), pq.read_table(self._path(name, "failed")).to_pandas()

    def system(self, name: str) -> str:
        """Give the system that the ids of a chunk belong to; of several the first in the alphabet."""
        column = pq.read_table(self._path(name, "contacts"), columns=["source_system"]).column(0)
        return min((str(system) for system in column.unique().to_pylist() if system), default="")

    def get(self, name: str) -> Tagged:
        """Read a chunk back."""
        return Tagged(*(pq.read_table(self._path(name, part)).to_pandas() for part in ("contacts", "tags", "failed")))

    def clear(self) -> None:
        """Remove all chunks, also those of runs that were given up."""
        for path in sorted(self.folder.parent.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        self.folder.parent.rmdir()

    def _path(self, name: str, part: str) -> Path:
        return self.folder / f"{name}.{part}.parquet"
