"""One touch by team or agent, fairly: adjusted for what each has to deal with, and shrunk where it is little."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from vocmine.errors import SettingsError
from vocmine.frames import require_columns
from vocmine.journeys.inputs import contact_flags, with_share
from vocmine.journeys.measures import measure_columns
from vocmine.journeys.teams import adjusted_by
from vocmine.stats import wilson

KEYS = ("team", "agent_id")


def one_touch_by(
    contacts: pd.DataFrame,
    tags: pd.DataFrame | None = None,
    key: str = "team",
    window_days: float = 7,
    level: float = 0.95,
    least: int = 10,
    by: tuple[str, ...] = ("channel",),
) -> pd.DataFrame:
    """Give how often the first contact of an issue was enough, by team or by agent.

    One touch is first contact resolution without a transfer or a second reply, of the same contacts as
    `one_touch_share`. Who gets the hard cases is not ranked low for it: the share is adjusted by the mixed model of
    `csat_by_team`, and a group with few contacts is pulled to the mean of all. The figures of agents are personal
    performance data: ask those concerned, and never judge a person by one number.

    Parameters
    ----------
    contacts, tags, window_days, level
        As for `repeat_rate`, with the key.
    key : {"team", "agent_id"}
        Who is compared.
    least : int
        Groups of fewer contacts are left out.
    by : tuple of str
        Columns that make a case beside the reason, where they exist.

    Returns
    -------
    DataFrame
        Best first: the key, ``n, n_one_touch, share, low, high`` (Wilson), ``expected`` (what all get on its cases),
        ``adjusted, adjusted_low, adjusted_high`` (with the mix of all, shrunk, inside 0 and 1), ``shrinkage`` (0 none,
        1 wholly). Where ranges overlap there is no clear difference.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the key, window, level or least number is wrong.

    Examples
    --------
    Team B has the hard cases, which are seldom settled at once, and settles more of them than team A:

    >>> cells = [("A", "easy", 80, 60), ("A", "hard", 20, 4), ("B", "easy", 20, 18), ("B", "hard", 80, 32)]
    >>> rows = [(team, kind, int(i >= k)) for team, kind, n, k in cells for i in range(n)]
    >>> contacts = pd.DataFrame(rows, columns=["team", "product", "transfers"])
    >>> contacts = contacts.assign(customer_id=contacts.index.astype(str), created_at=pd.Timestamp(0, tz="UTC"))
    >>> ends = pd.DataFrame({"customer_id": ["x", "y"], "created_at": pd.to_datetime([-1e6, 1e6], unit="s", utc=True)})
    >>> contacts = pd.concat([contacts, ends], ignore_index=True)
    >>> contacts = contacts.assign(contact_id=contacts.index.astype(str))
    >>> table = one_touch_by(contacts, by=("product",))
    >>> table[["team", "n", "n_one_touch", "share", "adjusted"]].round(2).values.tolist()
    [['B', 100, 50, 0.5, 0.65], ['A', 100, 64, 0.64, 0.49]]
    """
    if key not in KEYS:
        raise SettingsError("unknown key", where="key", got=repr(key)[:40], expected=" or ".join(KEYS))
    if not least >= 1:
        raise SettingsError("wrong least number", where="least", got=repr(least)[:20], expected="at least 1")
    frame = _firsts(contacts, tags, (key,), window_days).astype({key: str})
    table = adjusted_by(frame, key, "share", by, level).rename(columns={"low": "adjusted_low", "high": "adjusted_high"})
    hits = (table["share"] * table["n"]).astype(float).round().astype("int64")
    low, high = wilson(hits, table["n"].astype(float), level)
    table = table.assign(n_one_touch=hits, low=low, high=high)
    inside = ["adjusted", "adjusted_low", "adjusted_high"]
    table[inside] = table[inside].astype(float).clip(0.0, 1.0)
    columns = [key, "n", "n_one_touch", "share", "low", "high", "expected", *inside, "shrinkage"]
    return table.loc[table["n"] >= least, columns].reset_index(drop=True)


def one_touch_cells(
    contacts: pd.DataFrame,
    tags: pd.DataFrame | None = None,
    by: Sequence[str] = ("team", "reason"),
    window_days: float = 7,
    level: float = 0.95,
    least: int = 10,
) -> pd.DataFrame:
    """Give how often the first contact of an issue was enough, team by team and reason by reason.

    Parameters
    ----------
    contacts, tags, window_days, level
        As for `one_touch_by`.
    by : sequence of str
        Columns to count by; ``"reason"`` is the best tag.
    least : int
        Cells of fewer contacts are left out.

    Returns
    -------
    DataFrame
        The columns, ``n, n_one_touch, share, low, high`` (Wilson); by the last column, and within it most contacts
        first.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window, level or least number is wrong.

    Examples
    --------
    >>> day = [0, *[10] * 20, 30]
    >>> contacts = pd.DataFrame({"contact_id": [str(i) for i in range(22)], "customer_id": [f"k{i}" for i in range(22)],
    ...     "team": "A", "transfers": [0] * 15 + [1] * 7,
    ...     "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(day, unit="D")})
    >>> one_touch_cells(contacts)[["team", "reason", "n", "n_one_touch", "share"]].values.tolist()
    [['A', 'all', 20, 14, 0.7]]
    """
    if not least >= 1:
        raise SettingsError("wrong least number", where="least", got=repr(least)[:20], expected="at least 1")
    keys = list(by)
    frame = _firsts(contacts, tags, [key for key in keys if key != "reason"], window_days)
    table = frame.astype(dict.fromkeys(keys, str)).groupby(keys, as_index=False).agg(
        n=("share", "size"), n_one_touch=("share", "sum")
    )
    table = with_share(table.astype({"n_one_touch": "int64"}), "n_one_touch", level)
    table = table[table["n"] >= least]
    order = [keys[-1], "n", *keys[:-1]]
    return table.sort_values(order, ascending=[True, False, *[True] * (len(keys) - 1)], ignore_index=True)[
        [*keys, "n", "n_one_touch", "share", "low", "high"]
    ]


def _firsts(
    contacts: pd.DataFrame, tags: pd.DataFrame | None, keys: Sequence[str], window_days: float
) -> pd.DataFrame:
    """Give the first contacts whose end is known and whose keys are, with `share` 1 where one touch was enough."""
    require_columns(contacts, keys, "contacts")
    frame = measure_columns(contact_flags(contacts, tags, window_days))
    known = frame["one_touch_share"].notna() & frame[list(keys)].notna().all(axis=1)
    return frame.assign(share=frame["one_touch_share"])[known]
