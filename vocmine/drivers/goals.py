"""Targets against actuals: met, missed, or not to be told from so many contacts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from vocmine.drivers.outcomes import numbers
from vocmine.drivers.recommendation import net_promoters
from vocmine.errors import ContactError, SettingsError
from vocmine.frames import require_columns
from vocmine.stats import Estimate, mean_interval, share_interval

TIMES = ("first_response_seconds", "handle_seconds", "after_call_seconds", "wait_seconds")
TARGETS = {
    "csat": True, "csat_share": True, "nps": True, "fcr": True, "repeat_rate": False, "transfer_rate": False,
    **dict.fromkeys(TIMES, False),
}
"""What a target can be set for, and whether more is better."""

_MEASURE = {"fcr": "first_contact_resolution"}  # as `vocmine.journeys.standard_measures` calls it
_BOUNDS = {
    **dict.fromkeys(TIMES, (0.0, float("inf"))), "csat": (1.0, 5.0), "nps": (-100.0, 100.0),
    **dict.fromkeys(("csat_share", "fcr", "repeat_rate", "transfer_rate"), (0.0, 1.0)),
}
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
        ``wait_seconds`` (means).
    measures : DataFrame, optional
        What `vocmine.journeys.standard_measures` gives, for ``fcr, repeat_rate, transfer_rate``.
    level : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        One row a target, in the order of `TARGETS`: ``target, wanted, n, value, low, high``, ``verdict`` (``met`` or
        ``missed`` where the whole interval says so, ``open`` where it holds the target, ``unknown`` without an
        interval), and of times ``within, within_low, within_high``: the share of contacts that kept to it.

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
    for name, more_is_better in TARGETS.items():
        if name not in targets:
            continue
        wanted, found, within = float(targets[name]), _actual(contacts, name, measures, level), Estimate()
        if name in TIMES and name in contacts and found.known:
            times = numbers(contacts[name])
            times = times[~np.isnan(times)]
            within = share_interval(int((times <= wanted).sum()), len(times), level)
        rows.append((name, wanted, found.n, *found.numbers, _verdict(found, wanted, more_is_better), *within.numbers))
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
        if name not in TARGETS:
            raise SettingsError("no such target", where="targets", got=repr(name), expected=", ".join(TARGETS))
        low, high = _BOUNDS[name]
        if not low <= float(wanted) <= high:
            raise SettingsError(
                "a target off its scale", where=f"targets, {name}", got=f"{wanted:g}", expected=f"{low:g} to {high:g}"
            )


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
        return mean_interval(values, level, _BOUNDS[name])
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
