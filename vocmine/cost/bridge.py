"""From what contacts cost in one month to what they cost in the next: steps in money that add up exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.decomposition import shapley_effects
from vocmine.cost.money import split_exactly, whole_units
from vocmine.errors import SettingsError
from vocmine.frames import require_columns
from vocmine.results import IssueCosts, need_costs
from vocmine.stats import Estimate

Floats = NDArray[np.float64]

STEPS = ("days", "volume", "channels", "reasons", "minutes", "rate", "new", "ended", "other")
"""What leads from the handling cost before to that after, in this order."""

PAID = ("paid_before", "paid", "paid_after")
"""Payouts before, their change, payouts after: beside the handling cost, never in it."""

_DRAWS = 400  # of the bootstrap over days
_COUNT, _MINUTES, _COST, _PAYOUT = range(4)


@dataclass(frozen=True)
class Window:
    """Days of two months that are compared, like for like.

    Parameters
    ----------
    before, after : tuple of (str, str)
        First and last day of each, as ``"2026-09-01"``.
    is_whole : bool
        Whether both are whole months; else the same days of both are compared.
    """

    before: tuple[str, str]
    after: tuple[str, str]
    is_whole: bool


def compare_months(days: Sequence[str], before: str, after: str) -> Window:
    """Say which days of two months can be compared: all, or the days of the month that both have data for.

    Parameters
    ----------
    days : sequence of str
        Days with data, as ``"2026-09-01"``.
    before, after : str
        Months, as ``"2026-09"``.

    Raises
    ------
    SettingsError
        If a month has no days, or they have none in common.

    Examples
    --------
    >>> window = compare_months(["2026-09-01", "2026-09-30", "2026-10-01", "2026-10-20"], "2026-09", "2026-10")
    >>> window.before, window.after, window.is_whole
    (('2026-09-01', '2026-09-20'), ('2026-10-01', '2026-10-20'), False)
    """
    known = pd.to_datetime(pd.Series(sorted(set(days))))
    first, last = known.min(), known.max()
    spans = []
    for month in (before, after):
        start = pd.Timestamp(f"{month}-01")
        end = start + pd.offsets.MonthEnd(0)
        spans.append((max(start, first), min(end, last), start, end))
        if spans[-1][0] > spans[-1][1]:
            raise SettingsError(
                "no such month in the costs", where="month", got=month, expected=f"{first:%Y-%m} to {last:%Y-%m}"
            )
    whole = all(have == start and until == end for have, until, start, end in spans)
    low = max(span[0].day for span in spans)
    high = min(31 if span[1] == span[3] else span[1].day for span in spans)
    if low > high:
        raise SettingsError("the months have no days in common", where="month", got=f"{before}, {after}")
    cut = [
        (f"{start.replace(day=low):%Y-%m-%d}", f"{start.replace(day=min(high, end.day)):%Y-%m-%d}")
        for _, _, start, end in spans
    ]
    return Window(cut[0], cut[1], whole)


def cost_bridge(
    costs: IssueCosts,
    before: str,
    after: str,
    *,
    issues: Sequence[str] | None = None,
    level: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Lead from the cost of one month to that of another in steps that add up to the difference.

    A month costs ``days x contacts a day x share of the channel x share of the issue in the channel x minutes a contact
    x cost of a minute``, added up over channels and issues. Each factor is moved from the one month to the other,
    averaged over all orders of moving them (Das Gupta, Demography 15, 1978; the Shapley value of the steps): exact,
    with nothing left over. The log-mean Divisia index (Ang, Energy Policy 33, 2005) is exact as well, but takes the
    logarithm of shares, and issues come and go. An issue that had no contact before is a step of its own, as is one
    that ended. All of this is handling cost (labour); payouts stand beside it, in rows of their own. Months that are
    not whole are compared over the days that both have (`compare_months`).

    Ranges are the chance of the days: within each month days are drawn again, weekdays and weekend days apart. They
    leave out mistakes of the tagger, which move money between issues (in the steps of reasons and of single issues) but
    hardly the sum.

    Parameters
    ----------
    costs : IssueCosts
        Made with ``by=["day", "channel"]``; without a channel there is no step of channels.
    before, after : str
        Months, as ``"2026-09"``.
    issues : sequence of str, optional
        Give the steps of these issues too, with a first column ``issue`` (empty for all).
    level : float
        Level of the ranges.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        ``step, cost, low, high``: ``before``, the steps of `STEPS` that are not nothing, ``after``, all of them
        handling cost: the steps add up to after less before, to the smallest unit of the currency. Where there are
        payouts, the rows of `PAID` follow.

    Raises
    ------
    ContactError, SettingsError
        If columns are missing, or the months have no day in common.

    Examples
    --------
    Twice the calls, each twice as long:

    >>> table = pd.DataFrame({"day": ["2026-02-01", "2026-02-28", "2026-03-01", "2026-03-28"], "channel": "call",
    ...     "issue": "bill", "n_contacts": [5.0, 5, 10, 10], "handle_hours": [0.5, 0.5, 2, 2],
    ...     "cost": [1_800.0, 1_800, 7_200, 7_200]})
    >>> steps = cost_bridge(IssueCosts(table, currency="JPY"), "2026-02", "2026-03")
    >>> steps[["step", "cost"]].values.tolist()
    [['before', 3600.0], ['volume', 5400.0], ['minutes', 5400.0], ['after', 14400.0]]
    """
    names, cubes, window = _read(costs, before, after)
    exact = _steps([cube.sum(axis=0, keepdims=True) for cube in cubes], window, names)
    drawn = _steps(_bootstrap(cubes, window, seed), window, names)
    wanted: list[str] = ["", *(issues or ())]
    parts = []
    for issue in wanted:
        mine = np.ones(len(names), dtype=bool) if issue == "" else names["issue"].to_numpy() == issue
        sums, draws = exact[:, 0, mine].sum(axis=1), drawn[:, :, mine].sum(axis=2)
        parts.append(_frame(sums, draws, level, costs.currency).assign(issue=issue))
    columns = ["step", "cost", "low", "high"]
    return pd.concat(parts, ignore_index=True)[columns if issues is None else ["issue", *columns]]


