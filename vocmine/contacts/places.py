"""Whatever a user names becomes local files: paths, folders, patterns, standard input, archives and addresses."""

from __future__ import annotations

import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vocmine.contacts.addresses import fetch_all, is_address
from vocmine.contacts.archives import PACKED_ENDINGS, PACKED_KINDS, unpack
from vocmine.contacts.content_kinds import content_kind
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError
from vocmine.limits import DEFAULT_LIMITS, ReadingLimits

CONTACT_ENDINGS = (
    ".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".jsonl", ".ndjson", ".json", ".parquet",
    ".pq", ".vtt", ".srt", ".js", ".html", ".htm",
)
STDIN = "-"
_SHOWN = 10  # names of files left out
_SLACK = frozenset((
    "users.json", "channels.json", "groups.json", "dms.json", "mpims.json", "integration_logs.json", "canvases.json",
    "lists.json", "file_conversations.json", "org_users.json",
))
_X_POSTS = frozenset(("tweets.js", "tweet.js", "note-tweet.js", "community-tweet.js"))
_NOT_FILES = ("thumbs.db", "desktop.ini")  # what Windows leaves in folders; hidden files and ~$ locks are no files too


@dataclass(frozen=True)
class Place:
    """A local file to read.

    Parameters
    ----------
    path : Path
        Where it is; a temporary file if it had to be unpacked or fetched.
    name : str
        What to call it in messages: ``notes.csv``, ``archive.zip/inner.csv``.
    ending : str
        Ending of its name in lower case, with the dot and without that of a compression (``.csv``); may be empty.
    """

    path: Path
    name: str
    ending: str


@contextmanager
def resolve(
    source: str | os.PathLike[str], notes: Notes, limits: ReadingLimits = DEFAULT_LIMITS
) -> Iterator[list[Place]]:
    r"""Give the files that a source stands for, until the context ends.

    Parameters
    ----------
    source : path or str
        A file; a folder (its contact files in order of their names, sub-folders not); a pattern such as ``in/*.csv``;
        ``-`` for standard input; an address that fsspec knows (``s3://``, ``gs://``, ``https://``, ``file://``). Files
        in .gz, .bz2, .xz and .zip are unpacked, whatever their names.
    notes : Notes
        Get the compression, and names of files that were left out.
    limits : ReadingLimits
        How much an archive may unpack to.

    Yields
    ------
    list of Place
        At least one. What had to be fetched or unpacked lies in a folder that only this user can read, and is removed
        when the context ends, also by an error.

    Raises
    ------
    ContactError
        If there is no such file, an archive is damaged, has a password or unpacks to too much, or a fetch fails.
    MissingExtraError
        If the driver of an address is not installed.

    Examples
    --------
    >>> import gzip
    >>> with tempfile.TemporaryDirectory() as d:
    ...     _ = (Path(d) / "a.csv.gz").write_bytes(gzip.compress(b"id,text\\n"))
    ...     with resolve(d, Notes()) as places:
    ...         [(place.name, place.ending, place.path.read_text()) for place in places]
    [('a.csv.gz', '.csv', 'id,text\\n')]
    """
    address = os.fspath(source)
    with tempfile.TemporaryDirectory(prefix="vocmine-") as folder:  # 0700
        scratch = Scratch(Path(folder))
        named = list(_named_files(address, scratch, notes))
        if not named:
            raise _no_files(address)
        yield [place for path, name in named for place in _unpacked(path, name, scratch, notes, limits)]


def listed(source: str | os.PathLike[str], notes: Notes) -> list[str]:
    """Give the files that a folder or a pattern stands for, in order of their names; anything else is itself.

    Files of a folder that are left out are noted.

    Raises
    ------
    ContactError
        If there is none.
    """
    address = os.fspath(source)
    if address == STDIN or is_address(address) or "://" in address or Path(address).is_file():
        return [address]
    with tempfile.TemporaryDirectory(prefix="vocmine-") as folder:
        named = [str(path) for path, _ in _named_files(address, Scratch(Path(folder)), notes)]
    if not named:
        raise _no_files(address)
    return named


