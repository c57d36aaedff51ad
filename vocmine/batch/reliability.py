"""How often an alarm is false: measured by replays of shuffled days, kept in ``backtest.json``, else as shipped."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from vocmine.batch.replay import Sensitivity
from vocmine.batch.state import read_versioned, write_json
from vocmine.errors import StoreError

SCHEMA = 1  # of backtest.json; rises when an older reader could not read it
NAME = "backtest.json"
_MONTH = 30  # days
_PLACES = 6


def per_30_days(n: int, days: int, level: float = 0.95) -> dict[str, Any]:
    """Give a count as a rate, with the exact interval of a Poisson count (Garwood 1936, Biometrika 28, 437-442).

    Parameters
    ----------
    n, days : int
        Counted in so many days.
    level : float

    Returns
    -------
    dict
        ``n, per_30_days, low, high``; the last three are None where no day was looked at.

    Examples
    --------
    Of 10 events the interval of the mean is 4.795 to 18.390 (table 40 of Pearson and Hartley, Biometrika Tables for
    Statisticians, 1966):

    >>> per_30_days(10, 30)["low"], per_30_days(10, 30)["high"]
    (4.795389, 18.390356)
    >>> per_30_days(0, 60)
    {'n': 0, 'per_30_days': 0.0, 'low': 0.0, 'high': 1.84444}
    """
    from scipy.special import gammaincinv  # half a quantile of chi-square with 2 n degrees of freedom

    if days <= 0:
        return {"n": n, "per_30_days": None, "low": None, "high": None}
    tail, scale = (1 - level) / 2, _MONTH / days
    low = float(gammaincinv(n, tail)) if n else 0.0
    high = float(gammaincinv(n + 1, 1 - tail))
    return {"n": n} | {
        name: round(value * scale, _PLACES) for name, value in (("per_30_days", n), ("low", low), ("high", high))
    }


def write_backtest(home: Path, values: Mapping[str, Any]) -> None:
    """Write what a backtest found into a results folder, in place of an older one; the same gives the same bytes."""
    write_json(home / NAME, {"schema": SCHEMA, **values})


def read_reliability(home: Path, level: float = 0.95) -> dict[str, Any] | None:
    """Say how often an alarm is false, and how that was checked.

    Parameters
    ----------
    home : Path
        The results folder.
    level : float
        Of the intervals.

    Returns
    -------
    dict, optional
        ``how``: ``replay`` where `vocmine backtest` shuffled the days of this folder under the sensitivity that runs
        have, ``shipped`` where the figures are those measured on made-up contacts (``scripts/check_alarms.py``);
        ``days`` that were looked at; ``false_alarms_per_30_days, low, high``; and the same of incidents as
        ``incidents``: a dict of ``n, per_30_days, low, high``.

    Raises
    ------
    StoreError
        If ``backtest.json`` is damaged, or a newer vocmine wrote it.
    """
    values = read_versioned(home / NAME, SCHEMA, _damaged(home / NAME))
    found = None if values is None else _of_replays(values, home / NAME, level)
    return shipped_reliability(level) if found is None else found


def shipped_reliability(level: float = 0.95) -> dict[str, Any]:
    """Say how often an alarm is false, as measured on made-up contacts; see `read_reliability`."""
    return _stated("shipped", _shipped(), level)


def _damaged(path: Path) -> StoreError:
    return StoreError("the backtest is damaged", where=str(path), hint="delete the file, or run vocmine backtest again")


def _of_replays(values: Mapping[str, Any], path: Path, level: float) -> dict[str, Any] | None:
    """Give the rates of the sensitivity in use; None where it was not replayed, or on no day."""
    in_use = vars(Sensitivity.in_use())
    try:
        mine = [s["false"] for s in values["settings"] if {name: s[name] for name in in_use} == in_use]
        if not mine or not mine[0]["days"]:
            return None
        counted = {kind: int(mine[0][kind]["n"]) for kind in ("alarms", "incidents")}
        return _stated("replay", {"days": int(mine[0]["days"]), **counted}, level)
    except (KeyError, TypeError, ValueError):
        raise _damaged(path) from None


def _stated(how: str, counted: Mapping[str, int], level: float) -> dict[str, Any]:
    days = counted["days"]
    alarms, incidents = (per_30_days(counted[kind], days, level) for kind in ("alarms", "incidents"))
    return {
        "how": how, "days": days, "false_alarms_per_30_days": alarms["per_30_days"], "low": alarms["low"],
        "high": alarms["high"], "incidents": incidents,
    }


def _shipped() -> dict[str, int]:
    """Give the counts that the package states."""
    import yaml

    text = files("vocmine.topics").joinpath("data", "reliability.yaml").read_text(encoding="utf-8")
    return {name: int(n) for name, n in yaml.safe_load(text).items()}
