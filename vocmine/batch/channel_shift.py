"""What if some contacts of an issue came through another channel: from a results folder, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vocmine.batch.contact_store import ContactStore
from vocmine.batch.costing import cost_contacts
from vocmine.batch.period import read_period
from vocmine.errors import SettingsError
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.cost import CostModel


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


def shift_results(home: Path, settings: Settings, model: CostModel | None, move: Move) -> list[str]:
    """Work out what a move would save in the last days of a results folder, and say it in lines.

    Raises
    ------
    SettingsError
        If there are no rates, or the move does not fit the contacts.
    """
    from vocmine.cost import shift_channel

    if model is None:
        raise SettingsError("no rates were given", where="--costs", expected="a cost model, as for vocmine run")
    period = read_period(home, ContactStore(home, settings.timezone), settings.period_days)
    # without customers there are no chains: each contact is costed where it came in
    contacts = period.contacts.assign(customer_id=None)
    costs = cost_contacts(contacts, period.tags, settings, model, by="channel", names=period.names)
    shift = shift_channel(
        costs, model, move.issue, (move.source, move.target), share=move.share, handle_seconds=move.handle_seconds,
        concurrency=move.concurrency, returned=move.returned,
    )
    moved = f"{shift.contacts_moved:,.0f} contacts from {move.source} to {move.target}"
    before, after = (f"{amount:,.0f} {model.currency}" for amount in (shift.cost_before, shift.cost_after))
    return [
        f"{period.names.name(move.issue, settings.lang)}: {moved}, {period.first} to {period.last}",
        f"  handling cost before: {before}, after: {after}",
        f"  saving of handling cost: {shift.saving:,.0f} {model.currency}, {shift.hours_saved:,.1f} hours; "
        f"{shift.contacts_added:,.0f} contacts come back",
    ]
