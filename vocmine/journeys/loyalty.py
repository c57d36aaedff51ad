"""Long contacts beside loyalty: satisfaction, coming back and words of leaving by how long a contact took."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.frames import require_columns
from vocmine.journeys.inputs import HUMAN_CHANNELS, contact_flags, number
from vocmine.stats import newcombe, wilson

OUTCOMES = ("satisfied", "promoters", "came_back", "leaving")
"""Shares of contacts: satisfaction of 4 or 5, recommendation of 9 or 10, back about the same, a hint at leaving."""

_SATISFIED, _PROMOTER, _FIRED = 4, 9, 0.5


def handle_time_loyalty(
    contacts: pd.DataFrame, tags: pd.DataFrame, window_days: float = 7, *, parts: int = 4, level: float = 0.95
) -> pd.DataFrame:
    """Show what customers say and do by how long their contact took for its channel.

    Contacts with people (calls, chats, e-mails) that were timed are parted by their place among those of their channel.
    This is an association and no cause: hard matters take long and annoy, whatever the handle time.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts with ``handle_seconds`` and ``channel``; ``csat``, ``nps`` and ``customer_id`` count where they exist.
    window_days : float
        Days in which a contact counts as coming back; those whose window is not over are left out of that.
    parts : int
        Parts of equal size, the shortest first.
    level : float
        Level of the intervals; of the changes for all outcomes together (Bonferroni).

    Returns
    -------
    DataFrame
        One row an outcome (of `OUTCOMES`) and part: ``outcome, part, minutes`` (median), ``n, hits, share, low, high``
        (Wilson), ``change, change_low, change_high`` (from the shortest part, Newcombe). Outcomes that nobody answered
        are left out.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or there are fewer than two parts.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": [str(i) for i in range(80)], "created_at": pd.Timestamp(0, tz="UTC"),
    ...     "channel": "call", "handle_seconds": [60.0 * (i + 1) for i in range(80)], "csat": [5] * 40 + [2] * 40})
    >>> tags = pd.DataFrame({"contact_id": ["0"], "kind": "reason", "label": "a", "score": 1.0})
    >>> table = handle_time_loyalty(contacts, tags)
    >>> table.loc[table["outcome"] == "satisfied", ["part", "minutes", "n", "share"]].values.tolist()
    [[1.0, 10.5, 20.0, 1.0], [2.0, 30.5, 20.0, 1.0], [3.0, 50.5, 20.0, 0.0], [4.0, 70.5, 20.0, 0.0]]
    """
    if parts < 2:
        raise SettingsError("too few parts", where="parts", got=str(parts), expected="2 or more")
    require_columns(contacts, ("contact_id", "created_at", "channel", "handle_seconds"), "contacts")
    flags = contact_flags(contacts, tags, window_days)
    seconds = number(flags, "handle_seconds").where(lambda x: x > 0)
    flags = flags.assign(seconds=seconds).loc[seconds.notna() & flags["channel"].isin(HUMAN_CHANNELS)]
    place = flags.groupby("channel", observed=True)["seconds"].rank(pct=True)
    flags = flags.assign(part=np.ceil(place * parts - 1e-9).clip(1, parts).astype(int))
    score = pd.to_numeric(tags["score"], errors="coerce").fillna(1.0) if "score" in tags else 1.0
    signals = tags.loc[(tags["kind"] == "signal") & (tags["label"] == "churn") & (score >= _FIRED), "contact_id"]
    csat, nps = number(flags, "csat"), number(flags, "nps")
    hits = {
        "satisfied": csat.ge(_SATISFIED).astype(float).where(csat.notna()),
        "promoters": nps.ge(_PROMOTER).astype(float).where(nps.notna()),
        "came_back": flags["after"].astype(float).where(flags["is_linked"] & flags["sees_after"]),
        "leaving": flags["contact_id"].isin(set(signals)).astype(float),
    }
    minutes = flags.groupby("part")["seconds"].median() / 60
    known = [name for name in OUTCOMES if hits[name].notna().any()]
    tables = [_outcome(name, hits[name], flags["part"], minutes, level) for name in known]
    columns = ["outcome", "part", "minutes", "n", "hits", "share", "low", "high", "change", "change_low", "change_high"]
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def _outcome(name: str, hits: pd.Series, part: pd.Series, minutes: pd.Series, level: float) -> pd.DataFrame:
    known = hits.dropna()
    table = known.groupby(part).agg(n="size", hits="sum").reindex(minutes.index, fill_value=0)
    low, high = wilson(table["hits"], table["n"], level)
    share = table["hits"] / table["n"].where(table["n"] > 0)
    first = table.iloc[0]
    strict = 1 - (1 - level) / len(OUTCOMES)
    base = np.full(len(table), first["hits"]), np.full(len(table), first["n"])
    below, above = newcombe(table["hits"], table["n"], *base, strict)
    later = np.arange(len(table)) > 0
    made: pd.DataFrame = table.assign(
        outcome=name, minutes=minutes, share=share, low=low, high=high, change=(share - share.iloc[0]).where(later),
        change_low=np.where(later, below, np.nan), change_high=np.where(later, above, np.nan),
    ).reset_index(names="part")
    return made
