"""Unpack .gz, .bz2, .xz and .zip within limits."""

from __future__ import annotations

import bz2
import gzip
import lzma
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from vocmine.errors import ContactError
from vocmine.limits import DEFAULT_LIMITS, ReadingLimits

PACKED_ENDINGS = (".gz", ".bz2", ".xz", ".zip")
PACKED_KINDS = ("gzip", "bzip2", "xz", "zip")
UNCHECKED_BYTES = 256 << 20
"""Bytes that may be unpacked at any ratio."""

_BLOCK = 1 << 20
_DAMAGED = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, ValueError)
_OPEN: dict[str, Callable[..., Any]] = {"gzip": gzip.open, "bzip2": bz2.open, "xz": lzma.open}

Files = list[tuple[Path, str]]


def unpack(
    path: Path, name: str, kind: str, new_path: Callable[[], Path], choose: Callable[[Sequence[str]], Sequence[str]],
    limits: ReadingLimits = DEFAULT_LIMITS,
) -> Files:
    """Unpack an archive into new files.

    Parameters
    ----------
    path : Path
        The archive.
    name : str
        Its name, for messages and in front of the names of its members.
    kind : str
        One of `PACKED_KINDS`.
    new_path : callable
        Gives the path of a new file; names in the archive are never used for one.
    choose : callable
        Gives the members to unpack of all that a .zip has.
    limits : ReadingLimits
        How much it may unpack to.

    Returns
    -------
    list of (Path, str)
        The files and their names, ``archive.zip/inner.csv``.

    Raises
    ------
    ContactError
        If it is damaged, has a password, or unpacks to more than the limits say.
    """
    limit = _Limit(path, name, limits)
    try:
        if kind == "zip":
            return _unpack_zip(path, name, new_path, choose, limit)
        with _OPEN[kind](path, "rb") as packed:
            return [(limit.copied(packed, new_path()), name)]
    except _DAMAGED as error:
        raise ContactError(
            "the archive is damaged or breaks off", where=name,
            got=getattr(error, "strerror", None) or type(error).__name__,
            hint="fetch or pack it again"
        ) from None


class _Limit:
    """How much may still be unpacked."""

    def __init__(self, path: Path, name: str, limits: ReadingLimits) -> None:
        self._name, self._limits = name, limits
        allowed = max(UNCHECKED_BYTES, path.stat().st_size * limits.unpack_ratio)
        self._left = min(limits.unpacked_bytes, allowed)

    def copied(self, packed: IO[bytes], out: Path) -> Path:
        with out.open("wb") as file:
            while block := packed.read(_BLOCK):
                self._left -= len(block)
                if self._left < 0:
                    raise ContactError(
                        "the archive unpacks to far more than its size", where=self._name,
                        expected=f"at most {self._limits.unpack_ratio} times; {self._limits.unpacked_bytes:,} bytes",
                        hint="unpack it yourself if it is no zip bomb",
                    )
                file.write(block)
        return out


def _unpack_zip(
    path: Path, name: str, new_path: Callable[[], Path], choose: Callable[[Sequence[str]], Sequence[str]], limit: _Limit
) -> Files:
    with zipfile.ZipFile(path) as archive:
        members = {
            _member_name(info): info for info in archive.infolist()
            if not info.is_dir() and not info.filename.startswith("__MACOSX/")
        }
        chosen = choose(sorted(members))
        if any(members[inner].flag_bits & 1 for inner in chosen):
            raise ContactError("the archive has a password", where=name, hint="unpack it first")
        found = []
        for inner in chosen:
            with _opened(archive, members[inner], f"{name}/{inner}") as packed:
                found.append((limit.copied(packed, new_path()), f"{name}/{inner}"))
        return found


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Any:
    try:
        return archive.open(info)
    except RuntimeError:  # a way of packing that Python does not have
        raise ContactError("a way of packing that can't be read", where=name, hint="unpack it first") from None


def _member_name(info: zipfile.ZipInfo) -> str:
    """Give the name of a member; without the flag for UTF-8, Windows in Japan writes CP932 and macOS UTF-8."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return unicodedata.normalize("NFC", info.filename)
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "cp932"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return info.filename
