"""A list of fixes kept in a file, and what each has saved so far."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from vocmine.cost.fix_effect import FixEffect, fix_saving
from vocmine.errors import SettingsError
from vocmine.results import IssueCosts, need_costs

_NUMBERS = ("saving", "low", "high", "change", "change_low", "change_high", "n_before", "n_after")


@dataclass(frozen=True)
class Fix:
    """A change that should have ended an issue.

    Parameters
    ----------
    issue : str
        The issue.
    fixed_at : str
        First day with the fix, as ``"2026-10-01"``.
    compare : str, optional
        An issue the fix could not touch, for what moved both.
    note : str
        What was changed, in a few words.

    Raises
    ------
    SettingsError
        If the issue is empty, the date is none, or the issue is compared with itself.

    Examples
    --------
    >>> Fix("billing.points", "2026-10-01").fixed_at
    '2026-10-01'
    """

    issue: str
    fixed_at: str
    compare: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if not (isinstance(self.issue, str) and self.issue.strip()):
            raise SettingsError("a fix without an issue", where="issue", got=repr(self.issue)[:40])
        day = pd.to_datetime(str(self.fixed_at), errors="coerce")
        if pd.isna(day):
            got = repr(self.fixed_at)[:40]
            raise SettingsError("wrong date", where=f"{self.issue}.fixed_at", got=got, expected="a day as 2026-10-01")
        if self.compare == self.issue:
            raise SettingsError("an issue compared with itself", where=f"{self.issue}.compare")
        object.__setattr__(self, "fixed_at", f"{day:%Y-%m-%d}")


def read_fixes(path: str | os.PathLike[str]) -> tuple[Fix, ...]:
    r"""Read fixes from a YAML file.

    Parameters
    ----------
    path : path
        A file with a list ``fixes``; each has ``issue`` and ``fixed_at``, and may have ``compare`` and ``note``.

    Returns
    -------
    tuple of Fix
        In the order of the file.

    Raises
    ------
    SettingsError
        If the file is missing, is no YAML, or an entry is wrong.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "fixes.yaml")
    ...     _ = path.write_text("fixes:\n- {issue: billing.points, fixed_at: 2026-10-01, compare: delivery.late}\n")
    ...     read_fixes(path)
    (Fix(issue='billing.points', fixed_at='2026-10-01', compare='delivery.late', note=''),)
    """
    import yaml

    try:
        settings = yaml.safe_load(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError("the fixes can't be read", where=str(path), got=str(error.strerror)) from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise SettingsError("the fixes are not YAML in UTF-8", where=str(path)) from None
    rows = settings.get("fixes") if isinstance(settings, dict) and set(settings) == {"fixes"} else None
    if not isinstance(rows, list):
        raise SettingsError(
            "no list of fixes", where=str(path), hint="write:\nfixes:\n- issue: billing.points\n  fixed_at: 2026-10-01"
        )
    return tuple(_entry(f"{path}, fix {i}", row) for i, row in enumerate(rows, 1))


def _entry(where: str, row: Any) -> Fix:
    known = [field.name for field in dataclasses.fields(Fix)]
    if not isinstance(row, Mapping) or not {"issue", "fixed_at"} <= set(row) <= set(known):
        got = ", ".join(map(str, row)) if isinstance(row, Mapping) else type(row).__name__
        raise SettingsError("wrong entry", where=where, got=got, expected="issue and fixed_at; also compare, note")
    try:
        return Fix(**row)
    except SettingsError as error:
        raise SettingsError(
            error.what, where=f"{where}: {error.where}", got=error.got, expected=error.expected
        ) from None


def fix_savings(
    costs: IssueCosts, fixes: Sequence[Fix], *, value: str = "cost", level: float = 0.95, trend: bool = True
) -> pd.DataFrame:
    """Estimate what each of several fixes has saved so far, one row a fix.

    A fix that can't be judged yet (too few periods, no such issue) has NaN and says why, so that one entry of a list
    does not stop a daily job.

    Parameters
    ----------
    costs : IssueCosts
        Issue costs by day, week or month, whole periods only: see `whole_periods`.
    fixes : sequence of Fix
        From `read_fixes`.
    value, level, trend
        As for `fix_saving`.

    Returns
    -------
    DataFrame
        ``issue, fixed_at, saving, low, high, change, change_low, change_high, n_before, n_after, compare, note`` and
        ``problem`` (empty where all is well); latest first. `saving` is in the unit of `value`.

    Examples
    --------
    >>> weeks = pd.date_range("2026-01-05", periods=20, freq="W-MON").strftime("%Y-%m-%d")
    >>> weekly = pd.DataFrame({"week": weeks, "issue": "bill", "cost": [100.0, 104.0] * 5 + [51.0, 49.0] * 5})
    >>> table = fix_savings(IssueCosts(weekly), [Fix("bill", "2026-03-16"), Fix("login", "2026-03-16")], trend=False)
    >>> table["saving"].round().tolist(), table["problem"].tolist()
    ([520.0, nan], ['', 'not in the costs'])
    """
    need_costs(costs)
    rows = []
    for fix in sorted(fixes, key=lambda each: each.issue):
        row: dict[str, Any] = {
            "issue": fix.issue,
            "fixed_at": fix.fixed_at,
            "compare": fix.compare or "",
            "note": fix.note,
        }
        try:
            effect = fix_saving(
                costs, fix.issue, fix.fixed_at, compare=fix.compare, value=value, level=level, trend=trend
            )
            row |= _numbers(effect) | {"problem": ""}
        except SettingsError as error:
            row |= dict.fromkeys(_NUMBERS, float("nan")) | {"problem": error.what}
        rows.append(row)
    columns = ["issue", "fixed_at", *_NUMBERS, "compare", "note", "problem"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values("fixed_at", ascending=False, kind="stable", ignore_index=True)


def _numbers(effect: FixEffect) -> dict[str, float]:
    return {name: float(getattr(effect, name)) for name in _NUMBERS}
