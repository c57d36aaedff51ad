"""How many contacts to check first, and what that many are expected to bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.audits.sample import expected_errors
from vocmine.cost.label_plan import plan_labels
from vocmine.errors import SettingsError
from vocmine.frames import UNALLOCATED, UNKNOWN, main_rows, rows_of_kind
from vocmine.results import IssueCosts

_SIZES = (50, 60, 80, 100, 120, 150, 200, 250, 300, 400, 500)
"""Contacts to check: below the first an interval says little; beyond the last a person gives up."""

FIRST_CHECK = 100
"""Contacts that a person checks within a few hours: what that many bring is said beside the ranges."""

_SIZES_OF_ISSUES = ("cost", "handle_hours", "n_contacts")
FEWEST, MOST = _SIZES[0], _SIZES[-1]
_PRECISION = 0.15  # wanted half-width of the dearest issues
_TOP = 3  # how many of them
_LEAST_ACCURACY, _MOST_ACCURACY = 0.5, 0.97  # scores are not trusted beyond these


@dataclass(frozen=True)
class AuditPlan:
    """A first audit, and what it is expected to bring.

    Parameters
    ----------
    n : int
        Contacts to check.
    issue : str
        The dearest issue; empty where no issue costs anything.
    half_width : float
        Expected half-width of its interval over its cost with `n` labels; NaN without an issue.
    accuracy : float
        Share of right tags that is assumed; NaN where an audit is the base.

    Examples
    --------
    >>> AuditPlan(100, "bill", 0.153, 0.8).percent
    15
    """

    n: int
    issue: str
    half_width: float
    accuracy: float

    @property
    def percent(self) -> int | None:
        """Half-width in whole percent; None where it is not known."""
        return round(100 * self.half_width) if np.isfinite(self.half_width) else None


def plan_audit(
    costs: IssueCosts, tags: pd.DataFrame, values: pd.Series[float], n: int | None = None, *, level: float = 0.95
) -> AuditPlan:
    """Say how many contacts to check, and how well the dearest issue will be known.

    Without a number it is the least that is expected to bring +-15 % on the three dearest issues, from 50 to 500, and
    never more than `plan_labels` wants, which knows nothing of how contacts are drawn. It assumes that tags are right
    as often as their scores say.

    Parameters
    ----------
    costs : IssueCosts
        Issue costs without further keys.
    tags : DataFrame
        ``contact_id, label, score``: their mean score is the accuracy that is assumed.
    values : Series
        What each contact counts for (money or hours) by contact_id, as for `Audit.sample`.
    n : int, optional
        Contacts to check.
    level : float
        Of the interval.

    Raises
    ------
    SettingsError
        If `n` is below 1.

    Examples
    --------
    >>> ids = [f"c{i}" for i in range(1000)]
    >>> costs = IssueCosts(pd.DataFrame({"issue": ["a", "b"], "cost": [600.0, 400.0], "n_contacts": [600.0, 400.0]}))
    >>> tags = pd.DataFrame({"contact_id": ids, "label": ["a"] * 600 + ["b"] * 400, "score": 0.8})
    >>> plan = plan_audit(costs, tags, pd.Series(1.0, index=ids))
    >>> plan.n, plan.issue, plan.percent, round(plan.accuracy, 2)
    (150, 'a', 10, 0.8)
    """
    if n is not None and n < 1:
        raise SettingsError("too few contacts to draw", where="n", got=str(n), expected="1 or more")
    accuracy = expected_accuracy(tags)
    table = costs.table
    money = (table["cost"].fillna(0) > 0).any() or "handle_hours" not in table
    priced = costs.with_table(table if money else table.assign(cost=table["handle_hours"]))
    plan = plan_labels(priced, precision=_PRECISION, top=_TOP, accuracy=accuracy, level=level)
    dearest = plan.table["issue"].astype(str).tolist()
    population = int(rows_of_kind(tags)["contact_id"].nunique())
    most = max(FEWEST, min(plan.n, MOST))
    sizes = (n,) if n is not None else (*(size for size in _SIZES if size < most), most)
    expected: dict[str, float] = {}
    for size in sizes:
        chosen = min(size, population)
        expected = expected_half_widths(tags, values, chosen, dearest, level)
        if expected and max(expected.values()) <= _PRECISION:
            break
    best = dearest[0] if dearest and dearest[0] in expected else ""
    ahead = expected_narrowing(costs, tags, values, chosen, level=level).set_index("issue")["then"]
    return AuditPlan(chosen, best, float(ahead.get(best, expected.get(best, float("nan")))), accuracy)


def expected_half_widths(
    tags: pd.DataFrame, values: pd.Series[float], n: int, issues: Sequence[str], level: float
) -> dict[str, float]:
    """Give the half-width over its cost that the interval of each issue is expected to have after `n` labels.

    Rests on the scores alone: whoever knows better how wrong the tagger is can put a better guess in its place.

    Parameters
    ----------
    tags, values
        As for `plan_audit`.
    n : int
        Contacts to check.
    issues : sequence of str
        Which issues.
    level : float
        Of the interval.

    Examples
    --------
    >>> ids = [f"c{i}" for i in range(1000)]
    >>> tags = pd.DataFrame({"contact_id": ids, "label": ["a"] * 600 + ["b"] * 400, "score": 0.8})
    >>> round(expected_half_widths(tags, pd.Series(1.0, index=ids), 100, ["a"], 0.95)["a"], 2)
    0.12
    """
    from scipy.stats import norm

    errors = expected_errors(tags, n, values, issues)
    return {issue: float(norm.ppf(0.5 + level / 2)) * error for issue, error in errors.items()}


def expected_narrowing(
    costs: IssueCosts, tags: pd.DataFrame, values: pd.Series[float], n: int = FIRST_CHECK, *, level: float = 0.95
) -> pd.DataFrame:
    """Say what checking some (more) contacts is expected to do to the range of each issue.

    What is known already stays known: both are combined by their variance, as `issue_costs` combines them.

    Parameters
    ----------
    costs : IssueCosts
        Issue costs without further keys.
    tags : DataFrame
        Tags of the contacts.
    values : Series
        What each contact counts for by contact_id, as for `Audit.sample`.
    n : int
        Contacts to check, never more than there are.
    level : float
        Of the intervals.

    Returns
    -------
    DataFrame
        ``issue, n, now, then``, dearest first: half-widths of the interval over the cost (over the contacts, where
        there are no rates). ``now`` is NaN where the ranges leave mistakes out. Empty where nothing can be expected.

    Examples
    --------
    >>> ids = [f"c{i}" for i in range(1000)]
    >>> table = pd.DataFrame({"issue": ["a", "b"], "cost": [600.0, 400.0], "cost_low": [390.0, 250.0],
    ...     "cost_high": [930.0, 640.0], "n_contacts": [600.0, 400.0]})
    >>> tags = pd.DataFrame({"contact_id": ids, "label": ["a"] * 600 + ["b"] * 400, "score": 0.8})
    >>> found = expected_narrowing(IssueCosts(table, basis="prior"), tags, pd.Series(1.0, index=ids), 100)
    >>> found.round(2).values.tolist()
    [['a', 100, 0.45, 0.12], ['b', 100, 0.49, 0.17]]
    """
    table = costs.table[~costs.table["issue"].isin([UNKNOWN, UNALLOCATED])]
    size = next((name for name in _SIZES_OF_ISSUES if name in table and (table[name].fillna(0.0) > 0).any()), "")
    chosen = min(n, int(rows_of_kind(tags)["contact_id"].nunique()))
    if not size or chosen < 1:
        return pd.DataFrame({"issue": [], "n": [], "now": [], "then": []})
    table = table[table[size] > 0].sort_values([size, "issue"], ascending=[False, True], kind="stable")
    issues = table["issue"].astype(str).tolist()
    weights = values if (values > 0).any() else pd.Series(1.0, index=values.index)
    expected = expected_half_widths(rows_of_kind(tags), weights, chosen, issues, level)
    audit = table["issue"].astype(str).map(expected).astype(float)
    # hours have no range of their own: they are as sure as the contacts that take them
    value, low, high = ("cost", "cost_low", "cost_high") if size == "cost" else ("n_contacts", "n_low", "n_high")
    ranged = costs.basis != "counted" and {low, high} <= set(table)
    now = (table[high] - table[low]) / 2 / table[value] if ranged else audit * np.nan
    both = (audit * now / ((audit**2 + now**2) ** 0.5)).fillna(audit)  # 0 / 0 where all is checked
    out = pd.DataFrame({"issue": issues, "n": chosen, "now": now.to_numpy(), "then": both.to_numpy()})
    return out[out["then"].notna()].reset_index(drop=True)


def expected_accuracy(tags: pd.DataFrame) -> float:
    """Give the share of right tags to assume while nobody has checked any: the mean score of the main ones.

    Examples
    --------
    >>> expected_accuracy(pd.DataFrame({"contact_id": ["a", "b"], "label": "x", "score": [1.0, 0.6]}))
    0.8
    """
    score = main_rows(tags)["score"].to_numpy(dtype=float, na_value=np.nan)
    mean = float(np.nanmean(score)) if np.isfinite(score).any() else _LEAST_ACCURACY
    return float(np.clip(mean, _LEAST_ACCURACY, _MOST_ACCURACY))
