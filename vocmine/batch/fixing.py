"""Fixes in a results folder: what each did to contacts and cost, and when it pays what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vocmine.batch.monthly import savings
from vocmine.contacts.shown_names import shown_word
from vocmine.csvfile import write_csv
from vocmine.results import IssueCosts

if TYPE_CHECKING:
    from vocmine.cost import Fix

FIXES = "fixes.csv"
"""Name of the table in the results folder."""

_PLACES = 4


def fix_table(
    daily: pd.DataFrame, fixes: Sequence[Fix], costs: IssueCosts, span: tuple[str, str], *, value: str, level: float
) -> pd.DataFrame | None:
    """Say what fixes did and when they pay; None without fixes.

    Parameters
    ----------
    daily : DataFrame
        Costs by day, as `vocmine.batch.monthly.update_daily` gives them.
    fixes : sequence of Fix
        Made and planned.
    costs : IssueCosts
        Of the latest days.
    span : (str, str)
        The first and the last of these days.
    value : str
        ``cost``, or ``handle_hours`` where there are no rates: then nothing pays back.
    level : float
        Of the intervals.
    """
    from vocmine.cost import fix_returns

    if not fixes:
        return None
    days = (pd.Timestamp(span[1]) - pd.Timestamp(span[0])).days + 1
    fixes = [replace(fix, issue=shown_word(fix.issue), note=shown_word(fix.note)) for fix in fixes]
    given = fixes if value == "cost" else [replace(fix, cost=None) for fix in fixes]
    return fix_returns(savings(daily, fixes, value, level), given, costs, days, span[1])


def write_fixes(home: Path, table: pd.DataFrame | None) -> pd.DataFrame | None:
    """Write ``fixes.csv``, or take an old one away, and give the table."""
    path = home / FIXES
    if table is None:
        path.unlink(missing_ok=True)
        return None
    numbers = table.select_dtypes("float").columns
    write_csv(path, table.round(dict.fromkeys(numbers, _PLACES)))
    return table
