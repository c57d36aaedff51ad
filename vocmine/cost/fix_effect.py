"""Did a fix pay? The cost of an issue before and after it, as an interrupted time series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.series import cost_series, period_column
from vocmine.errors import SettingsError
from vocmine.results import IssueCosts, need_costs

Floats = NDArray[np.float64]

MIN_BEFORE = 8  # periods a level and trend need
MIN_AFTER = 3  # periods a change of level needs


@dataclass(frozen=True)
class FixEffect:
    """What a fix saved so far.

    Parameters
    ----------
    saving, low, high : float
        Expected cost without the fix less expected cost with it, over all periods after it, with its interval.
    change, change_low, change_high : float
        Relative change, as -0.4 for 40 % less.
    n_before, n_after : int
        Periods.
    level : float
        Confidence.
    method : str
        How it was made.
    """

    saving: float
    low: float
    high: float
    change: float
    change_low: float
    change_high: float
    n_before: int
    n_after: int
    level: float
    method: str


def fix_saving(
    costs: IssueCosts,
    issue: str,
    fixed_at: str | pd.Timestamp,
    *,
    compare: str | None = None,
    value: str = "cost",
    level: float = 0.95,
    trend: bool = True,
) -> FixEffect:
    """Estimate what a fix saved, with an interval.

    A quasi-Poisson regression of the cost of the issue on a step at the fix, a trend and the day of the week (daily
    costs): Bernal, Cummins and Gasparrini, Interrupted time series regression, Int. J. Epidemiology 2017. A comparison
    issue that the fix could not touch carries what moved both (season, sales, holidays): costs are then taken relative
    to its cost, as in a difference in differences. Errors may be correlated over periods: the largest of the
    quasi-Poisson variance, that of Newey and West (1987), and the former times (1 + r) / (1 - r) with r the correlation
    of neighbouring residuals is taken, with Student's t.

    Parameters
    ----------
    costs : IssueCosts
        Issue costs by day, week or month, whole periods only.
    issue : str
        The issue that was fixed.
    fixed_at : str or Timestamp
        First period with the fix.
    compare : str, optional
        An issue the fix could not touch.
    value : str
        ``"cost"``, ``"n_contacts"`` or ``"handle_hours"``.
    level : float
        Confidence.
    trend : bool
        Whether the issue may have a trend of its own.

    Returns
    -------
    FixEffect

    Raises
    ------
    SettingsError
        If there are fewer than 8 periods before or 3 after, or an issue is not there.

    Examples
    --------
    >>> weeks = pd.date_range("2026-01-05", periods=20, freq="W-MON").strftime("%Y-%m-%d")
    >>> table = pd.DataFrame({"week": weeks, "issue": "bill", "cost": [100.0, 104.0] * 5 + [51.0, 49.0] * 5})
    >>> effect = fix_saving(IssueCosts(table), "bill", "2026-03-16", trend=False)
    >>> round(effect.saving), round(effect.change, 2)
    (520, -0.51)
    """
    table = cost_series(need_costs(costs), [issue, *([compare] if compare else [])], value=value)
    after = np.asarray(table.index >= pd.Timestamp(fixed_at).tz_localize(None))
    _check_periods(after)
    cost = table[issue].to_numpy(dtype=float)
    if cost.sum() <= 0:
        raise SettingsError("the issue has no cost", where="issue", got=issue[:80])
    control = table[compare].to_numpy(dtype=float) if compare else None
    design = _design(table, after, trend, period_column(costs.table) == "day")
    base = np.zeros(len(cost)) if control is None else _log_level(control)
    slope, spread, freedom = _fit(design, cost, base)
    # The step is the last column: without the fix the same row has a 0 there.
    without = design.copy()
    without[:, -1] = 0
    expected_without = np.exp(base[after] + without[after] @ slope)
    expected_with = np.exp(base[after] + design[after] @ slope)
    gradient = expected_without @ without[after] - expected_with @ design[after]
    reach = _t(level, freedom)
    saving = float((expected_without - expected_with).sum())
    error = reach * float(np.sqrt(gradient @ spread @ gradient))
    step, step_error = float(slope[-1]), reach * float(np.sqrt(spread[-1, -1]))
    return FixEffect(
        saving,
        saving - error,
        saving + error,
        float(np.expm1(step)),
        float(np.expm1(step - step_error)),
        float(np.expm1(step + step_error)),
        int((~after).sum()),
        int(after.sum()),
        level,
        "interrupted time series" + (f" with {compare} as comparison" if compare else " without comparison"),
    )


def _check_periods(after: NDArray[np.bool_]) -> None:
    n_before, n_after = int((~after).sum()), int(after.sum())
    if n_before < MIN_BEFORE or n_after < MIN_AFTER:
        raise SettingsError(
            "too few periods to judge a fix",
            where="fixed_at",
            got=f"{n_before} before, {n_after} after",
            expected=f"at least {MIN_BEFORE} before and {MIN_AFTER} after",
            hint="use weeks or days instead of months",
        )


def _design(table: pd.DataFrame, after: NDArray[np.bool_], trend: bool, daily: bool) -> Floats:
    n = len(table)
    columns: list[Floats] = [np.ones(n)]
    if trend:
        columns.append(np.linspace(-1, 1, n))
    if daily and n >= 28:
        weekday = pd.DatetimeIndex(table.index).day_of_week
        columns += [np.asarray(weekday == day, dtype=float) for day in range(1, 7)]
    columns.append(after.astype(float))
    return np.column_stack(columns)


def _log_level(control: Floats) -> Floats:
    """Log of the comparison's cost; a period without any counts as half its smallest."""
    least = control[control > 0].min(initial=np.inf)
    log = np.log(np.maximum(control, 0.5 * least if np.isfinite(least) else 1.0))
    return np.asarray(log - log.mean(), dtype=float)


def _fit(design: Floats, cost: Floats, base: Floats) -> tuple[Floats, Floats, int]:
    """Quasi-Poisson slopes, their covariance and the degrees of freedom."""
    import statsmodels.api as sm

    scale = float(cost.mean())
    model = sm.GLM(cost / scale, design, family=sm.families.Poisson(), offset=base)
    plain: Any = model.fit(scale="X2")
    lags = max(1, round(4 * (len(cost) / 100) ** (2 / 9)))
    robust: Any = model.fit(scale="X2", cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True})
    slope = np.array(plain.params, dtype=float)
    slope[0] += np.log(scale)
    usual, long = np.asarray(plain.cov_params(), dtype=float), np.asarray(robust.cov_params(), dtype=float)
    residual = np.asarray(plain.resid_pearson, dtype=float)
    r = _correlation(residual, design.shape[1])
    wider = max(1.0, (1 + r) / (1 - r), float(long[-1, -1] / max(usual[-1, -1], 1e-300)))
    return slope, usual * wider, len(cost) - design.shape[1]


def _correlation(residual: Floats, n_slopes: int) -> float:
    """Correlation of neighbouring residuals, with what fitting takes from it given back, 0 to 0.8."""
    n, square = len(residual), float(residual @ residual)
    if square <= 0:
        return 0.0
    return min(max(float(residual[1:] @ residual[:-1]) / square + n_slopes / n, 0.0), 0.8)


def _t(level: float, freedom: int) -> float:
    from scipy.stats import t

    return float(t.ppf(0.5 + level / 2, freedom))
