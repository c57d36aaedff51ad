"""Marks the fast tests, which `make check` runs: all but the slow ones, the browser and what is listed here."""

from __future__ import annotations

from pathlib import Path

import pytest

# Files that read, fit or start much: each takes some seconds on a quiet core. What is not listed is fast.
SLOWER = (
    "batch/*",
    "classify/test_audit.py",
    "classify/test_courtesy.py",
    "classify/test_reasons*.py",
    "cost/test_audit.py",
    "cost/test_coverage.py",
    "cost/test_fixes.py",
    "cost/test_keys.py",
    "notebooks/*",
    "report/test_figures.py",
    "report/test_grids.py",
    "report/test_xlsx.py",
    "test_cli.py",
    "test_contract.py",
    "test_readme.py",
    "text/test_phrase*.py",
    "text/test_pii_deep.py",
    "topics/*",
)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the mark `fast` to what has no mark for slow, is not listed above, and is no doctest."""
    for item in items:
        path = Path(item.path)
        listed = not path.is_relative_to(HERE) or any(path.relative_to(HERE).match(name) for name in SLOWER)
        if not listed and not any(item.get_closest_marker(name) for name in ("slow", "browser")):
            item.add_marker("fast")
