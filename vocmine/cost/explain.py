"""Where a figure comes from: the steps from the contacts of an issue to its line, each a number, adding up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.frames import LEDGER_COLUMNS, require_columns

_WHOLE = 0.999  # share from which a contact is all about an issue
_CUT = 1e-6  # minutes


@dataclass(frozen=True, eq=False)
class CostSteps:
    """The steps from contacts to the cost of an issue; amounts are NaN where there are no rates.

    ``channels.labour.sum() + other = tagged``; ``tagged + moved_in - moved_out + rounding = cost``; ``paid_tagged +
    paid_moved = payout``.

    Parameters
    ----------
    issue : str
        The issue.
    n_contacts, n_whole, n_paid : int
        Contacts tagged with it (as first of a chain of repeats), those that are about nothing else, and those among
        them for which something was paid out.
    shares : float
        Sum of their shares as tagged: contacts.
    minutes, minutes_imputed : float
        Minutes counted, by share; how many of them were not recorded and estimated.
    n_imputed, n_cut : int
        Contacts whose time was estimated, and contacts whose recorded time was cut.
    minutes_cut : float
        Minutes that were recorded and not counted, by share.
    channels : DataFrame
        ``channel, n_contacts, minutes, rate, labour``; the rate is a mean where it differs by team.
    other : float
        Handling cost that is no minutes: fixed cost of a contact, transfers.
    tagged : float
        Handling cost by the shares as tagged.
    moved_in, moved_out : float
        What the correction brought from contacts tagged otherwise, and took to other issues.
    rounding : float
        What whole units of the currency add or take.
    cost : float
        Handling cost of the issue.
    paid_tagged, paid_moved, payout : float
        Payouts by the shares as tagged, what correction and rounding changed, and the payouts of the issue.
    """

    issue: str
    n_contacts: int
    n_whole: int
    n_paid: int
    shares: float
    minutes: float
    minutes_imputed: float
    n_imputed: int
    n_cut: int
    minutes_cut: float
    channels: pd.DataFrame
    other: float
    tagged: float
    moved_in: float
    moved_out: float
    rounding: float
    cost: float
    paid_tagged: float
    paid_moved: float
    payout: float


def explain_issue(ledger: pd.DataFrame, issue: str) -> CostSteps:
    """Say step by step where the cost of an issue comes from.

    Parameters
    ----------
    ledger : DataFrame
        As ``IssueCosts.ledger`` has it, see `vocmine.frames.LEDGER`.
    issue : str
        An issue of it.

    Returns
    -------
    CostSteps

    Raises
    ------
    SettingsError
        If the ledger does not have the issue.

    Examples
    --------
    >>> from vocmine.cost import CostModel, CostOptions, issue_costs
    >>> contacts = pd.DataFrame({"contact_id": list("abc"), "channel": ["call", "call", "chat"],
    ...     "handle_seconds": [61.0, 120.0, 90.0], "cost_extra": [0.0, 500.0, 0.0]})
    >>> tags = pd.DataFrame({"contact_id": list("abbc"), "label": ["bill", "bill", "login", "login"], "score": 0.9})
    >>> model = CostModel({"call": 60.0, "chat": 30.0}, "JPY")
    >>> options = CostOptions(attribution="equal", ledger=True)
    >>> steps = explain_issue(issue_costs(contacts, tags, model, options=options).ledger, "bill")
    >>> steps.channels.round(2).values.tolist()
    [['call', 2, 2.02, 60.0, 121.0]]
    >>> steps.cost, steps.payout, steps.shares, steps.n_whole
    (121.0, 250.0, 1.5, 1)
    """
    require_columns(ledger, LEDGER_COLUMNS, "ledger", SettingsError)
    rows = ledger.loc[ledger["issue"] == issue]
    if rows.empty:
        raise SettingsError("no such issue in the ledger", where="issue", got=issue[:80])
    tagged = rows.loc[rows["share_tagged"] > 0]
    share = tagged["share_tagged"]
    cut = (tagged["minutes_recorded"] - tagged["minutes"]).clip(lower=0.0).fillna(0.0)
    labour, moved = tagged["labour"] * share, rows["labour"] * (rows["share"] - rows["share_tagged"])
    channels = _channels(tagged)
    sums = {"cost": _sum(rows["cost"]), "tagged": _sum(labour), "paid": _sum(tagged["payout"] * share)}
    moved_in, moved_out = _sum(moved.where(moved > 0, moved * 0)), _sum((-moved).where(moved < 0, moved * 0))
    payout = _sum(rows["payout_share"])
    return CostSteps(
        issue=issue, n_contacts=int((tagged["contact_id"] != "").sum()), n_whole=int((share >= _WHOLE).sum()),
        n_paid=int((tagged["payout"] > 0).sum()), shares=_sum(share), minutes=_sum(tagged["minutes"] * share),
        minutes_imputed=_sum((tagged["minutes"] * share)[tagged["imputed"]]), n_imputed=int(tagged["imputed"].sum()),
        n_cut=int((cut > _CUT).sum()), minutes_cut=_sum(cut * share), channels=channels,
        other=sums["tagged"] - _sum(channels["labour"]), tagged=sums["tagged"], moved_in=moved_in,
        moved_out=moved_out, rounding=sums["cost"] - sums["tagged"] - moved_in + moved_out, cost=sums["cost"],
        paid_tagged=sums["paid"], paid_moved=payout - sums["paid"], payout=payout,
    )


def _channels(tagged: pd.DataFrame) -> pd.DataFrame:
    """Minutes, rate and their product by channel."""
    minutes = tagged["minutes"] * tagged["share_tagged"]
    table = tagged.assign(n_contacts=1, minutes=minutes, labour=minutes * tagged["rate"])
    grouped = table[table["channel"] != ""].groupby("channel", sort=True)
    sums = pd.DataFrame({
        **{name: grouped[name].sum(min_count=1) for name in ("n_contacts", "minutes", "labour")},
        "rate": grouped["rate"].mean(),
    }).reset_index()
    timed = sums["minutes"] > 0
    sums["rate"] = np.where(timed, sums["labour"] / sums["minutes"].where(timed), sums["rate"])
    sums = sums.sort_values(["labour", "channel"], ascending=[False, True], ignore_index=True)
    return sums[["channel", "n_contacts", "minutes", "rate", "labour"]]


def _sum(values: pd.Series[float]) -> float:
    """Add up; NaN where any is, as without rates."""
    return float(values.sum(skipna=False))
