"""Save and load fitted things: a folder of a JSON manifest and one npz file. No code in it, atomic, the same bytes.

The manifest names the file of arrays by the hash of its content and says what each array is. A new file is written
first, then the manifest is replaced in one step, then files that it named before are removed: a reader sees the old
state or the new one, never a mix, wherever a writer is killed. Nothing that is read can name a function, a class or a
file elsewhere: estimators are made again by the code of vocmine from numbers and texts.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from vocmine.errors import StoreError
from vocmine.store.arrays import pack, unpack
from vocmine.store.atomic import write_atomic
from vocmine.store.values import HINT, Saved, checked

FORMAT = 2  # of the manifest; rises when an older reader could not read it
_FIRST = 1  # said nothing of its arrays, and could hold estimators, which could hold code: those are refused
_MANIFEST = "manifest.json"
_HASHED = re.compile(r"[0-9a-f]{32}\.(npz|skops)")  # our own files, which a later save removes
_MANIFEST_BYTES, _FILE_BYTES = 512 << 20, 4 << 30
_AGAIN = "move the folder away and make it again: fit, or run, and save"


class _Described(Saved):
    """What a manifest says of one array."""

    dtype: Annotated[str, Field(max_length=20)]
    shape: Annotated[list[Annotated[int, Field(ge=0)]], Field(max_length=8)]


class _Manifest(Saved):
    """What a manifest holds."""

    format: Annotated[int, Field(ge=_FIRST, le=FORMAT)]
    kind: str
    version: Annotated[int, Field(ge=1)] = 1
    params: dict[str, Any]
    files: dict[str, str]
    arrays: dict[str, _Described] = Field(default_factory=dict)


@dataclass(frozen=True)
class Stored:
    """What a folder holds.

    Parameters
    ----------
    params : dict
        Plain values, as JSON gives them; see `vocmine.store.checked`.
    arrays : dict of str to ndarray
        Arrays of numbers and texts; see `vocmine.store.check_arrays`.
    """

    params: dict[str, Any]
    arrays: dict[str, np.ndarray] = field(default_factory=dict)


def save(
    folder: str | os.PathLike[str],
    kind: str,
    params: Mapping[str, Any],
    arrays: Mapping[str, np.ndarray] | None = None,
    version: int = 1,
) -> None:
    """Write a fitted thing into a folder, replacing what was there in one step.

    Parameters
    ----------
    folder : path
        Made if missing.
    kind : str
        What it is, for instance ``"ReasonClassifier"``; `load` asks for the same.
    params, arrays
        See `Stored`.
    version : int
        Counts what is kept of this kind of thing: raised when a later one could not be read by the reader of today.

    Raises
    ------
    StoreError
        If an array or a value is something else than numbers and texts.

    Examples
    --------
    >>> import tempfile, numpy as np
    >>> with tempfile.TemporaryDirectory() as d:
    ...     save(d, "Thing", {"alpha": 1}, {"w": np.arange(3)})
    ...     load(d, "Thing").arrays["w"].tolist()
    [0, 1, 2]
    """
    home = Path(folder)
    data, described = pack(arrays or {})
    files = {"arrays": f"{hashlib.sha256(data).hexdigest()[:32]}.npz"} if described else {}
    manifest = {"format": FORMAT, "kind": kind, "params": params, "files": files, "arrays": described}
    manifest |= {"version": version} if version > 1 else {}
    text = _json_text(manifest, kind)
    home.mkdir(parents=True, exist_ok=True)
    for name in files.values():
        if not (home / name).exists():
            write_atomic(home / name, data)
    write_atomic(home / _MANIFEST, text.encode())
    for path in home.iterdir():
        if _HASHED.fullmatch(path.name) and path.name not in files.values():
            path.unlink()


def load(folder: str | os.PathLike[str], kind: str, version: int = 1, again: str = _AGAIN) -> Stored:
    """Read what `save` wrote, and nothing else.

    Parameters
    ----------
    folder : path
        A folder written by `save`.
    kind : str
        What it must hold.
    version : int
        The version of this kind of thing that the caller reads, as given to `save`.
    again : str
        What to do where an older vocmine saved it and it can't be read any more.

    Raises
    ------
    StoreError
        If the folder is missing, damaged, of another kind, format or version, or holds more than values and arrays.
    """
    home = Path(folder)
    manifest = _read_manifest(home, kind, version, again)
    if not manifest.files:
        return Stored(manifest.params)
    name = manifest.files["arrays"]
    data = _read_plain(home / name, _FILE_BYTES, "a file of the saved model is missing")
    if hashlib.sha256(data).hexdigest()[:32] != name.partition(".")[0]:
        raise StoreError("a file of the saved model is damaged", where=str(home / name), hint=HINT)
    described = None if manifest.format == _FIRST else {n: d.model_dump() for n, d in manifest.arrays.items()}
    return Stored(manifest.params, unpack(data, described, str(home / name)))


def manifest_digest(folder: str | os.PathLike[str]) -> str:
    """Give the hash of a folder's manifest, and so of all that `load` reads, for a thing of several folders.

    Raises
    ------
    StoreError
        If there is none.
    """
    data = _read_plain(Path(folder) / _MANIFEST, _MANIFEST_BYTES, "no saved model here")
    return hashlib.sha256(data).hexdigest()[:32]


def _read_manifest(home: Path, kind: str, version: int, again: str) -> _Manifest:
    """Read and check the manifest: first whether this reader can know it at all, then all that it says."""
    path = home / _MANIFEST
    data = _read_plain(path, _MANIFEST_BYTES, "no saved model here")
    try:
        raw = json.loads(data.decode("utf-8"), parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        got = "too many brackets" if isinstance(error, RecursionError) else type(error).__name__
        raise StoreError("the manifest is damaged", where=str(path), got=got, hint=HINT) from None
    found = raw.get("format") if isinstance(raw, dict) else None
    if not isinstance(found, int) or isinstance(found, bool):
        raise StoreError("the manifest is damaged", where=str(path), expected="format, kind, params, files", hint=HINT)
    if found > FORMAT:
        raise StoreError("saved by a newer vocmine", where=str(home), got=f"format {_told(found)}",
                         expected=f"format {FORMAT} or older", hint="upgrade vocmine")
    manifest = checked(_Manifest, raw, str(path))
    if manifest.kind != kind:
        got = manifest.kind if manifest.kind.isidentifier() and len(manifest.kind) < 40 else "something else"
        raise StoreError("another kind of thing is saved here", where=str(home), got=got, expected=kind)
    _check_version(manifest.version, home, kind, version, again)
    _check_files(manifest, home, again)
    return manifest


def _check_version(found: int, home: Path, kind: str, version: int, again: str) -> None:
    if found != version:
        raise StoreError(
            f"saved by {'a newer' if found > version else 'an older'} vocmine", where=str(home),
            got=f"{kind}, version {_told(found)}",
            expected=f"version {version}", hint="upgrade vocmine" if found > version else again,
        )


def _check_files(manifest: _Manifest, home: Path, again: str) -> None:
    """Refuse estimators of the first format, and whatever is no file of arrays in this very folder."""
    if manifest.format == _FIRST and any(role.startswith("estimator:") for role in manifest.files):
        raise StoreError("saved by an older vocmine, in a format that can hold code", where=str(home),
                         got="estimators", expected="values and arrays alone", hint=again)
    wrong = [n for role, n in manifest.files.items() if role != "arrays" or not re.fullmatch(r"[0-9a-f]{32}\.npz", n)]
    untold = manifest.format > _FIRST and bool(manifest.files) != bool(manifest.arrays)
    if wrong or untold:
        raise StoreError("the manifest names a file that is none of ours", where=str(home / _MANIFEST),
                         expected="one file of arrays in its folder, or none", hint=HINT)


def _read_plain(path: Path, most: int, missing: str) -> bytes:
    """Read a file that is one: no link to somewhere else, no device, not beyond all bounds."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise StoreError("this is no plain file", where=str(path), expected="a file, no link", hint=HINT)
        if found.st_size > most:
            raise StoreError("this file is too large", where=str(path), got=f"{found.st_size:,} bytes",
                             expected=f"{most:,} at most", hint=HINT)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(missing, where=str(path), expected="a folder that was saved") from None
    except (OSError, ValueError) as error:  # ValueError: a zero byte in a path
        got = getattr(error, "strerror", None) or type(error).__name__
        raise StoreError("a file of the saved model can't be read", where=repr(str(path)), got=got) from None


def _json_text(manifest: Mapping[str, Any], kind: str) -> str:
    """Give the manifest as text, and say what is no plain value."""
    try:
        text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
        text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise StoreError(
            "a value can't be saved", where=kind, got=str(error)[:80],
            expected="numbers, texts, lists and mappings", hint="functions and objects of your own can't be kept",
        ) from None
    return text + "\n"


def _constant(name: str) -> None:
    """Read "not a number" as nothing, as the first format wrote it; no infinite numbers."""
    if name != "NaN":
        raise ValueError("no finite number")


def _told(number: int) -> str:
    return str(number) if abs(number) < 10**9 else "a very large number"
