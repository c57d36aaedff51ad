"""Handle time from what a source gives: one column, or talk, hold and after-call work (後処理) apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.contacts.values import parse_durations

PARTS = ("talk_seconds", "hold_seconds", "after_call_seconds")
"""What handle time is made of; the last is a column of the contacts table too."""

ADDED_UP, INCLUDED, ADDED = "handle_time_added_up", "after_call_included", "after_call_added"


def with_handle_time(columns: pd.DataFrame, includes_after_call: bool = True) -> tuple[pd.DataFrame, str]:
    """Make ``handle_seconds`` talk + hold + after-call work, by one rule, and say which case it was.

    Where the source has a column of handle time, after-call work beside it is taken to be in it, as the field counts
    it (AHT = talk + hold + after-call work), unless the mapping says ``handle_includes_after_call: false``: then it is
    added. Where talk, hold and after-call work stand apart they are added up; a contact without a talk time has no
    handle time, and a missing hold or after-call work is 0.

    Parameters
    ----------
    columns : DataFrame
        Renamed columns of a source.
    includes_after_call : bool
        Whether a column of handle time has after-call work in it.

    Returns
    -------
    columns : DataFrame
        With ``handle_seconds`` where it can be made; talk and hold stay as they are.
    code : str
        ``handle_time_added_up``, ``after_call_included``, ``after_call_added``, or empty where nothing had to be done.

    Examples
    --------
    >>> columns = pd.DataFrame({"talk_seconds": ["3:00", ""], "after_call_seconds": ["60", "30"]})
    >>> found, code = with_handle_time(columns)
    >>> found["handle_seconds"].tolist(), code
    ([240.0, nan], 'handle_time_added_up')
    """
    seconds = {name: parse_durations(columns[name]) for name in PARTS if name in columns}
    work = seconds.get("after_call_seconds")
    if "handle_seconds" in columns:
        if work is None:
            return columns, ""
        if includes_after_call:
            return columns, INCLUDED
        total = _sum([parse_durations(columns["handle_seconds"]), work])
        return columns.assign(handle_seconds=total), ADDED
    if "talk_seconds" not in seconds:
        return columns, ""
    return columns.assign(handle_seconds=_sum(list(seconds.values()))), ADDED_UP


def _sum(parts: list[np.ndarray]) -> np.ndarray:
    """Add up, missing where the first part is; a part below zero shows, so that the row is rejected for it."""
    table = np.stack(parts)
    table[1:] = np.nan_to_num(table[1:])
    total = table.sum(axis=0)
    return np.asarray(np.where((table < 0).any(axis=0), np.fmin.reduce(table), total), dtype=float)
