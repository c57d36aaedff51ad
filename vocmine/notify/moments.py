"""Which turn of an incident is to be told: a new one, or one that grows, eases, is over or comes back; none twice."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vocmine.topics.tracking.incident import Incident

MOMENTS = ("new", "growing", "easing", "over", "back")


def moment_of(
    incident: Incident,
    told: Collection[tuple[str, str]],
    waiting: Collection[str] = (),
    wanted: Collection[str] = MOMENTS,
) -> str | None:
    """Say which turn of an incident is to be told now; None where there is nothing to tell.

    An incident that was over when it was first seen is none: a folder that is filled with the past tells of the
    present alone.

    Parameters
    ----------
    incident : Incident
        As it stands.
    told : collection of (str, str)
        Ids and states that were told.
    waiting : collection of str
        Ids of incidents that went on before and were not told, because that failed or was not wanted.
    wanted : collection of str
        Which of `MOMENTS` are to be told.

    Returns
    -------
    {"new", "growing", "easing", "over", "back"} or None

    Examples
    --------
    >>> import pandas as pd
    >>> from vocmine.topics.tracking.incident import Incident
    >>> day = pd.Timestamp("2026-10-12", tz="UTC")
    >>> one = Incident("i-1", "a", "b", "growing", day, day, day, day, 3, 2, 0.1)
    >>> moment_of(one, []), moment_of(one, [("i-1", "open")]), moment_of(one, [("i-1", "growing")])
    ('new', 'growing', None)
    """
    ids = {incident.incident_id, *incident.merged}  # what one that is now part of it told, it has told
    states = {state for known, state in told if known in ids}
    if not states and incident.is_open and "new" in wanted:
        return "new"
    if not states and not incident.is_open and ids.isdisjoint(waiting):
        return None
    if "over" in states and incident.is_open and "back" not in states and "back" in wanted:
        return "back"  # who was told that it is over must not go on believing it
    return incident.state if incident.state in wanted and incident.state not in states else None
