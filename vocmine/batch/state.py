"""What a results folder remembers beside its results: a lock and the key of the hashes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vocmine.errors import SettingsError, StoreError, VocmineError
from vocmine.store import write_atomic

KEY_VARIABLE = "VOCMINE_HASH_KEY"
_KEY = re.compile(rb"[0-9a-f]{64}")


@contextlib.contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the folder for one run; a second run on it at the same time gets an error.

    The lock is the operating system's, so a killed run leaves none behind.
    """
    with _opened(home) as file:
        if not _try_lock(file):
            raise VocmineError("another run is working on this folder", where=str(home), hint="wait until it has ended")
        yield


def _opened(home: Path) -> Any:
    if home.exists() and not home.is_dir():
        raise SettingsError("this is a file", where=str(home), expected="a folder for the results")
    try:
        home.mkdir(parents=True, exist_ok=True)
        return (home / ".lock").open("a+b")
    except OSError as error:
        raise VocmineError("the folder can't be written", where=str(home), got=error.strerror) from None


def _try_lock(file: Any) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows has no fcntl
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def hash_key(home: Path) -> str:
    """Give the key that customers' ids are hashed with: from the environment, or made once and kept in the folder.

    Raises
    ------
    SettingsError
        If the variable holds fewer than 16 characters.
    StoreError
        If the file in the folder holds no key.
    """
    key = os.environ.get(KEY_VARIABLE)
    if key is not None:
        if len(key) < 16:
            raise SettingsError("the key is too short", where=KEY_VARIABLE, expected="16 characters or more")
        return key
    path = home / ".hash_key"
    if not path.exists():
        write_atomic(path, secrets.token_hex(32).encode())
        path.chmod(0o600)
    kept = path.read_bytes()
    if not _KEY.fullmatch(kept):
        raise StoreError(
            "the file holds no key", where=str(path), expected="64 hexadecimal digits",
            hint=f"put the file back, or set {KEY_VARIABLE} as in earlier runs; a new key links no customer",
        )
    return kept.decode("ascii")


def fingerprint(*parts: Any) -> str:
    """Give a short name for a set of inputs: the same inputs, the same name."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def file_digest(path: Path) -> str:
    """Give the SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def write_json(path: Path, values: Any) -> None:
    """Write plain values as JSON, sorted and indented."""
    write_atomic(path, (json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n").encode())


def read_versioned(path: Path, schema: int, damaged: StoreError) -> dict[str, Any] | None:
    """Read a file that `write_json` wrote with a ``schema``; None where there is none.

    Parameters
    ----------
    path : Path
    schema : int
        The newest one that can be read.
    damaged : StoreError
        What to raise where the file holds something else.

    Raises
    ------
    StoreError
        That one, or where a newer vocmine wrote the file.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        raise damaged from None
    if not isinstance(values, dict) or not isinstance(values.get("schema"), int):
        raise damaged
    if values["schema"] > schema:
        got, expected = f"schema {values['schema']}", f"schema {schema} or older"
        raise StoreError(
            "saved by a newer vocmine", where=str(path), got=got, expected=expected, hint="upgrade vocmine")
    return values
