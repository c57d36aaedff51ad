"""Contacts that the workbook lists so that a person can look them up: those of alerts, and those without a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from vocmine.report.inputs import Frames, ids_of

MOST = 10_000
"""Contacts without a reason that are listed, the latest."""

_LONGEST = 600  # characters of a text: what one reads in a cell
AlertContact = tuple[int, str, date, str, str]
UnknownContact = tuple[str, date, str, str, str]


def alert_contacts(alerts: pd.DataFrame | None, frames: Frames) -> tuple[AlertContact, ...]:
    """Give the contacts of each topic that alerted: topic, contact id, day, channel, masked text; the latest first.

    Parameters
    ----------
    alerts : DataFrame or None
        ``topic_id, contact_ids``; contacts that are not in the report are left out.
    frames : Frames
        Contacts of the report.
    """
    if alerts is None or "contact_ids" not in alerts:
        return ()
    pairs = pd.DataFrame({"topic": alerts["topic_id"].astype(int), "contact_id": alerts["contact_ids"].map(ids_of)})
    pairs = pairs.explode("contact_id").dropna().drop_duplicates()
    if pairs.empty:
        return ()
    rows = pairs.join(frames.base[["day", "channel", "text"]], on="contact_id", how="inner")
    rows = rows.sort_values(["topic", "day", "contact_id"], ascending=[True, False, True], kind="stable")
    days = rows["day"].dt.date
    columns = (rows["topic"].astype(int), rows["contact_id"], days, rows["channel"], rows["text"].map(short))
    return tuple(zip(*columns, strict=True))


def unknown_contacts(frames: Frames, most: int = MOST) -> tuple[UnknownContact, ...]:
    """Give the contacts that were read and got no reason: contact id, day, channel, tone, masked text; latest first.

    Parameters
    ----------
    frames : Frames
        Contacts of the report.
    most : int
        The latest so many.
    """
    rows = frames.base.loc[frames.base.index.isin(frames.unknown_ids)].reset_index()
    rows = rows.sort_values(["day", "contact_id"], ascending=[False, True], kind="stable").head(most)
    mood = rows["mood"].astype("object").fillna("").astype(str)
    columns = (rows["contact_id"].astype(str), rows["day"].dt.date, rows["channel"], mood, rows["text"].map(short))
    return tuple(zip(*columns, strict=True))


def short(text: Any) -> str:
    """Cut a masked text to what one reads in a cell; a cut shows as ``…``.

    Examples
    --------
    >>> short("  short "), len(short("long " * 400))
    ('short', 600)
    """
    whole = " ".join(str(text).split())
    return whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 1]}…"
