"""Contacts as the registry takes them in: a row a contact, in an order that no input order changes."""

from __future__ import annotations

import pandas as pd

from vocmine.errors import ContactError
from vocmine.frames import require_columns
from vocmine.text import as_analysed
from vocmine.topics.monitoring.window import day_numbers, hashed


def read_days(contacts: pd.DataFrame, timezone: str) -> pd.DataFrame:
    """Give ``contact_id, day, text_clean, terms, lang, channel, key`` and, where there is one, ``customer_id``.

    Parameters
    ----------
    contacts : contacts frame or analysed frame
    timezone : str
        Where the days begin.

    Raises
    ------
    ContactError
        If a column is missing or a contact has no id or date.

    Examples
    --------
    >>> frame = pd.DataFrame({"contact_id": ["a"], "text": ["返金してほしい"], "created_at": pd.Timestamp(0, tz="UTC")})
    >>> read_days(frame, "Asia/Tokyo")[["contact_id", "day", "channel"]].values.tolist()
    [['a', 0, '']]
    """
    columns = set(getattr(contacts, "columns", ()))
    text = "text_clean" if {"lang", "text_clean", "terms"} <= columns else "text"
    require_columns(contacts, ("contact_id", "created_at", text), "TopicRegistry.update")
    if contacts[["contact_id", "created_at"]].isna().to_numpy().any():
        raise ContactError("contacts without id or date", where="TopicRegistry.update", hint="run check_contacts")
    analysed = as_analysed(contacts)
    channel = contacts["channel"] if "channel" in columns else pd.Series("", index=contacts.index)
    frame = pd.DataFrame(
        {
            "contact_id": contacts["contact_id"].astype(str).to_numpy(),
            "day": day_numbers(contacts["created_at"], timezone),
            **{c: [str(v) for v in analysed[c]] for c in ("text_clean", "terms", "lang")},
            "channel": channel.astype(object).where(channel.notna(), "").astype(str).to_numpy(),
        }
    )
    if "customer_id" in columns:
        frame["customer_id"] = contacts["customer_id"].to_numpy()
    frame["key"] = hashed(frame["contact_id"].tolist())
    return frame.sort_values(["day", "key"], kind="stable").drop_duplicates("contact_id")
