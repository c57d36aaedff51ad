"""Days on which a source is silent: missing data must not read as a drop."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.frames import require_columns
from vocmine.journeys.inputs import ordered
from vocmine.silence import WEEKEND, silent_days


def source_gaps(
    contacts: pd.DataFrame,
    by: str = "channel",
    timezone: str = "UTC",
    until: pd.Timestamp | None = None,
    rest_days: tuple[int, ...] = WEEKEND,
) -> pd.DataFrame:
    """Find days on which a source brought far fewer contacts than it does on such days of the week.

    Contacts are counted by day and source, and judged by `vocmine.silence.silent_days`, as the alarms of the topics do.

    Parameters
    ----------
    contacts : DataFrame
        Contacts of some weeks.
    by : str
        Column that tells the sources apart.
    timezone : str
        Where a day begins and ends.
    until : Timestamp, optional
        Last day that should have data; that of the last contact if None.
    rest_days : tuple of int
        Days of the week with less work, 0 for Monday; one on which usually less than half comes is noticed unnamed.

    Returns
    -------
    DataFrame
        ``source, day`` (``YYYY-MM-DD``), ``n, expected, p, status``: ``missing`` (nothing came) or ``low`` (less than
        half). Only days less likely than one in a thousand; days before a source began are none. Latest first.

    Raises
    ------
    ContactError
        If a column is missing.

    Examples
    --------
    Ten chats a day, and none on the ninth:

    >>> days = [day for day in range(28) for _ in range(10) if day != 8]
    >>> contacts = pd.DataFrame({"contact_id": [str(i) for i in range(len(days))], "channel": "chat",
    ...     "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(days, unit="D")})
    >>> source_gaps(contacts)[["source", "day", "n", "expected", "status"]].values.tolist()
    [['chat', '2026-11-09', 0, 10.0, 'missing']]
    """
    found = silent_days(_daily(contacts, by, timezone, until), rest_days)
    found = found.assign(day=pd.DatetimeIndex(found["day"]).strftime("%Y-%m-%d"))
    return found.sort_values(["day", "source"], ascending=[False, True], kind="stable", ignore_index=True)


def source_lags(
    contacts: pd.DataFrame, by: str = "channel", timezone: str = "UTC", until: pd.Timestamp | None = None
) -> pd.DataFrame:
    """Tell from when to when each source has data, and which ones have stopped.

    Parameters
    ----------
    contacts, by, timezone, until
        As for `source_gaps`.

    Returns
    -------
    DataFrame
        ``source, n, first_day, last_day, n_days`` (from its first day to the end), ``n_silent`` (days without any),
        ``lag_days`` (from its last day to the end), ``usual_gap_days`` (longest silence before that), ``is_late``
        (silent for longer than it ever was).

    Raises
    ------
    ContactError
        If a column is missing.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "channel": ["call", "call", "chat", "call"],
    ...     "created_at": pd.to_datetime(["2026-11-01", "2026-11-02", "2026-11-02", "2026-11-03"], utc=True)})
    >>> source_lags(contacts)[["source", "n", "last_day", "lag_days", "is_late"]].values.tolist()
    [['call', 3, '2026-11-03', 0, False], ['chat', 1, '2026-11-02', 1, True]]
    """
    rows = []
    table = _daily(contacts, by, timezone, until)
    for name in table:
        count = table[name].to_numpy()
        seen = np.flatnonzero(count)
        n_days, lag = len(count) - seen[0], len(count) - 1 - seen[-1]
        usual = int(np.diff(seen).max(initial=1)) - 1
        first, last = (f"{table.index[i]:%Y-%m-%d}" for i in seen[[0, -1]])
        silent = int((count[seen[0] :] == 0).sum())
        rows.append((str(name), int(count.sum()), first, last, int(n_days), silent, int(lag), usual, bool(lag > usual)))
    names = ["source", "n", "first_day", "last_day", "n_days", "n_silent", "lag_days", "usual_gap_days", "is_late"]
    return pd.DataFrame(rows, columns=names)


def _daily(contacts: pd.DataFrame, by: str, timezone: str, until: pd.Timestamp | None) -> pd.DataFrame:
    """Contacts a day (rows) and source (columns), with the days on which nothing came."""
    require_columns(contacts, [by], "by")
    frame = ordered(contacts)
    frame = frame[frame[by].notna() & frame["created_at"].notna()]
    if not len(frame):
        return pd.DataFrame()
    day = frame["created_at"].dt.tz_convert(timezone).dt.tz_localize(None).dt.normalize()
    end = day.max() if until is None else pd.Timestamp(until).tz_localize(None).normalize()
    table = pd.crosstab(day, frame[by].astype(str))
    return table.reindex(pd.date_range(day.min(), end, freq="D"), fill_value=0)
