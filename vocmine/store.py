"""Save and load fitted things: a folder of JSON, npz and skops files. No pickle, atomic, the same bytes each time.

A folder has ``manifest.json``, which names the other files by the hash of their content. New files are written first,
then the manifest is replaced in one step, then files that nothing names any more are removed: a reader sees the old
state or the new one, never a mix, wherever a writer is killed.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from vocmine.errors import StoreError

FORMAT = 1  # of the manifest; rises when an older reader could not read it
_MANIFEST = "manifest.json"
_WAITS = (0.05, 0.2, 0.5)  # seconds
# All that saved estimators are made of: two TF-IDF vectorizers and a logistic regression, of the sentiment model.
_TRUSTED_TYPES = frozenset({
    "sklearn.feature_extraction.text.TfidfVectorizer", "sklearn.feature_extraction.text.TfidfTransformer",
    "sklearn.linear_model._logistic.LogisticRegression", "numpy.ndarray", "numpy.float32", "numpy.float64",
    "builtins.dict", "builtins.list", "builtins.tuple", "builtins.str",
})
# How skops puts them together again: no functions, methods, operators or whatever else it can hold.
_TRUSTED_LOADERS = frozenset({
    "CachedNode", "DictNode", "JsonNode", "ListNode", "NdArrayNode", "ObjectNode", "TupleNode", "TypeNode"
})


@dataclass(frozen=True)
class Stored:
    """What a folder holds.

    Parameters
    ----------
    params : dict
        Plain values, as JSON gives them.
    arrays : dict of str to ndarray
        Arrays without Python objects.
    estimators : dict of str to estimator
        Fitted scikit-learn estimators.
    """

    params: dict[str, Any]
    arrays: dict[str, np.ndarray] = field(default_factory=dict)
    estimators: dict[str, Any] = field(default_factory=dict)


def save(
    folder: str | os.PathLike[str],
    kind: str,
    params: Mapping[str, Any],
    arrays: Mapping[str, np.ndarray] | None = None,
    estimators: Mapping[str, Any] | None = None,
    version: int = 1,
) -> None:
    """Write a fitted thing into a folder, replacing what was there in one step.

    Parameters
    ----------
    folder : path
        Made if missing.
    kind : str
        What it is, for instance ``"ReasonClassifier"``; `load` asks for the same.
    params, arrays, estimators
        See `Stored`.
    version : int
        Counts what is kept of this kind of thing: raised when a later one could not be read by the reader of today.

    Raises
    ------
    StoreError
        If an array holds Python objects.

    Examples
    --------
    >>> import tempfile, numpy as np
    >>> with tempfile.TemporaryDirectory() as d:
    ...     save(d, "Thing", {"alpha": 1}, {"w": np.arange(3)})
    ...     load(d, "Thing").arrays["w"].tolist()
    [0, 1, 2]
    """
    home = Path(folder)
    home.mkdir(parents=True, exist_ok=True)
    files: dict[str, str] = {}
    if arrays:
        files["arrays"] = _write_hashed(home, "npz", _npz_bytes(arrays))
    for name, estimator in sorted((estimators or {}).items()):
        files[f"estimator:{name}"] = _write_hashed(home, "skops", _skops_bytes(estimator))
    manifest = {"format": FORMAT, "kind": kind, "params": params, "files": files}
    manifest |= {"version": version} if version > 1 else {}
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    write_atomic(home / _MANIFEST, text.encode())
    keep = {_MANIFEST, *files.values()}
    for path in home.iterdir():
        if path.suffix in {".npz", ".skops"} and path.name not in keep:
            path.unlink()


def load(folder: str | os.PathLike[str], kind: str, version: int = 1) -> Stored:
    """Read what `save` wrote.

    Parameters
    ----------
    folder : path
        A folder written by `save`.
    kind : str
        What it must hold.
    version : int
        The version of this kind of thing that the caller reads, as given to `save`.

    Raises
    ------
    StoreError
        If the folder is missing, damaged, of another kind, format or version, or holds types that are not trusted.
    """
    home = Path(folder)
    try:
        manifest = json.loads((home / _MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StoreError("no saved model here", where=str(home), expected=f"a folder with {_MANIFEST}") from None
    except ValueError as error:
        raise StoreError("the manifest is damaged", where=str(home / _MANIFEST), got=str(error)) from None
    _check_manifest(manifest, home, kind)
    _check_version(manifest.get("version", 1), home, kind, version)
    arrays: dict[str, np.ndarray] = {}
    estimators: dict[str, Any] = {}
    for role, name in manifest["files"].items():
        data = _read_hashed(home, name)
        if role == "arrays":
            with np.load(io.BytesIO(data), allow_pickle=False) as npz:
                arrays = {key: npz[key] for key in npz.files}
        else:
            estimators[role.partition(":")[2]] = _skops_load(data, home / name)
    return Stored(manifest["params"], arrays, estimators)


def prefixed(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give values with a name and a dot before theirs, to save the arrays of a part beside those of others.

    Examples
    --------
    >>> prefixed("head", {"weights": 1})
    {'head.weights': 1}
    """
    return {f"{name}.{key}": value for key, value in values.items()}