class Scratch:
    """A private folder for temporary files, which get numbers for names."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._n = folder, 0

    def new(self) -> Path:
        """Give the path of a new file."""
        self._n += 1
        return self.folder / f"{self._n:06d}"


def ending_of(name: str) -> str:
    """Give the ending of a name in lower case, without that of a compression.

    Examples
    --------
    >>> ending_of("calls.CSV.gz"), ending_of("calls.xlsx"), ending_of("calls")
    ('.csv', '.xlsx', '')
    """
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix in PACKED_ENDINGS else path.suffix


def _no_files(address: str) -> ContactError:
    """Say what there is instead: sub-folders are not read unless they are named."""
    path = Path(address).expanduser()
    entries = sorted(path.iterdir()) if path.is_dir() else []
    folders = [entry.name for entry in entries if entry.is_dir() and not entry.name.startswith(".")]
    base = address.rstrip("/")
    hint = f"name a folder in it, such as {base}/{folders[0]}, or a pattern: '{base}/*/*'" if folders else None
    return ContactError("no contact files", where=address, expected=f"files that end in {_endings()}", hint=hint)


def _endings() -> str:
    return ", ".join((*CONTACT_ENDINGS, *PACKED_ENDINGS))


def _named_files(address: str, scratch: Scratch, notes: Notes) -> Iterable[tuple[Path, str]]:
    """Give path and name of each file, before any is unpacked."""
    if address == STDIN:
        return [(_spooled(scratch), "stdin")]
    if is_address(address):
        return fetch_all(address, scratch.new, lambda names: _contact_files(names, notes))
    path = Path(address).expanduser()
    if path.is_dir():
        inside = {entry.name: entry for entry in path.iterdir() if entry.is_file()}
        return [(inside[name], name) for name in _contact_files(sorted(inside), notes)]
    if path.is_file():
        return [(path, path.name)]
    if glob.has_magic(address):
        names = glob.glob(str(path), recursive=True)  # noqa: PTH207 (Path.glob takes no absolute pattern)
        found = sorted(file for file in map(Path, names) if file.is_file())
        base = Path(os.path.commonpath([file.parent for file in found])) if found else path
        return [(file, file.relative_to(base).as_posix()) for file in found if not _is_no_file(file.name)]
    if path.exists():  # a pipe, such as /dev/stdin
        return [(_copied(path, scratch), path.name)]
    raise ContactError("no such file", where=str(path))


def _contact_files(names: Iterable[str], notes: Notes) -> list[str]:
    """Leave out the files of a folder or archive that have other endings, and tell them."""
    real = [name for name in names if not _is_no_file(PurePosixPath(name).name)]
    beside = _beside_messages(real)
    if beside:
        notes.count("files beside the messages, not read", len(beside))
        real = [name for name in real if name not in beside]
    known = [name for name in real if ending_of(name) in CONTACT_ENDINGS or name.lower().endswith(PACKED_ENDINGS)]
    other = [name for name in real if name not in known]
    if other:
        more = [f"and {len(other) - _SHOWN} more"] if len(other) > _SHOWN else []
        notes.doubt("files_left_out", rows=len(other), shown=", ".join([*other[:_SHOWN], *more]))
    return known


def _beside_messages(names: list[str]) -> set[str]:
    """Give the files that exports of Slack and X have beside their messages and posts."""
    last = {PurePosixPath(name).name for name in names}
    if len(last & _SLACK) >= 2:
        return {name for name in names if PurePosixPath(name).name in _SLACK}
    if last & _X_POSTS:
        others = {name for name in names if ending_of(name) in (".js", ".html")}
        return {name for name in others if PurePosixPath(name).name not in _X_POSTS}
    return set()


def _is_no_file(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _NOT_FILES


def _spooled(scratch: Scratch) -> Path:
    path = scratch.new()
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return path


def _copied(path: Path, scratch: Scratch) -> Path:
    copy = scratch.new()
    with path.open("rb") as file, copy.open("wb") as out:
        shutil.copyfileobj(file, out)
    return copy


def _unpacked(path: Path, name: str, scratch: Scratch, notes: Notes, limits: ReadingLimits) -> list[Place]:
    """Give a file as it is, or what is packed in it."""
    kind = content_kind(path)
    if kind not in PACKED_KINDS:
        return [Place(path, name, ending_of(name))]
    notes.fact("compression", kind)
    files = unpack(path, name, kind, scratch.new, lambda names: _contact_files(names, notes), limits)
    if not files:
        raise ContactError("no contact files in the archive", where=name, expected=f"files that end in {_endings()}")
    for file, inner in files:
        if (inside := content_kind(file)) in PACKED_KINDS:
            raise ContactError(f"an archive in an archive ({inside})", where=inner, hint="unpack it first")
    return [Place(file, inner, ending_of(inner)) for file, inner in files]
