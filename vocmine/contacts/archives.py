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

PACKED_ENDINGS = (".gz", ".bz2", ".xz", ".zip")
PACKED_KINDS = ("gzip", "bzip2", "xz", "zip")
MAX_UNPACKED = 64 << 30  # bytes of one archive
MAX_RATIO = 400  # unpacked to packed bytes; logs reach 50, deflate at most 1,032
_UNCHECKED = 256 << 20  # bytes that may be unpacked at any ratio
_BLOCK = 1 << 20
_DAMAGED = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, ValueError)
_OPEN: dict[str, Callable[..., Any]] = {"gzip": gzip.open, "bzip2": bz2.open, "xz": lzma.open}

Files = list[tuple[Path, str]]


def unpack(
    path: Path, name: str, kind: str, new_path: Callable[[], Path], choose: Callable[[Sequence[str]], Sequence[str]]
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

    Returns
    -------
    list of (Path, str)
        The files and their names, ``archive.zip/inner.csv``.

    Raises
    ------
    ContactError
        If it is damaged, has a password, or unpacks to more than `MAX_UNPACKED` bytes or `MAX_RATIO` times its size.
    """
    limit = _Limit(path, name)
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

    def __init__(self, path: Path, name: str) -> None:
        self._name, self._left = name, min(MAX_UNPACKED, max(_UNCHECKED, path.stat().st_size * MAX_RATIO))

    def copied(self, packed: IO[bytes], out: Path) -> Path:
        with out.open("wb") as file:
            while block := packed.read(_BLOCK):
                self._left -= len(block)
                if self._left < 0:
                    raise ContactError(
                        "the archive unpacks to far more than its size", where=self._name,
                        expected=f"at most {MAX_RATIO} times, and {MAX_UNPACKED >> 30} GB",
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
