"""Satisfaction by team, fairly: adjusted for what each team has to deal with, and shrunk where it is little."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from vocmine.journeys.inputs import number, ordered, primary_reasons
from vocmine.stats import Floats, normal_quantile

_COLUMNS = ("team", "n", "csat", "expected", "effect", "adjusted", "low", "high", "shrinkage")
# standard deviation of the teams over that of the noise
_DIGITS = 9  # far more than is known; processors and orders of summation agree on them
_RATIOS = np.linspace(0.005, 2.5, 250)


def csat_by_team(
    contacts: pd.DataFrame, tags: pd.DataFrame | None = None, level: float = 0.95, by: tuple[str, ...] = ("channel",)
) -> pd.DataFrame:
    """Give each team's satisfaction as it would be with the mix of all contacts.

    A mixed model: satisfaction = effect of the case (reason and the columns `by`, fixed) + effect of the team (normal,
    of unknown variance) + noise. Teams with harder cases are not ranked worst for it, and a team with few answers is
    pulled to the mean (empirical Bayes; Robinson 1991, Statistical Science 6, 15-32).

    Parameters
    ----------
    contacts, tags, level
        As for `repeat_rate`, with ``team`` and ``csat`` (1 to 5); contacts without are left out, and a contact
        counts for its best reason.
    by : tuple of str
        Further columns that make a case, where they exist.

    Returns
    -------
    DataFrame
        Best first: ``team, n, csat`` (plain mean), ``expected`` (what all teams get on its cases), ``effect`` (shrunk),
        ``adjusted`` (mean of all + effect), ``low, high`` of `adjusted`, ``shrinkage`` (0 none, 1 wholly).

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the level is wrong.

    Examples
    --------
    Team B has the hard cases and does better on both kinds than team A:

    >>> rows = [("A", "easy", 4)] * 80 + [("A", "hard", 2)] * 20 + [("B", "easy", 5)] * 20 + [("B", "hard", 3)] * 80
    >>> contacts = pd.DataFrame(rows, columns=["team", "product", "csat"])
    >>> contacts = contacts.assign(contact_id=contacts.index.astype(str), created_at=pd.Timestamp(0, tz="UTC"))
    >>> csat_by_team(contacts, by=("product",))[["team", "csat", "adjusted"]].round(1).values.tolist()
    [['B', 3.4, 4.0], ['A', 3.6, 3.0]]

    Successes of two treatments of kidney stones as 5, failures as 1 (Charig et al. 1986, BMJ 292, 879-882): open
    surgery is better on small and on large stones, and looks worse in the plain mean, as it gets the large ones.

    >>> cells = [("open", "small", 81, 87), ("open", "large", 192, 263), ("needle", "small", 234, 270),
    ...     ("needle", "large", 55, 80)]
    >>> rows = [(team, size, 5 if i < k else 1) for team, size, k, n in cells for i in range(n)]
    >>> stones = pd.DataFrame(rows, columns=["team", "product", "csat"])
    >>> stones = stones.assign(contact_id=stones.index.astype(str), created_at=pd.Timestamp(0, tz="UTC"))
    >>> table = csat_by_team(stones, by=("product",))
    >>> table["team"].tolist(), table["csat"].round(2).tolist()
    (['open', 'needle'], [4.12, 4.3])
    """
    frame = ordered(contacts, "team", "csat")
    csat = number(frame, "csat")
    keep = csat.notna() & frame["team"].notna()
    frame, csat = frame[keep], csat[keep]
    frame = frame.assign(reason=primary_reasons(frame, tags), team=frame["team"].astype(str), csat=csat)
    table = adjusted_by(frame, "team", "csat", by, level)
    return table[list(_COLUMNS)]


def adjusted_by(frame: pd.DataFrame, group: str, value: str, by: Sequence[str], level: float) -> pd.DataFrame:
    """Give what each group would have with the cases of all, shrunk where it has little; best first.

    Parameters
    ----------
    frame : DataFrame
        Contacts with the group (text), the value (number) and ``reason``, all known.
    group, value : str
        Columns: who, and what is measured.
    by : sequence of str
        Columns that make a case beside the reason, where they exist.
    level : float
        Level of the interval.

    Returns
    -------
    DataFrame
        The group, ``n``, the value (plain mean), ``expected, effect, adjusted, low, high, shrinkage``, as for
        `csat_by_team`.

    Examples
    --------
    >>> frame = pd.DataFrame({"who": ["a"] * 50 + ["b"] * 50, "hit": [1.0] * 40 + [0.0] * 60, "reason": "bill"})
    >>> adjusted_by(frame, "who", "hit", (), 0.95)[["who", "hit", "adjusted"]].round(1).values.tolist()
    [['a', 0.8, 0.8], ['b', 0.0, 0.0]]
    """
    z = normal_quantile(level)
    columns = [group, "n", value, "expected", "effect", "adjusted", "low", "high", "shrinkage"]
    if not len(frame):
        return pd.DataFrame(columns=columns)
    cases = frame[["reason", *(name for name in by if name in frame)]].astype(str).agg("\x1f".join, axis=1)
    codes, (who, names) = pd.factorize(cases, sort=True)[0], pd.factorize(frame[group], sort=True)
    values = frame[value].astype(float)
    effect, sd, ratio = team_effects(np.asarray(values, dtype=np.float64), codes, who)
    mean, n = float(values.mean()), np.bincount(who)
    table = pd.DataFrame({
        group: names, "n": n, value: np.bincount(who, values) / n,
        "expected": np.bincount(who, values.groupby(codes).transform("mean")) / n, "effect": effect,
        "adjusted": mean + effect, "low": mean + effect - z * sd, "high": mean + effect + z * sd, "shrinkage": ratio,
    }).round(_DIGITS)
    return table.sort_values(["adjusted", group], ascending=[False, True], kind="stable", ignore_index=True)


def team_effects(values: Floats, case: np.ndarray, team: np.ndarray) -> tuple[Floats, Floats, Floats]:
    """Estimate random effects of teams beside fixed effects of cases.

    The unknown variance of the teams is averaged over, by its restricted likelihood and a flat prior on the standard
    deviation (Gelman 2006, Bayesian Analysis 1, 515-534): with the single best value, which is often 0 where teams are
    few, the intervals would be far too short.

    Parameters
    ----------
    values : ndarray of shape (n,)
        What is measured.
    case, team : ndarray of int, shape (n,)
        Codes from 0.

    Returns
    -------
    effect, sd, shrinkage : ndarray of shape (n_teams,)
        Predictors, their standard deviation, and which part of the prior variance is left (0 well known, 1 not at all).

    Examples
    --------
    >>> effect, _, _ = team_effects(np.array([1.0, 1, 3, 3]), np.zeros(4, int), np.array([0, 0, 1, 1]))
    >>> effect.round(2).tolist()
    [-0.81, 0.81]
    """
    table = np.zeros((case.max() + 1, team.max() + 1))
    np.add.at(table, (case, team), 1.0)
    n_case, sums = table.sum(axis=1), np.bincount(case, values)
    # sums of squares and products with the fixed effects swept out, then on the axes of the teams' matrix
    cross = np.diag(table.sum(axis=0)) - table.T @ (table / n_case[:, None])
    size, axes = np.linalg.eigh(cross)
    size = np.clip(size, 0, None)
    right = axes.T @ (np.bincount(team, values) - table.T @ (sums / n_case))
    rest = max(float(values @ values - sums @ (sums / n_case)), 1e-12)
    free = max(len(values) - len(n_case), 1)

    ratio = _RATIOS[:, None] ** 2
    shrunk = ratio / (1 + ratio * size)
    noise = np.maximum(rest - (right**2 * shrunk).sum(axis=1), 1e-9 * rest) / free
    loss = free * np.log(noise) + np.log1p(ratio * size).sum(axis=1)
    weight = np.exp(-(loss - loss.min()) / 2)
    weight /= weight.sum()
    effects = (right * shrunk) @ axes.T
    spread = noise[:, None] * (shrunk @ (axes**2).T)
    effect = weight @ effects
    variance = weight @ (spread + effects**2) - effect**2
    prior = weight @ (noise * _RATIOS**2)
    return effect, np.sqrt(np.maximum(variance, 0)), np.clip((weight @ spread) / prior, 0, 1)
