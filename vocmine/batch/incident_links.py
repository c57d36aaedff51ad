"""What a report takes from a folder's incidents, and which contacts its comparisons set aside for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from vocmine.batch.incident_files import read_incidents
from vocmine.topics.tracking.incident import Incident

SET_ASIDE = ("incident_id", "step", "value", "n")
_STEPS = ("team", "product", "product_version", "channel")


def recent_incidents(home: Path, first: str) -> tuple[Incident, ...]:
    """Read the incidents that go on, and those with a contact on or after a day.

    Parameters
    ----------
    home : Path
        The results folder.
    first : str
        First day of the report, ``YYYY-MM-DD``.
    """
    return still_told(read_incidents(home), first)


def still_told(incidents: Sequence[Incident], first: str) -> tuple[Incident, ...]:
    """Keep the incidents that go on, and those with a contact on or after a day."""
    day = pd.Timestamp(first, tz="UTC")
    return tuple(each for each in incidents if each.is_open or each.last_day >= day)


def set_aside(incidents: Sequence[Incident], contacts: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame | None:
    """Count the contacts of incidents that go on, which comparisons of teams, reasons and products leave out.

    Parameters
    ----------
    incidents : sequence of Incident
        A contact of two belongs to the first.
    contacts : DataFrame
        ``contact_id`` and any of ``team, product, product_version, channel``.
    tags : DataFrame
        Reasons.

    Returns
    -------
    DataFrame or None
        ``incident_id, step, value, n``: step ``all`` for all of an incident's contacts, else the column or ``reason``
        whose value they have. None where nothing is set aside.

    Examples
    --------
    >>> day = pd.Timestamp("2026-10-12", tz="UTC")
    >>> one = Incident("i-1", "a", "b", "open", day, day, day, day, 2, 2, 0.1, contact_ids=("x", "y"))
    >>> contacts = pd.DataFrame({"contact_id": ["x", "y", "z"], "team": ["A", "B", "A"]})
    >>> tags = pd.DataFrame({"contact_id": ["x"], "kind": "reason", "label": "bill"})
    >>> set_aside([one], contacts, tags).values.tolist()
    [['i-1', 'all', '', 2], ['i-1', 'reason', 'bill', 1], ['i-1', 'team', 'A', 1], ['i-1', 'team', 'B', 1]]
    """
    incident_of: dict[str, str] = {}
    for each in incidents:
        if each.is_open:
            incident_of |= {i: each.incident_id for i in each.contact_ids if i not in incident_of}
    owner = contacts["contact_id"].map(incident_of)
    mine = contacts.assign(incident_id=owner).loc[owner.notna()]
    if mine.empty:
        return None
    reasons = tags.loc[tags["kind"] == "reason", ["contact_id", "label"]].drop_duplicates()
    labelled = mine.merge(reasons).rename(columns={"label": "value"})
    parts = [_counts(mine.assign(value=""), "all"), _counts(labelled, "reason")]
    parts += [_counts(mine.rename(columns={name: "value"}), name) for name in _STEPS if name in mine.columns]
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["incident_id", "step", "value"], kind="stable").reset_index(drop=True)


def _counts(rows: pd.DataFrame, step: str) -> pd.DataFrame:
    rows = rows.loc[rows["value"].notna(), ["incident_id", "value"]].astype(str)
    counts = rows.groupby(["incident_id", "value"]).size().rename("n").reset_index()
    return counts.assign(step=step)[list(SET_ASIDE)]
