"""Costs by day over all stored days, for months, forecasts and fixes; only months that changed are costed anew."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine import __version__
from vocmine.batch.contact_source import ContactSource
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.costing import cost_contacts
from vocmine.batch.parts import MARK, PartSource, cut
from vocmine.batch.period import Period, join_frames
from vocmine.batch.state import file_digest, fingerprint, write_json
from vocmine.csvfile import read_csv, write_csv
from vocmine.results import IssueCosts
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.cost import CostModel, Fix

NAME = "costs_by_day.csv"
COLUMNS = ("day", "issue", "n_contacts", "handle_hours", "cost", "payout")
ALL = "all"
"""Stands in a table for all issues together."""

_MADE, _TAGGED = ".costs_by_day.json", ".costs_by_day.csv"  # as tagged: what months that are over keep
_KINDS = ("reason", "candidate")  # of tags that costs are read from, as those of a report's period are
_MONTHS_AHEAD, _WEEKS_AHEAD = 3, 4  # as far as a forecast from so few periods says something
_RECENT_WEEKS, _FEWEST_WEEKS = 8, 4  # that a forecast of the next month looks at, where there is no trend yet
_FORECAST_ISSUES = 8  # the dearest; a page shows no more
_ENOUGH_WEEKS = 20  # to judge a fix by weeks: below that days tell more
_NEEDED = (
    "contact_id", "created_at", "channel", "customer_id", "product", "team", "handle_seconds", "after_call_seconds",
    "concurrency", "cost_extra", "transfers",
)


def update_daily(
    home: Path, store: ContactStore, settings: Settings, model: CostModel | None, period: Period | None = None
) -> pd.DataFrame:
    """Bring ``costs_by_day.csv`` up to date and give it as a frame.

    Each month is costed on its own, from the tags as they are, so a month that is over keeps its figures. Within a
    month the days add up to its ledger. What an audit corrects, `vocmine.batch.audited_months` carries over to them.

    Parameters
    ----------
    home : Path
        The results folder.
    store : ContactStore
        Its contacts and tags.
    settings : Settings
        ``months`` says how many months back; 0 for none.
    model : CostModel or None
        Hours only if None.
    period : Period, optional
        What has been read of the folder already.
    """
    months = months_looked_at(store, settings)
    if not months:
        return daily_costs(store, settings, model, months, period)
    made = json.loads((home / _MADE).read_text(encoding="utf-8")) if (home / _MADE).exists() else {}
    now = {month: month_fingerprint(store, month, settings, model) for month in months}
    old = _read(home)
    kept = {month for month in months if made.get(month) == now[month] and len(old)}
    fresh = daily_costs(store, settings, model, [month for month in months if month not in kept], period)
    parts = [old[old["day"].str[:7].isin(kept)], fresh]
    table = pd.concat([part for part in parts if len(part)], ignore_index=True)
    table = table.sort_values(["day", "issue"], kind="stable", ignore_index=True)
    for name in (NAME, _TAGGED):
        write_csv(home / name, table)
    write_json(home / _MADE, now)
    return table


def months_looked_at(source: ContactSource, settings: Settings) -> list[str]:
    """Name the months that have contacts, as far back as the settings say; oldest first."""
    return sorted({day[:7] for day in source.days()})[-settings.months :] if settings.months else []


def daily_costs(
    source: ContactSource, settings: Settings, model: CostModel | None, months: Sequence[str],
    period: Period | None = None,
) -> pd.DataFrame:
    """Cost some months, each on its own, by day and issue, sorted by both; an empty table for none."""
    parts = [_daily_costs(source, month, settings, model, period) for month in months]
    parts = [part for part in parts if len(part)]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype="str" if name in COLUMNS[:2] else "float") for name in COLUMNS})
    return pd.concat(parts, ignore_index=True).sort_values(["day", "issue"], kind="stable", ignore_index=True)


def by_period(daily: pd.DataFrame, period: str) -> pd.DataFrame:
    """Add up days to weeks (from Monday) or months.

    Examples
    --------
    >>> daily = pd.DataFrame({"day": ["2026-11-02", "2026-11-08", "2026-11-09"], "issue": "a", "n_contacts": 1.0,
    ...     "handle_hours": 0.5, "cost": [10.0, 20.0, 5.0]})
    >>> by_period(daily, "week")[["week", "cost"]].values.tolist()
    [['2026-11-02', 30.0], ['2026-11-09', 5.0]]
    """
    day = pd.to_datetime(daily["day"])
    start = day - pd.to_timedelta(day.dt.day_of_week, unit="D") if period == "week" else day
    names = start.dt.strftime("%Y-%m-%d" if period == "week" else "%Y-%m")
    added = daily.assign(**{period: names}).groupby([period, "issue"], as_index=False)
    return added[[name for name in COLUMNS[2:] if name in daily]].sum()


def months_of(daily: pd.DataFrame) -> pd.DataFrame | None:
    """Give costs by month; ``is_partial`` marks the months that are not whole. None before the second month."""
    if daily.empty or daily["day"].str[:7].nunique() < 2:
        return None
    table = by_period(daily, "month")
    first, last = pd.Timestamp(daily["day"].min()), pd.Timestamp(daily["day"].max())
    partial = [f"{first:%Y-%m}"] if first.day > 1 else []
    partial += [f"{last:%Y-%m}"] if not last.is_month_end else []
    return table.assign(is_partial=table["month"].isin(partial))


def whole_months(months: pd.DataFrame) -> pd.DataFrame:
    """Leave out the months that are not whole."""
    return months.loc[~months["is_partial"]] if "is_partial" in months else months


def cost_weeks(daily: pd.DataFrame) -> pd.DataFrame | None:
    """Give what all issues together cost in each whole week (from Monday), with their contacts; None below two.

    Examples
    --------
    >>> days = pd.date_range("2026-11-01", "2026-11-16").strftime("%Y-%m-%d")
    >>> daily = pd.DataFrame({"day": days, "issue": "a", "n_contacts": 1.0, "handle_hours": 0.5, "cost": 10.0})
    >>> cost_weeks(daily)[["week", "cost", "n_contacts"]].values.tolist()
    [['2026-11-02', 70.0, 7.0], ['2026-11-09', 70.0, 7.0]]
    """
    if daily.empty:
        return None
    weeks = by_period(_all_issues(daily), "week")
    first, last = pd.Timestamp(daily["day"].min()), pd.Timestamp(daily["day"].max())
    start = pd.to_datetime(weeks["week"])
    whole = weeks.loc[(start >= first) & (start + pd.Timedelta(days=6) <= last)]
    return whole[["week", "cost", "n_contacts"]].reset_index(drop=True) if len(whole) > 1 else None


def forecast(daily: pd.DataFrame, value: str, level: float) -> pd.DataFrame | None:
    """Forecast the largest issues by month, by week where whole months are too few; None where weeks are too few."""
    from vocmine.cost import forecast_costs, whole_periods
    from vocmine.errors import SettingsError
    from vocmine.frames import UNALLOCATED, UNKNOWN

    if daily.empty or not (daily[value] > 0).any():
        return None
    sizes = daily[~daily["issue"].isin([UNKNOWN, UNALLOCATED])].groupby("issue")[value].sum()
    ranked = sizes[sizes > 0].sort_index().sort_values(ascending=False, kind="stable")
    largest = [ALL, *ranked.index[:_FORECAST_ISSUES]]
    daily = pd.concat([daily, _all_issues(daily)], ignore_index=True)
    for period, ahead in (("month", _MONTHS_AHEAD), ("week", _WEEKS_AHEAD)):
        table = whole_periods(IssueCosts(by_period(daily, period)), daily["day"].min(), daily["day"].max())
        if table.table.empty:
            continue
        try:
            return forecast_costs(table, horizon=ahead, value=value, level=level, issues=largest)
        except SettingsError:  # too few periods: try the shorter one
            continue
    return next_month(daily, largest, value, level)


def _all_issues(daily: pd.DataFrame) -> pd.DataFrame:
    """Give all issues together as one more, day by day; what no reason is known for is in it."""
    return daily.groupby("day", as_index=False)[["n_contacts", "handle_hours", "cost"]].sum().assign(issue=ALL)


def next_month(daily: pd.DataFrame, issues: Sequence[str], value: str, level: float) -> pd.DataFrame | None:
    """Forecast the next month from the last whole weeks, where they are too few for a trend; None below four.

    What a day costs stays as in these weeks, and the range is Student's t on how much the weeks differ: for a month of
    k weeks after m the spread is that of a week times the root of ``k + k^2 / m``.

    Examples
    --------
    >>> days = pd.date_range("2026-09-28", "2026-10-31").strftime("%Y-%m-%d")
    >>> daily = pd.DataFrame({"day": days, "issue": "bill", "cost": 100.0})
    >>> next_month(daily, ["bill"], "cost", 0.95)[["month", "expected"]].values.tolist()
    [[Timestamp('2026-11-01 00:00:00'), 3000.0]]
    """
    from scipy.stats import t

    last = pd.Timestamp(daily["day"].max())
    days = pd.date_range(daily["day"].min(), last)[-_RECENT_WEEKS * 7 :]
    m = len(days) // 7
    if m < _FEWEST_WEEKS:
        return None
    month = (last + pd.offsets.MonthBegin(1)).normalize()
    k = month.days_in_month / 7
    rows = []
    for issue in issues:
        by_day = daily.loc[daily["issue"] == issue].groupby("day")[value].sum()
        by_day = by_day.reindex(days[-7 * m :].strftime("%Y-%m-%d")).fillna(0.0)
        weeks = by_day.to_numpy(dtype=float).reshape(m, 7).sum(axis=1)
        expected = float(weeks.mean()) * k
        reach = float(t.ppf(0.5 + level / 2, m - 1) * weeks.std(ddof=1) * (k + k * k / m) ** 0.5)
        rows.append((issue, month, expected, max(expected - reach, 0.0), expected + reach, False))
    return pd.DataFrame(rows, columns=["issue", "month", "expected", "low", "high", "seasonal"])


def savings(daily: pd.DataFrame, fixes: Sequence[Fix], value: str, level: float) -> pd.DataFrame | None:
    """Say what each fix did to contacts and cost, by week, by day where weeks are few; None without one made."""
    from vocmine.cost import fix_effects, whole_periods

    if not any(not fix.planned for fix in fixes) or daily.empty:
        return None
    weekly = whole_periods(IssueCosts(by_period(daily, "week")), daily["day"].min(), daily["day"].max())
    by_day = fix_effects(IssueCosts(daily), fixes, value=value, level=level)
    if weekly.table.empty or weekly.table["week"].nunique() < _ENOUGH_WEEKS:
        return by_day
    by_week = fix_effects(weekly, fixes, value=value, level=level)
    rows = [week if not week["problem"] else day for week, day in zip(_rows(by_week), _rows(by_day), strict=True)]
    return pd.DataFrame(rows, columns=by_week.columns)


def _rows(table: pd.DataFrame) -> list[dict[Any, Any]]:
    return table.to_dict("records")


def _daily_costs(
    store: ContactSource, month: str, settings: Settings, model: CostModel | None, period: Period | None
) -> pd.DataFrame:
    table = month_costs(store, month, settings, model, by="day", period=period)
    table = table.assign(day=table["day"].astype(str))
    some = (table["n_contacts"] > 0) | (table[["cost", "payout"]].fillna(0) != 0).any(axis=1)
    flat = table.loc[some, list(COLUMNS)]
    return flat.assign(**{name: flat[name].round(6) for name in COLUMNS[2:]})


def month_costs(
    store: ContactSource,
    month: str,
    settings: Settings,
    model: CostModel | None,
    *,
    by: str | Sequence[str],
    period: Period | None = None,
) -> pd.DataFrame:
    """Cost one month on its own, by issue and further keys; days of a period that was read are not read again."""
    return span_costs(store, (f"{month}-01", f"{month}-31"), settings, model, by=by, period=period)


def span_costs(
    store: ContactSource,
    span: tuple[str, str],
    settings: Settings,
    model: CostModel | None,
    *,
    by: str | Sequence[str],
    period: Period | None = None,
) -> pd.DataFrame:
    """Cost the days from a first to a last one on their own, as `month_costs` does a month."""
    first, last = span
    if isinstance(store, PartSource):
        return _span_of_part(store, span, settings, model, by)
    if period is None or last < period.first or first > period.last:
        contacts, tags = store.read(first, last, columns=_NEEDED, kinds=_KINDS)
    else:
        contacts, tags = period.between(max(first, period.first), last, _NEEDED, _KINDS)
        if first < period.first:
            day_before = str((pd.Timestamp(period.first) - pd.Timedelta(days=1)).date())
            older = store.read(first, day_before, columns=_NEEDED, kinds=_KINDS)
            contacts, tags = join_frames(older, (contacts, tags))
    return cost_contacts(contacts, tags, settings, model, by=by).table


def _span_of_part(
    source: PartSource, span: tuple[str, str], settings: Settings, model: CostModel | None, by: str | Sequence[str]
) -> pd.DataFrame:
    """Cut the lines of a part out of the costs of the whole, so that all parts add up."""
    columns = tuple(dict.fromkeys((*_NEEDED, *source.part.columns)))
    contacts, tags = source.whole.read(*span, columns=columns, kinds=_KINDS)
    keys = [by, MARK] if isinstance(by, str) else [*by, MARK]
    marked = contacts.assign(**{MARK: source.part.marks(contacts)})
    return cut(cost_contacts(marked, tags, settings, model, by=keys).table, source.part)


def month_fingerprint(store: ContactStore, month: str, settings: Settings, model: CostModel | None) -> str:
    """Name what a month's costs are made of: its files, the rates, the settings."""
    files = sorted(
        path for folder in ("contacts", "tags") for path in (store.home / folder).glob(f"{month}-*.parquet")
    )
    rates = dataclasses.asdict(model) if model is not None else None
    names = [(path.parent.name, path.name, file_digest(path)) for path in files]
    made_of = (settings.timezone, settings.repeat_days, settings.seed)
    return fingerprint(__version__, COLUMNS, _KINDS, names, rates, *made_of)


def value_column(model: CostModel | None) -> str:
    """Name the column that issues are measured in over time: money where there are rates, else hours."""
    return "handle_hours" if model is None else "cost"


def _read(home: Path) -> pd.DataFrame:
    table = read_csv(home / _TAGGED, COLUMNS).reindex(columns=list(COLUMNS), fill_value="")
    return table.assign(**{name: pd.to_numeric(table[name]) for name in COLUMNS[2:]})
