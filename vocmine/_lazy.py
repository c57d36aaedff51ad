"""Public names of a package that are imported when they are first used, so that each part costs only its users."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_names(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Give ``__getattr__`` and ``__dir__`` of a package (PEP 562).

    Parameters
    ----------
    package : str
        ``__name__`` of the package.
    homes : mapping of str to str
        Module of each public name.

    Examples
    --------
    >>> get, names = lazy_names("vocmine", {"wilson": "math"})
    >>> "wilson" in names()
    True
    >>> get("nothing")
    Traceback (most recent call last):
        ...
    AttributeError: module 'vocmine' has no attribute 'nothing'
    """

    def get(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(homes[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *homes})

    return get, names
