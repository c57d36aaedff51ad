"""Contacts: the table, readers of many formats, checks, and the demo simulator."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from vocmine.contacts.check import check_contacts
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.readers import iter_chunks, read_contacts
from vocmine.contacts.rejects import CODES, Checked
from vocmine.frames import CONTACT_COLUMNS, CONTACTS

if TYPE_CHECKING:
    from vocmine.contacts.simulate import simulate

__all__ = [
    "CODES", "CONTACTS", "CONTACT_COLUMNS", "Checked", "ContactMapping", "check_contacts", "iter_chunks",
    "read_contacts", "simulate",
]


class _Room(ModuleType):
    """Keeps `simulate` the function, also after the module of that name was imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "simulate" and isinstance(value, ModuleType):
            value = value.__dict__["simulate"]
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Room


def __getattr__(name: str) -> Any:
    if name == "simulate":
        return import_module("vocmine.contacts.simulate").simulate
    raise AttributeError(f"module 'vocmine.contacts' has no attribute {name!r}")
