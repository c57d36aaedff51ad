"""From the handling cost of last month to that of this month, costed anew only when one changed."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vocmine.batch.audited_months import AuditedDays
from vocmine.batch.contact_source import ContactSource
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.monthly import month_fingerprint, span_costs, whole_months
from vocmine.batch.period import Period
from vocmine.batch.state import fingerprint, write_json
from vocmine.csvfile import read_csv, write_csv
from vocmine.errors import SettingsError
from vocmine.frames import UNALLOCATED, UNKNOWN
from vocmine.results import IssueCosts
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.cost import CostModel
    from vocmine.cost.bridge import Window

NAME = "cost_bridge.csv"
_MADE = ".cost_bridge.json"
_FORMAT = 4  # of the table: a change makes it anew
_ISSUES = 12  # the dearest have a bridge of their own; the page draws the first five
_FEWEST_DAYS = 7  # that two months must have in common: a whole week
_TEXT = ("issue", "step", "first_before", "last_before", "first_after", "last_after")
_NUMBERS = ("cost", "low", "high", "n_before", "n_after")


def months_to_compare(months: pd.DataFrame | None) -> tuple[str, str] | None:
    """Name the last two whole months in a row, else the last two months; None before the second month.

    Examples
    --------
    >>> months = pd.DataFrame({"month": ["2026-09", "2026-10"], "is_partial": [False, True]})
    >>> months_to_compare(months)
    ('2026-09', '2026-10')
    """
    if months is None or months.empty:
        return None
    for table in (whole_months(months), months):
        last = sorted(set(table["month"]))[-2:]
        if len(last) == 2 and pd.Period(last[0], "M") + 1 == pd.Period(last[1], "M"):
            return last[0], last[1]
    return None


def days_to_compare(source: ContactSource, months: pd.DataFrame | None) -> Window | None:
    """Give the days of the two months of `months_to_compare`; None where there are none, or none in common."""
    from vocmine.cost import compare_months

    pair = months_to_compare(months)
    if pair is None:
        return None
    try:
        return compare_months(source.days(), *pair)
    except SettingsError:  # a last day of one month and first ones of the next have no days in common
        return None


def update_bridge(
    home: Path,
    store: ContactStore,
    settings: Settings,
    model: CostModel | None,
    months: pd.DataFrame | None,
    period: Period | None = None,
    audited: AuditedDays | None = None,
) -> pd.DataFrame | None:
    """Bring ``cost_bridge.csv`` up to date and give it as a frame; None without rates or a second month.

    Parameters
    ----------
    home : Path
        The results folder.
    store : ContactStore
        Its contacts and tags.
    settings : Settings
        ``level`` is that of the ranges.
    model : CostModel or None
        Rates.
    months : DataFrame or None
        Costs by month, as `vocmine.batch.monthly.months_of` gives them.
    period : Period, optional
        What has been read of the folder already.
    audited : AuditedDays, optional
        What a checked sample corrects; as tagged where None.

    Returns
    -------
    DataFrame or None
        ``issue`` (empty for all), ``step, cost, low, high`` as `vocmine.cost.cost_bridge` gives them, before them a
        step ``change`` with the whole difference, the days that are
        compared (``first_before, last_before, first_after, last_after``), and the contacts of both (``n_before,
        n_after``).
    """
    window = _window(store, model, months)
    if window is None or model is None:
        return None
    pair = window.before[0][:7], window.after[0][:7]
    made = fingerprint(
        _FORMAT, [month_fingerprint(store, month, settings, model) for month in pair], settings.level, asdict(window),
        audited.digest if audited else "",
    )
    path = home / _MADE
    if path.exists() and json.loads(path.read_text(encoding="utf-8")).get("made") == made:
        table = read_csv(home / NAME, (*_TEXT, *_NUMBERS))
        table = table.assign(**{name: pd.to_numeric(table[name]) for name in _NUMBERS})
    else:
        table = _compared_days(store, window, settings, model, period, audited)
        write_csv(home / NAME, table)
        write_json(path, {"made": made})
    return table if len(table) else None


def month_bridge(
    source: ContactSource,
    settings: Settings,
    model: CostModel | None,
    months: pd.DataFrame | None,
    period: Period | None = None,
    audited: AuditedDays | None = None,
) -> pd.DataFrame | None:
    """Give the bridge from last month to this, as `update_bridge` does, without a folder."""
    window = _window(source, model, months)
    if window is None or model is None:
        return None
    table = _compared_days(source, window, settings, model, period, audited)
    return table if len(table) else None


def _window(source: ContactSource, model: CostModel | None, months: pd.DataFrame | None) -> Window | None:
    """Give the days that are compared; None without rates, a second month or a whole week."""
    if model is None or model.numerator == "hours":
        return None
    window = days_to_compare(source, months)
    return None if window is None or len(pd.date_range(*window.after)) < _FEWEST_DAYS else window


def _compared_days(
    source: ContactSource, window: Window, settings: Settings, model: CostModel, period: Period | None,
    audited: AuditedDays | None,
) -> pd.DataFrame:
    keys, spans = ["day", "channel"], (window.before, window.after)
    parts = [span_costs(source, span, settings, model, by=keys, period=period) for span in spans]
    table = pd.concat(parts, ignore_index=True)
    return _bridge(audited.corrected(table) if audited else table, window, settings, model)


def _bridge(daily: pd.DataFrame, window: Window, settings: Settings, model: CostModel) -> pd.DataFrame:
    from vocmine.cost import cost_bridge, cost_change

    daily = daily.assign(day=daily["day"].astype(str), channel=daily["channel"].astype(str))
    pair = window.before[0][:7], window.after[0][:7]
    paid = daily["payout"] if "payout" in daily else daily["cost"] * 0
    daily = daily.loc[(daily["n_contacts"] > 0) | (daily["cost"].fillna(0.0) != 0) | (paid.fillna(0.0) != 0)]
    sizes = daily.loc[~daily["issue"].isin([UNKNOWN, UNALLOCATED])].groupby("issue")["cost"].sum()
    dearest = sizes.sort_index().sort_values(ascending=False, kind="stable").index[:_ISSUES].tolist()
    costs = IssueCosts(daily, currency=model.currency)
    table = cost_bridge(costs, *pair, issues=dearest, level=settings.level, seed=settings.seed)
    change = cost_change(costs, *pair, level=settings.level, seed=settings.seed)
    whole = {"issue": "", "step": "change", "cost": change.value, "low": change.low, "high": change.high}
    table = pd.concat([pd.DataFrame([whole]), table], ignore_index=True)
    table = table.assign(**{name: table[name].round(6) for name in ("cost", "low", "high")})
    for end, span in (("before", window.before), ("after", window.after)):
        counts = daily.loc[daily["day"].between(*span)].groupby("issue")["n_contacts"].sum()
        own = table["issue"].map(counts).fillna(0.0).where(table["issue"] != "", counts.sum())
        table[f"first_{end}"], table[f"last_{end}"], table[f"n_{end}"] = *span, own.round(3)
    return table[[*_TEXT, *_NUMBERS]]
