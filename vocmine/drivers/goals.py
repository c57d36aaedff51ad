"""Targets against actuals: met, missed, or not to be told from so many contacts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from vocmine.drivers.outcomes import numbers
from vocmine.drivers.recommendation import net_promoters
from vocmine.errors import ContactError, SettingsError
from vocmine.frames import TARGET_BOUNDS, require_columns
from vocmine.stats import Estimate, mean_interval, share_interval

TIMES = ("first_response_seconds", "handle_seconds", "after_call_seconds", "wait_seconds")
_MORE_IS_BETTER = ("csat", "csat_share", "nps", "fcr")
_MEASURE = {"fcr": "first_contact_resolution"}  # as `vocmine.journeys.standard_measures` calls it
_NOBODY = ("bot", "survey")  # channels in which no person answers
_LIVE = ("call", "chat")  # in which a customer waits: hours until an e-mail is read are no such wait
_FEWEST = 2
COLUMNS = ("target", "wanted", "n", "value", "low", "high", "verdict", "within", "within_low", "within_high")


def target_table(
    contacts: pd.DataFrame, targets: Mapping[str, float], measures: pd.DataFrame | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Hold what was measured against what was wanted.

    Parameters
    ----------
    contacts : DataFrame
        With the columns of the targets; what is not there is not told.
    targets : mapping of str to float
        ``csat`` (mean, 1 to 5), ``csat_share`` (of 4 and 5), ``nps`` (-100 to 100), ``fcr``, ``repeat_rate``,
        ``transfer_rate`` (0 to 1), ``first_response_seconds``, ``handle_seconds``, ``after_call_seconds``,
        ``wait_seconds`` (means, of contacts with a person; of the wait, of calls and chats).
    measures : DataFrame, optional
        What `vocmine.journeys.standard_measures` gives, for ``fcr, repeat_rate, transfer_rate``.
    level : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        One row a target, in the order of `vocmine.frames.TARGET_BOUNDS`: ``target, wanted, n, value, low, high``,
        ``verdict`` (``met`` or ``missed`` where the whole interval says so, ``open`` where it holds the target,
        ``unknown`` without an interval), and of times ``within, within_low, within_high``: the share of contacts that
        kept to it.

    Raises
    ------
    SettingsError
        If a target has no meaning or is off its scale.

    Examples
    --------
    >>> contacts = pd.DataFrame({"csat": [4.0, 5.0, 4.0, 5.0] * 10, "wait_seconds": [10.0, 200.0] * 20})
    >>> table = target_table(contacts, {"wait_seconds": 60, "csat": 4.2})
    >>> table[["target", "n", "value", "verdict", "within"]].values.tolist()
    [['csat', 40, 4.5, 'met', nan], ['wait_seconds', 40, 105.0, 'missed', 0.5]]
    """
    check_targets(targets)
    rows = []
    for name in TARGET_BOUNDS:
        if name not in targets:
            continue
        wanted, within = float(targets[name]), Estimate()
        part = _timed(contacts, name) if name in TIMES else contacts
        found = _actual(part, name, measures, level)
        if name in TIMES and name in contacts and found.known:
            times = numbers(part[name])
            times = times[~np.isnan(times)]
            within = share_interval(int((times <= wanted).sum()), len(times), level)
        verdict = _verdict(found, wanted, name in _MORE_IS_BETTER)
        rows.append((name, wanted, found.n, *found.numbers, verdict, *within.numbers))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.round(dict.fromkeys(("value", "low", "high", "within", "within_low", "within_high"), 6))


def check_targets(targets: Mapping[str, float]) -> None:
    """Refuse a target that has no meaning or is off its scale.

    Raises
    ------
    SettingsError
        With the targets there are.
    """
    for name, wanted in targets.items():
        if name not in TARGET_BOUNDS:
            raise SettingsError("no such target", where="targets", got=repr(name), expected=", ".join(TARGET_BOUNDS))
        low, high = TARGET_BOUNDS[name]
        if not low <= float(wanted) <= high:
            raise SettingsError(
                "a target off its scale", where=f"targets, {name}", got=f"{wanted:g}", expected=f"{low:g} to {high:g}"
            )


def _timed(contacts: pd.DataFrame, name: str) -> pd.DataFrame:
    """Keep the contacts whose time a target is about."""
    if "channel" not in contacts:
        return contacts
    live, nobody = contacts["channel"].isin(_LIVE), contacts["channel"].isin(_NOBODY)
    return contacts.loc[live if name == "wait_seconds" else ~nobody]


def _actual(contacts: pd.DataFrame, name: str, measures: pd.DataFrame | None, level: float) -> Estimate:
    if name == "nps":
        table = net_promoters(contacts, by="contact_id", level=level).head(1) if "nps" in contacts else pd.DataFrame()
        return _first(table, "nps")
    if name == "csat_share":
        marks = numbers(contacts["csat"]) if "csat" in contacts else np.empty(0)
        marks = marks[~np.isnan(marks)]
        return share_interval(int((marks >= 4).sum()), len(marks), level)
    if name in ("csat", *TIMES):
        values = numbers(contacts[name]) if name in contacts else np.empty(0)
        return mean_interval(values, level, TARGET_BOUNDS[name])
    if measures is None:
        return Estimate()
    require_columns(measures, ("measure", "n", "value", "low", "high"), "measures", ContactError)
    return _first(measures.loc[measures["measure"] == _MEASURE.get(name, name)], "value")


def _first(table: pd.DataFrame, column: str) -> Estimate:
    for row in table.head(1).to_dict("records"):
        return Estimate(float(row[column]), float(row["low"]), float(row["high"]), int(row["n"]))
    return Estimate()


def _verdict(found: Estimate, wanted: float, more_is_better: bool) -> str:
    if not found.ranged or found.n < _FEWEST:
        return "unknown"
    if more_is_better:
        return "met" if found.low >= wanted else "missed" if found.high < wanted else "open"
    return "met" if found.high <= wanted else "missed" if found.low > wanted else "open"
