"""What was told to which address, kept in a results folder so that nothing is told twice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vocmine.errors import StoreError
from vocmine.store import write_atomic

NAME = ".notified.json"
_SCHEMA = 1


@dataclass
class Told:
    """The record of a results folder.

    An entry is written after the other side has said that it took the message. A run that is killed between the two
    tells it once more: at least once, never lost.

    Parameters
    ----------
    path : Path
        The file.
    sent : set of (str, str, str)
        Fingerprint of the address, id of the incident, its state.
    waiting : set of (str, str)
        Fingerprint of the address and id of an incident that goes on and was not told.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     Told.read(Path(home)).mark("f00", "i-1", "open")
    ...     Told.read(Path(home)).states("f00")
    {('i-1', 'open')}
    """

    path: Path
    sent: set[tuple[str, str, str]] = field(default_factory=set)
    waiting: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def read(cls, home: Path) -> Told:
        """Read the record of a results folder; an empty one where nothing was told yet.

        Raises
        ------
        StoreError
            If it is damaged, or a newer vocmine wrote it.
        """
        path = home / NAME
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            known = data["schema"] == _SCHEMA
            sent = {(_text(e["address"]), _text(e["incident_id"]), _text(e["state"])) for e in data["sent"]}
            waiting = {(_text(e["address"]), _text(e["incident_id"])) for e in data["waiting"]}
        except FileNotFoundError:
            return cls(path)
        except (ValueError, KeyError, TypeError):
            known = False
        if not known:
            raise StoreError("the record of what was told is damaged or newer", where=str(path))
        return cls(path, sent, waiting)

    def states(self, address: str) -> set[tuple[str, str]]:
        """Give ids and states that were told to an address, by its fingerprint."""
        return {(incident, state) for known, incident, state in self.sent if known == address}

    def waits(self, address: str) -> set[str]:
        """Give ids that went on and were not told to an address."""
        return {incident for known, incident in self.waiting if known == address}

    def mark(self, address: str, incident: str, *states: str) -> None:
        """Note that states of an incident were told, on disk before it returns."""
        self.sent |= {(address, incident, state) for state in states}
        self.waiting.discard((address, incident))
        self._write()

    def keep_waiting(self, address: str, incidents: Iterable[str]) -> None:
        """Note which incidents go on and are not told yet; nothing is written where nothing changed."""
        now = {(address, incident) for incident in incidents}
        before = {entry for entry in self.waiting if entry[0] == address}
        if now != before:
            self.waiting = (self.waiting - before) | now
            self._write()

    def _write(self) -> None:
        sent = [{"address": a, "incident_id": i, "state": s} for a, i, s in sorted(self.sent)]
        waiting = [{"address": a, "incident_id": i} for a, i in sorted(self.waiting)]
        data = {"schema": _SCHEMA, "sent": sent, "waiting": waiting}
        write_atomic(self.path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
