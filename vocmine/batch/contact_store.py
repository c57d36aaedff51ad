"""The contacts and tags of a results folder: one Parquet file a day, masked, each contact once, upserted by id."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pandas.api.types import union_categoricals

from vocmine.batch.privacy import AGENT_COLUMNS, stored_names
from vocmine.frames import CONTACT_COLUMNS, CONTACTS, TAGS, Column
from vocmine.store import write_atomic

_ARROW = {
    "string": pa.string(),
    "category": pa.string(),
    "datetime": pa.timestamp("us", tz="UTC"),
    "float": pa.float64(),
    "int": pa.int32(),
    "bool": pa.bool_(),
}

_INDEXED = pa.schema([
    ("contact_id", pa.string()), ("created_at", pa.timestamp("us", tz="UTC")), ("source_system", pa.string()),
])


def arrow_schema(columns: Iterable[Column], extra: Iterable[str] = ()) -> pa.Schema:
    """Give the Parquet schema of a column table, with further columns as text."""
    fields = [pa.field(c.name, _ARROW[c.dtype]) for c in columns]
    return pa.schema([*fields, *(pa.field(name, pa.string()) for name in extra)])


def parquet_bytes(frame: pd.DataFrame, schema: pa.Schema) -> bytes:
    """Write a frame as Parquet with just the columns of a schema; the same frame gives the same bytes."""
    there = pa.schema([column for column in schema if column.name in frame])
    table = pa.Table.from_pandas(frame[there.names], schema=there, preserve_index=False).replace_schema_metadata(None)
    table = _fit(table, schema)
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def stored_schemas(keep_columns: tuple[str, ...] = ()) -> tuple[pa.Schema, pa.Schema]:
    """Give the schemas of stored contacts and tags, with further columns of the contacts as text."""
    kept = dict.fromkeys(("terms", *AGENT_COLUMNS, *stored_names(keep_columns).values()))
    return arrow_schema(CONTACTS, kept), arrow_schema(TAGS)


class ContactStore:
    """All contacts and tags of a results folder.

    Parameters
    ----------
    home : Path
        The results folder.
    timezone : str
        Zone of the days.
    keep_columns : tuple of str
        Further columns of contacts that are stored.

    Attributes
    ----------
    own_columns : tuple of str
        Columns of its contacts without those kept for a user, whose names may be those of anything that is counted.
    """

    def __init__(self, home: Path, timezone: str, keep_columns: tuple[str, ...] = ()) -> None:
        self.home, self.timezone = home, timezone
        self.own_columns = (*CONTACT_COLUMNS, "terms")
        self.contact_schema, self.tag_schema = stored_schemas(keep_columns)
        self._known: pd.DataFrame | None = None

    def days(self) -> list[str]:
        """Give the days that have contacts, oldest first, as ``YYYY-MM-DD``."""
        return sorted(path.stem for path in (self.home / "contacts").glob("*.parquet"))

    def count(self) -> int:
        """Count the contacts in the folder."""
        return sum(pq.read_metadata(path).num_rows for path in (self.home / "contacts").glob("*.parquet"))

    def upsert(self, contacts: pd.DataFrame, tags: pd.DataFrame) -> list[str]:
        """File contacts and their tags under their days; a contact that is there already is replaced.

        Parameters
        ----------
        contacts : DataFrame
            Masked contacts with unique ids, columns as stored.
        tags : DataFrame
            Their tags.

        Returns
        -------
        list of str
            The days that were touched, oldest first.
        """
        if contacts.empty:
            return []
        day = contacts["created_at"].dt.tz_convert(self.timezone).dt.strftime("%Y-%m-%d")
        ids = pd.util.hash_array(contacts["contact_id"].to_numpy(dtype=object))
        moved = self._moved(ids, day.to_numpy(dtype=object))
        for old_day, gone in moved.items():
            self._rewrite(old_day, contacts.iloc[:0], tags.iloc[:0], set(contacts["contact_id"].iloc[gone]))
        by_day = {str(name): rows for name, rows in contacts.groupby(day, sort=True)}
        tag_day = tags["contact_id"].map(pd.Series(day.to_numpy(), index=contacts["contact_id"].to_numpy()))
        tags_by_day = {str(name): rows for name, rows in tags.groupby(tag_day, sort=True)}
        for name, rows in by_day.items():
            self._rewrite(name, rows, tags_by_day.get(name, tags.iloc[:0]), set(rows["contact_id"]))
        self._remember(contacts, day.to_numpy(dtype=object), ids)
        return sorted({*by_day, *moved})

    def known(self, ids: np.ndarray) -> pd.DataFrame:
        """Tell of ids what is stored under them, from the index alone.

        Parameters
        ----------
        ids : ndarray of object, shape (n,)
            Ids of contacts.

        Returns
        -------
        DataFrame of shape (n, 3)
            ``day`` (None where there is no such contact), ``system`` (hash of `source_system`, 0 where it is not
            known) and ``created`` (microseconds since 1970).
        """
        found = self._index().reindex(pd.util.hash_array(ids)).reset_index(drop=True)
        return found.astype({"day": object}).assign(day=lambda t: t["day"].where(t["day"].notna(), None))

    def read_ids(self, day_of: Mapping[str, str]) -> pd.DataFrame:
        """Read the stored contacts with some ids; `day_of` tells the day that each is stored under."""
        ids = pd.Series(dict(day_of), dtype=object)
        parts = [
            self._table("contacts", [str(day)], self.contact_schema, [("contact_id", "in", names.index.tolist())])
            for day, names in ids.groupby(ids)
        ]
        return pd.concat(parts, ignore_index=True) if parts else self._table("contacts", [], self.contact_schema)

    def read_day(self, day: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Read the contacts and the tags of one day."""
        return self.read(day, day)

    def read(
        self, first: str | None = None, last: str | None = None, columns: Sequence[str] = (), kinds: Sequence[str] = ()
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Read the contacts (analysed: `text_clean` is the stored text) and the tags of some days, both ends included.

        Parameters
        ----------
        first, last : str, optional
            Days, ``YYYY-MM-DD``.
        columns : sequence of str
            Columns of the contacts to read; all if empty.
        kinds : sequence of str
            Kinds of tags to read; all if empty.

        Returns
        -------
        contacts, tags : DataFrame
            Sorted by day, time and id.
        """
        days = [d for d in self.days() if (first is None or d >= first) and (last is None or d <= last)]
        schema = pa.schema([self.contact_schema.field(name) for name in columns]) if columns else self.contact_schema
        contacts = self._table("contacts", days, schema)
        tags = self._table("tags", days, self.tag_schema, [("kind", "in", list(kinds))] if kinds else None)
        return (contacts.assign(text_clean=contacts["text"]) if "text" in contacts else contacts), tags

    def reasons_of(self, contact_ids: set[str]) -> pd.DataFrame:
        """Read the reasons of some contacts, whatever their day."""
        only = [("kind", "=", "reason"), ("contact_id", "in", sorted(contact_ids))]
        return self._table("tags", self.days(), self.tag_schema, only)

    def _table(self, folder: str, days: list[str], schema: pa.Schema, only: Any = None) -> pd.DataFrame:
        paths = [path for d in days if (path := self.home / folder / f"{d}.parquet").exists()]
        # a folder may have been written with other kept columns: the schema of this run decides
        tables = [_fit(_read(path, schema, only), schema) for path in paths]
        table = pa.concat_tables(tables) if tables else schema.empty_table()
        return pd.DataFrame(table.to_pandas())

    def _rewrite(self, day: str, contacts: pd.DataFrame, tags: pd.DataFrame, replaced: set[str]) -> None:
        old_contacts = self._table("contacts", [day], self.contact_schema)
        old_tags = self._table("tags", [day], self.tag_schema)
        old_contacts = old_contacts[~old_contacts["contact_id"].isin(replaced)]
        old_tags = old_tags[~old_tags["contact_id"].isin(replaced)]
        parts = [part for part in (old_contacts, contacts) if len(part)]
        if not parts:
            for folder in ("tags", "contacts"):
                (self.home / folder / f"{day}.parquet").unlink(missing_ok=True)
            return
        merged = pd.concat(parts, ignore_index=True).sort_values(["created_at", "contact_id"], kind="stable")
        rank = pd.Series(np.arange(len(merged)), index=merged["contact_id"].to_numpy())
        tag_parts = [part for part in (old_tags, tags) if len(part)]
        all_tags = pd.concat(tag_parts, ignore_index=True) if tag_parts else tags
        order = all_tags["contact_id"].map(rank).argsort(kind="stable")
        self._write("tags", day, all_tags.iloc[order], self.tag_schema)
        self._write("contacts", day, merged, self.contact_schema)

    def _write(self, folder: str, day: str, frame: pd.DataFrame, schema: pa.Schema) -> None:
        write_atomic(self.home / folder / f"{day}.parquet", parquet_bytes(frame, schema))

    def _index(self) -> pd.DataFrame:
        """Give day, system and time of each stored contact by the hash of its id."""
        if self._known is None:
            self._known = _read_index(sorted((self.home / "contacts").glob("*.parquet")))
        return self._known

    def _remember(self, contacts: pd.DataFrame, day: np.ndarray, ids: np.ndarray) -> None:
        known = self._index()
        system = contacts["source_system"] if "source_system" in contacts else pd.Series(None, contacts.index, object)
        fresh = _index_frame(ids, day, system_hashes(system), contacts["created_at"])
        self._known = _join_index([known[~known.index.isin(fresh.index)], fresh])

    def _moved(self, ids: np.ndarray, day: np.ndarray) -> dict[str, np.ndarray]:
        known = self._index()
        if known.empty:
            return {}
        old = known["day"].reindex(ids).to_numpy(dtype=object)
        changed = np.flatnonzero(pd.notna(old) & (old != day))
        return {str(name): changed[old[changed] == name] for name in sorted(set(old[changed]))}


def system_hashes(systems: pd.Series) -> np.ndarray:
    """Hash the systems that ids belong to; 0 where the system is not known, as in folders of older versions."""
    there = systems.notna().to_numpy()
    texts = systems.astype(object).where(there, "").astype(str).to_numpy(dtype=object)
    return np.where(there, pd.util.hash_array(texts), np.uint64(0))


def _index_frame(ids: np.ndarray, day: Any, system: np.ndarray, created_at: pd.Series) -> pd.DataFrame:
    created = pd.DatetimeIndex(created_at).as_unit("us").asi8
    return pd.DataFrame({"day": pd.Categorical(day), "system": system, "created": created}, index=ids)


def _read_index(paths: Sequence[Path]) -> pd.DataFrame:
    """Read the index of stored days, each file opened once, in the order of the paths."""
    tables = [_index_columns(path) for path in paths]
    full = [(path.stem, table) for path, table in zip(paths, tables, strict=True) if len(table)]
    if not full:
        return _join_index([])
    rows = pa.concat_tables([table for _, table in full]).to_pandas()
    codes = np.repeat(np.arange(len(full)), [len(table) for _, table in full])
    day = pd.Categorical.from_codes(codes, categories=pd.Index([day for day, _ in full]))
    ids = pd.util.hash_array(rows["contact_id"].to_numpy(dtype=object))
    return _index_frame(ids, day, system_hashes(rows["source_system"]), rows["created_at"])


def _index_columns(path: Path) -> pa.Table:
    """Read what the index needs of one day; folders of older versions do not tell the system."""
    return _fit(_read(path, _INDEXED, None), _INDEXED)


def _join_index(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Put parts of the index together; days stay categories, as there are few of them."""
    full = [part for part in parts if len(part)]
    if not full:
        none, never = np.array([], "uint64"), pd.Series([], dtype="datetime64[us, UTC]")
        return _index_frame(none, [], none, never)
    days = union_categoricals([part["day"] for part in full])
    rest = pd.concat([part[["system", "created"]] for part in full])
    return rest.assign(day=days)[["day", "system", "created"]]


def _read(path: Path, schema: pa.Schema, only: Any) -> pa.Table:
    with pq.ParquetFile(path) as file:  # opened once: a folder has a file a day
        there = set(file.schema_arrow.names)
        names = [name for name in schema.names if name in there]
        if only is None:
            return file.read(names)
    return pq.read_table(path, columns=names, filters=only)


def _fit(table: pa.Table, schema: pa.Schema) -> pa.Table:
    missing = [field for field in schema if field.name not in table.column_names]
    for field in missing:
        table = table.append_column(field, pa.nulls(len(table), field.type))
    return table.select(schema.names).cast(schema)
