"""The customers of a run: who is linked, how many, and what was in doubt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine.batch.state import fingerprint
from vocmine.contacts.reading import Notes
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.contacts.customers import Customers


@dataclass
class Linking:
    """Customers that contacts are linked to, and what linking has counted.

    Parameters
    ----------
    customers : Customers
        People and their keys.
    notes : Notes
        What was in doubt.
    linked : int
        Contacts that got a person.
    """

    customers: Customers
    notes: Notes = field(default_factory=Notes)
    linked: int = 0

    @classmethod
    def of(cls, settings: Settings) -> Linking | None:
        """Read the customers that settings name; None where they name none.

        Raises
        ------
        VocmineError
            If the table or its mapping can't be read.
        """
        from vocmine.contacts.customers import read_customers

        if settings.customers is None:
            return None
        return cls(read_customers(settings.customers, settings.customer_mapping, timezone=settings.timezone))

    def link(self, contacts: pd.DataFrame) -> pd.DataFrame:
        """Link contacts to people."""
        if contacts.empty:
            return contacts
        linked = self.customers.link(contacts, self.notes)
        self.linked += int(linked["customer_id"].isin(self.customers.people.index).sum())
        return linked

    def digest(self) -> str:
        """Name what is known of the people: other knowledge, another name."""
        keys = {kind: sorted(table.items()) for kind, table in self.customers.keys.items()}
        return fingerprint(keys, self.customers.people.to_csv())

    def counts(self) -> dict[str, Any]:
        """Give people, linked contacts and doubts, for the record of the run."""
        doubts = [*self.customers.notes.doubts, *self.notes.doubts]
        return {"people": len(self.customers), "linked": self.linked, "doubts": [doubt.sentence() for doubt in doubts]}
