"""Every table that a report is made of as a CSV of the results folder, so that nothing is on the page alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from vocmine.csvfile import write_csv

FOLDER = "tables"
OWN_FILES = frozenset({
    "alerts", "bridge", "changes", "hot_words", "incidents", "incident_timeline", "ledger", "topics", "timeline",
    "by_segment", "by_plan",
})
"""Inputs of a report that other files of the folder hold already."""

_PLACES = 6


def write_tables(home: Path, inputs: Mapping[str, Any]) -> list[str]:
    """Write each table among the inputs of a report to ``tables/``, and take away those that are made no longer.

    Parameters
    ----------
    home : Path
        The results folder.
    inputs : mapping of str to object
        As `vocmine.report.Extras` takes them; of mappings, such as ``journeys``, each table has a file of its own.

    Returns
    -------
    list of str
        Names of the files, sorted.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_tables(Path(folder), {"journeys": {"teams": pd.DataFrame({"team": ["A"]})}, "run": {"read": 3}})
    ['journeys_teams.csv']
    """
    tables: dict[str, pd.DataFrame] = {}
    for name, value in inputs.items():
        if name in OWN_FILES:
            continue
        parts = {name: value} if isinstance(value, pd.DataFrame) else {}
        if isinstance(value, Mapping):
            parts = {f"{name}_{key}": table for key, table in value.items() if isinstance(table, pd.DataFrame)}
        tables |= {f"{key}.csv": table for key, table in parts.items() if len(table)}
    folder = home / FOLDER
    for path in sorted(folder.glob("*.csv")) if folder.exists() else ():
        if path.name not in tables:
            path.unlink()
    if tables:
        folder.mkdir(parents=True, exist_ok=True)
    for name, table in sorted(tables.items()):
        write_csv(folder / name, _flat(table))
    return sorted(tables)


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    """Round what may differ in its last digit, and write lists as text."""
    floats = table.select_dtypes("float").columns
    out = table.assign(**{str(name): table[name].round(_PLACES) + 0.0 for name in floats})
    for name in [name for name in out if pd.api.types.is_object_dtype(out[name])]:
        out[name] = out[name].map(lambda x: " > ".join(map(str, x)) if isinstance(x, list | tuple) else x)
    return out
