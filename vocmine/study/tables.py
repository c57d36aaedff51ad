"""Masked contacts and their tags by day, in memory, just as a results folder would give them back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from vocmine.batch.contact_store import parquet_bytes, stored_schemas
from vocmine.batch.period import local_days
from vocmine.batch.settling import settle
from vocmine.frames import CONTACT_COLUMNS


class ContactTables:
    """Contacts and tags of a study.

    Parameters
    ----------
    chunks : iterable of (DataFrame, DataFrame)
        Storable contacts, each id once in a chunk, and their tags, as `vocmine.batch.chunks.tag_chunk` gives them.
    timezone : str
        Zone of the days.
    keep_columns : tuple of str
        Further columns to keep.

    Attributes
    ----------
    own_columns : tuple of str
        Columns of the contacts without those kept for a user.
    refused : int
        Rows whose id is another contact's of the same source.
    """

    def __init__(
        self, chunks: Iterable[tuple[pd.DataFrame, pd.DataFrame]], timezone: str, keep_columns: tuple[str, ...] = ()
    ) -> None:
        self.timezone, self.own_columns = timezone, (*CONTACT_COLUMNS, "terms")
        settled = settle(_Nothing(), list(chunks))
        self.refused = len(settled.refused)
        contact_schema, tag_schema = stored_schemas(keep_columns)
        contacts, tags = _stored(settled.contacts, contact_schema), _stored(settled.tags, tag_schema)
        day = local_days(contacts, timezone)
        order = contacts.assign(day=day).sort_values(["day", "created_at", "contact_id"], kind="stable").index
        self._contacts, self._day = contacts.loc[order].reset_index(drop=True), day[order].reset_index(drop=True)
        place = pd.Series(np.arange(len(contacts)), index=self._contacts["contact_id"].to_numpy())
        self._tags = tags.iloc[tags["contact_id"].map(place).argsort(kind="stable")].reset_index(drop=True)
        self._tag_day = self._tags["contact_id"].map(pd.Series(self._day.to_numpy(), index=place.index))

    def days(self) -> list[str]:
        """Give the days that have contacts, oldest first, as ``YYYY-MM-DD``."""
        return sorted(self._day.unique())

    def read(
        self, first: str | None = None, last: str | None = None, columns: Sequence[str] = (), kinds: Sequence[str] = ()
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Give contacts and tags of some days, as `vocmine.batch.contact_store.ContactStore.read` does."""
        contacts = self._contacts.loc[_within(self._day, first, last)].reset_index(drop=True)
        contacts = contacts[list(columns)] if columns else contacts
        here = _within(self._tag_day, first, last)
        tags = self._tags.loc[here & self._tags["kind"].isin(kinds) if kinds else here].reset_index(drop=True)
        return (contacts.assign(text_clean=contacts["text"]) if "text" in contacts else contacts), tags

    def reasons_of(self, contact_ids: set[str]) -> pd.DataFrame:
        """Give the reasons of some contacts, whatever their day."""
        mine = (self._tags["kind"] == "reason") & self._tags["contact_id"].isin(contact_ids)
        return self._tags.loc[mine].reset_index(drop=True)


def _within(day: pd.Series, first: str | None, last: str | None) -> pd.Series:
    here = pd.Series(True, index=day.index)
    here = here if first is None else here & (day >= first)
    return here if last is None else here & (day <= last)


def _stored(frame: pd.DataFrame, schema: pa.Schema) -> pd.DataFrame:
    """Give a frame with the columns and types that it has once stored."""
    return pd.DataFrame(pq.read_table(io.BytesIO(parquet_bytes(frame, schema))).to_pandas())


class _Nothing:
    """What is stored before the first contact: settling rows needs to ask."""

    def known(self, ids: np.ndarray) -> pd.DataFrame:
        empty = {"day": pd.Series([None] * len(ids), dtype=object), "system": np.zeros(len(ids), np.uint64)}
        return pd.DataFrame({**empty, "created": np.zeros(len(ids), np.int64)})

    def read_ids(self, day_of: Mapping[str, str]) -> pd.DataFrame:
        contact_schema, _ = stored_schemas()
        return pd.DataFrame(contact_schema.empty_table().to_pandas())
