"""What the contacts of incidents cost in a span of days, from the ledger: contact by contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from vocmine.report.incident_input import open_contacts, parts_of_incidents
from vocmine.report.summary import AsidePart, Measure


@dataclass(frozen=True)
class SpanPart:
    """Contacts of incidents that go on within some days, and what they come to in the measure of the report."""

    parts: tuple[AsidePart, ...] = ()
    cost: float = 0.0

    @classmethod
    def of(
        cls, ledger: pd.DataFrame | None, incidents: pd.DataFrame | None, days: tuple[date, date], issue: str = "",
        measure: Measure = "money",
    ) -> SpanPart:
        """Add up the ledger's rows of such contacts, of one issue where it is named.

        Parameters
        ----------
        ledger : DataFrame or None
            Columns of `vocmine.frames.LEDGER`.
        incidents : DataFrame or None
            As `check_incidents` gives them.
        days : (date, date)
            First and last.
        issue : str
            Reason; all where empty.
        measure : {"money", "hours", "counts"}
            What is added up: cost, handle time in hours, or contacts.

        Examples
        --------
        >>> ledger = pd.DataFrame({"contact_id": ["a", "b"], "day": ["2026-10-02", "2026-10-03"], "issue": "x",
        ...                        "cost": [300.0, 500.0], "minutes": 5.0, "share": 1.0})
        >>> incidents = pd.DataFrame({"incident_id": ["i"], "state": ["open"], "contact_ids": [("b",)]})
        >>> SpanPart.of(ledger, incidents, (date(2026, 10, 1), date(2026, 10, 31)))
        SpanPart(parts=(AsidePart(incident_id='i', n=1),), cost=500.0)
        """
        incident_of = open_contacts(incidents)
        if ledger is None or not incident_of:
            return cls()
        first, last = (f"{day:%Y-%m-%d}" for day in days)
        rows = ledger.loc[ledger["contact_id"].isin(incident_of) & ledger["day"].astype(str).between(first, last)]
        rows = rows.loc[rows["issue"].astype(str) == issue] if issue else rows
        ids = rows["contact_id"].drop_duplicates()
        return cls(parts_of_incidents(ids, incident_of), float(_sizes(rows, measure).sum()))


def _sizes(rows: pd.DataFrame, measure: Measure) -> pd.Series[Any]:
    if measure == "money":
        return rows["cost"].fillna(0.0)
    return rows["share"] if measure == "counts" else rows["share"] * rows["minutes"].fillna(0.0) / 60


def merged_parts(*parts: tuple[AsidePart, ...]) -> tuple[AsidePart, ...]:
    """Add up the parts of several spans, the largest first.

    Examples
    --------
    >>> merged_parts((AsidePart("i", 2),), (AsidePart("i", 3), AsidePart("k", 9)))
    (AsidePart(incident_id='k', n=9), AsidePart(incident_id='i', n=5))
    """
    counts: dict[str, int] = {}
    for part in (one for each in parts for one in each):
        counts[part.incident_id] = counts.get(part.incident_id, 0) + part.n
    return tuple(AsidePart(key, n) for key, n in sorted(counts.items(), key=lambda row: (-row[1], row[0])))