def cost_change(costs: IssueCosts, before: str, after: str, *, level: float = 0.95, seed: int = 0) -> Estimate:
    """Give the whole change of the handling cost that `cost_bridge` leads through, with its range.

    Examples
    --------
    >>> table = pd.DataFrame({"day": ["2026-02-01", "2026-02-28", "2026-03-01", "2026-03-28"], "issue": "bill",
    ...     "n_contacts": 1.0, "handle_hours": 0.5, "cost": [900.0, 900.0, 1_000.0, 1_100.0]})
    >>> cost_change(IssueCosts(table, currency="JPY"), "2026-02", "2026-03").value
    300.0
    """
    _, cubes, window = _read(costs, before, after)
    daily = [cube[..., _COST].sum(axis=1)[:, None] for cube in cubes]
    sums = _bootstrap(daily, window, seed)
    value = float(daily[1].sum() - daily[0].sum())
    edge = (1 - level) / 2
    low, high = (float(np.quantile(sums[1] - sums[0], at)) for at in (edge, 1 - edge))
    n = round(sum(float(cube[..., _COUNT].sum()) for cube in cubes))
    return Estimate(value, min(low, value), max(high, value), n)


def _read(costs: IssueCosts, before: str, after: str) -> tuple[pd.DataFrame, list[Floats], Window]:
    table = need_costs(costs).table
    require_columns(table, ("day", "issue", "n_contacts", "handle_hours", "cost"), "costs", SettingsError)
    table = table.loc[table["day"].astype(str) != ""]
    window = compare_months(table["day"].astype(str).tolist(), before, after)
    names, cubes = _cubes(table, window)
    return names, cubes, window


def _cubes(table: pd.DataFrame, window: Window) -> tuple[pd.DataFrame, list[Floats]]:
    """Give the cells (channel, issue), and for each month its days x cells x contacts, minutes, cost, payouts."""
    channel = table["channel"].astype(str) if "channel" in table else ""
    payout = table["payout"].fillna(0.0) if "payout" in table else 0.0
    flat = table.assign(
        day=table["day"].astype(str), channel=channel, issue=table["issue"].astype(str), payout=payout,
        minutes=table["handle_hours"].fillna(0.0) * 60, cost=table["cost"].fillna(0.0),
    )
    values = ["n_contacts", "minutes", "cost", "payout"]
    inside = [flat.loc[flat["day"].between(*span)] for span in (window.before, window.after)]
    cells = pd.concat(inside)[["channel", "issue"]].drop_duplicates()
    names = cells.sort_values(["channel", "issue"], ignore_index=True)
    grid = pd.MultiIndex.from_frame(names)
    cubes = []
    for span, part in zip((window.before, window.after), inside, strict=True):
        days = pd.date_range(*span).strftime("%Y-%m-%d")
        sums = part.groupby(["day", "channel", "issue"])[values].sum()
        full = pd.MultiIndex.from_tuples([(day, *cell) for day in days for cell in grid])
        cubes.append(sums.reindex(full).fillna(0.0).to_numpy(dtype=float).reshape(len(days), len(names), len(values)))
    return names, cubes


