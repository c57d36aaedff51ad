"""Who answers a survey: what satisfaction that is known can't say of those who did not answer."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.drivers.outcomes import outcome_values
from vocmine.frames import rows_of_kind
from vocmine.stats import wilson


def answering(contacts: pd.DataFrame, tags: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Say who answers: the share of contacts with an answer by channel and by mood.

    Parameters
    ----------
    contacts : DataFrame
        ``contact_id, csat`` and ``channel``.
    tags : DataFrame
        With sentiment.
    level : float
        Level of the intervals (Wilson).

    Returns
    -------
    DataFrame
        ``kind`` (``all, channel, mood``), ``name, n, n_answered, share, low, high``.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "csat": [5, 4, None, 1]})
    >>> contacts["channel"] = ["chat", "chat", "call", "call"]
    >>> tags = pd.DataFrame({"contact_id": ["a"], "kind": ["sentiment"], "label": ["positive"]})
    >>> answering(contacts, tags)[["kind", "name", "n", "n_answered"]].values.tolist()
    [['all', 'all', 4, 3], ['channel', 'call', 2, 1], ['channel', 'chat', 2, 2], ['mood', 'positive', 1, 1]]
    """
    told = pd.Series(~np.isnan(outcome_values(contacts, "csat")))
    ids = contacts["contact_id"].astype(str).reset_index(drop=True)
    moods = rows_of_kind(tags, "sentiment")[["contact_id", "label"]].astype(str).drop_duplicates("contact_id")
    groups = [("all", pd.Series("all", index=told.index)), ("mood", ids.map(moods.set_index("contact_id")["label"]))]
    if "channel" in contacts:
        groups.insert(1, ("channel", contacts["channel"].astype(object).reset_index(drop=True)))
    parts = []
    for kind, names in groups:
        counts = told.groupby(names.astype(object)).agg(["size", "sum"]).sort_index()
        sizes = {"n": counts["size"].to_numpy(int), "n_answered": counts["sum"].to_numpy(int)}
        parts.append(pd.DataFrame({"kind": kind, "name": counts.index.astype(str), **sizes}))
    table = pd.concat(parts, ignore_index=True)
    low, high = wilson(table["n_answered"], table["n"], level)
    return table.assign(share=(table["n_answered"] / table["n"]).round(6), low=low.round(6), high=high.round(6))
