"""One issue over time, with the periods in which nothing came."""

from __future__ import annotations

import pandas as pd

from vocmine.cost.keys import PERIODS
from vocmine.errors import SettingsError
from vocmine.results import IssueCosts, need_costs

_FREQUENCY = {"day": "D", "week": "W-MON", "month": "MS", "fiscal_month": "MS"}


def period_column(table: pd.DataFrame) -> str:
    """Find the column of the periods: day, week, month or fiscal_month.

    Raises
    ------
    SettingsError
        If there is none.
    """
    for name in PERIODS:
        if name in table:
            return name
    raise SettingsError(
        "costs without periods",
        where="costs",
        expected="issue costs by day, week or month",
        hint='make them with issue_costs(..., by="week")',
    )


def cost_series(costs: IssueCosts, issues: list[str], *, value: str = "cost") -> pd.DataFrame:
    """Turn issue costs by period into one column an issue, one row a period, 0 where nothing came.

    Parameters
    ----------
    costs : IssueCosts
        Issue costs made with ``by="day"``, ``"week"``, ``"month"`` or ``"fiscal_month"``.
    issues : list of str
        Issues wanted.
    value : str
        Column of numbers, as ``"cost"`` or ``"n_contacts"``.

    Returns
    -------
    DataFrame
        Index: start of the period; from the first to the last period of all issues.

    Raises
    ------
    SettingsError
        If there are no periods, or an issue or column is not there.

    Examples
    --------
    >>> table = pd.DataFrame({"month": ["2026-01", "2026-03"], "issue": ["bill", "bill"], "cost": [5.0, 7.0]})
    >>> cost_series(IssueCosts(table), ["bill"])["bill"].tolist()
    [5.0, 0.0, 7.0]
    """
    table = need_costs(costs).table
    name = period_column(table)
    absent = [issue for issue in issues if issue not in set(table["issue"])]
    if absent or value not in table:
        got = ", ".join(absent) if absent else value
        raise SettingsError("not in the costs", where="issue" if absent else "value", got=got[:80])
    known = table[table[name].notna() & (table[name] != "")]
    start = pd.to_datetime(known[name].astype(str))
    wide = known.assign(_start=start).pivot_table(index="_start", columns="issue", values=value, aggfunc="sum")
    grid = pd.date_range(start.min(), start.max(), freq=_FREQUENCY[name], name=name)
    return wide.reindex(index=grid, columns=issues).fillna(0.0).rename_axis(columns=None)


def whole_periods(
    costs: IssueCosts, first: str | pd.Timestamp, last: str | pd.Timestamp, *, fiscal_month_start: int = 1
) -> IssueCosts:
    """Keep the periods that lie wholly within the data: half a month reads as a drop.

    Parameters
    ----------
    costs : IssueCosts
        Issue costs by day, week, month or fiscal month.
    first, last : str or Timestamp
        First and last day of the data, both included.
    fiscal_month_start : int
        Day on which a fiscal month begins.

    Returns
    -------
    IssueCosts
        The rows of whole periods; what belongs to no period (``unallocated``) is left out.

    Raises
    ------
    SettingsError
        If there are no periods.

    Examples
    --------
    >>> table = pd.DataFrame({"month": ["2026-01", "2026-02", "2026-03"], "issue": "bill", "cost": 5.0})
    >>> whole_periods(IssueCosts(table), "2026-01-10", "2026-03-31").table["month"].tolist()
    ['2026-02', '2026-03']
    """
    table = need_costs(costs).table
    name = period_column(table)
    begin = pd.to_datetime(table[name].where(table[name] != "").astype("str"), errors="coerce")
    if name == "fiscal_month":
        begin = begin + pd.Timedelta(days=fiscal_month_start - 1)
    length = {"day": pd.DateOffset(days=1), "week": pd.DateOffset(days=7)}.get(name, pd.DateOffset(months=1))
    end = begin + length
    whole = (begin >= pd.Timestamp(first)) & (end <= pd.Timestamp(last) + pd.Timedelta(days=1))
    return costs.with_table(table[whole.to_numpy(dtype=bool)].reset_index(drop=True))
