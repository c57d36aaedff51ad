"""Plain arrays as one npz file: numbers and texts, no Python objects; each is checked before it is made.

It is numpy's own format, which needs no other package and holds texts and half precision. What is read is not left to
`numpy.load`: sizes, types and shapes are held against the manifest before anything is unpacked.
"""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from tokenize import TokenError
from typing import Any

import numpy as np

from vocmine.errors import StoreError
from vocmine.store.values import HINT

Description = dict[str, Any]  # "dtype" as numpy writes it, "shape" as a list

_KINDS = "biufU"
_WIDEST = 8  # bytes of a number
_HEADER = 1_000  # characters: ours have fewer than 130
_ROOM, _RATIO = 256 << 20, 200  # bytes that may be unpacked in any case, and times the packed ones beyond
_MOST = 8 << 30
_ENDING = ".npy"


def pack(arrays: Mapping[str, np.ndarray]) -> tuple[bytes, dict[str, Description]]:
    """Give the bytes of arrays, the same each time, and what the manifest says of them.

    Raises
    ------
    StoreError
        If an array holds something else than numbers and texts.

    Examples
    --------
    >>> pack({"w": np.arange(3.0)})[1]
    {'w': {'dtype': '<f8', 'shape': [3]}}
    """
    made = {name: np.asarray(arrays[name]) for name in sorted(arrays)}
    for name, array in made.items():
        if array.dtype.kind not in _KINDS or not array.dtype.isnative or _too_wide(array.dtype):
            what = "an array of Python objects" if array.dtype.hasobject else f"an array of {array.dtype}"
            raise StoreError(f"{what} can't be saved", where=name, expected="numbers or texts")
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **made)  # type: ignore[arg-type]
    return buffer.getvalue(), {name: _described(array.dtype, array.shape) for name, array in made.items()}


def unpack(data: bytes, described: Mapping[str, Description] | None, where: str) -> dict[str, np.ndarray]:
    """Give the arrays that `pack` packed.

    Parameters
    ----------
    data : bytes
        Of the file.
    described : mapping of str to dict, optional
        What the manifest says of them; None for a manifest of the first format, which says nothing.
    where : str
        Named in messages.

    Raises
    ------
    StoreError
        If the file is no such file, holds more or less than it says or than the manifest says, or Python objects.

    Examples
    --------
    >>> unpack(*pack({"w": np.arange(3.0)}), "folder")["w"].tolist()
    [0.0, 1.0, 2.0]
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _members(archive, len(data), where)
            if described is not None and set(members) != set(described):
                raise _damaged(where, f"{len(members)} arrays", f"the {len(described)} that the manifest names")
            out = {}
            for name, info in members.items():
                out[name] = _array(archive.read(info), None if described is None else described[name], where)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, OverflowError,
        RuntimeError, MemoryError, SyntaxError, TokenError, OSError, AttributeError, IndexError,
    ) as error:
        raise _damaged(where, type(error).__name__) from None
    return out


def packed_texts(texts: Iterable[str]) -> dict[str, np.ndarray]:
    """Give texts as two arrays, whatever characters they have: their bytes, and where each ends.

    Examples
    --------
    >>> packed_texts(["ab", "c"])["ends"].tolist()
    [2, 3]
    """
    parts = [text.encode("utf-8", "surrogatepass") for text in texts]
    ends = np.cumsum([len(part) for part in parts], dtype=np.int64)
    return {"bytes": np.frombuffer(b"".join(parts), dtype=np.uint8), "ends": ends}


def unpacked_texts(arrays: Mapping[str, np.ndarray], where: str) -> list[str]:
    """Give back what `packed_texts` packed.

    Raises
    ------
    StoreError
        If these are no such arrays.

    Examples
    --------
    >>> unpacked_texts(packed_texts(["返金", "", "b c"]), "folder")
    ['返金', '', 'b c']
    """
    data, ends = arrays["bytes"].tobytes(), arrays["ends"].tolist()
    starts = [0, *ends[:-1]] if ends else []
    whole = (ends[-1] if ends else 0) == len(data)
    if not whole or any(start > end for start, end in zip(starts, ends, strict=True)) or starts[:1] > [0]:
        raise _damaged(where, "texts whose ends do not fit")
    try:
        return [data[start:end].decode("utf-8", "surrogatepass") for start, end in zip(starts, ends, strict=True)]
    except UnicodeDecodeError:
        raise _damaged(where, "bytes that are no text") from None


def joined_texts(array: np.ndarray, between: str, where: str) -> tuple[str, ...]:
    """Give texts that stand in one array of bytes with a separator between them; none for no bytes.

    Raises
    ------
    StoreError
        If the bytes are no text.

    Examples
    --------
    >>> joined_texts(np.frombuffer(b"a b", np.uint8), " ", "folder")
    ('a', 'b')
    """
    try:
        text = array.tobytes().decode("utf-8")
    except UnicodeDecodeError:
        raise _damaged(where, "bytes that are no text") from None
    return tuple(text.split(between)) if text else ()


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


def _members(archive: zipfile.ZipFile, packed: int, where: str) -> dict[str, zipfile.ZipInfo]:
    """Name what is in the file, before anything is unpacked."""
    infos = archive.infolist()
    members = {info.filename.removesuffix(_ENDING): info for info in infos if info.filename.endswith(_ENDING)}
    plain = all(info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos)
    if len(members) != len(infos) or not plain or any(info.flag_bits & 1 for info in infos):
        raise _damaged(where, "something else than arrays")
    size = sum(info.file_size for info in infos)
    most = min(_ROOM + _RATIO * packed, _MOST)
    if size > most:
        raise _damaged(where, f"{size:,} bytes unpacked from {packed:,}", f"{most:,} at most")
    return members


def _array(data: bytes, described: Description | None, where: str) -> np.ndarray:
    """Make one array of its file: numpy reads the header, and what it says must be so."""
    file = io.BytesIO(data)
    if np.lib.format.read_magic(file) != (1, 0):
        raise _damaged(where, "another version of an array")
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(file, max_header_size=_HEADER)
    if dtype.kind not in _KINDS or not dtype.isnative or _too_wide(dtype):
        raise _damaged(where, "an array of objects or of another machine", "numbers or texts")
    if described is not None and described != _described(dtype, shape):
        raise _damaged(where, f"{dtype.name} of shape {shape}", "what the manifest says of it")
    rest = data[file.tell() :]
    if any(not 0 <= size < 1 << 40 for size in shape) or math.prod(shape) * dtype.itemsize != len(rest):
        raise _damaged(where, f"{len(rest):,} bytes for an array of shape {shape}")
    if dtype.kind == "U" and len(rest) and np.frombuffer(rest, np.uint32).max() > 0x10FFFF:
        raise _damaged(where, "characters that are none")
    if dtype.kind == "b" and len(rest) and np.frombuffer(rest, np.uint8).max() > 1:
        raise _damaged(where, "truth values that are none")
    flat = np.frombuffer(rest, dtype)
    return (flat.reshape(shape[::-1]).T if fortran else flat.reshape(shape)).copy(order="K")


def _too_wide(dtype: np.dtype[Any]) -> bool:
    return dtype.itemsize < 1 or (dtype.kind != "U" and dtype.itemsize > _WIDEST)


def _described(dtype: np.dtype[Any], shape: tuple[int, ...]) -> Description:
    return {"dtype": dtype.str, "shape": list(shape)}


def _damaged(where: str, got: str, expected: str | None = None) -> StoreError:
    return StoreError("the saved arrays are damaged", where=where, got=got, expected=expected, hint=HINT)
