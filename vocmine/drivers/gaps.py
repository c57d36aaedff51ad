"""The gap of an outcome between two periods or groups, in parts that add up to it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.drivers.contributions import AnsweredContacts
from vocmine.drivers.design import GROUPS, DriverBlock, customers_of
from vocmine.drivers.outcomes import outcome_values
from vocmine.drivers.shrinkage import ShrunkFit, fit_shrunk
from vocmine.errors import ContactError, SettingsError
from vocmine.frames import require_columns
from vocmine.stats import Floats, normal_quantile

FEWEST_EACH = 30
"""Answers that each side of a gap needs."""

_PLACES = 9  # so fine that parts that are written add up to the whole
_CHANGING = ("issue", "team", "served")  # whose effects may differ between the two sides
COLUMNS = (
    "outcome", "group", "kind", "name", "n_before", "n_after", "share_before", "share_after", "mix", "rate", "value",
    "low", "high", "share_of_gap",
)
SIZE_COLUMNS = ("outcome", "n_before", "n_after", "before", "after", "value", "low", "high")
Side = Any  # a pair of days, or a mark for each contact


@dataclass(frozen=True, eq=False)
class _Parts:
    """Parts of a gap as weighted sums of effects: one row a part."""

    rows: list[dict[str, Any]]
    mix: Floats
    rate: Floats


def gap(
    contacts: pd.DataFrame,
    tags: pd.DataFrame,
    before: Side,
    after: Side,
    outcome: str = "csat",
    level: float = 0.95,
    *,
    by: str = "driver",
    service_reasons: Callable[[str], bool] | None = None,
) -> pd.DataFrame:
    """Split the gap of an outcome between two periods or groups into parts that add up to it exactly.

    One regression over both (as of `vocmine.drivers.drivers`) lets the effect of each issue, team and way of being
    served differ between them, as far as the answers say that it does. The part of an issue is what comes of its share
    having changed (``mix``) plus what comes of its contacts being rated otherwise (``rate``), each with the average of
    both sides as the other factor (Oaxaca 1973 and Blinder 1973, with the weights of Shapley 1953). What no part
    explains is told as ``rest``: all contacts were rated otherwise, or something nobody recorded changed.

    Parameters
    ----------
    contacts, tags, outcome, level, service_reasons
        As for `vocmine.drivers.drivers`.
    before, after : (first, last) or array-like of bool
        Two days, both included (days of ``created_at`` in its time zone), or a mark for each contact.
    by : {"driver", "group"}
        A row a driver, or one for the product, the service, and what is left.

    Returns
    -------
    DataFrame
        ``outcome, group, kind, name, n_before, n_after`` (answers), ``share_before, share_after, mix, rate, value``
        (mix + rate) with ``low, high``, and ``share_of_gap`` (NaN where the gap may be 0), the largest part first; the
        last row is the rest. The values add up to the mean after less the mean before, exactly. The range of a part
        takes the contacts that answered as they are. Empty where a side has fewer than `FEWEST_EACH` answers.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, a mark is off its scale, a side can't be read, or a contact is on both.

    Examples
    --------
    >>> label = np.array((["login"] * 20 + ["plan"] * 80) + (["login"] * 60 + ["plan"] * 40))
    >>> contacts = pd.DataFrame({"contact_id": [f"c{i:03}" for i in range(200)], "after": np.arange(200) >= 100})
    >>> contacts["csat"] = np.where(label == "login", 3.0, 4.0) + np.tile([1.0, -1.0], 100)
    >>> tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": label})
    >>> parts = gap(contacts, tags, ~contacts["after"], contacts["after"])
    >>> parts[["name", "n_before", "n_after", "value"]].round(1).values.tolist()
    [['login', 20, 60, -0.2], ['plan', 80, 40, -0.2], ['', 100, 100, -0.0]]
    >>> float(parts["value"].sum().round(9))
    -0.4
    """
    normal_quantile(level)
    if by not in ("driver", "group"):
        raise SettingsError("no such table", where="by", got=repr(by), expected="driver or group")
    sides = two_sides(contacts, before, after)
    keep = np.flatnonzero(sides[0] | sides[1])
    found = AnsweredContacts.of(contacts.iloc[keep], tags, outcome, service_reasons)
    late = sides[1][keep][found.rows]
    if min(int(late.sum()), int((~late).sum())) < FEWEST_EACH or not found.can_be_told:
        return pd.DataFrame(columns=list(COLUMNS))
    fit, parts = _fit(found, late)
    table = _driver_table(fit, parts, level) if by == "driver" else _group_table(fit, parts, level)
    return _closed(table, fit, parts, (found, late, level)).assign(outcome=outcome)[list(COLUMNS)]


def mean_gap(
    contacts: pd.DataFrame, before: Side, after: Side, outcome: str = "csat", level: float = 0.95
) -> pd.DataFrame:
    """Give the means of both sides of a gap and their difference, with its interval over customers.

    Parameters
    ----------
    contacts, before, after, outcome, level
        As for `gap`.

    Returns
    -------
    DataFrame
        One row: ``outcome, n_before, n_after, before, after, value, low, high``; empty where a side has fewer than
        `FEWEST_EACH` answers.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": [f"c{i}" for i in range(80)]})
    >>> contacts["csat"] = [4.0, 5.0] * 20 + [3.0, 4.0] * 20
    >>> late = np.arange(80) >= 40
    >>> mean_gap(contacts, ~late, late)[["before", "after", "value"]].values.tolist()
    [[4.5, 3.5, -1.0]]
    """
    y, sides = outcome_values(contacts, outcome), two_sides(contacts, before, after)
    known = [side & ~np.isnan(y) for side in sides]
    if min(int(side.sum()) for side in known) < FEWEST_EACH:
        return pd.DataFrame(columns=list(SIZE_COLUMNS))
    people = customers_of(contacts)
    size = _size(y, people, known, level)
    return pd.DataFrame([{"outcome": outcome, **size}], columns=list(SIZE_COLUMNS))


def _size(y: Floats, people: np.ndarray, sides: list[np.ndarray], level: float) -> dict[str, Any]:
    """Give means and difference; a customer with contacts on both sides counts as one person."""
    from scipy.special import stdtrit

    (n, m), (first, last) = (int(side.sum()) for side in sides), _means(y, *sides)
    pull = np.where(sides[1], (y - last) / m, 0.0) - np.where(sides[0], (y - first) / n, 0.0)
    per_person = np.bincount(people, pull)
    k = len(np.unique(people[sides[0] | sides[1]]))
    half = float(stdtrit(k - 2, (1 + level) / 2)) * math.sqrt(math.fsum((per_person**2).tolist()) * k / (k - 1))
    value = last - first
    numbers = {"before": first, "after": last, "value": value, "low": value - half, "high": value + half}
    return {"n_before": n, "n_after": m, **{name: round(number, _PLACES) + 0.0 for name, number in numbers.items()}}


def two_sides(contacts: pd.DataFrame, before: Side, after: Side) -> tuple[np.ndarray, np.ndarray]:
    """Mark the contacts of both sides.

    Raises
    ------
    SettingsError
        If a side can't be read, or a contact is on both.
    """
    first, last = _side(contacts, before, "before"), _side(contacts, after, "after")
    if (first & last).any():
        raise SettingsError(
            "contacts on both sides", where="before, after", got=f"{int((first & last).sum())} of them",
            expected="periods or groups that share no contact",
        )
    return first, last


def _side(contacts: pd.DataFrame, side: Side, name: str) -> np.ndarray:
    """Mark the contacts of one side."""
    days = isinstance(side, Sequence) and not isinstance(side, str) and len(side) == 2
    if days and not isinstance(side[0], bool | np.bool_):
        require_columns(contacts, ("created_at",), "contacts", ContactError)
        day = pd.to_datetime(contacts["created_at"]).dt.strftime("%Y-%m-%d")
        first, last = (pd.to_datetime(str(end), errors="coerce") for end in side)
        if pd.isna(first) or pd.isna(last) or first > last:
            raise SettingsError(
                "no two days", where=name, got=str(side)[:80], expected='as ("2026-09-01", "2026-09-30")'
            )
        return np.asarray((day >= str(first.date())) & (day <= str(last.date())))
    marks = pd.Series(side)
    if len(marks) != len(contacts) or not marks.dropna().isin([True, False]).all():
        raise SettingsError(
            "neither two days nor a mark for each contact", where=name, got=type(side).__name__,
            expected=f'("2026-09-01", "2026-09-30") or {len(contacts)} marks',
        )
    return np.asarray(marks.fillna(False).astype(bool))


def _fit(found: AnsweredContacts, late: np.ndarray) -> tuple[ShrunkFit, _Parts]:
    """Fit both sides at once; give the fit, and each part of the gap as weights of its effects."""
    blocks = found.design.blocks
    changing = [block for block in blocks if block.kind in _CHANGING]
    half = np.where(late, 0.5, -0.5)[:, None]
    fixed = np.column_stack([~late, late]).astype(float)
    matrices = [*(block.matrix for block in blocks), *(block.matrix * half for block in changing)]
    fit = fit_shrunk(fixed, matrices, found.y, found.design.people)
    places = 2 + np.cumsum([0, *(matrix.shape[1] for matrix in matrices)])
    rows: list[dict[str, Any]] = []
    mixes, rates = [], []
    for number, block in enumerate(blocks):
        ends = block.matrix[~late].mean(axis=0), block.matrix[late].mean(axis=0)
        p = len(block.names)
        mix, rate = np.zeros((p, len(fit.effects))), np.zeros((p, len(fit.effects)))
        mix[:, places[number] : places[number] + p] = _mix_weights(*ends, block.sums_to_one)
        if block in changing:
            at = places[len(blocks) + changing.index(block)]
            rate[np.arange(p), at + np.arange(p)] = (ends[0] + ends[1]) / 2
        mixes.append(mix)
        rates.append(rate)
        rows += _facts(block, late, ends, [found.design.group(block.kind, name) for name in block.names])
    return fit, _Parts(rows, np.vstack(mixes), np.vstack(rates))


def _mix_weights(before: Floats, after: Floats, sums_to_one: bool) -> Floats:
    """Weigh effects by how shares moved, against the average contact of both sides."""
    p = len(before)
    own = np.eye(p) - (np.tile((before + after) / 2, (p, 1)) if sums_to_one else 0.0)
    return np.asarray((after - before)[:, None] * own)


def _facts(
    block: DriverBlock, late: np.ndarray, ends: tuple[Floats, Floats], groups: list[str]
) -> list[dict[str, Any]]:
    has = block.matrix > 0
    n_before, n_after = has[~late].sum(axis=0), has[late].sum(axis=0)
    return [
        {"group": group, "kind": block.kind, "name": name, "n_before": int(n_before[i]), "n_after": int(n_after[i]),
         "share_before": float(ends[0][i]), "share_after": float(ends[1][i])}
        for i, (name, group) in enumerate(zip(block.names, groups, strict=True))
    ]


def _means(y: Floats, early: np.ndarray, late: np.ndarray) -> tuple[float, float]:
    """Give the means of both sides, added up exactly."""
    first, last = (math.fsum(part.tolist()) / len(part) for part in (y[early], y[late]))
    return first, last


def _driver_table(fit: ShrunkFit, parts: _Parts, level: float) -> pd.DataFrame:
    """Give a row for each named driver; what has no name is left to the rest."""
    value, low, high = fit.figures(parts.mix + parts.rate, level)
    table = pd.DataFrame(parts.rows).assign(
        mix=parts.mix @ fit.effects, rate=parts.rate @ fit.effects, value=value, low=low, high=high
    )
    return table.loc[table["name"] != ""]


def _group_table(fit: ShrunkFit, parts: _Parts, level: float) -> pd.DataFrame:
    """Add the drivers of the product and of the service up; all others are left to the rest."""
    rows, names = [], np.array([row["group"] for row in parts.rows], dtype=object)
    for group in GROUPS[:2]:
        mine = names == group
        if mine.any():
            mix, rate = (weights[mine].sum(axis=0, keepdims=True) for weights in (parts.mix, parts.rate))
            value, low, high = fit.figures(mix + rate, level)
            rows.append({
                "group": group, "kind": "group", "name": group, "mix": float((mix @ fit.effects)[0]),
                "rate": float((rate @ fit.effects)[0]), "value": value[0], "low": low[0], "high": high[0],
            })
    return pd.DataFrame(rows, columns=["group", "kind", "name", "mix", "rate", "value", "low", "high"])


def _closed(
    table: pd.DataFrame, fit: ShrunkFit, parts: _Parts, sides: tuple[AnsweredContacts, np.ndarray, float]
) -> pd.DataFrame:
    """Round, order by size, and add the rest that closes the sum."""
    found, late, level = sides
    size = _size(found.y, found.design.people, [~late, late], level)
    table = table.assign(**{name: table[name].round(_PLACES) for name in ("mix", "rate", "low", "high")})
    table["value"] = (table["mix"] + table["rate"]).round(_PLACES)
    order = table.assign(_size=table["value"].abs())
    order = order.sort_values(["_size", "kind", "name"], ascending=[False, True, True], kind="stable")
    rows = [*order.drop(columns="_size").to_dict("records"), _rest(table, fit, parts, (size, level))]
    closed = pd.DataFrame(rows).reindex(columns=list(COLUMNS))
    for column in ("n_before", "n_after"):
        closed[column] = closed[column].fillna(size[column]).astype(int)
    for column in ("share_before", "share_after"):
        closed[column] = closed[column].astype(float).round(6)
    sure = size["low"] > 0 or size["high"] < 0
    closed["share_of_gap"] = (closed["value"] / size["value"]).round(6) if sure else float("nan")
    return closed


def _rest(
    table: pd.DataFrame, fit: ShrunkFit, parts: _Parts, whole: tuple[dict[str, Any], float]
) -> dict[str, Any]:
    """Give what is left when all rows of a table are taken off the gap."""
    size, level = whole
    named = set(zip(table["kind"], table["name"], strict=True))
    untold = np.array([
        (row["kind"], row["name"]) not in named and ("group", row["group"]) not in named for row in parts.rows
    ])
    weights = (parts.mix + parts.rate)[untold].sum(axis=0, keepdims=True)
    weights[0, :2] += (-1.0, 1.0)  # the level of each side
    _, low, high = fit.figures(weights, level)
    rest = round(size["value"] - math.fsum(table["value"].tolist()), _PLACES)
    return {
        "group": "rest", "kind": "rest", "name": "", "n_before": size["n_before"], "n_after": size["n_after"],
        "share_before": 1.0, "share_after": 1.0, "mix": 0.0, "rate": rest, "value": rest,
        "low": round(float(low[0]), _PLACES), "high": round(float(high[0]), _PLACES),
    }
