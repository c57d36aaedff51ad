"""What an issue will cost in the next periods."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.series import cost_series, period_column
from vocmine.errors import SettingsError
from vocmine.results import IssueCosts, need_costs

Floats = NDArray[np.float64]

MIN_PERIODS = 8  # of history; fewer give no spread
_SEASON = {"day": 7, "week": 52, "month": 12, "fiscal_month": 12}


def forecast_costs(
    costs: IssueCosts, *, horizon: int = 3, value: str = "cost", level: float = 0.95, issues: list[str] | None = None
) -> pd.DataFrame:
    """Forecast the cost of each issue, with an interval.

    The Theta method (Assimakopoulos and Nikolopoulos, Int. J. Forecasting 16, 2000, best of the M3 competition) on the
    cube root of the cost, on which sums of skewed amounts are nearly normal, be they few or many (Wilson and Hilferty,
    PNAS 17, 1931): half the linear trend on top of exponential smoothing; seasonal parts (week over days, year over
    weeks or months) once two whole seasons are seen. The interval has the one-step errors of the past, growing with the
    square root of the steps by the weight of the smoothing, with Student's t.

    Parameters
    ----------
    costs : IssueCosts
        Issue costs by day, week or month; whole periods only, as a half month reads as a drop.
    horizon : int
        Periods ahead.
    value : str
        ``"cost"``, ``"n_contacts"`` or ``"handle_hours"``.
    level : float
        Confidence.
    issues : list of str, optional
        Issues wanted; all but ``unallocated`` if None.

    Returns
    -------
    DataFrame
        ``issue``, the period column (start of the period, datetime), ``expected``, ``low``, ``high``, ``seasonal``.

    Raises
    ------
    SettingsError
        If there are fewer than 8 periods or the horizon is below 1.

    Examples
    --------
    >>> months = pd.date_range("2025-01-01", periods=12, freq="MS").strftime("%Y-%m")
    >>> table = pd.DataFrame({"month": months, "issue": "bill", "cost": [100.0, 110.0] * 6})
    >>> ahead = forecast_costs(IssueCosts(table), horizon=1)
    >>> bool(95 < ahead.expected[0] < 120), bool(ahead.low[0] < 105 < ahead.high[0])
    (True, True)
    """
    name = period_column(need_costs(costs).table)
    wanted = issues if issues is not None else sorted(set(costs.table["issue"]) - {"unallocated"})
    if horizon < 1:
        raise SettingsError("wrong horizon", where="horizon", got=repr(horizon)[:20], expected="1 or more periods")
    table = cost_series(costs, wanted, value=value)
    if len(table) < MIN_PERIODS:
        raise SettingsError(
            "too few periods to forecast",
            where="costs",
            got=f"{len(table)} periods",
            expected=f"at least {MIN_PERIODS}",
        )
    ahead = pd.date_range(table.index[-1], periods=horizon + 1, freq=pd.DatetimeIndex(table.index).freq)[1:]
    parts = []
    for issue in wanted:
        expected, low, high, seasonal = _theta(table[issue].to_numpy(dtype=float), horizon, _SEASON[name], level)
        parts.append(
            pd.DataFrame(
                {
                    "issue": issue,
                    name: ahead,
                    "expected": expected,
                    "low": low,
                    "high": high,
                    "seasonal": seasonal,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _theta(cost: Floats, horizon: int, season: int, level: float) -> tuple[Floats, Floats, Floats, bool]:
    from scipy.stats import t

    if not (cost > 0).any():
        none = np.zeros(horizon)
        return none, none, none, False
    n, root = len(cost), np.cbrt(cost)
    seasonal = n >= 2 * season
    part = _seasonal_parts(root, season) if seasonal else np.zeros(season)
    place = np.arange(n + horizon) % season
    bare = root - part[place[:n]]
    steps = np.arange(1, horizon + 1)
    slope = float(np.polyfit(np.arange(len(bare)), bare, 1)[0]) / 2
    n_used = 3 + (season - 1 if seasonal else 0)
    alpha, level_now, sigma = _smooth(bare, slope, n_used)
    middle = level_now + slope * steps + part[place[n:]]
    # One-step errors, a level that wanders by alpha a step, and a trend and a season that are themselves estimated.
    doubt = 3 * steps**2 / n**2 + (season / n if seasonal else 0)
    spread = sigma * np.sqrt(1 + (steps - 1) * alpha**2 + doubt)
    reach = float(t.ppf(0.5 + level / 2, max(n - n_used, 3))) * spread
    expected, low, high = (np.maximum(each, 0.0) ** 3 for each in (middle, middle - reach, middle + reach))
    return expected, low, high, seasonal


def _smooth(bare: Floats, slope: float, n_used: int) -> tuple[float, float, float]:
    """Exponential smoothing with a drift: weight, last level, one-step error."""
    from statsmodels.tsa.holtwinters import SimpleExpSmoothing

    flat = bare - slope * np.arange(len(bare))
    if np.ptp(flat) < 1e-12:
        return 0.0, float(bare[-1]), 1e-6
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an optimum at the edge (a weight of 0 or 1) is a fair answer
        fit: Any = SimpleExpSmoothing(flat, initialization_method="estimated").fit()
    alpha = float(np.nan_to_num(fit.params["smoothing_level"]))
    sigma = float(np.sqrt((np.asarray(fit.resid) ** 2).sum() / max(len(flat) - n_used, 1)))
    return alpha, float(np.asarray(fit.forecast(1))[0]) + slope * (len(bare) - 1), sigma


def _seasonal_parts(root: Floats, season: int) -> Floats:
    """Mean deviation from the trend by place in the season, adding up to 0, drawn to 0 where they may be chance."""
    t = np.arange(len(root))
    rest = root - np.polyval(np.polyfit(t, root, 1), t)
    count = np.bincount(t % season, minlength=season)
    part = np.bincount(t % season, weights=rest, minlength=season) / count
    part = part - part.mean()
    noise = ((rest - part[t % season]) ** 2).sum() / max(len(root) - season - 1, 1) / count.mean()
    real = part.var() * season / (season - 1)
    return np.asarray(part * max(0.0, 1 - noise / real) if real > 0 else part, dtype=float)
