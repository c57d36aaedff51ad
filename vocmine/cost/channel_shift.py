"""What it would change if some contacts of an issue came through another channel."""

from __future__ import annotations

from dataclasses import dataclass

from vocmine.cost.avoidable import share_of_one
from vocmine.cost.model import CostModel, missing_rates
from vocmine.errors import SettingsError
from vocmine.results import IssueCosts, need_costs


@dataclass(frozen=True)
class ChannelShift:
    """What a shift changes.

    Parameters
    ----------
    saving : float
        Cost before less cost after, in the currency.
    hours_saved : float
        Effort before less effort after (h).
    contacts_moved : float
        Contacts that change channel.
    contacts_added : float
        Repeats and hand-backs that the shift brings.
    cost_before, cost_after : float
        Cost of the contacts moved, and what they cost then, repeats included.
    """

    saving: float
    hours_saved: float
    contacts_moved: float
    contacts_added: float
    cost_before: float
    cost_after: float


def shift_channel(
    costs: IssueCosts,
    model: CostModel,
    issue: str,
    route: tuple[str, str],
    *,
    share: float,
    handle_seconds: float,
    concurrency: float = 1.0,
    returned: float = 0.0,
) -> ChannelShift:
    """Work out what moving a share of an issue's contacts to another channel saves.

    A moved contact costs ``handle_seconds / 60 x rate / concurrency + fixed cost`` in the new channel, and
    `returned` of them come back and cost an average contact of the old channel on top. Handling several chats at
    once makes each longer: give the handle time as it is at that concurrency.

    Parameters
    ----------
    costs : IssueCosts
        Issue costs made with ``by="channel"``.
    model : CostModel
        Rates.
    issue : str
        Issue to move.
    route : tuple of str
        From which channel to which.
    share : float
        Share of the contacts that moves, 0 to 1.
    handle_seconds : float
        Handle time of such a contact in the new channel (s).
    concurrency : float
        Contacts an agent handles at once there, at least 1.
    returned : float
        Share of the moved contacts that come back through the old channel, 0 to 1.

    Returns
    -------
    ChannelShift

    Raises
    ------
    SettingsError
        If the issue has no contacts in that channel, the new channel has no rate, or a number is out of its range.

    Examples
    --------
    100 calls of 8 minutes at 60 a minute; half become chats of 10 minutes, two at once at 60, and a tenth calls again:

    >>> table = pd.DataFrame({"channel": ["call"], "issue": ["bill"], "n_contacts": [100.0], "cost": [48_000.0],
    ...                       "handle_hours": [100 * 8 / 60]})
    >>> model = CostModel(rate_per_minute={"call": 60, "chat": 60}, currency="JPY")
    >>> shift_channel(IssueCosts(table), model, "bill", ("call", "chat"), share=0.5, handle_seconds=600, concurrency=2,
    ...               returned=0.1).saving
    6600.0
    """
    source, target = route
    share, returned = share_of_one("share", share), share_of_one("returned", returned)
    if not handle_seconds >= 0 or not concurrency >= 1:
        raise SettingsError("wrong number", where="handle_seconds, concurrency", expected="at least 0 s and 1 at once")
    rate = model.rate(target, None)
    if rate is None:
        raise missing_rates([target])
    table = need_costs(costs).table
    if "channel" not in table:
        raise SettingsError(
            "costs without channels", where="costs", hint='make them with issue_costs(..., by="channel")'
        )
    rows = table[(table["channel"] == source) & (table["issue"] == issue)]
    n = float(rows["n_contacts"].sum())
    if not n > 0:
        raise SettingsError("no such contacts", where="issue, route", got=f"{issue[:60]} through {source}")
    moved = share * n
    each, each_hours = float(rows["cost"].sum()) / n, float(rows["handle_hours"].sum()) / n
    fixed = 0.0 if model.numerator == "labour" else model.fixed_per_contact.get(target, 0.0)
    new_hours = handle_seconds / 3600 / concurrency
    after = moved * (new_hours * 60 * rate + fixed + returned * each)
    hours_after = moved * (new_hours + returned * each_hours)
    return ChannelShift(
        moved * each - after, moved * each_hours - hours_after, moved, moved * returned, moved * each, after
    )
