"""Issue costs of stored contacts: chains of repeats, channels that nobody timed, ids that many people share."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from vocmine.batch.contact_store import arrow_schema, parquet_bytes
from vocmine.batch.part_ranges import widened
from vocmine.batch.period import Period
from vocmine.batch.shared_ids import shared_ids, without_shared_ids
from vocmine.csvfile import read_csv, write_csv
from vocmine.frames import LEDGER
from vocmine.results import IssueCosts, Note, ReasonInfo
from vocmine.settings import Settings
from vocmine.store import write_atomic

if TYPE_CHECKING:
    from vocmine.audits import Audit
    from vocmine.cost import CostModel

FIX_RATE = 0.5
"""Half of the failure demand: what removing a cause is taken to end. An assumption, which the page states."""

OPEN_TABS = "open_tabs.csv"
"""Name of the table of handle times that were taken for tabs left open."""

_HANDOVER_HOURS = 24  # a bot's contact and the human one after it are one issue
_PLACES = {
    "n_contacts": 3,
    "n_low": 1,
    "n_high": 1,
    "handle_hours": 3,
    "share": 6,
    "imputed_share": 6,
    "repeat_share": 6,
}
_MONEY = (
    "cost", "cost_low", "cost_high", "payout", "payout_low", "payout_high", "cost_per_contact", "avoidable_cost",
    "avoidable_payout", "avoidable_marginal",
)
CUSTOMER_KEYS = ("segment", "plan")
"""What a customer table says of people that costs are split by."""

LEDGER_FILE = "ledger.parquet"
_SHARE_PLACES = 9  # of shares in the ledger; amounts and minutes have 6, far below the smallest unit in any sum


def cost_period(period: Period, settings: Settings, model: CostModel | None, audit: Audit | None = None) -> IssueCosts:
    """Cost the issues of a period, with the share of repeats, what could be avoided, and the ledger behind it."""
    return cost_contacts(period.contacts, period.tags, settings, model, audit=audit, names=period.names, ledger=True)


def cost_contacts(
    contacts: pd.DataFrame,
    tags: pd.DataFrame,
    settings: Settings,
    model: CostModel | None,
    *,
    audit: Audit | None = None,
    by: str | Sequence[str] | None = None,
    names: ReasonInfo | None = None,
    ledger: bool = False,
) -> IssueCosts:
    """Cost the issues of some contacts; channels that nobody ever timed count as no hours, and are named.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts and their tags.
    settings : Settings
        Level, time zone, days of a repeat, seed.
    model : CostModel or None
        Hours only if None.
    audit : Audit, optional
        Hand-checked contacts.
    by : str or sequence of str, optional
        Further keys, as for `vocmine.cost.issue_costs`.
    names : ReasonInfo, optional
        Its ``demand`` says what can be avoided.
    ledger : bool
        Whether to give what each contact bears too.
    """
    from vocmine.cost import CostOptions, issue_costs

    shared = shared_ids(contacts)
    contacts = without_shared_ids(contacts, shared)
    model, untimed = complete_model(contacts, settings, model)
    demand = dict(names.demand) if names is not None else {}
    options = CostOptions(
        issues=_never_given(audit, names),
        chains=_chained(contacts, tags, settings),
        demand=demand or None,
        fix_rate=FIX_RATE,
        marginal_share=settings.marginal_share,
        ledger=ledger,
    )
    costs = issue_costs(
        contacts, tags, model, audit=audit, level=settings.level, by=by, seed=settings.seed, options=options
    )
    if untimed:
        costs = dataclasses.replace(costs, untimed_channels=tuple(untimed))
        costs = costs.with_notes(Note.of("untimed", channels=", ".join(untimed)))
    if len(shared):
        costs = costs.with_notes(Note.of("shared_ids", ids=len(shared), n=int(shared.sum())))
    if set(untimed) >= set(contacts["channel"].dropna().unique()):
        costs = costs.with_table(costs.table.assign(handle_hours=float("nan")))
    return costs


def contact_values(
    contacts: pd.DataFrame, tags: pd.DataFrame, settings: Settings, model: CostModel | None
) -> pd.Series[float]:
    """Give what each contact counts for in the costs by contact_id: money, or hours where there are no rates.

    The contacts of a chain count with the first, as they are costed; those that follow it count for nothing.
    """
    from vocmine.cost.attribution import pair_reasons
    from vocmine.cost.chains import fold_chains
    from vocmine.cost.ledger import price_contacts

    contacts = without_shared_ids(contacts)
    model, _untimed_channels = complete_model(contacts, settings, model)
    pairs = pair_reasons(contacts["contact_id"], tags)
    reasons = np.array(pairs.issues, dtype=object)[pairs.main]
    priced = price_contacts(contacts, reasons, model, settings.seed)
    value = priced.hours if model.numerator == "hours" else priced.cost
    folded = fold_chains(contacts["contact_id"], _chained(contacts, tags, settings))
    return pd.Series(folded.gather(value[None])[0], index=contacts["contact_id"].astype(str).to_numpy())


def chain_heads(contacts: pd.DataFrame, tags: pd.DataFrame, settings: Settings) -> np.ndarray:
    """Give the place of the contact that each contact counts with in costs: the first of its chain of repeats."""
    from vocmine.cost.chains import fold_chains

    contacts = without_shared_ids(contacts)
    return np.asarray(fold_chains(contacts["contact_id"], _chained(contacts, tags, settings)).first)


def complete_model(
    contacts: pd.DataFrame, settings: Settings, model: CostModel | None
) -> tuple[CostModel, list[str]]:
    """Give the rates, with no time for the channels that nobody timed, and these channels."""
    from vocmine.cost import CostModel

    model = model if model is not None else CostModel.hours_only()
    model = dataclasses.replace(model, timezone=settings.timezone)  # days as they are filed
    untimed = _untimed(contacts, model)
    if untimed:
        assumed = {**model.assumed_handle_seconds, **dict.fromkeys(untimed, 0.0)}
        model = dataclasses.replace(model, assumed_handle_seconds=assumed)
    return model, untimed


def _never_given(audit: Audit | None, names: ReasonInfo | None) -> tuple[str, ...]:
    """Name the reasons of the list that people found, whether or not the tagger ever gives them."""
    if audit is None or names is None:
        return ()
    known = {reason for table in names.names.values() for reason in table}
    return tuple(label for label in audit.labels if label in known)


def write_costs(home: Path, costs: IssueCosts, period: Period) -> None:
    """Write the issue costs with the period they are about, and beside them the ledger they are the sums of."""
    if costs.ledger is not None:
        write_atomic(home / LEDGER_FILE, parquet_bytes(rounded_ledger(costs.ledger), arrow_schema(LEDGER)))
    write_csv(home / "issue_costs.csv", _flat(costs, period))
    if costs.open_tabs is not None:
        tabs = costs.open_tabs.round(2).assign(first_day=period.first, last_day=period.last)
        write_csv(home / OPEN_TABS, tabs)


def write_costs_by(home: Path, made: Mapping[str, IssueCosts], period: Period) -> None:
    """Write ``issue_costs_by_segment.csv`` and ``issue_costs_by_plan.csv`` where customers have one."""
    for key in CUSTOMER_KEYS:
        path = home / f"issue_costs_by_{key}.csv"
        if key in made:
            write_csv(path, _flat(made[key], period))
        else:
            path.unlink(missing_ok=True)


def costs_by_customer(
    period: Period, settings: Settings, model: CostModel | None, audit: Audit | None = None
) -> dict[str, IssueCosts]:
    """Cost the issues by what a customer table says of people, where it says it."""
    here = [key for key in CUSTOMER_KEYS if key in period.contacts and period.contacts[key].notna().any()]
    made = {
        key: cost_contacts(period.contacts, period.tags, settings, model, audit=audit, by=key, names=period.names)
        for key in here
    }
    return {key: widened(costs, key) for key, costs in made.items()}


def _flat(costs: IssueCosts, period: Period) -> pd.DataFrame:
    """Give the table of costs rounded, with the period it is about."""
    table = costs.table
    flat = table.round({k: v for k, v in _PLACES.items() if k in table})
    money = [name for name in _MONEY if name in table]
    flat[money] = flat[money].round(2)
    for name in ("n", "cost", "payout"):  # ends that are one and the same are no range: nothing was paid, or rated
        ends = [f"{name}_low", f"{name}_high"]
        if set(ends) <= set(flat):
            flat.loc[flat[ends[0]] == flat[ends[1]], ends] = np.nan
    return flat.assign(first_day=period.first, last_day=period.last, currency=costs.currency)


def read_open_tabs(home: Path) -> list[dict[Hashable, Any]]:
    """Give what the last costs of a folder took for open tabs: channel, contacts, minutes and money removed."""
    names = ("channel", "n_timed", "n_cut", "minutes_removed", "cost_removed")
    table = read_csv(home / OPEN_TABS, names)
    table = table.assign(**{name: pd.to_numeric(table[name]) for name in names[1:]})
    rows = table.loc[table["n_cut"] > 0, list(names)].astype(object)
    return rows.where(rows.notna(), None).to_dict("records")


def rounded_ledger(ledger: pd.DataFrame) -> pd.DataFrame:
    """Round to what says something, so that the last digit of a sum does not change the file."""
    numbers = ledger.select_dtypes("float").columns
    places = {name: _SHARE_PLACES if name in ("share", "share_tagged") else 6 for name in numbers}
    return ledger.round(places)


def _chained(contacts: pd.DataFrame, tags: pd.DataFrame, settings: Settings) -> pd.DataFrame | None:
    """Link repeats of a customer; None where no customer is known."""
    from vocmine.journeys import chains

    if "customer_id" not in contacts or not contacts["customer_id"].notna().any():
        return None
    linked = chains(contacts, tags, window_days=settings.repeat_days, handover_hours=_HANDOVER_HOURS)
    return _people_first(linked, contacts["channel"] == "bot")


def _people_first(linked: pd.DataFrame, is_bot: pd.Series) -> pd.DataFrame:
    """Let a person's contact head a chain that began with the bot: bots often get no reason, or a wrong one."""
    if not is_bot.any():
        return linked
    order = linked.assign(is_bot=is_bot.to_numpy()).sort_values(["chain_id", "is_bot", "position"], kind="stable")
    position = (order.groupby("chain_id", sort=False).cumcount() + 1).reindex(linked.index)
    return linked.assign(position=position, is_repeat=position > 1)


def _untimed(contacts: pd.DataFrame, model: CostModel) -> list[str]:
    """Name the channels whose handle time nobody knows: they must not stop the daily job, and are said."""
    timed = set(contacts.loc[contacts["handle_seconds"].notna(), "channel"]) | set(model.assumed_handle_seconds)
    return sorted(set(contacts["channel"].dropna().unique()) - timed)
