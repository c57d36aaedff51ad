"""The adapters of all systems (`vocmine.frames.SYSTEMS` lists them)."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from vocmine.contacts.adapters.adapter import Adapter, Probe
from vocmine.frames import SYSTEMS


@cache
def adapters() -> dict[str, Adapter]:
    """Give all adapters by name."""
    found = [import_module(f"vocmine.contacts.adapters.{name}").ADAPTER for name in SYSTEMS]
    return {adapter.name: adapter for adapter in found}


def adapter_of(probe: Probe) -> Adapter | None:
    """Give the adapter that recognises a source, or None."""
    return next((adapter for adapter in adapters().values() if adapter.recognises(probe)), None)
