"""Contacts: the table, readers of many formats, checks, and the demo simulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocmine._lazy import lazy_names
from vocmine.contacts.check import check_contacts
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.proposal import suggest_mapping
from vocmine.contacts.readers import iter_chunks, read_contacts
from vocmine.contacts.reading import Reading
from vocmine.contacts.rejects import CODES, Checked
from vocmine.frames import CONTACT_COLUMNS, CONTACTS

if TYPE_CHECKING:
    from vocmine.contacts.simulator.simulation import simulate

__all__ = [
    "CODES", "CONTACTS", "CONTACT_COLUMNS", "Checked", "ContactMapping", "Reading", "check_contacts",
    "iter_chunks", "read_contacts", "simulate", "suggest_mapping",
]

__getattr__, __dir__ = lazy_names(__name__, {"simulate": "vocmine.contacts.simulator.simulation"})
