"""What sets the contacts of an incident apart: product, version, segment that they have more often than others."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.stats import benjamini_hochberg
from vocmine.topics.tracking.incident import Apart

COLUMNS = ("product", "product_version", "segment", "plan", "region", "team", "channel")
_LEAST_SHARE, _LEAST_TIMES = 0.3, 1.5  # of the contacts have it, and how many times the usual share
_SURE = 0.01
_MOST = 6
_VALUES = 200  # values of a column: more are no groups


def apart(contacts: pd.DataFrame, member: np.ndarray, columns: tuple[str, ...] = COLUMNS) -> tuple[Apart, ...]:
    """Test for each value whether members have it more often than the others of the same days.

    Fisher's exact test, one-sided, with all values of all columns adjusted together (Benjamini-Hochberg).

    Parameters
    ----------
    contacts : DataFrame
        Contacts of the days of the incident.
    member : ndarray of bool, shape (n,)
    columns : tuple of str
        Looked at where they are there.

    Returns
    -------
    tuple of Apart
        The surest first; of values that tie, the one that most members have.

    Examples
    --------
    >>> frame = pd.DataFrame({"product_version": ["5.2"] * 20 + ["5.1"] * 60})
    >>> [(a.value, a.n, a.of, a.usual) for a in apart(frame, np.arange(80) < 18)]
    [('5.2', 18, 18, 0.03225806451612903)]
    """
    from scipy.stats import hypergeom

    found: list[tuple[str, str, int, int, float, float]] = []
    for column in columns:
        if column not in contacts.columns:
            continue
        value = contacts[column].astype(object)
        known = value.notna().to_numpy() & (value.astype(str).str.strip() != "").to_numpy()
        of, rest = int((known & member).sum()), int((known & ~member).sum())
        names, which = np.unique(value[known].astype(str).to_numpy(dtype=str), return_inverse=True)
        if not of or not rest or len(names) > _VALUES:
            continue
        n, all_n = np.bincount(which[member[known]], minlength=len(names)), np.bincount(which, minlength=len(names))
        p = hypergeom.sf(n - 1, of + rest, all_n, of)
        usual = (all_n - n) / rest
        found += [(column, str(names[i]), int(n[i]), of, float(usual[i]), float(p[i])) for i in range(len(names))]
    if not found:
        return ()
    adjusted = benjamini_hochberg(np.array([row[-1] for row in found]))
    sure = [
        Apart(*row[:-1], round(float(p), 12)) for row, p in zip(found, adjusted, strict=True)
        if p <= _SURE and row[2] >= _LEAST_SHARE * row[3] and row[2] / row[3] >= _LEAST_TIMES * row[4]
    ]
    return tuple(sorted(sure, key=lambda a: (a.p_adjusted, -a.n, a.column, a.value))[:_MOST])
