"""Minutes and cost of each agent's code by month; only months that changed are summed anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vocmine.batch.codes import KEPT
from vocmine.batch.contact_source import ContactSource
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.costing import complete_model
from vocmine.batch.monthly import month_fingerprint, months_looked_at
from vocmine.batch.state import write_json
from vocmine.csvfile import read_csv, write_csv
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.cost import CostModel

NAME = "code_costs.csv"
_MADE = ".code_costs.json"
_COLUMNS = ("month", "code", "n_contacts", "minutes", "cost", "payout", "imputed_share")
_NEEDED = (
    "contact_id", "created_at", "channel", "agent_code", "handle_seconds", "after_call_seconds", "concurrency",
    "cost_extra", "team", "transfers",
)


def update_code_costs(
    home: Path, store: ContactStore, settings: Settings, model: CostModel | None
) -> pd.DataFrame | None:
    """Bring ``code_costs.csv`` up to date and give it: each contact under its own code, in the month that it began.

    None, and no file, where the last run had no codes. A repeat counts for itself, as in a sum by hand, while issue
    costs give it to the issue of the first contact of its chain.

    Parameters
    ----------
    home : Path
        The results folder.
    store : ContactStore
        Its contacts and tags.
    settings : Settings
        ``months`` says how many months back.
    model : CostModel or None
        Minutes only if None.
    """
    months = months_looked_at(store, settings)
    if not (home / KEPT).exists() or not months:
        for name in (NAME, _MADE):
            (home / name).unlink(missing_ok=True)
        return None
    made = json.loads((home / _MADE).read_text(encoding="utf-8")) if (home / _MADE).exists() else {}
    now = {month: month_fingerprint(store, month, settings, model) for month in months}
    old = _read(home)
    kept = {month for month in months if made.get(month) == now[month] and (old["month"] == month).any()}
    fresh = costs_by_code(store, settings, model, [month for month in months if month not in kept])
    parts = [part for part in (old[old["month"].isin(kept)], fresh) if part is not None and len(part)]
    table = pd.concat(parts, ignore_index=True).sort_values("month", kind="stable", ignore_index=True)
    write_csv(home / NAME, table)
    write_json(home / _MADE, now)
    return table


def costs_by_code(
    source: ContactSource, settings: Settings, model: CostModel | None, months: Sequence[str]
) -> pd.DataFrame | None:
    """Sum some months by agent's code, as `update_code_costs` does, without a folder; None for no month."""
    parts = [_month(source, month, settings, model) for month in months]
    if not parts:
        return None
    return pd.concat(parts, ignore_index=True).sort_values("month", kind="stable", ignore_index=True)


def _month(store: ContactSource, month: str, settings: Settings, model: CostModel | None) -> pd.DataFrame:
    from vocmine.cost import code_costs

    contacts, tags = store.read(f"{month}-01", f"{month}-31", columns=_NEEDED, kinds=("reason",))
    rates, _untimed = complete_model(contacts, settings, model)
    return code_costs(contacts, tags, rates, seed=settings.seed).round({"minutes": 3, "imputed_share": 6})


def _read(home: Path) -> pd.DataFrame:
    table = read_csv(home / NAME, _COLUMNS).reindex(columns=list(_COLUMNS), fill_value="")
    return table.assign(**{name: pd.to_numeric(table[name]) for name in _COLUMNS[2:]})
