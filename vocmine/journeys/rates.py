"""Repeats, first contact resolution and one-touch, by reason, with n and interval."""

from __future__ import annotations

import pandas as pd

from vocmine.frames import UNKNOWN
from vocmine.journeys.inputs import contact_flags, is_closed, is_outcome_known, linked_pairs, number, with_share


def repeat_rate(
    contacts: pd.DataFrame, tags: pd.DataFrame | None = None, window_days: float = 7, level: float = 0.95
) -> pd.DataFrame:
    """Give the share of contacts of each reason that repeat an earlier one.

    A contact is a repeat if the same customer came about the same reason at most `window_days` before.

    Parameters
    ----------
    contacts : DataFrame of shape (n, any)
        The contacts table.
    tags : DataFrame, optional
        The tags; a contact with two reasons counts for both. Without them, all contacts are one reason, ``all``.
    window_days : float
        Window in days, as elapsed time.
    level : float
        Level of the interval.

    Returns
    -------
    DataFrame
        ``reason, n, n_repeat, share, low, high`` (Wilson), ``n_left_out``: contacts without a customer, and those of
        the first window, whose earlier contact the data would not show. Largest `n` first.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window or level is wrong.

    Examples
    --------
    By hand: four customers after the first week; one calls again after two days.

    >>> day = [0, 10, 12, 10, 11, 12]
    >>> contacts = pd.DataFrame({"contact_id": list("abcdef"), "customer_id": list("zkklmn"),
    ...     "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(day, unit="D")})
    >>> repeat_rate(contacts)[["n", "n_repeat", "share", "n_left_out"]].values.tolist()
    [[5.0, 1.0, 0.2, 1.0]]
    """
    pairs = linked_pairs(contacts, tags, window_days)
    known = pairs["is_linked"] & pairs["sees_before"]
    return _by_reason(pairs, known, pairs["before"], "n_repeat", level)


def first_contact_resolution(
    contacts: pd.DataFrame, tags: pd.DataFrame | None = None, window_days: float = 7, level: float = 0.95
) -> pd.DataFrame:
    """Give the share of issues that were solved in their first contact (FCR).

    Of the first contacts about a reason, those after which the customer did not come again about it within the window,
    and which were not closed as unsolved (``resolved`` false). The field measures it by re-contact in 1 to 14 days; 70
    to 79 % is called good.

    Parameters
    ----------
    contacts, tags, window_days, level
        As for `repeat_rate`.

    Returns
    -------
    DataFrame
        ``reason, n, n_resolved, share, low, high, n_left_out``: repeats are no first contacts and not among these;
        left out are contacts without a customer, of the first window (they may be repeats) and of the last one
        (something still may follow), and where ``resolved`` is written down at all, those where it is not.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window or level is wrong.

    Examples
    --------
    By hand: of two issues with a whole window around them, one comes back after three days.

    >>> day = [0, 10, 13, 10, 30]
    >>> contacts = pd.DataFrame({"contact_id": list("abcde"), "customer_id": list("zkklm"),
    ...     "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(day, unit="D")})
    >>> first_contact_resolution(contacts)[["n", "n_resolved", "share", "n_left_out"]].values.tolist()
    [[2.0, 1.0, 0.5, 2.0]]
    """
    pairs = linked_pairs(contacts, tags, window_days)
    return _by_reason(pairs[~pairs["before"]], _observed(pairs), _solved(pairs), "n_resolved", level)


def one_touch_share(
    contacts: pd.DataFrame, tags: pd.DataFrame | None = None, window_days: float = 7, level: float = 0.95
) -> pd.DataFrame:
    """Give the share of issues that took one touch: first contact resolution without a transfer or a second reply.

    Parameters
    ----------
    contacts, tags, window_days, level
        As for `repeat_rate`. ``transfers`` and ``replies`` (of agents, as Zendesk tickets have) count where known.

    Returns
    -------
    DataFrame
        ``reason, n, n_one_touch, share, low, high, n_left_out``, as for `first_contact_resolution`.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window or level is wrong.

    Examples
    --------
    By hand: neither comes back, but one was transferred.

    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "customer_id": list("zklm"), "transfers": [0, 0, 1, 0],
    ...     "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta([0, 10, 10, 30], unit="D")})
    >>> one_touch_share(contacts)[["n", "n_one_touch", "share"]].values.tolist()
    [[2.0, 1.0, 0.5]]
    """
    pairs = linked_pairs(contacts, tags, window_days)
    touched = number(pairs, "transfers").gt(0) | number(pairs, "replies").gt(1)
    return _by_reason(pairs[~pairs["before"]], _observed(pairs), _solved(pairs) & ~touched, "n_one_touch", level)


def came_back(contacts: pd.DataFrame, tags: pd.DataFrame | None = None, window_days: float = 7) -> pd.Series:
    """Tell of each contact whether the customer came again about the same within the window.

    Parameters
    ----------
    contacts, tags, window_days
        As for `repeat_rate`.

    Returns
    -------
    Series
        1 or 0, with the index of the contacts; NaN without a customer, where the window is not all in the data, and
        where no reason is known: nobody can say whether it was the same.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window is wrong.

    Examples
    --------
    >>> day = [0, 2, 0, 20]
    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "customer_id": ["k", "k", "l", None],
    ...     "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(day, unit="D")})
    >>> came_back(contacts).tolist()
    [1.0, 0.0, 0.0, nan]
    """
    flags = contact_flags(contacts, tags, window_days)
    told = flags["is_linked"] & flags["sees_after"] & (flags["reason"] != UNKNOWN)
    return pd.Series(flags["after"].astype(float).where(told).to_numpy(), index=contacts.index, name="came_back")


def _observed(pairs: pd.DataFrame) -> pd.Series:
    """Whether the window before and after is in the data, and the outcome known: the base of all that is solved."""
    return pairs["is_linked"] & pairs["sees_before"] & pairs["sees_after"] & is_outcome_known(pairs)


def _solved(pairs: pd.DataFrame) -> pd.Series:
    return ~pairs["after"] & is_closed(pairs)


def _by_reason(pairs: pd.DataFrame, known: pd.Series, hit: pd.Series, name: str, level: float) -> pd.DataFrame:
    known = known.loc[pairs.index]
    flags = pd.DataFrame({
        "reason": pairs["reason"], "n": known.astype("int64"), name: (known & hit.loc[pairs.index]).astype("int64"),
        "n_left_out": (~known).astype("int64"),
    })
    table = with_share(flags.groupby("reason", as_index=False).sum(), name, level)
    table = table.sort_values(["n", "reason"], ascending=[False, True], kind="stable", ignore_index=True)
    return table[["reason", "n", name, "share", "low", "high", "n_left_out"]]
