"""Where contacts come from: a file, or a database address with a query."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vocmine.batch.state import file_digest
from vocmine.errors import ContactError
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.contacts import Checked

ColumnNames = str | Path | Mapping[str, str] | None
"""Names of columns of the contact files: a YAML file, or name in the file to name in the contact table."""


@dataclass(frozen=True)
class Origin:
    """One source of contacts of a run.

    Parameters
    ----------
    where : Path or str
        A file, or an SQLAlchemy address such as ``sqlite:///crm.db``.
    name : str
        How it is called in tables and logs; never holds a password.

    Examples
    --------
    >>> Origin.of("postgresql://ann:secret@db/crm").name
    'postgresql://ann:***@db/crm'
    >>> Origin.of("in/notes.csv").name
    'notes.csv'
    """

    where: Path | str
    name: str

    @classmethod
    def of(cls, value: str | Path) -> Origin:
        """Tell a file from an address."""
        if isinstance(value, str) and "://" in value:
            from sqlalchemy.engine import make_url
            from sqlalchemy.exc import ArgumentError

            try:
                return cls(value, make_url(value).render_as_string(hide_password=True))
            except ArgumentError:
                raise ContactError("this is no database address", where="contacts", expected="dialect://...") from None
        return cls(Path(value), Path(value).name)

    def check(self) -> None:
        """Raise ContactError where there is no such file."""
        if isinstance(self.where, Path) and not self.where.is_file():
            what = "this is a folder" if self.where.is_dir() else "no such file"
            raise ContactError(what, where=str(self.where), expected="a contact file")

    def digest(self) -> str:
        """Name what it holds: the same file, the same name. A database is read anew each time."""
        return file_digest(self.where) if isinstance(self.where, Path) else str(time.time_ns())


def read_chunks(origin: Origin, settings: Settings, mapping: ColumnNames) -> Iterator[Checked]:
    """Read an origin's contacts chunk by chunk, checked."""
    from vocmine.contacts import iter_chunks

    yield from iter_chunks(
        origin.where,
        chunk_rows=settings.chunk_rows,
        mapping=mapping,
        encoding=settings.encoding,
        timezone=settings.timezone,
        query=settings.query,
        format=settings.format,
    )
