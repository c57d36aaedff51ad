"""What the page shows of an opened issue beside its contacts: its cost by week."""

from __future__ import annotations

import pandas as pd

from vocmine.batch.monthly import by_period

MOST_WEEKS = 110
"""Weeks that a page shows: two years and a little."""


def issue_weeks(daily: pd.DataFrame) -> pd.DataFrame | None:
    """Give what each issue costs in each whole week (from Monday), with its contacts and hours; None below two weeks.

    Parameters
    ----------
    daily : DataFrame
        Costs by day and issue, see `vocmine.batch.monthly.update_daily`.

    Examples
    --------
    >>> days = pd.date_range("2026-11-01", "2026-11-16").strftime("%Y-%m-%d")
    >>> daily = pd.DataFrame({"day": days, "issue": "a", "n_contacts": 1.0, "handle_hours": 0.5, "cost": 10.0})
    >>> issue_weeks(daily)[["week", "issue", "cost"]].values.tolist()
    [['2026-11-02', 'a', 70.0], ['2026-11-09', 'a', 70.0]]
    """
    if daily.empty:
        return None
    weeks = by_period(daily, "week")
    first, last = pd.Timestamp(daily["day"].min()), pd.Timestamp(daily["day"].max())
    start = pd.to_datetime(weeks["week"])
    whole = weeks.loc[(start >= first) & (start + pd.Timedelta(days=6) <= last)]
    kept = sorted(set(whole["week"]))[-MOST_WEEKS:]
    return whole.loc[whole["week"].isin(kept)].reset_index(drop=True) if len(kept) > 1 else None
