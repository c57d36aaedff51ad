"""What the arrays of a saved thing must be: their names, types, shapes that go together, and values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vocmine.errors import StoreError
from vocmine.store.values import HINT

_WIDEST = 1e9  # of numbers that are not whole: no model learns such, and their squares would be beyond all bounds


@dataclass(frozen=True)
class ArrayRule:
    """What one array must be.

    Parameters
    ----------
    kinds : str
        Types that it may have, with blanks between: ``float32 float64``; ``text`` stands for text of any length.
    shape : str
        Sizes with blanks between: numbers, or names (``m d``); one name is one size in all arrays of a thing. Two
        shapes that it may have stand with a bar between them (``m d | 0``).
    low, high : float, optional
        Bounds of its values, both included; numbers that are not whole have wide ones in any case.
    below : str, optional
        Its values are below the size of this name.
    optional : bool
        Whether it may be missing.

    Examples
    --------
    >>> ArrayRule("float32", "m d").kinds
    'float32'
    """

    kinds: str
    shape: str = ""
    low: float | None = None
    high: float | None = None
    below: str | None = None
    optional: bool = False


def check_arrays(
    arrays: Mapping[str, np.ndarray], rules: Mapping[str, ArrayRule], where: str, sizes: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Give the sizes by their names, where all arrays are as they must be: none too many, none missing, no NaN.

    Parameters
    ----------
    arrays : mapping of str to ndarray
        What was loaded.
    rules : mapping of str to ArrayRule
        What must be.
    where : str
        Named in the message.
    sizes : mapping of str to int, optional
        Sizes that are known already.

    Raises
    ------
    StoreError
        If something is otherwise.

    Examples
    --------
    >>> rules = {"w": ArrayRule("float32", "m 2"), "of": ArrayRule("int64", "n", low=0, below="m")}
    >>> check_arrays({"w": np.ones((3, 2), "f4"), "of": np.array([2, 0])}, rules, "folder")
    {'m': 3, 'n': 2}
    >>> check_arrays({"w": np.ones((3, 2), "f4"), "of": np.array([3])}, rules, "folder")
    Traceback (most recent call last):
    vocmine.errors.StoreError: a saved array has values out of range; where: folder, array of; ...
    """
    known = dict(sizes or {})
    unknown = sorted(set(arrays) - set(rules))
    missing = sorted(name for name, rule in rules.items() if name not in arrays and not rule.optional)
    if unknown or missing:
        raise StoreError(
            "the saved arrays are not those of such a model", where=where,
            got=f"{len(unknown)} more than there are" if unknown else f"no {', '.join(missing[:5])}",
            expected=", ".join(sorted(rules)), hint=HINT,
        )
    for name, rule in rules.items():
        if name in arrays:
            _check_shape(name, arrays[name], rule, where, known)
    for name, rule in rules.items():
        if name in arrays:
            _check_values(name, arrays[name], rule, where, known)
    return known


def _check_shape(name: str, array: np.ndarray, rule: ArrayRule, where: str, known: dict[str, int]) -> None:
    """Check type and shape; a size that is met for the first time is kept."""
    kind = "text" if array.dtype.kind == "U" else array.dtype.name
    shapes = [shape.split() for shape in rule.shape.split("|")]
    fits = kind in rule.kinds.split() and any(_takes(shape, array.shape, known) for shape in shapes)
    if not fits:
        sizes = " or ".join(f"({', '.join(str(known.get(size, size)) for size in shape)})" for shape in shapes)
        raise StoreError(
            "a saved array does not fit", where=f"{where}, array {name}", got=f"{kind} of shape {array.shape}",
            expected=f"{rule.kinds.replace(' ', ' or ')} of shape {sizes}", hint=HINT,
        )


def _takes(wanted: list[str], found: tuple[int, ...], known: dict[str, int]) -> bool:
    """Say whether a shape is the wanted one; if so its sizes are known from then on."""
    if len(wanted) != len(found):
        return False
    new: dict[str, int] = {}
    for size, each in zip(wanted, found, strict=True):
        if (int(size) if size.isdigit() else known.get(size, new.setdefault(size, each))) != each:
            return False
    known.update({size: each for size, each in new.items() if size not in known})
    return True


def _check_values(name: str, array: np.ndarray, rule: ArrayRule, where: str, known: Mapping[str, int]) -> None:
    if not array.size or array.dtype.kind not in "iuf":
        return
    numbers = array.astype(np.float32) if array.dtype == np.float16 else array  # half precision is slow to compare
    low, high = float(numbers.min()), float(numbers.max())  # NaN if any is
    widest = _WIDEST if array.dtype.kind == "f" else np.inf
    top = min(widest if rule.high is None else rule.high, np.inf if rule.below is None else known[rule.below] - 1)
    bottom = -widest if rule.low is None else rule.low
    if not (np.isfinite([low, high]).all() and low >= bottom and high <= top):
        least = f" from {bottom:g}" if np.isfinite(bottom) else ""
        raise StoreError(
            "a saved array has values out of range", where=f"{where}, array {name}", got=f"{low:g} to {high:g}",
            expected=f"finite numbers{least}{f' to {top:g}' if np.isfinite(top) else ''}", hint=HINT,
        )
