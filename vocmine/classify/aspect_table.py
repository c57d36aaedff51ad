"""Aspect by sentiment, by product and month: how many contacts say what of which thing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.stats import wilson

SIDES = ("negative", "positive")


def aspect_table(
    found: pd.DataFrame, contacts: pd.DataFrame, by: tuple[str, ...] = ("product", "month"), fewest: int = 1,
    timezone: str = "UTC",
) -> pd.DataFrame:
    """Count contacts by aspect and sentiment, and by product and month.

    Parameters
    ----------
    found : DataFrame
        What `vocmine.classify.aspects` (or `aspects_from_tags`) gave for these contacts.
    contacts : DataFrame
        The same contacts in the same order; ``created_at`` gives the month.
    by : tuple of str
        Columns of ``contacts`` to split by; ``month`` is made here (as ``2025-01``). Empty: aspects alone.
    fewest : int
        Contacts an aspect must have in all to be shown.
    timezone : str
        Where a month begins and ends.

    Returns
    -------
    DataFrame
        ``aspect``, the columns of ``by``, ``negative``, ``positive`` (contacts that say so; one may say both),
        ``contacts`` (that speak of it), ``share_negative`` with ``low`` and ``high`` (95 % interval, Wilson 1927).
        Most contacts first.

    Raises
    ------
    SettingsError
        If ``found`` points beyond the contacts.

    Examples
    --------
    >>> found = pd.DataFrame({"row": [0, 1], "aspect": ["app", "app"], "sentiment": ["negative", "positive"]})
    >>> contacts = pd.DataFrame({"product": ["A", "A"]})
    >>> aspect_table(found, contacts, by=("product",))[["aspect", "negative", "positive", "contacts"]].values.tolist()
    [['app', 1, 1, 2]]
    """
    rows = found["row"].to_numpy(dtype=int)
    if len(rows) and not 0 <= rows.min() <= rows.max() < len(contacts):
        known = f"below {len(contacts)}"
        raise SettingsError("aspects of other contacts", where="aspect_table", got=f"row {rows.max()}", expected=known)
    split = {name: _column(contacts, name, timezone).to_numpy()[rows] for name in by}
    wide = found[["row", "aspect", "sentiment"]].assign(**split).drop_duplicates()
    for side in SIDES:
        wide[side] = (wide["sentiment"] == side).astype(int)
    keys = ["aspect", *by]
    table = wide.groupby(keys, observed=True, dropna=False)[list(SIDES)].sum().reset_index()
    spoken = wide.drop_duplicates(["row", *keys]).groupby(keys, observed=True, dropna=False).size()
    table["contacts"] = spoken.to_numpy()
    whole = table.groupby("aspect")["contacts"].transform("sum")
    return _with_interval(table[whole >= fewest]).sort_values(
        ["contacts", "negative", *keys], ascending=[False, False, *[True] * len(keys)], kind="stable", ignore_index=True
    )


def aspects_from_tags(tags: pd.DataFrame, contacts: pd.DataFrame) -> pd.DataFrame:
    """Give stored aspect tags (``thing:sentiment``) as the frame that `aspect_table` counts.

    Parameters
    ----------
    tags : DataFrame
        A tags frame; rows of another kind, and of contacts not given, are left out.
    contacts : DataFrame
        The contacts, each ``contact_id`` once.

    Returns
    -------
    DataFrame
        ``row`` (position in ``contacts``), ``aspect``, ``sentiment``, ``evidence``, ``score``.

    Examples
    --------
    >>> said = {"kind": ["aspect"], "label": ["app:negative"], "score": [0.8], "evidence": ["落ちる"]}
    >>> tags = pd.DataFrame({"contact_id": ["b"], **said})
    >>> aspects_from_tags(tags, pd.DataFrame({"contact_id": ["a", "b"]})).values.tolist()
    [[1, 'app', 'negative', '落ちる', 0.8]]
    """
    mine = tags[tags["kind"].astype(str) == "aspect"]
    place = pd.Series(np.arange(len(contacts)), index=contacts["contact_id"].astype(str))
    row = mine["contact_id"].astype(str).map(place)
    mine, row = mine[row.notna()], row.dropna().astype(int)
    parts = mine["label"].astype(str).str.rsplit(":", n=1, expand=True).reindex(columns=[0, 1])
    return pd.DataFrame(
        {
            "row": row.to_numpy(),
            "aspect": parts[0].to_numpy(),
            "sentiment": parts[1].to_numpy(),
            "evidence": mine["evidence"].to_numpy(),
            "score": mine["score"].to_numpy(),
        }
    )


def _column(contacts: pd.DataFrame, name: str, timezone: str) -> pd.Series[Any]:
    if name == "month" and "month" not in contacts:
        created = pd.to_datetime(contacts["created_at"], utc=True)
        month: pd.Series[Any] = created.dt.tz_convert(timezone).dt.strftime("%Y-%m")
        return month
    column: pd.Series[Any] = contacts[name] if name in contacts else pd.Series("", index=contacts.index)
    return column


def _with_interval(table: pd.DataFrame) -> pd.DataFrame:
    low, high = wilson(table["negative"], table["contacts"])
    share = table["negative"] / table["contacts"]
    return table.assign(share_negative=share.round(4), low=low.round(4), high=high.round(4))
