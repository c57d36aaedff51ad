"""Which contacts to check by hand: a sample drawn by predicted reason, with known probability of being drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from vocmine.audits import by_cost
from vocmine.errors import AuditError
from vocmine.frames import main_rows, require_columns, rows_of_kind

_MIN_EACH = 4  # drawn from each stratum that has as many: two give a variance, four a usable one


def sample_audit(
    tags: pd.DataFrame, n: int, seed: int = 0, *, costs: pd.Series | None = None, kind: str = "reason"
) -> pd.DataFrame:
    """Draw contacts for checking by hand, by predicted reason and by doubt, with known probability.

    Each contact stands in the stratum of its likeliest predicted reason, halved into doubtful and sure contacts. The
    sample is divided so that the sum over reasons of the squared relative error of their cost (or count) is smallest,
    if the scores tell the truth (Neyman 1934; multivariate compromise: Cochran 1977, section 5A.3). Rows that share
    ``label`` and ``prob`` form a stratum that was drawn from at random without replacement.

    Parameters
    ----------
    tags : DataFrame
        Tags; ``contact_id``, ``label`` and ``score`` are read, ``kind`` if it is there.
    n : int
        Contacts to draw; all of them if there are fewer.
    seed : int
        Seed of the draw.
    costs : Series, optional
        Cost of each contact, indexed by ``contact_id``: puts the sample where the money is. Equal costs if None.
    kind : str
        Which kind of tags to draw by.

    Returns
    -------
    DataFrame
        ``contact_id``, ``label`` (the predicted one) and ``prob`` (of being drawn, above 0), ordered by contact_id.

    Raises
    ------
    AuditError
        If columns are missing, there is no tag of that kind, ``n`` is below 1, or a cost is negative.

    Examples
    --------
    >>> ids = [f"c{i}" for i in range(100)]
    >>> tags = pd.DataFrame({"contact_id": ids, "label": ["a"] * 90 + ["b"] * 10, "score": 0.8})
    >>> drawn = sample_audit(tags, 20)
    >>> len(drawn), round(float((1 / drawn.prob).sum()))
    (20, 100)
    """
    frame = _one_label_each(tags, kind)
    if not isinstance(n, int | np.integer) or n < 1:
        raise AuditError("too few contacts to draw", where="sample_audit", got=f"n={n!r}",
                         expected="a whole number of 1 or more")
    if n >= len(frame):
        return frame.assign(prob=1.0)[["contact_id", "label", "prob"]].reset_index(drop=True)
    cost = None if costs is None else _costs(costs, frame["contact_id"])
    if cost is not None:
        label, score = frame["label"].to_numpy(dtype=object), frame["score"].to_numpy(dtype=float)
        chance = by_cost.chances(label, score, cost, int(n))
        rows = by_cost.draw(chance, label, seed)
        return frame.iloc[rows].assign(prob=chance[rows])[["contact_id", "label", "prob"]].reset_index(drop=True)
    stratum = _strata(frame, n)
    table = frame.assign(cost=1.0).groupby(stratum).agg(
        label=("label", "first"), size=("label", "size"), score=("score", "mean"), cost=("cost", "mean")
    )
    take = _allocate(table, n)
    rng = np.random.default_rng(seed)
    order = np.lexsort((rng.random(len(frame)), stratum))
    rank = np.arange(len(frame)) - np.searchsorted(stratum[order], stratum[order])
    chosen = np.sort(order[rank < take[stratum[order]]])
    prob = take / table["size"].to_numpy()
    drawn: pd.DataFrame = frame.iloc[chosen].assign(prob=prob[stratum[chosen]])
    return drawn[["contact_id", "label", "prob"]].reset_index(drop=True)


def expected_errors(tags: pd.DataFrame, n: int, costs: pd.Series, reasons: Sequence[str]) -> dict[str, float]:
    """Give the relative standard error of each reason's cost that `sample_audit` with these costs is expected to bring.

    Parameters
    ----------
    tags, n, costs
        As for `sample_audit`.
    reasons : sequence of str
        Which of the predicted reasons.

    Returns
    -------
    dict of str to float
        Empty where nothing costs anything; 0 where all contacts are drawn.

    Examples
    --------
    >>> ids = [f"c{i}" for i in range(100)]
    >>> tags = pd.DataFrame({"contact_id": ids, "label": ["a"] * 50 + ["b"] * 50, "score": 0.8})
    >>> few, many = (expected_errors(tags, n, pd.Series(1.0, index=ids), ["a"])["a"] for n in (10, 40))
    >>> few > many
    True
    """
    frame = _one_label_each(tags, "reason")
    cost = _costs(costs, frame["contact_id"])
    if cost is None or n >= len(frame):
        return {} if cost is None else dict.fromkeys(reasons, 0.0)
    label, score = frame["label"].to_numpy(dtype=object), frame["score"].to_numpy(dtype=float)
    chance = by_cost.chances(label, score, cost, n)
    return {each: by_cost.expected_error(label, score, cost, chance, each) for each in reasons if (label == each).any()}


def _costs(costs: pd.Series, contacts: pd.Series) -> np.ndarray | None:
    """Give the cost of each contact; the mean of all where it is missing, None where nothing costs anything."""
    cost = costs.reindex(contacts).to_numpy(dtype=float, na_value=np.nan)
    if (cost < 0).any():
        raise AuditError("a cost is negative", where="sample_audit, costs", expected="0 or more",
                         got=f"{int((cost < 0).sum())} such contacts")
    mean = float(np.nan_to_num(costs.mean()))
    return np.where(np.isnan(cost), mean, cost) if mean > 0 and (cost > 0).any() else None


def _one_label_each(tags: Any, kind: str) -> pd.DataFrame:
    """Keep the likeliest label of each contact (of equals the first in the alphabet), ordered by contact."""
    require_columns(tags, ("contact_id", "label", "score"), "sample_audit", AuditError)
    rows = rows_of_kind(tags, kind)
    if rows.empty:
        raise AuditError(f"there are no tags of kind {kind!r}", where="sample_audit", hint="tag the contacts first")
    frame = pd.DataFrame({
        "contact_id": rows["contact_id"].to_numpy(), "label": rows["label"].astype(str).to_numpy(),
        "score": rows["score"].to_numpy(dtype=float, na_value=0.5),
    })
    return main_rows(frame, kind).sort_values("contact_id", kind="stable", ignore_index=True)


def _strata(frame: pd.DataFrame, n: int) -> np.ndarray:
    """Give each row its stratum: label by doubt where the sample is large enough, one for all if it is tiny."""
    codes, names = pd.factorize(frame["label"], sort=True)
    if n < 2 * len(names):
        return np.zeros(len(frame), dtype=np.intp)
    if n < 8 * len(names):
        return np.asarray(codes, dtype=np.intp)
    middle = frame.groupby("label")["score"].transform("median")
    doubtful = (frame["score"] < middle).to_numpy()
    return np.unique(codes * 2 + doubtful, return_inverse=True)[1].astype(np.intp)


def _allocate(table: pd.DataFrame, n: int) -> np.ndarray:
    """Divide ``n`` over the strata, at least a few from each and never more than it has."""
    size = table["size"].to_numpy(dtype=float)
    want = size * np.sqrt(_spread(table))
    least = np.minimum(size, max(1, min(_MIN_EACH, n // (2 * len(size)))))
    take = np.minimum(least, size)
    while True:  # give the rest in proportion; what overflows a stratum is given to the others
        is_open = take < size
        rest = n - take.sum()
        if rest < 1e-9 or not is_open.any():
            break
        share = np.where(is_open, want, 0.0)
        take = np.minimum(size, take + rest * share / share.sum())
    whole = np.floor(take + 1e-9)
    left = round(float(n - whole.sum()))
    for i in np.argsort(-(take - whole), kind="stable")[:left]:
        whole[i] += 1
    return np.asarray(whole, dtype=np.intp)


def _spread(table: pd.DataFrame) -> np.ndarray:
    """Variance of one contact of each stratum, summed over the reasons relative to the squared cost of each.

    A contact of stratum h has its predicted reason with probability p (its score), else any other: half of the rest
    goes to the others by their cost, half evenly, as nothing is known of who is confused with whom.
    """
    right = table["score"].clip(0.5, 0.97).to_numpy()
    unit = table["cost"].to_numpy(dtype=float)
    cost = (table["size"] * table["cost"]).groupby(table["label"]).sum()
    total = cost.reindex(table["label"]).to_numpy(dtype=float)
    squared = (cost.to_numpy() + 1e-9 * cost.sum()) ** 2
    own = right * (1 - right) / (total + 1e-9 * cost.sum()) ** 2
    if len(cost) == 1:
        return np.asarray(unit**2 * np.maximum(own, 1e-12))
    share = 0.5 * cost.to_numpy() / cost.sum() + 0.5 / len(cost)
    mine = share[cost.index.get_indexer(pd.Index(table["label"]))]
    leak = (1 - right) * (float((share / squared).sum()) - mine / total**2)
    return np.asarray(unit**2 * (own + np.maximum(leak, 0.0)))
