"""Why issues grew or fell between the last two whole months; costed anew only when one of them changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vocmine.batch.audited_months import AuditedDays
from vocmine.batch.contact_source import ContactSource
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.monthly import month_costs, month_fingerprint, whole_months
from vocmine.batch.period import Period
from vocmine.batch.state import fingerprint, write_json
from vocmine.csvfile import read_csv, write_csv
from vocmine.frames import UNKNOWN
from vocmine.results import IssueCosts
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.cost import CostModel

NAME = "cost_changes.csv"
_MADE = ".cost_changes.json"
_TEXT = ("issue", "month_before", "month_after")
_NUMBERS = ("before", "after", "change", "volume", "mix", "rate", "rate_low", "rate_high", "price")


def last_whole_months(months: pd.DataFrame | None) -> tuple[str, str] | None:
    """Name the last two whole months, if one follows the other.

    Examples
    --------
    >>> months = pd.DataFrame({"month": ["2026-08", "2026-09", "2026-10", "2026-11"]})
    >>> months["is_partial"] = months["month"] == "2026-11"
    >>> last_whole_months(months)
    ('2026-09', '2026-10')
    """
    if months is None:
        return None
    whole = sorted(set(whole_months(months)["month"]))[-2:]
    if len(whole) < 2 or pd.Period(whole[0], "M") + 1 != pd.Period(whole[1], "M"):
        return None
    return whole[0], whole[1]


def update_changes(
    home: Path,
    store: ContactStore,
    settings: Settings,
    model: CostModel | None,
    months: pd.DataFrame | None,
    period: Period | None = None,
    audited: AuditedDays | None = None,
) -> pd.DataFrame | None:
    """Bring ``cost_changes.csv`` up to date and give it as a frame; None without two whole months in a row.

    Parameters
    ----------
    home : Path
        The results folder.
    store : ContactStore
        Its contacts and tags.
    settings : Settings
        ``level`` is that of the range of `rate`.
    model : CostModel or None
        Hours if None; numbers of contacts where nobody ever took the time.
    months : DataFrame or None
        Costs by month, as `vocmine.batch.monthly.months_of` gives them: the two months of the table are its own.
    period : Period, optional
        What has been read of the folder already.
    audited : AuditedDays, optional
        What a checked sample corrects; as tagged where None.

    Returns
    -------
    DataFrame or None
        As `vocmine.cost.decompose_change` by channel, without unknown ones; also ``month_before, month_after, value``.
    """
    pair = last_whole_months(months)
    if pair is None or months is None:
        return None
    value = _value(months[months["month"].isin(pair)], model)
    files = [month_fingerprint(store, month, settings, model) for month in pair]
    made = fingerprint(files, value, settings.level, audited.digest if audited else "")
    path = home / _MADE
    if path.exists() and json.loads(path.read_text(encoding="utf-8")).get("made") == made:
        table = read_csv(home / NAME, (*_TEXT, "value", *_NUMBERS))
        table = table.assign(**{name: pd.to_numeric(table[name]) for name in _NUMBERS})
    else:
        table = _compared(store, settings, model, (pair, value), period, audited)
        write_csv(home / NAME, table)
        write_json(path, {"made": made})
    return table if len(table) else None


def cost_changes(
    source: ContactSource,
    settings: Settings,
    model: CostModel | None,
    months: pd.DataFrame | None,
    period: Period | None = None,
    audited: AuditedDays | None = None,
) -> pd.DataFrame | None:
    """Say why issues grew or fell, as `update_changes` does, without a folder."""
    pair = last_whole_months(months)
    if pair is None or months is None:
        return None
    value = _value(months[months["month"].isin(pair)], model)
    table = _compared(source, settings, model, (pair, value), period, audited)
    return table if len(table) else None


def _compared(
    source: ContactSource, settings: Settings, model: CostModel | None, of: tuple[tuple[str, str], str],
    period: Period | None, audited: AuditedDays | None,
) -> pd.DataFrame:
    """Compare two months by what they are measured in."""
    pair, value = of
    parts = [month_costs(source, each, settings, model, by="channel", period=period) for each in pair]
    parts = [part.assign(month=month) for part, month in zip(parts, pair, strict=True)]
    parts = [audited.corrected(part, "month") for part in parts] if audited else parts
    return _changes(parts, pair, value, settings.level)


def _value(months: pd.DataFrame, model: CostModel | None) -> str:
    wanted = ("handle_hours",) if model is None else ("cost", "handle_hours")
    return next((name for name in wanted if (months[name] > 0).any()), "n_contacts")


def _changes(parts: list[pd.DataFrame], pair: tuple[str, str], value: str, level: float) -> pd.DataFrame:
    from vocmine.cost import decompose_change

    both = pd.concat(parts, ignore_index=True)
    costs = IssueCosts(both.assign(channel=both["channel"].astype(str)))
    table = decompose_change(costs, *pair, value=value, level=level)
    table = table[table["issue"] != UNKNOWN].assign(month_before=pair[0], month_after=pair[1], value=value)
    table = table.assign(**{name: table[name].round(6) for name in _NUMBERS})
    return table[[*_TEXT, "value", *_NUMBERS]].reset_index(drop=True)
