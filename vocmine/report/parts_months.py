"""What issues cost month by month, and what the next months may bring."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.frames import UNALLOCATED, UNKNOWN
from vocmine.report.grid import Col, Grid, Said, Section, section
from vocmine.report.inputs import need
from vocmine.report.summary import NAN, Estimate, Measure

_SHOWN_MONTHS = 13
_ROWS = 10
_VALUE = {"money": "cost", "hours": "handle_hours", "counts": "n_contacts"}
_KIND: dict[Measure, Any] = {"money": "money", "hours": "number", "counts": "number"}


def month_section(
    months: pd.DataFrame | None, forecast: pd.DataFrame | None, measure: Measure, n_checked: int = 0
) -> tuple[Section, ...]:
    """Show each issue's size by month and its forecast.

    Parameters
    ----------
    months : DataFrame, optional
        Issue costs by ``month``, as `vocmine.issue_costs` gives them with ``by="month"``; ``attrs["partial"]`` may name
        months that are not whole.
    forecast : DataFrame, optional
        ``issue``, a column of periods, ``expected, low, high``, as `vocmine.cost.forecast_costs` gives them.
    measure : str
        Whether to show money, hours or numbers of contacts.
    n_checked : int
        Contacts checked by hand that the costs of the report, but not these, were corrected with.
    """
    grids = tuple(grid for grid in (_months(months, measure), _ahead(forecast, measure)) if grid)
    if months is None or not grids:
        return section("months", grids)
    partial = [str(month) for month in months.attrs.get("partial", ())]
    said = [Said("months_partial", (("months", "text", ", ".join(partial)),))] if partial else []
    said += [Said("months_as_tagged")] if n_checked else []
    return section("months", grids, tuple(said))


def _months(months: pd.DataFrame | None, measure: Measure) -> Grid | None:
    if months is None or len(months) == 0:
        return None
    value = _VALUE[measure]
    need(months, ("issue", "month", value), "months")
    table = months.loc[months["month"].astype(str) != ""]
    wide = table.assign(month=table["month"].astype(str)).pivot_table(
        index="issue", columns="month", values=value, aggfunc="sum", fill_value=0.0
    )
    wide = wide[sorted(wide.columns)[-_SHOWN_MONTHS:]]
    if wide.shape[1] < 2:
        return None
    order = sorted(wide.index, key=lambda issue: (issue in {UNKNOWN, UNALLOCATED}, -wide.loc[issue].sum(), str(issue)))
    cols = (Col("col_issue", "issue"), *(Col(str(name), _KIND[measure], plain=True) for name in wide.columns))
    rows = tuple((str(issue), *(float(x) for x in wide.loc[issue])) for issue in order)
    return Grid("months", cols, rows, most=_ROWS)


def _ahead(forecast: pd.DataFrame | None, measure: Measure) -> Grid | None:
    if forecast is None or len(forecast) == 0:
        return None
    need(forecast, ("issue", "expected", "low", "high"), "forecast")
    period = next(name for name in forecast.columns if name in {"day", "week", "month", "fiscal_month"})
    starts = sorted(pd.to_datetime(forecast[period]).dt.date.unique())
    found = {
        (str(row["issue"]), pd.Timestamp(row[period]).date()): Estimate(
            float(row["expected"]), float(row["low"]), float(row["high"])
        )
        for row in forecast.to_dict("records")
    }
    issues = list(dict.fromkeys(forecast["issue"].astype(str)))
    issues.sort(key=lambda issue: (-sum(found.get((issue, day), Estimate(0)).value for day in starts), issue))
    cols = (Col("col_issue", "issue"), *(Col(f"{day:%Y-%m-%d}", _KIND[measure], plain=True) for day in starts))
    rows = tuple((issue, *(found.get((issue, day), Estimate(NAN)) for day in starts)) for issue in issues)
    return Grid("ahead_week" if period == "week" else "ahead", cols, rows, most=8)
