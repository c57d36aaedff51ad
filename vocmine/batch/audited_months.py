"""What a checked sample teaches of one period, carried over to the days of all months: one figure an issue and month.

The sample corrects the costs of the period it is of. Months are costed on their own, as tagged; here each issue is
moved by as much as in that period, which takes the tagger's mistakes to be alike in all months.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.batch.costing import cost_contacts
from vocmine.batch.monthly import COLUMNS
from vocmine.batch.state import fingerprint
from vocmine.results import IssueCosts
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.batch.period import Period
    from vocmine.cost import CostModel

Floats = NDArray[np.float64]

VALUES = COLUMNS[2:]
"""Columns that are corrected, each on its own: contacts, hours, cost, payouts."""

_ROUNDS = 200  # of fitting days and issues in turn
_CLOSE = 1e-10  # of a total


@dataclass(frozen=True, eq=False)
class AuditedDays:
    """Costs by day with what a checked sample corrects, and the same as tagged.

    Parameters
    ----------
    daily, tagged : DataFrame
        ``day, issue`` and `VALUES`, the same rows.
    """

    daily: pd.DataFrame
    tagged: pd.DataFrame

    @property
    def is_corrected(self) -> bool:
        """Whether a checked sample corrects them."""
        return self.daily is not self.tagged

    @property
    def digest(self) -> str:
        """Name what the correction is."""
        return fingerprint(self.daily.to_csv(index=False) if self.is_corrected else "")

    def corrected(self, table: pd.DataFrame, period: str = "day") -> pd.DataFrame:
        """Correct a finer table, a row an issue and day (or month) and more: each part is moved as its whole is.

        Parameters
        ----------
        table : DataFrame
            ``issue``, the period and any of `VALUES`, as tagged.
        period : {"day", "month"}
            Column that names the day, or the month.

        Returns
        -------
        DataFrame
            The same rows; the sum over all issues of a day (a month) stays.
        """
        if not self.is_corrected or table.empty:
            return table
        keys = [period, "issue"]
        whole = [
            part.assign(month=part["day"].str[:7]).groupby(keys)[list(VALUES)].sum()
            for part in (self.daily, self.tagged)
        ]
        factor = (whole[0] / whole[1]).where(whole[1] > 0, 1.0)
        place = pd.MultiIndex.from_frame(table[keys].astype(str))
        out = table.copy()
        for name in (name for name in VALUES if name in table):
            moved = table[name] * factor[name].reindex(place).fillna(1.0).to_numpy()
            sums = [part.groupby(table[period].astype(str)).transform("sum") for part in (table[name], moved)]
            out[name] = moved * (sums[0] / sums[1]).where(sums[1] > 0, 1.0)
        return out


def audited_days(
    tagged: pd.DataFrame, costs: IssueCosts, period: Period, settings: Settings, model: CostModel | None
) -> AuditedDays:
    """Correct costs by day as a checked sample corrects those of its period; as tagged without one.

    Parameters
    ----------
    tagged : DataFrame
        As `vocmine.batch.monthly.daily_costs` gives it.
    costs : IssueCosts
        Of the period, with the sample.
    period, settings, model
        What they were made from.
    """
    if costs.basis != "audit" or tagged.empty:
        return AuditedDays(tagged, tagged)
    plain = cost_contacts(period.contacts, period.tags, settings, model, names=period.names)
    daily = correct_days(tagged, factors(costs.table, plain.table))
    return AuditedDays(daily, tagged)


def factors(audited: pd.DataFrame, plain: pd.DataFrame) -> pd.DataFrame:
    """Say how many times as large a checked sample makes each issue; 1 where nothing was tagged.

    Columns ``share_...`` give the share of the whole, where there was nothing that could be made larger; else 0.

    Examples
    --------
    >>> tables = [pd.DataFrame({"issue": ["a", "b"], "n_contacts": [n, 4.0], "handle_hours": 1.0, "cost": 2.0 * n,
    ...     "payout": 0.0}) for n in (3.0, 2.0)]
    >>> factors(*tables)["cost"].tolist(), factors(*tables)["payout"].tolist()
    ([1.5, 1.5], [1.0, 1.0])
    """
    after, before = (
        table.reindex(columns=["issue", *VALUES]).groupby("issue")[list(VALUES)].sum() for table in (audited, plain)
    )
    after = after.reindex(before.index).clip(lower=0.0)
    share = (after / after.sum()).where((before <= 0) & (after > 0), 0.0).fillna(0.0)
    return (after / before).where(before > 0, 1.0).fillna(1.0).join(share.add_prefix("share_"))


def correct_days(tagged: pd.DataFrame, by_issue: pd.DataFrame) -> pd.DataFrame:
    """Move each issue of a month by its factor, so that months, and each day over all issues, add up as before.

    Iterative proportional fitting of days and issues (Deming and Stephan, Annals of Mathematical Statistics 11, 1940);
    where a day can't keep its sum, since it has one issue alone, the months of the issues do.

    Examples
    --------
    >>> tagged = pd.DataFrame({"day": ["2026-10-01", "2026-10-01", "2026-10-02", "2026-10-02"], "issue": list("abab"),
    ...     "n_contacts": 1.0, "handle_hours": 1.0, "cost": [10.0, 10.0, 10.0, 30.0], "payout": 0.0})
    >>> before, after = (pd.DataFrame({"issue": list("ab"), "cost": cost}) for cost in ([20.0, 40.0], [40.0, 20.0]))
    >>> out = correct_days(tagged, factors(after, before))
    >>> out.groupby("issue")["cost"].sum().tolist(), out.groupby("day")["cost"].sum().round(3).tolist()
    ([40.0, 20.0], [20.0, 40.0])
    """
    parts = []
    for _month, part in tagged.groupby(tagged["day"].str[:7], sort=True):
        day, days = pd.factorize(part["day"], sort=True)
        issue, issues = pd.factorize(part["issue"], sort=True)
        out = part.copy()
        for name in VALUES:
            factor = by_issue[name].reindex(issues).fillna(1.0).to_numpy()
            share = by_issue[f"share_{name}"].reindex(issues).fillna(0.0).to_numpy()
            value = part[name].fillna(0.0).to_numpy(dtype=float)
            sown = _sown(value, part["n_contacts"].to_numpy(dtype=float), day, share[issue] > 0, len(days))
            by_day = _sums(day, value, len(days))
            out[name] = _fitted(sown, day, issue, _wanted(value, issue, factor, share), by_day).round(6)
        parts.append(out.assign(**{name: out[name].where(part[name].notna()) for name in VALUES}))
    return pd.concat(parts).reindex(tagged.index)


def _wanted(
    value: Floats, issue: NDArray[np.int64], factor: Floats, share: Floats
) -> Floats:
    """Say what each issue of the month is to come to: its factor, or its share where nothing was tagged."""
    wanted = _sums(issue, value, len(factor)) * factor + share * value.sum()
    whole = wanted.sum()
    return np.asarray(wanted * (value.sum() / whole)) if whole > 0 else wanted


def _sown(value: Floats, n: Floats, day: NDArray[np.int64], is_bare: NDArray[np.bool_], n_days: int) -> Floats:
    """Put something where nothing was tagged, by the contacts of the day: from 0 nothing can be made larger."""
    by_day = [_sums(day, part, n_days)[day] for part in (value, n)]
    return np.where(is_bare, n * by_day[0] * _over(np.ones_like(value), by_day[1]), value)


def _fitted(
    sown: Floats, day: NDArray[np.int64], issue: NDArray[np.int64], wanted: Floats, by_day: Floats
) -> Floats:
    fitted = sown
    for _ in range(_ROUNDS):
        found = _sums(issue, fitted, len(wanted))
        if np.abs(found - wanted).max() <= _CLOSE * wanted.sum():
            break
        fitted = fitted * _over(wanted, found)[issue]
        fitted = fitted * _over(by_day, _sums(day, fitted, len(by_day)))[day]
    return fitted * _over(wanted, _sums(issue, fitted, len(wanted)))[issue]


def _sums(place: NDArray[np.int64], value: Floats, n: int) -> Floats:
    return np.bincount(place, weights=value, minlength=n).astype(np.float64)


def _over(wanted: Floats, found: Floats) -> Floats:
    return np.divide(wanted, found, out=np.zeros_like(wanted), where=found > 0)
