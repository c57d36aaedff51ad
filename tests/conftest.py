"""Marks the fast tests, which `make check` runs: all but the slow ones, the browser and what is listed here."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

# Files that read, fit or start much: each takes some seconds on a quiet core. What is not listed is fast.
SLOWER = (
    "batch/*",
    "classify/test_aspects.py",
    "classify/test_audit.py",
    "classify/test_courtesy.py",
    "classify/test_reasons*.py",
    "contacts/test_simulate.py",
    "cost/test_audit.py",
    "cost/test_coverage.py",
    "cost/test_fixes.py",
    "cost/test_keys.py",
    "cost/test_pool.py",
    "cost/test_savings.py",
    "cost/test_shares.py",
    "journeys/test_breaks.py",
    "journeys/test_centre.py",
    "journeys/test_rates.py",
    "notebooks/*",
    "report/test_answers_units.py",
    "report/test_figures.py",
    "report/test_grids.py",
    "report/test_html.py",
    "report/test_measures.py",
    "report/test_sections.py",
    "report/test_xlsx.py",
    "test_cli.py",
    "test_contract.py",
    "test_demo.py",
    "test_embed.py",
    "test_linalg.py",
    "test_readme.py",
    "test_spark.py",
    "text/test_phrase*.py",
    "text/test_pii_deep.py",
    "topics/*",
)
HERE = Path(__file__).parent


def _is_slower(path: Path) -> bool:
    return not path.is_relative_to(HERE) or any(fnmatch(path.relative_to(HERE).as_posix(), name) for name in SLOWER)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even import what `-m fast` would leave out: importing is a quarter of its time."""
    leave = config.option.markexpr == "fast" and collection_path.suffix == ".py" and _is_slower(collection_path)
    return True if leave and collection_path.name != "conftest.py" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the mark `fast` to what has no mark for slow, is not listed above, and is no doctest."""
    for item in items:
        if not _is_slower(Path(item.path)) and not any(item.get_closest_marker(name) for name in ("slow", "browser")):
            item.add_marker("fast")
