"""One group against the others, like with like: the common step of break points and of differing answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from vocmine.stats import benjamini_hochberg, normal_quantile

COLUMNS = ("n", "hits", "share", "expected", "excess", "difference", "low", "high", "p")


def against_others(frame: pd.DataFrame, group: str, strata: Sequence[str], level: float) -> pd.DataFrame:
    """Compare the share of hits of each group with that of all others, within strata.

    Parameters
    ----------
    frame : DataFrame
        A row a contact: ``hit`` (bool), the group, and the strata.
    group : str
        Column of the groups.
    strata : sequence of str
        Columns within which is compared.
    level : float
        Level of the interval.

    Returns
    -------
    DataFrame
        A row a group: the group, ``n`` (contacts in strata where others have any), ``hits, share``, ``expected`` (share
        of the others on the same strata), ``excess`` (hits above that), ``difference, low, high`` (of the shares, each
        stratum weighted by what it tells: Mantel and Haenszel) and ``p``.

    Examples
    --------
    Charig et al. 1986 (BMJ 292, 879-882): open surgery of kidney stones does better on small and on large stones, and
    worse on both taken together, as it gets the large ones.

    >>> rows = [("open", "small", 87, 81), ("open", "large", 263, 192), ("needle", "small", 270, 234),
    ...         ("needle", "large", 80, 55)]
    >>> frame = pd.DataFrame([(g, s, i < k) for g, s, n, k in rows for i in range(n)], columns=["how", "stone", "hit"])
    >>> table = against_others(frame, "how", ["stone"], 0.95)
    >>> table[["how", "share", "expected", "difference"]].round(2).values.tolist()
    [['needle', 0.83, 0.89, -0.05], ['open', 0.78, 0.73, 0.05]]
    """
    keys = [group, *strata]
    cells = frame.groupby(keys, observed=True)["hit"].agg(["size", "sum"]).astype(float).reset_index()
    whole = cells.groupby(list(strata), observed=True)[["size", "sum"]].transform("sum")
    cells = cells.assign(n0=whole["size"] - cells["size"], k0=whole["sum"] - cells["sum"])
    cells = cells[cells["n0"] > 0]
    rows = [(name, *_one(part, level)) for name, part in cells.groupby(group, observed=True, sort=True)]
    return pd.DataFrame(rows, columns=[group, *COLUMNS])


def judged(table: pd.DataFrame, level: float) -> pd.DataFrame:
    """Add ``p_adjusted`` over all rows and ``stands_out`` (below 1 - level), largest excess first."""
    table = table.assign(p_adjusted=benjamini_hochberg(table["p"]))
    table = table.assign(stands_out=table["p_adjusted"] < 1 - level, _size=-table["excess"].abs())
    names = [name for name in map(str, table) if table[name].dtype == object or str(table[name].dtype) == "str"]
    table = table.sort_values(["stands_out", "_size", *names], ascending=[False, True] + [True] * len(names))
    return table.drop(columns="_size").reset_index(drop=True)


def _one(cells: pd.DataFrame, level: float) -> tuple[float, ...]:
    n1, k1, n0, k0 = (cells[name].to_numpy(dtype=float) for name in ("size", "sum", "n0", "k0"))
    n, hits = float(n1.sum()), float(k1.sum())
    p1, p0 = k1 / n1, k0 / n0
    expected = float((n1 * p0).sum()) / n
    weight = n1 * n0 / (n1 + n0)
    weight = weight / weight.sum()
    difference = float((weight * (p1 - p0)).sum())
    # Half a hit and half a miss keep a cell that is all one or all the other from having no variance.
    soft1, soft0 = (k1 + 0.5) / (n1 + 1), (k0 + 0.5) / (n0 + 1)
    variance = (weight**2 * (soft1 * (1 - soft1) / n1 + soft0 * (1 - soft0) / n0)).sum()
    half = normal_quantile(level) * float(np.sqrt(variance))
    p = mantel_haenszel(np.column_stack([k1, n1, k0, n0]))
    return n, hits, hits / n, expected, hits - n * expected, difference, difference - half, difference + half, p


def mantel_haenszel(tables: Any) -> float:
    """Test whether two groups differ in a share, stratum by stratum: a two-sided p-value.

    With a continuity correction, as Mantel and Haenszel 1959, J. National Cancer Institute 22, 719-748, have it.

    Parameters
    ----------
    tables : array-like of shape (strata, 4)
        Hits and trials of the one group, hits and trials of the other.

    Returns
    -------
    float
        1 where nothing can be compared.

    Examples
    --------
    Admissions to Berkeley by department, men and women (Bickel, Hammel and O'Connell 1975, Science 187, 398-404): a
    plain comparison finds the women at a loss, department by department there is no such thing.

    >>> men = [(512, 825), (353, 560), (120, 325), (138, 417), (53, 191), (22, 373)]
    >>> women = [(89, 108), (17, 25), (202, 593), (131, 375), (94, 393), (24, 341)]
    >>> departments = [(*a, *b) for a, b in zip(men, women)]
    >>> round(mantel_haenszel(departments), 4), mantel_haenszel([np.sum(departments, axis=0)]) < 1e-15
    (0.2323, True)
    """
    from scipy.stats import norm

    k1, n1, k2, n2 = np.asarray(tables, dtype=float).reshape(-1, 4).T
    n, k = n1 + n2, k1 + k2
    used = (n1 > 0) & (n2 > 0) & (n > 1)
    n1, n2, n, k, k1 = (x[used] for x in (n1, n2, n, k, k1))
    variance = float((n1 * n2 * k * (n - k) / (n**2 * (n - 1))).sum())
    if variance <= 0:
        return 1.0
    distance = max(abs(float((k1 - n1 * k / n).sum())) - 0.5, 0.0)
    return float(2 * norm.sf(distance / np.sqrt(variance)))
