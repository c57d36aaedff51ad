"""What if some contacts of an issue came through another channel: from a results folder, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vocmine.batch import costing as issues
from vocmine.batch.contact_store import Ledger
from vocmine.errors import SettingsError
from vocmine.settings import Settings


@dataclass(frozen=True)
class Move:
    """A share of an issue's contacts that would take another channel.

    Parameters
    ----------
    issue : str
        Id of the reason.
    source, target : str
        From which channel to which.
    share : float
        Share of the contacts that moves, 0 to 1.
    handle_seconds : float
        Handle time of such a contact in the new channel (s).
    concurrency : float
        Contacts an agent handles at once there.
    returned : float
        Share of the moved contacts that come back through the old channel, 0 to 1.
    """

    issue: str
    source: str
    target: str
    share: float
    handle_seconds: float
    concurrency: float = 1.0
    returned: float = 0.0


def shift_results(home: Path, settings: Settings, costs: Any, move: Move) -> list[str]:
    """Work out what a move would save in the last days of a results folder, and say it in lines.

    Raises
    ------
    SettingsError
        If there are no rates, or the move does not fit the contacts.
    """
    from vocmine.cost import shift_channel

    if costs is None:
        raise SettingsError("no rates were given", where="--costs", expected="a cost model, as for vocmine run")
    period = issues.read_period(home, Ledger(home, settings.timezone), settings.period_days)
    # without customers there are no chains: each contact is costed where it came in
    contacts = period.contacts.assign(customer_id=None)
    table = issues.priced(contacts, period.tags, settings, costs, by="channel")
    shift = shift_channel(
        table, costs, move.issue, (move.source, move.target), move.share, move.handle_seconds, move.concurrency,
        move.returned,
    )
    names = period.tags.attrs.get("label_names", {}).get(settings.lang, {})
    moved = f"{shift.contacts_moved:,.0f} contacts from {move.source} to {move.target}"
    return [
        f"{names.get(move.issue, move.issue)}: {moved}, {period.first} to {period.last}",
        f"  cost before: {shift.cost_before:,.0f} {costs.currency}, after: {shift.cost_after:,.0f} {costs.currency}",
        f"  saving: {shift.saving:,.0f} {costs.currency}, {shift.hours_saved:,.1f} hours; "
        f"{shift.contacts_added:,.0f} contacts come back",
    ]
