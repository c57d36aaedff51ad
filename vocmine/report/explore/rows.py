"""The contacts of the page, a row each: day, text, minutes, signals, and the contact of the same person before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.frames import SIGNALS
from vocmine.report.explore.encode import numbers, shown
from vocmine.report.explore.source import ExploreSource

MOST_ROWS = 20_000
"""Contacts that a page holds, the latest: more would be too slow to open."""

MOST_CHARACTERS = 8_000_000
"""Characters of all their texts together: some 8 MB of a page where they are Japanese."""

LONGEST = 1_000
"""Characters of a text that a page shows."""

_ID = 64  # characters of a contact's id


def first_row(texts: pd.Series, most_rows: int = MOST_ROWS, most_characters: int = MOST_CHARACTERS) -> int:
    """Give the first of the latest contacts whose texts the page can hold.

    Examples
    --------
    >>> first_row(pd.Series(["aaaa", "bb", "c", "d"]), most_rows=3), first_row(pd.Series(["aaaa", "bb"]), 9, 5)
    (1, 1)
    """
    length = texts.str.len().clip(upper=LONGEST).fillna(0).to_numpy(dtype=np.int64)
    behind = np.cumsum(length[::-1])
    fits = int(np.searchsorted(behind, most_characters, side="right"))
    return max(len(texts) - most_rows, len(texts) - fits, 0)


def contact_rows(source: ExploreSource, first: int, day_zero: pd.Timestamp, mark: str) -> dict[str, Any]:
    """Write the contacts from a row on, column by column.

    Parameters
    ----------
    source : ExploreSource
        Contacts, oldest first.
    first : int
        The first that is written.
    day_zero : Timestamp
        Days are counted from it.
    mark : str
        Stands where a text was cut.
    """
    rows = source.contacts.iloc[first:]
    minutes, imputed = _minutes(source.ledger, rows)
    previous = _previous(source.contacts["person"].to_numpy(), first)
    bits = _signal_bits(source.signals)
    return {
        "n": len(rows),
        "of": len(source.contacts),
        "id": [shown(text, _ID) for text in rows["contact_id"]],
        "day": (rows["day"] - day_zero).dt.days.tolist(),
        "csat": numbers(rows["csat"], 1),
        "minutes": numbers(minutes, 1),
        "imputed": imputed.astype(int).tolist(),
        "text": [shown(text, LONGEST, mark) for text in rows["text"]],
        "signals": rows["contact_id"].map(bits).fillna(0).astype(int).tolist(),
        "person": rows["person"].tolist(),
        "previous": previous.tolist(),
    }


def _minutes(ledger: pd.DataFrame, rows: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Give the minutes that are counted, and whether they were imputed."""
    once = ledger.drop_duplicates("contact_id").set_index("contact_id")
    found = once.reindex(rows["contact_id"])
    imputed = found["imputed"].astype("object").fillna(False).astype(bool).to_numpy()
    return found["minutes"].to_numpy(dtype=float), imputed


def _previous(person: NDArray[np.int64], first: int) -> NDArray[np.int64]:
    """Give the row of the contact before of the same person, -1 where there is none on the page."""
    place = pd.Series(np.arange(len(person)))
    before = place.groupby(person).shift(1).where(person >= 0).fillna(-1).to_numpy(dtype=np.int64)
    here = before[first:] - first
    return np.where(here >= 0, here, -1)


def _signal_bits(signals: pd.DataFrame) -> pd.Series:
    """Give the signals of each contact as one number, a bit for each of `vocmine.frames.SIGNALS`."""
    place = {name: 1 << i for i, name in enumerate(SIGNALS)}
    bits = signals.drop_duplicates()["label"].map(place)
    return bits.groupby(signals.drop_duplicates()["contact_id"]).sum()
