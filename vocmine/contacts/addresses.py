"""Addresses of object stores and web servers, read through fsspec only because a user named them."""

from __future__ import annotations

import glob
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from vocmine.errors import ContactError, MissingExtraError

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_DRIVERS = {
    "s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "az": "adlfs", "abfs": "adlfs", "abfss": "adlfs",
    "http": "aiohttp", "https": "aiohttp", "sftp": "paramiko", "ssh": "paramiko", "smb": "smbprotocol",
    "webhdfs": "requests", "hdfs": "pyarrow", "oss": "ossfs", "ftp": "fsspec", "file": "fsspec", "memory": "fsspec",
}


def is_address(source: str) -> bool:
    """Tell an address of files from one of a database.

    Examples
    --------
    >>> is_address("s3://bucket/calls.csv"), is_address("sqlite:///calls.db"), is_address("calls.csv")
    (True, False, False)
    """
    match = _SCHEME.match(source)
    return match is not None and match[1].lower() in _DRIVERS


def address_name(address: str) -> str:
    """Name an address without its host, password and query.

    Examples
    --------
    >>> address_name("https://me:secret@host.example/in/calls.csv?token=abc")
    'calls.csv'
    """
    return PurePosixPath(unquote(urlsplit(address).path)).name or "address"


def fetch_all(
    address: str, new_path: Callable[[], Path], choose: Callable[[Sequence[str]], Sequence[str]]
) -> list[tuple[Path, str]]:
    """Fetch the file, the files of the folder, or those that fit the pattern, of an address.

    Parameters
    ----------
    address : str
        As fsspec knows it.
    new_path : callable
        Gives the path of a new file.
    choose : callable
        Gives the files to read of all names in a folder.

    Raises
    ------
    ContactError
        If nothing is there or it can't be fetched. What the server said is not shown, as it may carry the address.
    MissingExtraError
        If the driver is not installed.
    """
    import fsspec

    scheme, where = address.partition("://")[0].lower(), address_name(address)
    try:
        files, root = fsspec.core.url_to_fs(address)
        paths = _paths(files, root, scheme, choose)
        found = [(_fetched(files, path, new_path()), name) for path, name in paths]
    except ImportError:
        driver = _DRIVERS[scheme]
        raise MissingExtraError(
            f"{scheme}:// needs the package '{driver}', which is not installed", hint=f"run: pip install {driver}"
        ) from None
    except FileNotFoundError:
        raise ContactError("no such file", where=f"{scheme}:{where}") from None
    except (OSError, ValueError, RuntimeError) as error:
        got = type(error).__name__
        raise ContactError("the address can't be read", where=f"{scheme}:{where}", got=got) from None
    if not found:
        raise ContactError("no such file", where=f"{scheme}:{where}")
    return found


def _paths(
    files: Any, root: str, scheme: str, choose: Callable[[Sequence[str]], Sequence[str]]
) -> list[tuple[str, str]]:
    """Give path and name of each file; a web server has no folders, and ? is no pattern there."""
    if scheme in ("http", "https"):
        return [(root, address_name(root))]
    if glob.has_magic(root):
        return [(path, PurePosixPath(path).name) for path in sorted(files.glob(root)) if files.isfile(path)]
    if files.isdir(root):
        inside = {PurePosixPath(path).name: path for path in files.ls(root, detail=False) if files.isfile(path)}
        return [(inside[name], name) for name in choose(sorted(inside))]
    return [(root, PurePosixPath(root).name)]


def _fetched(files: Any, path: str, out: Path) -> Path:
    with files.open(path, "rb") as source, out.open("wb") as file:
        shutil.copyfileobj(source, file)
    return out
