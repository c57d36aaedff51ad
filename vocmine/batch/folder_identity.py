"""What a results folder was begun with and must go on with: its time zone, its currency and the key of its hashes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vocmine.batch.state import KEY_VARIABLE, read_versioned, write_json
from vocmine.errors import SettingsError, StoreError, VocmineError
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.cost import CostModel

FILE = "folder.json"
_SCHEMA = 1


def keep_identity(home: Path, settings: Settings, model: CostModel | None, key: str) -> None:
    """Hold a run against what its folder was begun with, and write that down where nothing is yet.

    Parameters
    ----------
    home : Path
        The results folder.
    settings : Settings
        Of the run.
    model : CostModel, optional
        Rates; the first ones say the currency of the folder.
    key : str
        What customers' ids are hashed with; only its fingerprint is kept.

    Raises
    ------
    SettingsError
        If the zone, the currency or the key is another one: days, sums and customers would no longer go together.
    StoreError
        If the file is damaged, or a newer vocmine wrote it.
    """
    known = _read(home)
    _need_same(home, known, settings, model)
    mark = _mark(key)
    if known.get("key", mark) != mark:
        raise SettingsError(
            "customers' ids in this folder were hashed with another key, so customers would not be linked",
            where=str(home), hint=f"set {KEY_VARIABLE} as in earlier runs, or unset it if the folder made its own key",
        )
    currency = known.get("currency") or ("" if model is None else model.currency)
    told = {"schema": _SCHEMA, "timezone": settings.timezone, "currency": currency, "key": mark}
    if told != known:
        write_json(home / FILE, told)


def need_identity(home: Path, settings: Settings, model: CostModel | None = None) -> None:
    """Hold settings and rates against what a folder was begun with; nothing is written.

    Raises
    ------
    SettingsError
        If the zone or the currency is another one.
    StoreError
        If the file is damaged, or a newer vocmine wrote it.
    """
    _need_same(home, _read(home), settings, model)


def _need_same(home: Path, known: Mapping[str, Any], settings: Settings, model: CostModel | None) -> None:
    zone = known.get("timezone", settings.timezone)
    if zone != settings.timezone:
        raise SettingsError(
            "the days of this folder are those of another time zone", where=f"{home}: timezone", got=settings.timezone,
            expected=zone, hint=f"set timezone: {zone}, or name another folder",
        )
    currency = known.get("currency", "")
    if model is not None and currency and model.currency != currency:
        raise SettingsError(
            "this folder has amounts in another currency", where=f"{home}: currency", got=model.currency,
            expected=currency, hint=f"give rates in {currency}, or name another folder",
        )


def need_key(home: Path) -> None:
    """Refuse to make a new key for a folder that was begun with one that is gone.

    Raises
    ------
    VocmineError
        If neither the environment nor the folder has a key although the folder is not new.
    """
    begun = (home / FILE).exists() or any((home / "contacts").glob("*.parquet"))
    if begun and KEY_VARIABLE not in os.environ and not (home / ".hash_key").exists():
        raise VocmineError(
            "the key that customers' ids of this folder were hashed with is gone", where=str(home / ".hash_key"),
            hint=f"put the file back, or set {KEY_VARIABLE} as in earlier runs; a new key links no customer",
        )


def _read(home: Path) -> Mapping[str, Any]:
    damaged = StoreError(
        "the file is damaged", where=str(home / FILE), expected="timezone, currency and key as a run wrote them",
        hint="put it back, or delete it if you know that zone, currency and key are those of earlier runs",
    )
    known = read_versioned(home / FILE, _SCHEMA, damaged) or {}
    if known and not all(isinstance(known.get(name), str) for name in ("timezone", "currency", "key")):
        raise damaged
    return known


def _mark(key: str) -> str:
    """Name a key without telling it: it is long and random, so it can't be guessed from this."""
    return hashlib.sha256(b"vocmine key " + key.encode()).hexdigest()[:16]
