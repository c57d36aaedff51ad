"""Write a file in one step: a reader sees the old one or the new one, never half of it."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from vocmine.errors import StoreError

_WAITS = (0.05, 0.2, 0.5)  # seconds


def write_atomic(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file beside its place and rename it there, so that no reader sees half of it.

    Raises
    ------
    StoreError
        If another program holds the old file open and the system forbids to replace it.
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        _put(Path(name), target)
    finally:
        Path(name).unlink(missing_ok=True)


def _put(made: Path, target: Path) -> None:
    """Rename a finished file to its place. On Windows a reader or a virus scanner may hold the old one for a moment."""
    for wait in _WAITS:
        try:
            made.replace(target)
            return
        except PermissionError:
            time.sleep(wait)
    try:
        made.replace(target)
    except PermissionError:
        hint = "close it where it is open, and run the same command again"
        raise StoreError("the file can't be replaced", where=str(target), hint=hint) from None
