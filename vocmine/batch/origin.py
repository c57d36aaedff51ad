"""Where contacts come from: a file, or a database address with a query."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from vocmine.batch.state import file_digest
from vocmine.contacts.addresses import address_name
from vocmine.contacts.places import STDIN, listed
from vocmine.contacts.reading import Doubt, Notes, Reading
from vocmine.contacts.shown_names import shown_name
from vocmine.errors import ContactError
from vocmine.limits import DEFAULT_LIMITS
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
        How it is called in tables and logs; never holds a password, and what is personal in it is masked.
    doubts : tuple of Doubt
        What is doubtful about the folder it was found in.

    Examples
    --------
    >>> Origin.of("postgresql://ann:secret@db/crm").name
    'postgresql://ann:***@db/crm'
    >>> Origin.of("in/notes.csv").name
    'notes.csv'
    """

    where: Path | str
    name: str
    doubts: tuple[Doubt, ...] = ()

    @classmethod
    def of(cls, value: str | Path) -> Origin:
        """Tell a file from a database address, an address on the web or in a store, and standard input."""
        if isinstance(value, str) and value == STDIN:
            return cls(value, "stdin")
        if isinstance(value, str) and "://" in value:
            from sqlalchemy.engine import make_url
            from sqlalchemy.exc import ArgumentError

            from vocmine.contacts.formats import is_database

            if not is_database(value):
                return cls(value, shown_name(address_name(value)))
            try:
                return cls(value, make_url(value).render_as_string(hide_password=True))
            except ArgumentError:
                raise ContactError("this is no database address", where="contacts", expected="dialect://...") from None
        return cls(Path(value), shown_name(Path(value).name))

    def check(self) -> None:
        """Raise ContactError where there is no such file."""
        if isinstance(self.where, Path) and not self.where.is_file():
            raise ContactError("no such file", where=str(self.where), expected="a contact file")

    def system(self, query: str | None = None) -> str:
        """Give the system that its ids belong to, unless the reader knows better.

        Examples
        --------
        >>> Origin.of("in/calls_0401.csv").system()
        'calls'
        """
        from vocmine.contacts.identity import system_name

        return system_name(None, None, self.where, query)

    def digest(self) -> str:
        """Name what it holds: the same file, the same name. A database is read anew each time."""
        return file_digest(self.where) if isinstance(self.where, Path) else str(time.time_ns())


def origins_of(values: Sequence[str | Path]) -> tuple[Origin, ...]:
    """Give the sources of a run: folders and patterns stand for their contact files, in order of their names.

    Raises
    ------
    ContactError
        If a folder or a pattern holds no contact file.

    Examples
    --------
    >>> [origin.name for origin in origins_of(["-", "https://host.example/in/a.csv"])]
    ['stdin', 'a.csv']
    """
    found: list[Origin] = []
    for value in values:
        notes = Notes()
        files = [Origin.of(file) for file in listed(value, notes)]
        found += [replace(files[0], doubts=notes.doubts), *files[1:]]
    return tuple(found)


def read_chunks(origin: Origin, settings: Settings, mapping: ColumnNames) -> Iterator[Checked]:
    """Read an origin's contacts chunk by chunk, checked."""
    from vocmine.contacts import ContactMapping, iter_chunks

    chunks = iter_chunks(
        origin.where,
        chunk_rows=settings.chunk_rows,
        mapping=replace(ContactMapping.of(mapping), limits=settings.limits or DEFAULT_LIMITS),
        encoding=settings.encoding,
        timezone=settings.timezone,
        query=settings.query,
        format=settings.format,
        strict=settings.strict,
    )
    if not origin.doubts:
        yield from chunks
        return
    for checked in chunks:
        reading = checked.reading or Reading(origin.name)
        told = replace(reading, doubts=(*origin.doubts, *reading.doubts))
        if settings.strict:
            told.raise_if_doubtful()
        yield replace(checked, reading=told)
