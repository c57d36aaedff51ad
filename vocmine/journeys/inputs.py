"""What all journeys start from: contacts in order, and which reasons each is about."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.errors import ContactError, SettingsError
from vocmine.frames import UNKNOWN, main_reasons, require_columns
from vocmine.stats import wilson

ANY = "all"
HUMAN_CHANNELS = ("call", "chat", "email")


def ordered(contacts: pd.DataFrame, *needed: str) -> pd.DataFrame:
    """Give contacts by customer and time, with their place in the frame as `row`; ties in time go by id."""
    require_columns(contacts, ("contact_id", "created_at", *needed), "contacts")
    if contacts["contact_id"].duplicated().any():
        raise ContactError("contact ids that stand twice", where="contacts", expected="each id once")
    frame = contacts.assign(row=np.arange(len(contacts)), created_at=pd.to_datetime(contacts["created_at"], utc=True))
    if "customer_id" not in frame:
        frame = frame.assign(customer_id=None)
    return frame.sort_values(["customer_id", "created_at", "contact_id"], kind="stable", ignore_index=True)


def days(window: float, name: str = "window_days") -> pd.Timedelta:
    """Give a window of days as a duration."""
    if not window > 0:
        expected = "a number above 0, such as 7, 14 or 30"
        raise SettingsError(f"wrong {name}", where=name, got=str(window), expected=expected)
    return pd.Timedelta(days=window)


def reason_pairs(contacts: pd.DataFrame, tags: pd.DataFrame | None) -> pd.DataFrame:
    """Give one row a contact and reason (`reason`), in the order of the contacts; without tags, one reason for all.

    Contacts without a reason are `unknown`.
    """
    if tags is None:
        return contacts.assign(reason=ANY)
    contacts = contacts.drop(columns="reason", errors="ignore")  # a column of the user's own
    reasons = tags.loc[tags["kind"] == "reason", ["contact_id", "label"]].drop_duplicates()
    pairs = contacts.merge(reasons.rename(columns={"label": "reason"}), on="contact_id", how="left")
    return pairs.assign(reason=pairs["reason"].astype(object).where(pairs["reason"].notna(), UNKNOWN))


def primary_reasons(contacts: pd.DataFrame, tags: pd.DataFrame | None) -> pd.Series:
    """Give the reason with the highest score of each contact, as a Series like the contacts."""
    if tags is None:
        return pd.Series(ANY, index=contacts.index, dtype=object)
    found = contacts["contact_id"].map(main_reasons(tags)).astype(object)
    return found.where(found.notna(), UNKNOWN)


def linked_pairs(
    contacts: pd.DataFrame, tags: pd.DataFrame | None, window_days: float, until: pd.Timestamp | None = None
) -> pd.DataFrame:
    """Say of each contact and reason whether the same customer came before and after about the same, within the window.

    Adds `before`, `after` (bool), `previous_row` (-1 for none), `is_linked` (the customer is known), `sees_before` and
    `sees_after` (the window lies within the data: rates must go by these, as leaving out only those of the last window
    that did not come back would count them all as coming back), and for single contacts `is_truncated` and
    `is_censored` (nothing was seen, but the window is not all there).
    """
    window = days(window_days)
    pairs = reason_pairs(ordered(contacts), tags)
    pairs = pairs.sort_values(["customer_id", "reason", "created_at", "contact_id"], kind="stable", ignore_index=True)
    known = pairs["customer_id"].notna().to_numpy()
    same = known & (pairs["customer_id"] == pairs["customer_id"].shift()).fillna(False).to_numpy(bool)
    same &= (pairs["reason"] == pairs["reason"].shift()).to_numpy(bool) & (pairs["reason"] != UNKNOWN).to_numpy(bool)
    before = same & (pairs["created_at"].diff() <= window).to_numpy(bool)
    after = np.append(before[1:], False)[: len(before)]
    times = pairs["created_at"]
    end = times.max() if until is None else pd.Timestamp(until)
    sees_before = (times >= times.min() + window).to_numpy(bool)
    sees_after = (times <= end - window).to_numpy(bool)
    previous = np.where(before, pairs["row"].shift(fill_value=-1), -1)
    return pairs.assign(
        before=before, after=after, previous_row=previous, is_linked=known, sees_before=sees_before,
        sees_after=sees_after, is_truncated=known & ~before & ~sees_before, is_censored=known & ~after & ~sees_after,
    )


def contact_flags(contacts: pd.DataFrame, tags: pd.DataFrame | None, window_days: float) -> pd.DataFrame:
    """Give the contacts in their own order with their best `reason` and what `linked_pairs` knows of them.

    Several reasons of a contact count as one: it is `before` or `after` if it is for any of them.
    """
    flags = ["before", "after", "is_linked", "sees_before", "sees_after"]
    by_row = linked_pairs(contacts, tags, window_days).groupby("row")[flags].any()
    frame = ordered(contacts).sort_values("row", ignore_index=True)
    return frame.assign(reason=primary_reasons(frame, tags), **{name: by_row[name].to_numpy(bool) for name in flags})


def number(frame: pd.DataFrame, name: str) -> pd.Series:
    """Give a column as numbers, NaN where it is missing."""
    missing = pd.Series(np.nan, index=frame.index)
    return pd.to_numeric(frame[name], errors="coerce").astype(float) if name in frame else missing


def is_closed(frame: pd.DataFrame) -> pd.Series:
    """Tell which contacts were not closed as unsolved (``resolved`` false)."""
    if "resolved" not in frame:
        return pd.Series(True, index=frame.index)
    return frame["resolved"].astype(object).map({False: False}).isna()


def is_outcome_known(frame: pd.DataFrame) -> pd.Series:
    """Tell of which contacts ``resolved`` is known; of all where nobody ever writes it down."""
    known = frame["resolved"].notna() if "resolved" in frame else pd.Series(False, index=frame.index)
    return known if known.any() else pd.Series(True, index=frame.index)


def with_share(table: pd.DataFrame, hits: str, level: float, n: str = "n") -> pd.DataFrame:
    """Add `share`, `low`, `high` of a column of hits among `n`."""
    low, high = wilson(table[hits], table[n], level)
    share = table[hits].to_numpy(float) / table[n].to_numpy(float).clip(1)
    return table.assign(share=np.where(table[n] > 0, share, np.nan), low=low, high=high)
