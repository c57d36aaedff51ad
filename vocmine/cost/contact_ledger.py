"""The ledger, contact by contact: what each bears in which issue, so that its sums are the lines of the issue costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.attribution import Pairs
from vocmine.cost.audited import CheckedSample
from vocmine.cost.chains import FoldedChains
from vocmine.cost.keys import period_of
from vocmine.cost.ledger import PricedContacts
from vocmine.cost.model import CostModel
from vocmine.cost.money import decimals
from vocmine.cost.raking import Cells, rake, with_a_way
from vocmine.cost.totals import COST, PAYOUT, Totals
from vocmine.frames import LEDGER_COLUMNS, UNALLOCATED

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_LIKELY = 0.02  # share of a main label's cost from which an issue is kept beside it
_WAYS = 3  # issues kept beside each main label, and labels beside each issue, however small
_TRACE = 1e-6  # weight of a cell that is there only so that a way to all sums exists
_LEFT = 1e-3  # weight of all other issues of a contact that was checked by hand
_NEAR = 2  # units that a line, rounded with the sums of its table, may be from what its contacts add up to
_LEAST = 5e-3  # share of a contact below which a cell is left out again


@dataclass(frozen=True)
class LedgerInputs:
    """What the ledger of one call is made of, a row a contact.

    Parameters
    ----------
    contacts : DataFrame
        ``contact_id, channel`` and where it is known ``created_at``.
    pairs : Pairs
        Issues of each contact with their shares.
    priced : PricedContacts
        Minutes, labour and payout of each contact.
    folded : FoldedChains
        Chains of repeats.
    checked : CheckedSample, optional
        Contacts checked by hand.
    tagged : Pairs, optional
        Issues as the tags say, where the shares were estimated from more than these.
    """

    contacts: pd.DataFrame
    pairs: Pairs
    priced: PricedContacts
    folded: FoldedChains
    checked: CheckedSample | None = None
    tagged: Pairs | None = None


def contact_ledger(inputs: LedgerInputs, estimate: Totals, table: pd.DataFrame, model: CostModel) -> pd.DataFrame:
    """Give what each contact bears in each issue.

    The shares are those of the tags; where an audit or whole units make the lines differ from their sums, they are
    raked: scaled in turn until the rows are the contacts' cost and the columns the lines of the table (Deming and
    Stephan, Annals of Mathematical Statistics 11, 1940). A repeat counts for the issues of the first contact of its
    chain. What belongs to no contact (``unallocated``) has rows without one.

    Parameters
    ----------
    inputs : LedgerInputs
        Contacts with issues and prices.
    estimate : Totals
        Totals the table was made of.
    table : DataFrame
        Issue costs, as `make_table` gives them.
    model : CostModel
        Currency and time zone.

    Returns
    -------
    DataFrame
        See `vocmine.frames.LEDGER`, by contact and issue; keys of the table stand in front. ``cost`` adds up by issue
        to ``cost`` of the table, ``payout_share`` to ``payout``; for a model of hours only ``minutes x share`` to its
        hours.
    """
    hours_only = model.numerator == "hours"
    priced, code = inputs.priced, estimate.domains.code
    amounts = inputs.folded.gather(np.stack([priced.hours if hours_only else priced.cost, priced.payout]))
    if hours_only:
        amounts[1] = 0
    unit = 1e-9 * max(float(amounts[0].sum()), 1e-9) if hours_only else 10.0 ** -decimals(model.currency)
    lines = _lines(table, estimate, hours_only)
    by_tags = inputs.pairs if inputs.tagged is None else inputs.tagged
    cells = _start(inputs.pairs, estimate.flows, inputs.checked, by_tags)
    near = _NEAR * unit
    for amount, line in zip(amounts, lines, strict=True):
        cells = with_a_way(cells, code, amount, line, near)
    raked = [rake(cells, code, amount, line, near) for amount, line in zip(amounts, lines, strict=True)]
    tagged = cells.value_of(by_tags.row, by_tags.issue, by_tags.share)
    kept = (tagged > 0) | (raked[0].share >= _LEAST) | (raked[1].share * amounts[1][cells.row] >= unit)
    if not kept.all():
        fewer = cells.only(kept)
        again = [rake(fewer, code, amount, line, near) for amount, line in zip(amounts, lines, strict=True)]
        if all(each.reached for each in again):
            cells, raked = fewer, again
    head = inputs.folded.first
    member, cell = cells.expand(head)
    parts = pd.DataFrame({
        "issue": np.array(estimate.issues, dtype=object)[cells.issue[cell]],
        "share_tagged": cells.value_of(by_tags.row, by_tags.issue, by_tags.share)[cell],
        "share": raked[0].share[cell],
        "cost": np.nan if hours_only else priced.cost[member] * raked[0].part[cell],
        "payout_share": np.nan if hours_only else priced.payout[member] * raked[1].part[cell],
    })
    keys = estimate.domains.table
    who = _contacts(inputs, model).iloc[member].reset_index(drop=True)
    groups = keys.iloc[code[head[member]]].reset_index(drop=True)
    whole = pd.concat([groups[[name for name in keys if name not in LEDGER_COLUMNS]], who, parts], axis=1)
    rest = table.loc[table["issue"] == UNALLOCATED]
    if len(rest):
        whole = pd.concat([whole, _unallocated(rest)], ignore_index=True)
    return whole.astype({"contact_id": "str", "day": "str", "channel": "str", "issue": "str", "imputed": bool})


def _contacts(inputs: LedgerInputs, model: CostModel) -> pd.DataFrame:
    """Give what is known of each contact by itself."""
    contacts, priced = inputs.contacts, inputs.priced
    day = period_of(contacts["created_at"], model, "day").to_numpy() if "created_at" in contacts else ""
    imputed = np.zeros(len(contacts), dtype=bool)
    imputed[priced.times.rows] = True
    nothing = np.nan if model.numerator == "hours" else 1.0
    return pd.DataFrame({
        "contact_id": contacts["contact_id"].astype(str).to_numpy(dtype=object),
        "day": day,
        "channel": contacts["channel"].astype(str).to_numpy(dtype=object),
        "minutes": priced.hours * 60,
        "minutes_recorded": priced.hours_recorded * 60,
        "imputed": imputed,
        "rate": priced.rate,
        "labour": priced.cost,
        "payout": priced.payout * nothing,
    })


def _unallocated(rest: pd.DataFrame) -> pd.DataFrame:
    cost = rest["cost"].to_numpy(dtype=float)
    return pd.DataFrame({
        "contact_id": "", "day": "", "channel": "", "minutes": 0.0, "minutes_recorded": np.nan, "imputed": False,
        "rate": np.nan, "labour": cost, "payout": 0.0, "issue": UNALLOCATED, "share_tagged": 1.0, "share": 1.0,
        "cost": cost, "payout_share": 0.0,
    })


def _lines(table: pd.DataFrame, estimate: Totals, hours_only: bool) -> Floats:
    """Give cost (or hours) and payout of each group and issue as the table has them, shape (2, groups x issues)."""
    keys, k = estimate.domains.table, len(estimate.issues)
    known = table.loc[table["issue"] != UNALLOCATED]
    place = pd.Index(estimate.issues, dtype=object).get_indexer(pd.Index(known["issue"].astype(object)))
    if keys.shape[1]:
        names = list(keys.columns)
        group = pd.MultiIndex.from_frame(keys).get_indexer(pd.MultiIndex.from_frame(known[names]))
        place = group * k + place
    out = np.zeros((2, len(keys) * k))
    out[0, place] = known["handle_hours" if hours_only else "cost"].to_numpy(dtype=float)
    if not hours_only:
        out[1, place] = known["payout"].to_numpy(dtype=float)
    return out


def _start(pairs: Pairs, flows: Floats | None, checked: CheckedSample | None, tagged: Pairs) -> Cells:
    """Give the shares to begin with: those of the tags, and with an audit what each main label turned out to be about.

    A checked contact is what it was found to be; all others of its label keep a trace.
    """
    k = len(pairs.issues)
    own = pairs.row * k + pairs.issue
    if flows is None or checked is None:
        # What a tag says and the estimate does not keep has a line too, of no cost.
        return Cells.gathered([own, tagged.row * k + tagged.issue], [pairs.share, np.zeros(len(tagged.row))], k)
    chance, likely = _by_label(flows)
    of_label, issue = np.nonzero(likely)
    width = np.bincount(of_label, minlength=k)
    row = np.repeat(np.arange(len(pairs.main)), width[pairs.main])
    offset = np.repeat((np.cumsum(width) - width)[pairs.main], width[pairs.main])
    within = np.arange(len(row)) - np.searchsorted(row, row)
    other = issue[offset + within]
    key = row * k + other
    new = ~np.isin(key, own)
    # What a label keeps for the contact's own reasons is shared among them as the tags say.
    held = np.bincount(pairs.row, weights=chance[pairs.main[pairs.row], pairs.issue], minlength=len(pairs.main))
    damp = np.ones(len(pairs.main))
    damp[checked.row] = _LEFT
    weights = [
        pairs.share * np.maximum(held, _TRACE)[pairs.row] * damp[pairs.row],
        np.maximum(chance[pairs.main[row], other], _TRACE)[new] * damp[row[new]],
        checked.truth[np.nonzero(checked.truth)],
    ]
    at, true_issue = np.nonzero(checked.truth)
    return Cells.gathered([own, key[new], checked.row[at] * k + true_issue], weights, k)


def _by_label(flows: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Give what contacts of a main label are about, rows adding up to 1, and which issues are worth keeping for it."""
    k = flows.shape[1]
    parts = []
    for flow in (flows[COST], flows[PAYOUT]):
        positive = np.maximum(flow, 0)
        total = positive.sum(axis=1, keepdims=True)
        parts.append(np.divide(positive, total, out=np.eye(k), where=total > 0))
    likely = np.eye(k, dtype=bool) | (parts[0] >= _LIKELY) | (parts[1] >= _LIKELY)
    largest = np.argsort(-flows[COST], axis=1, kind="stable")[:, :_WAYS]
    np.put_along_axis(likely, largest, True, axis=1)
    sources = np.argsort(-flows[COST], axis=0, kind="stable")[:_WAYS]
    np.put_along_axis(likely, sources, True, axis=0)
    return parts[0], likely
