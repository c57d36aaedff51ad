"""Groups of topics: a level above, for a first look and for figures."""

from __future__ import annotations

import numpy as np
import pandas as pd

HIERARCHY_COLUMNS = ("topic_id", "name", "n", "group", "group_name", "group_n")


def hierarchy(
    topics: pd.DataFrame, examples: np.ndarray, example_topic: np.ndarray, n_groups: int | None = None
) -> pd.DataFrame:
    """Put topics with near mean vectors into groups: a Ward tree of the means, cut once.

    Parameters
    ----------
    topics : DataFrame
        ``topic_id, name, n``.
    examples : ndarray of float32, shape (m, d)
    example_topic : ndarray of int, shape (m,)
        Topic of each example; every topic has at least one.
    n_groups : int, optional
        Groups at most; the square root of the number of topics if None.

    Returns
    -------
    DataFrame
        `HIERARCHY_COLUMNS`, a row a topic in the order of ``topics``. ``group`` is the id of the group's largest topic,
        ``group_name`` its name, ``group_n`` the contacts of the group.

    Examples
    --------
    >>> table = pd.DataFrame({"topic_id": [0, 1, 2], "name": ["送料", "返金", "画面"], "n": [3, 9, 5]})
    >>> means = np.array([[1.0, 0.1], [1.0, 0.2], [0.0, 1.0]], dtype=np.float32)
    >>> hierarchy(table, means, np.array([0, 1, 2]), 2)[["name", "group", "group_name", "group_n"]]
      name  group group_name  group_n
    0   送料      1         返金       12
    1   返金      1         返金       12
    2   画面      2         画面        5
    """
    ids = topics["topic_id"].to_numpy(dtype=np.int64)
    means = np.stack([examples[example_topic == t].mean(axis=0, dtype=np.float64) for t in ids])
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
    out = topics[["topic_id", "name", "n"]].reset_index(drop=True)
    out["tree"] = _cut(means, n_groups or max(1, round(float(np.sqrt(len(ids))))))
    out["group_n"] = out.groupby("tree")["n"].transform("sum")
    first = out.sort_values(["n", "topic_id"], ascending=[False, True]).drop_duplicates("tree").set_index("tree")
    out["group"], out["group_name"] = out["tree"].map(first["topic_id"]), out["tree"].map(first["name"])
    return out[list(HIERARCHY_COLUMNS)]


def _cut(means: np.ndarray, n_groups: int) -> np.ndarray:
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(means) < 2:
        return np.ones(len(means), dtype=np.int64)
    return np.asarray(fcluster(linkage(means, "ward"), n_groups, "maxclust"), dtype=np.int64)
