"""What contacts and tags are read from, whether they lie in a results folder or in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import pandas as pd


class ContactSource(Protocol):
    """Masked contacts and their tags by day, as `vocmine.batch.contact_store.ContactStore` gives them.

    Attributes
    ----------
    timezone : str
        Zone of the days.
    own_columns : tuple of str
        Columns of its contacts without those kept for a user.
    """

    timezone: str
    own_columns: tuple[str, ...]

    def days(self) -> list[str]:
        """Give the days that have contacts, oldest first, as ``YYYY-MM-DD``."""
        ...

    def read(
        self, first: str | None = None, last: str | None = None, columns: Sequence[str] = (), kinds: Sequence[str] = ()
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Read contacts and tags of some days, both ends included, sorted by day, time and id."""
        ...

    def reasons_of(self, contact_ids: set[str]) -> pd.DataFrame:
        """Read the reasons of some contacts, whatever their day."""
        ...


class KnownContacts(Protocol):
    """What is stored already: asked when rows are settled, see `vocmine.batch.settling`."""

    def known(self, ids: np.ndarray) -> pd.DataFrame:
        """Tell of ids what is stored under them: ``day`` (None for nothing), ``system``, ``created``."""
        ...

    def read_ids(self, day_of: Mapping[str, str]) -> pd.DataFrame:
        """Read the stored contacts with some ids; `day_of` tells the day that each is stored under."""
        ...