def _bootstrap(cubes: list[Floats], window: Window, seed: int) -> list[Floats]:
    """Sum up months of days drawn again, weekdays and weekend days apart."""
    rng = np.random.default_rng(seed)
    out = []
    for cube, span in zip(cubes, (window.before, window.after), strict=True):
        weekend = pd.date_range(*span).day_of_week.to_numpy() >= 5
        weight = np.zeros((_DRAWS, len(cube)))
        for days in (np.flatnonzero(weekend), np.flatnonzero(~weekend)):
            if len(days):
                weight[:, days] = rng.multinomial(len(days), np.full(len(days), 1 / len(days)), size=_DRAWS)
        out.append(np.tensordot(weight, cube, axes=1))
    return out


def _steps(sums: list[Floats], window: Window, names: pd.DataFrame) -> Floats:
    """Give before, each step and after, then the rows of `PAID`, by draw and cell: shape (5 + steps, draws, cells)."""
    both = np.stack(sums)  # month, draw, cell, value
    count, cost, payout = (both[..., i] for i in (_COUNT, _COST, _PAYOUT))
    by_issue = pd.factorize(names["issue"])[0]
    sizes = [np.bincount(by_issue, month)[by_issue] for month in count.mean(axis=1)]
    seen: NDArray[np.bool_] = np.asarray([size > 0 for size in sizes], dtype=bool)
    lasting: NDArray[np.bool_] = np.asarray(seen.all(axis=0), dtype=bool)
    zero = np.zeros_like(cost[0])
    effects = shapley_effects(_factors(both * lasting.astype(float)[:, None], window, names))
    shared = [np.where(lasting, np.broadcast_to(effect, zero.shape), 0.0) for effect in effects]
    new, ended = ~seen[0] & seen[1], seen[0] & ~seen[1]
    other = ~np.asarray(seen.any(axis=0), dtype=bool)
    apart = [np.where(new, cost[1] - cost[0], zero), np.where(ended, cost[1] - cost[0], zero)]
    # What a cell without contacts costs (a month's difference to the books) is no factor of anything.
    left = cost[1] - cost[0] - sum(shared) - sum(apart)
    steps = [*shared, *apart, np.where(other | lasting, left, zero)]
    return np.stack([cost[0], *steps, cost[1], payout[0], payout[1] - payout[0], payout[1]])


def _factors(both: Floats, window: Window, names: pd.DataFrame) -> tuple[Floats, ...]:
    """Days, contacts a day, share of the channel, share of the issue in it, minutes a contact, cost of a minute."""
    count, minutes, cost = both[..., _COUNT], both[..., _MINUTES], both[..., _COST]
    code = pd.factorize(names["channel"])[0]
    member = np.equal.outer(code, code).astype(float)
    spans = (window.before, window.after)
    days = np.array([len(pd.date_range(*span)) for span in spans], dtype=float)[:, None, None]
    whole = count.sum(axis=2, keepdims=True)
    channel = count @ member
    each = _ratio(cost, count)
    long = _ratio(minutes, count)
    long = np.where((long > 0).all(axis=0), long, 1.0)  # without minutes all of a contact's cost is its price
    return (
        days, whole / days, _ratio(channel, whole, 0.0), _ratio(count, channel), long, _ratio(each, long),
    )


def _ratio(part: Floats, whole: Floats, empty: float | None = None) -> Floats:
    """Divide month by month; where a month has nothing to divide by, its ratio is that of the other, else 0."""
    out = np.divide(part, whole, out=np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan), where=whole > 0)
    if empty is None:
        out = np.where(np.isnan(out), out[::-1], out)
    return np.asarray(np.nan_to_num(out), dtype=float)


def _frame(sums: Floats, draws: Floats, level: float, currency: str) -> pd.DataFrame:
    """Round the steps so that they add up, and put their ranges beside them."""
    paid = len(sums) - len(PAID)
    cost = np.concatenate([_added_up(sums[:paid], currency), _added_up(sums[paid:], currency)])
    edge = (1 - level) / 2
    low, high = (whole_units(np.quantile(draws, at, axis=1), currency) for at in (edge, 1 - edge))
    names = ["before", *STEPS, "after", *PAID]
    ranged = {"cost": cost, "low": np.minimum(low, cost), "high": np.maximum(high, cost)}
    table = pd.DataFrame({"step": names, **ranged})
    is_end = table["step"].isin(["before", "after"])
    is_paid = table["step"].isin(PAID) & bool((cost[paid:] != 0).any())
    return table.loc[is_end | is_paid | (table["cost"] != 0)].reset_index(drop=True)


def _added_up(sums: Floats, currency: str) -> Floats:
    """Round the value before, the steps and the value after; what rounding leaves goes to the largest step."""
    before, after = (float(whole_units(sums[[i]], currency)[0]) for i in (0, -1))
    steps = split_exactly(sums[1:-1], currency)
    largest = int(np.argmax(np.abs(steps)))
    steps[largest] += float(whole_units(np.array([after - before - steps.sum()]), currency)[0])
    return np.array([before, *steps, after])
