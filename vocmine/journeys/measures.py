"""The usual measures of a contact centre at once, by their usual definitions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from vocmine.frames import require_columns
from vocmine.journeys.inputs import contact_flags, is_closed, is_outcome_known, number
from vocmine.stats import mean_interval, median_interval, normal_quantile, share_interval

DEFINITIONS = {
    "handle_seconds": "average handle time: talk + hold + after-call work, where it was measured; of one channel",
    "median_handle_seconds": "half of the contacts take no longer",
    "after_call_seconds": "average after-call work (wrap-up) where it is known, part of handle time; of one channel",
    "wait_seconds": "average time a customer waited for an answer; of one channel",
    "median_wait_seconds": "half of the customers waited no longer: a few forgotten posts don't move it",
    "repeat_rate": "contacts that repeat an earlier one about the same within the window",
    "first_contact_resolution": "first contacts not followed by another about the same, and not closed as unsolved",
    "one_touch_share": "first contact resolution without a transfer or a second reply; of the same contacts",
    "transfer_rate": "contacts handed to another team",
    "resolved_share": "closed as solved, of the same first contacts; of all where no customer is known",
    "csat": "average satisfaction, 1 to 5",
    "csat_share": "answers of 4 or 5 among all answers",
    "contacts_per_customer": "contacts of a known customer in the time of the data",
}
_MEANS = {name: name for name in ("handle_seconds", "after_call_seconds", "wait_seconds", "csat")}
_MEDIANS = {"median_handle_seconds": "handle_seconds", "median_wait_seconds": "wait_seconds"}


def standard_measures(
    contacts: pd.DataFrame,
    tags: pd.DataFrame | None = None,
    by: str | Sequence[str] = (),
    window_days: float = 7,
    level: float = 0.95,
) -> pd.DataFrame:
    """Give the usual measures of a contact centre, each with its n and its interval.

    Parameters
    ----------
    contacts : DataFrame
        The contacts; what they have no column for is left out. Times are given for groups of one channel only: the
        average of calls, bots, surveys and e-mail is no one's time. Ask for them ``by="channel"``.
    tags : DataFrame, optional
        Tags: repeats are then repeats about the same reason.
    by : str or sequence of str
        Columns to group by, as ``"team"`` or ``["channel", "reason"]`` (the best reason). Repeats are found over all
        contacts first: a customer who comes back to another team counts against the first.
    window_days, level : float
        Days in which a contact counts as coming back; level of the intervals.

    Returns
    -------
    DataFrame
        The keys, ``measure`` (see `DEFINITIONS`), ``n`` (what it is taken over), ``value, low, high`` (Wilson for
        shares, Student's t for means, order statistics for medians).

    Raises
    ------
    ContactError, SettingsError
        If a key is missing, or the window or level is wrong.

    Examples
    --------
    By hand: calls of 4, 5 and 9 minutes with hold and after-call work take 6 minutes on average; one of three was
    transferred.

    >>> contacts = pd.DataFrame({"contact_id": list("abc"), "created_at": pd.Timestamp(0, tz="UTC"),
    ...     "handle_seconds": [240.0, 300.0, 540.0], "transfers": [0, 1, 0]})
    >>> standard_measures(contacts)[["measure", "n", "value"]].round(3).values.tolist()
    [['handle_seconds', 3, 360.0], ['median_handle_seconds', 3, 300.0], ['transfer_rate', 3, 0.333]]
    """
    keys = [by] if isinstance(by, str) else list(by)
    normal_quantile(level)
    frame = measure_columns(contact_flags(contacts, tags, window_days))
    require_columns(frame, keys, "by")
    known = [name for name in DEFINITIONS if name in frame or name == "contacts_per_customer"]
    if not keys:
        return _table(frame, known, level)
    frame = frame.assign(**{name: frame[name].astype(object).where(frame[name].notna(), "") for name in keys})
    parts = []
    for key, part in frame.groupby(keys, sort=True):
        table = _table(part, known, level)
        for name, value in reversed(list(zip(keys, key, strict=True))):
            table.insert(0, name, str(value))
        parts.append(table)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*keys, *_COLUMNS])


TIMES = ("handle_seconds", "median_handle_seconds", "after_call_seconds", "wait_seconds", "median_wait_seconds")
"""Measures that are times: of one channel only."""

_COLUMNS = ("measure", "n", "value", "low", "high")


def measure_columns(flags: pd.DataFrame) -> pd.DataFrame:
    """Give a column of numbers for each measure, NaN where a contact does not count; of `contact_flags`."""
    closed = is_closed(flags)
    seen = flags["is_linked"] & flags["sees_before"]
    first = seen & flags["sees_after"] & ~flags["before"] & is_outcome_known(flags)
    solved = ~flags["after"] & closed
    touched = number(flags, "transfers").gt(0) | number(flags, "replies").gt(1)
    columns = {
        "repeat_rate": flags["before"].astype(float).where(seen),
        "first_contact_resolution": solved.astype(float).where(first),
        "one_touch_share": (solved & ~touched).astype(float).where(first),
    }
    if "resolved" in flags:
        base = first if flags["is_linked"].any() else True
        columns["resolved_share"] = closed.astype(float).where(flags["resolved"].notna() & base)
    if "transfers" in flags:
        moved = number(flags, "transfers")
        columns["transfer_rate"] = moved.gt(0).astype(float).where(moved.notna())
    if "csat" in flags:
        csat = number(flags, "csat")
        columns["csat_share"] = csat.ge(4).astype(float).where(csat.notna())
    means = {name: number(flags, column) for name, column in (_MEANS | _MEDIANS).items() if column in flags}
    return flags.assign(**columns, **means)


def _table(frame: pd.DataFrame, names: list[str], level: float) -> pd.DataFrame:
    mixed = "channel" in frame and len(frame["channel"].dropna().unique()) > 1
    names = [name for name in names if not (mixed and name in TIMES)]
    rows = [(name, *_one(frame, name, level)) for name in names]
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    return table[table["n"] > 0].reset_index(drop=True)


def _one(frame: pd.DataFrame, name: str, level: float) -> tuple[int, float, float, float]:
    if name == "contacts_per_customer":
        counts = frame["customer_id"].dropna().value_counts().to_numpy(dtype=float)
        return len(counts), *mean_interval(counts, level, (1.0, np.inf)).numbers  # nobody has less than one
    values = frame[name].dropna().to_numpy(dtype=float)
    if name in _MEDIANS:
        return len(values), *median_interval(values, level).numbers
    if name in _MEANS:
        return len(values), *mean_interval(values, level, (0.0, np.inf)).numbers
    return len(values), *share_interval(int(values.sum()), len(values), level).numbers
