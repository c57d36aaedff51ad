"""What issues cost month by month, and what the next months may bring."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.frames import UNALLOCATED, UNKNOWN
from vocmine.report.incident_costs import SpanPart, merged_parts
from vocmine.report.inputs import need
from vocmine.report.names import ALL
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.report.sections.units import unit_cost_grid, unit_grid, unit_sentences
from vocmine.report.summary import Measure
from vocmine.stats import NAN, Estimate

_SHOWN_MONTHS = 13  # a year and its first month again
_ROWS = 10  # rows; the rest is folded
_EXPLAINED = 3  # issues whose change is put in words
_PARTS = ("volume", "mix", "rate", "rate_low", "rate_high", "price")
_VALUE = {"money": "cost", "hours": "handle_hours", "counts": "n_contacts"}
_KIND: dict[Measure, Any] = {"money": "money", "hours": "number", "counts": "number"}


def _count(data: SectionData) -> Section | None:
    """Show each issue's size by month and its forecast.

    It reads ``months`` (issue costs by ``month``, as `vocmine.issue_costs` gives them with ``by="month"``; a column
    ``is_partial`` may mark months that are not whole, one ``is_audited`` say that a checked sample corrects them),
    ``forecast`` (``issue``, a column of periods, ``expected, low,
    high``, as `vocmine.cost.forecast_costs` gives them), ``changes`` (why issues grew or fell between two months:
    `vocmine.cost.decompose_change` by channel, with columns ``month_before, month_after, value``; left out where
    ``value`` is not what the report measures) and ``units`` (contacts per order, user or device:
    `vocmine.cost.contact_rates` by ``issue, month``, where issue ``all`` is all of them; a column ``unit_name`` may say
    what the units are); and ``incidents`` with ``ledger``: how much of a change is that of incidents that go on.
    """
    months, units, measure = data.get("months"), data.get("units"), data.measure
    moved = _moved(data.get("changes"), measure)
    ahead = _ahead(data.get("forecast"), measure)
    per_unit = (unit_grid(units), unit_cost_grid(units, measure))
    made = (_months(months, measure), _paid(months, measure), *per_unit, _changes(moved, measure), ahead)
    grids = tuple(grid for grid in made if grid)
    if not grids:
        return None
    partial = _partial(months)
    sentences = [Sentence("months_partial", (("months", "months", partial),), ground=True)] if partial else []
    sentences += [Sentence("months_labour", ground=True)] if measure == "money" and months is not None else []
    sentences += _checked(months, data.n_checked)
    return grid_section("months", grids, (*sentences, *unit_sentences(units), *_why(moved, data)))


def _partial(months: pd.DataFrame | None) -> list[str]:
    if months is None or "is_partial" not in months:
        return []
    return sorted(set(months.loc[months["is_partial"].astype(bool), "month"].astype(str)))


def _checked(months: pd.DataFrame | None, n_checked: int) -> list[Sentence]:
    """Say whether the sample that corrects the costs of the period corrects the months too."""
    if months is None or not n_checked:
        return []
    audited = "is_audited" in months and bool(months["is_audited"].all())
    return [Sentence("months_audited" if audited else "months_as_tagged", ground=True)]


def _months(months: pd.DataFrame | None, measure: Measure) -> Grid | None:
    if months is None or len(months) == 0:
        return None
    return _wide("months", months, _VALUE[measure], _KIND[measure])


def _paid(months: pd.DataFrame | None, measure: Measure) -> Grid | None:
    """Show refunds, parts and shipping in a table of their own."""
    if months is None or measure != "money" or "payout" not in months or not (months["payout"] > 0).any():
        return None
    return _wide("months_paid", months.loc[months["payout"] > 0], "payout", "money")


def _wide(key: str, months: pd.DataFrame, value: str, kind: Any) -> Grid | None:
    need(months, ("issue", "month", value), "months")
    table = months.loc[months["month"].astype(str) != ""]
    wide = table.assign(month=table["month"].astype(str)).pivot_table(
        index="issue", columns="month", values=value, aggfunc="sum", fill_value=0.0
    )
    wide = wide[sorted(wide.columns)[-_SHOWN_MONTHS:]]
    if wide.shape[1] < 2:
        return None
    order = sorted(wide.index, key=lambda issue: (issue in {UNKNOWN, UNALLOCATED}, -wide.loc[issue].sum(), str(issue)))
    months_cols = (Col(str(name), kind, plain=True) for name in wide.columns)
    cols = (Col("col_issue", "issue"), *months_cols, Col("col_total", kind))
    rows = [(str(issue), *(float(x) for x in wide.loc[issue]), float(wide.loc[issue].sum())) for issue in order]
    total = (ALL, *(float(x) for x in wide.sum()), float(wide.to_numpy().sum()))
    return Grid(key, cols, (total, *rows), most=_ROWS + 1)


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
    form = "%Y-%m" if period.endswith("month") else "%Y-%m-%d"
    cols = (Col("col_issue", "issue"), *(Col(f"{day:{form}}", _KIND[measure], plain=True) for day in starts))
    rows = tuple((issue, *(found.get((issue, day), Estimate(NAN)) for day in starts)) for issue in issues)
    return Grid("ahead_week" if period == "week" else "ahead", cols, rows, most=8)


def _moved(changes: pd.DataFrame | None, measure: Measure) -> pd.DataFrame:
    """Give the changes of what the report measures, largest first; none where they are about something else."""
    if changes is None or changes.empty:
        return pd.DataFrame()
    need(changes, ("issue", "month_before", "month_after", "value", "before", "after", "change", *_PARTS), "changes")
    table = changes.loc[(changes["value"] == _VALUE[measure]) & ~changes["issue"].isin([UNKNOWN, UNALLOCATED])]
    order = table["change"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].loc[lambda rows: rows["change"].abs() > 0]


def _changes(moved: pd.DataFrame, measure: Measure) -> Grid | None:
    if moved.empty:
        return None
    kind = _KIND[measure]
    first = moved.iloc[0]
    heads = (Col(str(first["month_before"]), kind, plain=True), Col(str(first["month_after"]), kind, plain=True))
    parts = [name for name in ("volume", "mix", "rate", "price") if measure != "counts" or name != "price"]
    split = tuple(Col(f"col_diff_{name}", kind) for name in parts)
    cols = (Col("col_issue", "issue"), *heads, Col("col_diff", kind), *split)
    rows = tuple(
        (str(row["issue"]), float(row["before"]), float(row["after"]), float(row["change"]),
         *(_own(row) if name == "rate" else float(row[name]) for name in parts))
        for row in moved.to_dict("records")
    )
    return Grid("changes", cols, rows, most=_ROWS)


def _own(row: Any) -> Estimate:
    return Estimate(float(row["rate"]), float(row["rate_low"]), float(row["rate_high"]))


def _why(moved: pd.DataFrame, data: SectionData) -> tuple[Sentence, ...]:
    """Say of the largest changes what they are made of, and how much is that of incidents that go on."""
    measure = data.measure
    kind, sentences = f"moved_{measure}", []
    for row in moved.head(_EXPLAINED).to_dict("records"):
        own = _own(row)
        sure = own.low > 0 or own.high < 0
        key = f"why_{'up' if row['change'] > 0 else 'down'}"
        values = [("issue", "issue", str(row["issue"])), ("before", "month", str(row["month_before"])),
                  ("after", "month", str(row["month_after"])), ("change", kind, float(row["change"]))]
        values += [(name, kind, float(row[name])) for name in ("volume", "mix")]
        sentences.append(Sentence(f"{key}_counts" if measure == "counts" else key, (
            *values, ("price", kind, float(row["price"])), ("rate", kind, own),
            ("sure", "code", "why_sure" if sure else "why_unsure"),
        )))
        sentences += _aside(row, data)
    return tuple(sentences)


def _aside(row: Any, data: SectionData) -> tuple[Sentence, ...]:
    """Say what the contacts of incidents change between two months, and what is left without them."""
    spans = []
    for name in ("month_before", "month_after"):
        month = pd.Period(str(row[name]), "M")
        days = month.start_time.date(), month.end_time.date()
        found = SpanPart.of(data.get("ledger"), data.get("incidents"), days, str(row["issue"]), data.measure)
        spans.append(found)
    before, after = spans
    kind, part = f"moved_{data.measure}", after.cost - before.cost
    rest = (("part", kind, part), ("rest", kind, float(row["change"]) - part))
    return tuple(
        Sentence("why_aside", (("incident", "incident", one.incident_id), ("n", "count", one.n), *rest), follows=True)
        for one in merged_parts(before.parts, after.parts)[:1]
    )


SECTION = SectionType(
    "months", ("months", "forecast", "changes", "units", "incidents", "ledger"), _count, PageLayout(40, listed=True),
    SheetLayout(100),
)
