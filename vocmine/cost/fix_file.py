"""A list of fixes kept in a file, and what each has saved so far."""

from __future__ import annotations

import dataclasses
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from vocmine.cost.fix_effect import FixEffect, fix_saving
from vocmine.errors import SettingsError
from vocmine.results import IssueCosts, need_costs
from vocmine.yamlfile import listed, read_yaml, unknown_keys

_NUMBERS = ("saving", "low", "high", "change", "change_low", "change_high", "n_before", "n_after")


@dataclass(frozen=True)
class Fix:
    """A change that should have ended an issue, or one that is planned.

    Parameters
    ----------
    issue : str
        The issue.
    fixed_at : str
        First day with the fix, as ``"2026-10-01"``; may be empty where it is planned.
    compare : str, optional
        An issue the fix could not touch, for what moved both.
    note : str
        What was changed, in a few words.
    cost : float, optional
        What the fix cost, or will cost, in the currency of the rates.
    planned : bool
        Whether it is not made yet.

    Raises
    ------
    SettingsError
        If the issue is empty, the date is none, the cost is no amount, or the issue is compared with itself.

    Examples
    --------
    >>> Fix("billing.points", "2026-10-01").fixed_at
    '2026-10-01'
    """

    issue: str
    fixed_at: str
    compare: str | None = None
    note: str = ""
    cost: float | None = None
    planned: bool = False

    def __post_init__(self) -> None:
        if not (isinstance(self.issue, str) and self.issue.strip()):
            raise SettingsError("a fix without an issue", where="issue", got=repr(self.issue)[:40])
        self._check_plan()
        if self.planned and not self.fixed_at:
            return
        day = pd.to_datetime(str(self.fixed_at), errors="coerce")
        if pd.isna(day):
            got = repr(self.fixed_at)[:40]
            raise SettingsError("wrong date", where=f"{self.issue}.fixed_at", got=got, expected="a day as 2026-10-01")
        if self.compare == self.issue:
            raise SettingsError("an issue compared with itself", where=f"{self.issue}.compare")
        object.__setattr__(self, "fixed_at", f"{day:%Y-%m-%d}")

    def _check_plan(self) -> None:
        cost = self.cost
        is_amount = not isinstance(cost, bool) and isinstance(cost, int | float) and 0 <= cost < math.inf
        if cost is not None and not is_amount:
            got = repr(cost)[:40]
            raise SettingsError("wrong cost of a fix", where=f"{self.issue}.cost", got=got, expected="0 or more")
        planned: object = self.planned
        if not isinstance(planned, bool):
            got = repr(planned)[:40]
            raise SettingsError("wrong value", where=f"{self.issue}.planned", got=got, expected="true or false")


def read_fixes(path: str | os.PathLike[str]) -> tuple[Fix, ...]:
    r"""Read fixes from a YAML file.

    Parameters
    ----------
    path : path
        A file with a list ``fixes``; each has ``issue`` and ``fixed_at``, and may have ``compare``, ``note`` and
        ``cost``; one with ``planned: true`` needs no ``fixed_at``.

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
    (Fix(issue='billing.points', fixed_at='2026-10-01', compare='delivery.late', note='', cost=None, planned=False),)
    """
    file = read_yaml(path, "fixes")
    if file.twice:
        raise SettingsError("a key stands twice", where=file.path, got=listed(file.twice))
    rows = file.value.get("fixes") if isinstance(file.value, dict) and set(file.value) == {"fixes"} else None
    if not isinstance(rows, list):
        raise SettingsError(
            "no list of fixes", where=str(path), hint="write:\nfixes:\n- issue: billing.points\n  fixed_at: 2026-10-01"
        )
    return tuple(_entry(f"{file.place('fixes', i - 1)}, fix {i}", row) for i, row in enumerate(rows, 1))


def _entry(where: str, row: Any) -> Fix:
    known = [field.name for field in dataclasses.fields(Fix)]
    needed = {"issue"} if isinstance(row, Mapping) and row.get("planned") else {"issue", "fixed_at"}
    if not isinstance(row, Mapping) or not needed <= set(row) <= set(known):
        got = ", ".join(map(str, row)) if isinstance(row, Mapping) else type(row).__name__
        hint = "; ".join(shown for _, shown in unknown_keys(row, known)) if isinstance(row, Mapping) else ""
        raise SettingsError("wrong entry", where=where, got=got,
                            expected="issue and fixed_at; also compare, note, cost, planned",
                            hint=f"unknown: {hint}" if hint else None)
    try:
        return Fix(**{"fixed_at": "", **row})
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
        From `read_fixes`; those that are planned are left out.
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
    for fix in sorted((each for each in fixes if not each.planned), key=lambda each: each.issue):
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
