"""Public names that are imported when first used: each has its home, and none is hidden by a module."""

from __future__ import annotations

import importlib
import pkgutil
import types

import pytest

import vocmine
from vocmine._lazy import lazy_names

PACKAGES = ["vocmine", *(f"vocmine.{m.name}" for m in pkgutil.iter_modules(vocmine.__path__) if m.ispkg)]


@pytest.mark.parametrize("package", PACKAGES)
def test_each_public_name_is_found_and_is_no_module(package):
    module = importlib.import_module(package)
    for name in module.__all__:
        assert not isinstance(getattr(module, name), types.ModuleType), name
        assert name in dir(module)
    assert set(getattr(module, "_HOMES", ())) <= set(module.__all__)


def test_a_name_is_imported_once_and_kept():
    get, _ = lazy_names("vocmine", {"sqrt": "math"})
    try:
        assert get("sqrt")(9) == 3 and vars(vocmine)["sqrt"] is get("sqrt")
    finally:
        del vocmine.sqrt
    with pytest.raises(AttributeError, match="module 'vocmine' has no attribute 'cbrt'"):
        get("cbrt")