def part_of(arrays: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Give back those that `prefixed` named.

    Examples
    --------
    >>> part_of({"head.weights": 1, "idf": 2}, "head")
    {'weights': 1}
    """
    return {key.partition(".")[2]: value for key, value in arrays.items() if key.startswith(f"{name}.")}


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


def _check_manifest(manifest: Any, home: Path, kind: str) -> None:
    if not isinstance(manifest, dict) or not {"format", "kind", "params", "files"} <= set(manifest):
        raise StoreError("the manifest is damaged", where=str(home / _MANIFEST), expected="format, kind, params, files")
    if manifest["format"] > FORMAT:
        raise StoreError(
            "saved by a newer vocmine",
            where=str(home),
            got=f"format {manifest['format']}",
            expected=f"format {FORMAT} or older",
            hint="upgrade vocmine",
        )
    if manifest["kind"] != kind:
        raise StoreError("another kind of thing is saved here", where=str(home), got=manifest["kind"], expected=kind)


def _check_version(found: Any, home: Path, kind: str, version: int) -> None:
    if not isinstance(found, int):
        raise StoreError("the manifest is damaged", where=str(home / _MANIFEST), expected="a version as a number")
    if found == version:
        return
    raise StoreError(
        f"saved by {'a newer' if found > version else 'an older'} vocmine",
        where=str(home),
        got=f"{kind}, version {found}",
        expected=f"version {version}",
        hint="upgrade vocmine" if found > version else "move the folder away and make it again: fit, or run, and save",
    )


def _write_hashed(home: Path, suffix: str, data: bytes) -> str:
    name = f"{hashlib.sha256(data).hexdigest()[:32]}.{suffix}"
    if not (home / name).exists():
        write_atomic(home / name, data)
    return name


def _read_hashed(home: Path, name: str) -> bytes:
    if Path(name).name != name:
        raise StoreError("the manifest names a file outside its folder", where=str(home / _MANIFEST))
    try:
        data = (home / name).read_bytes()
    except FileNotFoundError:
        raise StoreError("a file of the saved model is missing", where=str(home / name)) from None
    if hashlib.sha256(data).hexdigest()[:32] != name.partition(".")[0]:
        raise StoreError("a file of the saved model is damaged", where=str(home / name))
    return data


def _npz_bytes(arrays: Mapping[str, np.ndarray]) -> bytes:
    for name, array in arrays.items():
        if np.asarray(array).dtype == object:
            raise StoreError("an array of Python objects can't be saved", where=name, expected="numbers or text")
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **{name: arrays[name] for name in sorted(arrays)})  # type: ignore[arg-type]
    return buffer.getvalue()


def _skops_bytes(estimator: Any) -> bytes:
    """Dump with skops, then write the archive again with fixed dates: the same estimator gives the same bytes."""
    import skops.io as sio

    with zipfile.ZipFile(io.BytesIO(sio.dumps(estimator))) as raw:
        members = {info.filename: raw.read(info) for info in raw.infolist()}
    members = _stable_names(members)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, members[name])
    return buffer.getvalue()


def _stable_names(members: dict[str, bytes]) -> dict[str, bytes]:
    """Skops numbers objects by their address in memory: number them in the order of the schema instead."""
    schema = json.loads(members.pop("schema.json"))
    numbers: dict[int, int] = {}
    names: dict[str, str] = {}

    def walk(node: Any) -> Any:
        if isinstance(node, list):
            return [walk(item) for item in node]
        if not isinstance(node, dict):
            return node
        out: dict[str, Any] = {}
        for key, value in node.items():
            if key == "__id__" and isinstance(value, int):
                out[key] = numbers.setdefault(value, len(numbers))
            elif key == "file" and isinstance(value, str) and value in members:
                stem = names.setdefault(value, f"{len(names)}{Path(value).suffix}")
                out[key] = stem
            else:
                out[key] = walk(value)
        return out

    stable = walk(schema)
    result = {names.get(name, name): data for name, data in members.items()}
    result["schema.json"] = json.dumps(stable, sort_keys=True).encode()
    return result


def _skops_load(data: bytes, where: Path) -> Any:
    import skops.io as sio

    # skops itself trusts every estimator of scikit-learn: look at all that the file names before any of it is made.
    foreign = sorted({*_foreign_types(data), *sio.get_untrusted_types(data=data)})
    if foreign:
        raise StoreError("a saved estimator holds types that are not trusted", where=str(where), got=", ".join(foreign))
    return sio.loads(data, trusted=[])


def _foreign_types(data: bytes) -> set[str]:
    """Name the types and the ways to make them that no estimator of vocmine has."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        todo: list[Any] = [json.loads(archive.read("schema.json"))]
    found: set[str] = set()
    while todo:
        node = todo.pop()
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            todo += node.values()
            if "__class__" in node or "__module__" in node:
                found |= {f"{node.get('__module__')}.{node.get('__class__')}"} - _TRUSTED_TYPES
            if "__loader__" in node:
                found |= {str(node["__loader__"])} - _TRUSTED_LOADERS
    return found
