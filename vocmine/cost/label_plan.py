"""How many contacts to check by hand for an interval as narrow as wanted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.avoidable import share_of_one
from vocmine.errors import SettingsError
from vocmine.frames import UNALLOCATED, UNKNOWN
from vocmine.results import IssueCosts, need_costs

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LabelPlan:
    """How many labels are needed.

    Parameters
    ----------
    n : int
        Contacts to check in all, for every issue of `table` to be within the precision.
    table : DataFrame
        ``issue``, ``half_width`` (relative, now or as expected with `basis` labels) and ``n_needed``, dearest first.
    basis : int
        Labels `half_width` is for.
    method : str
        What the plan rests on.
    """

    n: int
    table: pd.DataFrame
    basis: int
    method: str


def plan_labels(
    costs: IssueCosts, *, precision: float = 0.10, top: int = 10, accuracy: float | None = None, level: float = 0.95
) -> LabelPlan:
    """Answer "how many labels for +-10 % on the ten dearest issues?".

    With costs that an audit corrected, the half-widths of its intervals are scaled by the square root of the labels,
    less what the finite number of contacts takes off (Cochran, Sampling Techniques, 1977, section 4.7). Without an
    audit the mistakes are unknown: give the `accuracy` you expect. Each issue then loses and gains ``1 - accuracy`` of
    its cost, what it gains comes from the other issues by their cost, handle times vary by as much as their mean, and
    labels are drawn by the square root of the contacts of a label.

    Parameters
    ----------
    costs : IssueCosts
        Issue costs without further keys.
    precision : float
        Wanted half-width of the interval over the cost, as 0.10.
    top : int
        How many of the dearest issues must reach it.
    accuracy : float, optional
        Expected share of right tags; needed for costs without an audit, else not used.
    level : float
        Confidence, for costs without an audit.

    Returns
    -------
    LabelPlan

    Raises
    ------
    SettingsError
        If the precision is not between 0 and 1, or neither an audit nor an accuracy is there.

    Examples
    --------
    >>> table = pd.DataFrame({"issue": ["bill", "login"], "cost": [600.0, 400.0], "n_contacts": [600.0, 400.0]})
    >>> plan = plan_labels(IssueCosts(table), accuracy=0.9)
    >>> plan.n < 1000, plan.table.issue.tolist()
    (True, ['bill', 'login'])
    """
    if not 0 < precision < 1:
        raise SettingsError("wrong precision", where="precision", got=repr(precision)[:20], expected="above 0, below 1")
    whole, checked = need_costs(costs).table, costs.n_checked
    real = whole[~whole["issue"].isin([UNKNOWN, UNALLOCATED]) & (whole["cost"] > 0)]
    real = real.sort_values(["cost", "issue"], ascending=[False, True], kind="stable")
    population = round(float(whole["n_contacts"].sum()))
    if checked:
        basis, method = checked, f"intervals of an audit of {checked} contacts"
        half = ((real["cost_high"] - real["cost_low"]) / 2 / real["cost"]).to_numpy(dtype=float)
    elif accuracy is not None:
        basis, method = min(500, population), f"an assumed accuracy of {accuracy:.0%}"
        half = _expected_half_width(real, basis, share_of_one("accuracy", accuracy), level)
    else:
        raise SettingsError(
            "nothing is known of the tagger's mistakes", where="accuracy", hint="give the accuracy you expect, as 0.85"
        )
    needed = _scale(half, basis, population, precision)
    table = pd.DataFrame({"issue": real["issue"].to_numpy(), "half_width": half, "n_needed": needed}).head(top)
    return LabelPlan(int(table["n_needed"].max()) if len(table) else 0, table, basis, method)


def _scale(half: Floats, basis: int, population: int, precision: float) -> NDArray[np.int64]:
    """Labels for the wanted half-width; the variance goes as 1/n - 1/population."""
    left = max(1 / basis - 1 / max(population, 1), 1e-12)
    wanted = (precision / np.maximum(half, 1e-9)) ** 2 * left + 1 / max(population, 1)
    return np.minimum(np.ceil(1 / wanted - 1e-9), population).astype(np.int64)


def _expected_half_width(real: pd.DataFrame, basis: int, accuracy: float, level: float) -> Floats:
    from scipy.stats import norm

    cost = real["cost"].to_numpy(dtype=float)
    size = real["n_contacts"].to_numpy(dtype=float)
    labels = basis * np.sqrt(size) / np.sqrt(size).sum()
    wrong = 1 - accuracy
    share = cost / cost.sum()
    # Chance that a contact of predicted issue g (row) is truly about k (column).
    chance = wrong * share[None, :] / np.maximum(1 - share[:, None], 1e-9)
    np.fill_diagonal(chance, accuracy)
    spread = 2 * chance * (1 - chance)
    variance = ((cost**2 / labels)[:, None] * spread).sum(axis=0)
    return np.asarray(norm.ppf(0.5 + level / 2) * np.sqrt(variance) / cost, dtype=float)
