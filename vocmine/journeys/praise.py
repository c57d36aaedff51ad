"""What customers like: praise by product, and the words and reasons that stand in praise more than elsewhere."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.frames import UNKNOWN, require_columns
from vocmine.journeys.inputs import reason_pairs
from vocmine.stats import newcombe, normal_quantile, wilson

_FIRED = 0.5  # score from which a signal counts
_IS_PRAISE = 0.8  # share of praise from which a reason is praise itself
_SHARES = ["n_with", "n_praise", "share", "low", "high", "n_rest", "rest_share", "change_low", "change_high"]
_GROUP = ["n", "n_praise", "share", "low", "high", "n_others", "others_share", "change_low", "change_high"]


def is_praise(contacts: pd.DataFrame, tags: pd.DataFrame) -> pd.Series:
    """Tell which contacts praise: their tone is positive, or the signal of praise fired.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abc")})
    >>> tags = pd.DataFrame([("a", "sentiment", "positive"), ("b", "signal", "praise"), ("c", "sentiment", "negative")],
    ...     columns=["contact_id", "kind", "label"])
    >>> is_praise(contacts, tags).tolist()
    [True, True, False]
    """
    score = pd.to_numeric(tags["score"], errors="coerce").fillna(1.0) if "score" in tags else 1.0
    glad = (tags["kind"] == "sentiment") & (tags["label"] == "positive")
    said = (tags["kind"] == "signal") & (tags["label"] == "praise") & (score >= _FIRED)
    return contacts["contact_id"].isin(set(tags.loc[glad | said, "contact_id"]))


def praise_by(contacts: pd.DataFrame, tags: pd.DataFrame, by: str = "product", level: float = 0.95) -> pd.DataFrame:
    """Count by product (or team, plan...) how many contacts praise, against all the others.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts and their tags; contacts without a value of `by` are left out.
    by : str
        Column to group by.
    level : float
        Level of the shares; a difference stands out at that level for all groups together (Bonferroni).

    Returns
    -------
    DataFrame
        Most praise first: the group, ``n, n_praise, share, low, high`` (Wilson), ``n_others, others_share, change_low,
        change_high`` (Newcombe, of the difference from the others), ``stands_out`` (above them for certain).

    Raises
    ------
    ContactError
        If the column is missing.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": [str(i) for i in range(80)], "product": ["A", "B"] * 40})
    >>> tags = pd.DataFrame({"contact_id": [str(i) for i in range(0, 60, 2)], "kind": "signal", "label": "praise"})
    >>> praise_by(contacts, tags)[["product", "n", "share", "stands_out"]].values.tolist()
    [['A', 40, 0.75, True], ['B', 40, 0.0, False]]
    """
    require_columns(contacts, ("contact_id", by), "contacts")
    frame = pd.DataFrame({by: contacts[by], "hit": is_praise(contacts, tags)})
    frame = frame.loc[frame[by].notna() & (frame[by].astype(str) != "")]
    table = frame.groupby(frame[by].astype(str))["hit"].agg(n="size", n_praise="sum").reset_index()
    n, hits = len(frame), int(frame["hit"].sum())
    made = _against(table["n_praise"], table["n"], hits - table["n_praise"], n - table["n"], level)
    table = table.assign(
        share=made["share"], low=made["low"], high=made["high"], n_others=n - table["n"],
        others_share=made["rest_share"], change_low=made["change_low"], change_high=made["change_high"],
    )
    table = table.assign(stands_out=table["change_low"] > 0)
    return table.sort_values(["share", by], ascending=[False, True], ignore_index=True)[[by, *_GROUP, "stands_out"]]


def praised_things(
    contacts: pd.DataFrame, tags: pd.DataFrame, by: str | None = "product", *, fewest: int = 5, level: float = 0.95
) -> pd.DataFrame:
    """Find the words and reasons that stand in contacts that praise more often than in the rest.

    Reasons that are praise themselves (more than 80 % of their contacts praise) say nothing of what is liked.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts, with ``terms`` (words parted by spaces) for words, and their tags.
    by : str, optional
        Column to group by: each product is held against its own other contacts. None: all contacts together.
    fewest : int
        Contacts with praise that a word needs.
    level : float
        Level of the shares; what is listed stands out at that level for all words and reasons tried (Bonferroni).

    Returns
    -------
    DataFrame
        The surest first: ``group`` (empty without `by`), ``kind`` (``word`` or ``reason``), ``thing, n_with`` (contacts
        with praise that have it), ``n_praise, share, low, high`` (Wilson), ``n_rest, rest_share, change_low,
        change_high`` (Newcombe, at the level of all tried).

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": [str(i) for i in range(60)],
    ...     "terms": ["staff kind"] * 20 + ["screen white"] * 40})
    >>> tags = pd.DataFrame({"contact_id": [str(i) for i in range(20)], "kind": "signal", "label": "praise"})
    >>> praised_things(contacts, tags, None)[["kind", "thing", "n_with", "rest_share"]].values.tolist()
    [['word', 'kind', 20, 0.0], ['word', 'staff', 20, 0.0]]
    """
    require_columns(contacts, ("contact_id", *([by] if by else [])), "contacts")
    group = contacts[by].astype(object).where(contacts[by].notna(), "").astype(str) if by else ""
    base = pd.DataFrame({"contact_id": contacts["contact_id"], "group": group, "hit": is_praise(contacts, tags)})
    base = base.loc[base["group"] != ""] if by else base
    sizes = base.groupby("group")["hit"].agg(n="size", n_praise="sum")
    things = _things(contacts, tags).merge(base, on="contact_id")
    table = things.groupby(["group", "kind", "thing"])["hit"].agg(n_all="size", n_with="sum").reset_index()
    table = table.join(sizes, on="group").loc[lambda x: x["n_with"] >= fewest]
    table = table.loc[(table["kind"] != "reason") | (table["n_with"] <= _IS_PRAISE * table["n_all"])]
    rest = table["n"] - table["n_praise"]
    made = _against(table["n_with"], table["n_praise"], table["n_all"] - table["n_with"], rest, level)
    table = table.assign(n_rest=rest, **{str(name): made[name] for name in made})
    table = table.loc[table["change_low"] > 0].assign(order=lambda x: x["change_low"].round(9))
    table = table.sort_values(["order", "group", "kind", "thing"], ascending=[False, True, True, True])
    return table[["group", "kind", "thing", *_SHARES]].reset_index(drop=True)


def _things(contacts: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
    """Give one row a contact and word or reason of it."""
    empty = pd.DataFrame({"contact_id": [], "kind": [], "thing": []}, dtype=object)
    parts = [empty]
    if "terms" in contacts:
        words = contacts["terms"].astype(object).fillna("").astype(str).str.split()
        long = pd.DataFrame({"contact_id": contacts["contact_id"], "thing": words}).explode("thing").dropna()
        parts.append(long.drop_duplicates().assign(kind="word"))
    if (tags["kind"] == "reason").any():
        pairs = reason_pairs(contacts[["contact_id"]], tags)
        pairs = pairs.loc[pairs["reason"] != UNKNOWN]
        parts.append(pairs.rename(columns={"reason": "thing"}).assign(kind="reason"))
    filled = [part[["contact_id", "kind", "thing"]] for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else empty


def _against(hits: pd.Series, n: pd.Series, rest_hits: pd.Series, rest: pd.Series, level: float) -> pd.DataFrame:
    """Hold shares against those of the rest: the difference at the level of all rows together."""
    normal_quantile(level)
    low, high = wilson(hits, n, level)
    strict = 1 - (1 - level) / max(len(hits), 1)
    below, above = newcombe(hits, n, rest_hits, rest, strict)
    return pd.DataFrame({
        "share": _share(hits, n), "low": low, "high": high, "rest_share": _share(rest_hits, rest),
        "change_low": below, "change_high": above,
    }, index=hits.index)


def _share(hits: pd.Series, n: pd.Series) -> np.ndarray:
    return np.where(n > 0, hits.to_numpy(float) / n.clip(lower=1).to_numpy(float), np.nan)
