"""Stored contacts a day at a time: as they came, or with their texts put on other days so that nothing can be news."""

from __future__ import annotations

from typing import Protocol

import pandas as pd

from vocmine.batch.contact_store import ContactStore

COLUMNS = ("contact_id", "created_at", "channel", "customer_id", "text", "lang", "terms")  # what a registry reads


class History(Protocol):
    """Contacts of some days."""

    @property
    def days(self) -> tuple[str, ...]:
        """Days with contacts, oldest first, as ``YYYY-MM-DD``."""
        ...

    def read(self, day: str) -> pd.DataFrame:
        """Give the analysed contacts of a day, columns `COLUMNS` and ``text_clean``."""
        ...


class StoredHistory:
    """The last days of a results folder as they are stored.

    Parameters
    ----------
    store : ContactStore
    n_days : int, optional
        Days up to the last one that has contacts; all if None.
    """

    def __init__(self, store: ContactStore, n_days: int | None = None) -> None:
        self.store = store
        days = store.days()
        if n_days is not None and days:
            first = str((pd.Timestamp(days[-1]) - pd.Timedelta(days=n_days - 1)).date())
            days = [day for day in days if day >= first]
        self.days = tuple(days)

    def read(self, day: str) -> pd.DataFrame:
        """Give the analysed contacts of a day."""
        return self.store.read(day, day, columns=COLUMNS)[0]

    def index(self) -> pd.DataFrame:
        """Give ``contact_id, created_at, channel, day`` of all contacts: all that is ever held of all days at once."""
        rows = [self.store.read(day, day, columns=COLUMNS[:3])[0].assign(day=day) for day in self.days]
        return pd.concat(rows, ignore_index=True).astype({"day": "category", "channel": "category"})


class ShuffledHistory:
    """The same contacts with their texts on other days of the same channel and weekday.

    Each place in time (day, channel, time of day) stays, so all volumes do; who stands there changes. A text keeps its
    id, customer, language and words. Which one comes where hangs on its id alone: the same contacts and number give
    the same days on every machine.

    Parameters
    ----------
    history : StoredHistory
    number : int
        Of the shuffle: another one, another order.

    Attributes
    ----------
    n, n_fixed : int
        Contacts, and those of them that can't move: their channel has no other day of that weekday.
    """

    def __init__(self, history: StoredHistory, number: int = 0) -> None:
        self.history, self.days = history, history.days
        plan = shuffled(history.index(), number)
        self.n, self.n_fixed = len(plan), int(plan["is_fixed"].sum())
        self._plan = {str(day): rows for day, rows in plan.groupby("day", observed=True)}

    def read(self, day: str) -> pd.DataFrame:
        """Give the analysed contacts that stand on a day, in the order of their time."""
        plan = self._plan[day]
        parts = []
        for home, rows in plan.groupby("home", observed=True):
            there = self.history.read(str(home))
            parts.append(there[there["contact_id"].isin(set(rows["contact_id"]))])
        drawn = pd.concat(parts, ignore_index=True).drop(columns="created_at")
        return plan[["contact_id", "created_at"]].merge(drawn, on="contact_id", how="inner", validate="one_to_one")


def shuffled(index: pd.DataFrame, number: int) -> pd.DataFrame:
    """Put contacts on other days of the same channel and weekday.

    Parameters
    ----------
    index : DataFrame
        ``contact_id`` (unique), ``created_at, channel, day``.
    number : int
        Another number, another order.

    Returns
    -------
    DataFrame
        A row a place in time: ``day, created_at, channel`` of the place, ``contact_id`` of who stands there and
        ``home``, the day it came from; ``is_fixed``: there is no other day that it could stand on.

    Examples
    --------
    >>> days = pd.to_datetime(["2026-03-02", "2026-03-09", "2026-03-10"], utc=True)
    >>> index = pd.DataFrame({"contact_id": ["a", "b", "c"], "created_at": days, "channel": "call"})
    >>> index["day"] = ["2026-03-02", "2026-03-09", "2026-03-10"]
    >>> shuffled(index, 1)[["day", "contact_id", "is_fixed"]].values.tolist()
    [['2026-03-02', 'b', False], ['2026-03-09', 'a', False], ['2026-03-10', 'c', True]]
    """
    day = index["day"].astype(str)
    group = index["channel"].astype(object).where(index["channel"].notna(), "").astype(str)
    weekday = pd.to_datetime(day).dt.day_of_week
    key = f"{number:016d}"[-16:]  # pandas takes just 16 characters
    draw = pd.util.hash_array(index["contact_id"].to_numpy(dtype=object), hash_key=key)
    frame = index.assign(day=day, channel=group, weekday=weekday, draw=draw)
    slots = frame.sort_values(["channel", "weekday", "day", "created_at", "contact_id"], kind="stable")
    texts = frame.sort_values(["channel", "weekday", "draw", "contact_id"], kind="stable")
    days = frame.groupby(["channel", "weekday"])["day"].transform("nunique")
    out = slots[["day", "created_at", "channel"]].reset_index(drop=True)
    out["contact_id"], out["home"] = texts["contact_id"].to_numpy(), texts["day"].to_numpy()
    out["is_fixed"] = (days < 2)[slots.index].to_numpy()
    return out.sort_values(["day", "created_at", "contact_id"], kind="stable", ignore_index=True)
