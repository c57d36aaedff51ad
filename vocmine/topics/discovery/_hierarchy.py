"""Groups of topics: a level above, for a first look and for figures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from vocmine.topics.naming.phrases import names_nothing

HIERARCHY_COLUMNS = ("topic_id", "name", "n", "group", "group_name", "group_n")
PARENT_COLUMNS = ("parent", "parent_name")
_FIRST = 4  # words of a topic that may name its group
_SHARED = 0.5  # least share of a group's contacts in topics that have the word its group is named by
_HEADS = 2  # names of topics that name their group


def hierarchy(
    topics: pd.DataFrame, examples: np.ndarray, example_topic: np.ndarray, n_groups: int | None = None
) -> pd.DataFrame:
    """Put topics with near mean vectors into groups: a Ward tree of the means, cut once.

    Parameters
    ----------
    topics : DataFrame
        ``topic_id, name, n``, and ``terms`` where there are any.
    examples : ndarray of float32, shape (m, d)
    example_topic : ndarray of int, shape (m,)
        Topic of each example; every topic has at least one.
    n_groups : int, optional
        Groups at most; the square root of the number of topics if None.

    Returns
    -------
    DataFrame
        `HIERARCHY_COLUMNS`, a row a topic in the order of ``topics``. ``group`` is the id of the group's largest topic,
        ``group_n`` the contacts of the group. ``group_name`` is the word that most of its contacts' topics share, else
        what its two largest topics begin with.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "topic_id": [0, 1, 2, 3], "name": ["送料", "返金の遅れ", "画面・暗い", "返金額"], "n": [3, 9, 5, 4],
    ...     "terms": [["送料"], ["返金", "遅れ"], ["画面", "暗い"], ["返金", "金額"]]})
    >>> means = np.array([[1.0, 0.1], [0.5, 0.5], [0.0, 1.0], [0.5, 0.4]], dtype=np.float32)
    >>> hierarchy(table, means, np.array([0, 1, 2, 3]), 3)[["name", "group", "group_name", "group_n"]]
         name  group group_name  group_n
    0      送料      0         送料        3
    1   返金の遅れ      1         返金       13
    2   画面・暗い      2      画面・暗い        5
    3     返金額      1         返金       13
    """
    ids = topics["topic_id"].to_numpy(dtype=np.int64)
    means = np.stack([examples[example_topic == t].mean(axis=0, dtype=np.float64) for t in ids])
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
    out = topics[["topic_id", "name", "n"]].reset_index(drop=True)
    out["terms"] = topics["terms"].tolist() if "terms" in topics else [[]] * len(out)
    out["tree"] = _cut(means, n_groups or max(1, round(float(np.sqrt(len(ids))))))
    out["group_n"] = out.groupby("tree")["n"].transform("sum")
    by_n = out.sort_values(["n", "topic_id"], ascending=[False, True])
    first = by_n.drop_duplicates("tree").set_index("tree")["topic_id"]
    out["group"] = out["tree"].map(first)
    out["group_name"] = out["tree"].map(_group_names(by_n))
    return out[list(HIERARCHY_COLUMNS)]


def with_parents(topics: pd.DataFrame, examples: np.ndarray, example_topic: np.ndarray) -> pd.DataFrame:
    """Give the topics with `PARENT_COLUMNS`: id of the largest topic of their group, and the name of the group."""
    groups = hierarchy(topics, examples, example_topic)
    return topics.assign(parent=groups["group"].to_numpy(), parent_name=groups["group_name"].tolist())


def _group_names(by_n: pd.DataFrame) -> dict[int, str]:
    """Name each group, the largest first, so that no two are the same."""
    names: dict[int, str] = {}
    order = by_n.groupby("tree")["n"].sum().sort_values(ascending=False, kind="stable").index
    for tree in order:
        own = by_n[by_n["tree"] == tree]
        largest = str(own["name"].iloc[0])
        options = [largest] if len(own) == 1 else [*_shared_words(own, by_n), _heads(own["name"].tolist()), largest]
        taken = set(names.values())
        free = (f"{largest} {i}" for i in range(2, len(by_n) + 2))
        names[int(tree)] = next(o for o in [*options, *free] if o not in taken)
    return names


def _shared_words(own: pd.DataFrame, every: pd.DataFrame) -> list[str]:
    """List words that topics with most of the group's contacts have, those of few other groups first."""
    weight: dict[str, float] = {}
    topics: dict[str, int] = {}
    for words, n in zip(own["terms"], own["n"], strict=True):
        for word in list(words)[:_FIRST]:
            weight[word] = weight.get(word, 0.0) + float(n)
            topics[word] = topics.get(word, 0) + 1
    least = _SHARED * float(own["n"].sum())
    others = every.loc[~every.index.isin(own.index), "terms"]
    rare = {w: sum(w in list(words)[:_FIRST] for words in others) for w in weight}
    good = [w for w in weight if topics[w] > 1 and weight[w] >= least and not names_nothing(w) and len(w) > 1]
    return sorted((w for w in good if rare[w] <= topics[w]), key=lambda w: (-weight[w] / (1 + rare[w]), w))


def _heads(names: Sequence[str]) -> str:
    """Join what the two largest topics begin with."""
    heads = list(dict.fromkeys(name.split("・")[0].split(", ")[0] for name in names[:_HEADS]))
    return (", " if "".join(heads).isascii() else "・").join(heads)


def _cut(means: np.ndarray, n_groups: int) -> np.ndarray:
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(means) < 2:
        return np.ones(len(means), dtype=np.int64)
    return np.asarray(fcluster(linkage(means, "ward"), n_groups, "maxclust"), dtype=np.int64)
