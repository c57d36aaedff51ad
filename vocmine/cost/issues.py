"""What each issue costs: contacts, tags and rates in, a table out that adds up to the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.audits.audit import EXPIRES_DAYS, Audit, checked_audit
from vocmine.cost.assisted import assist
from vocmine.cost.attribution import Attribution, Pairs, issue_minutes, pair_reasons, share_out
from vocmine.cost.audited import CheckedSample, place_audit
from vocmine.cost.avoidable import avoidable_cost
from vocmine.cost.candidates import candidate_labels, read_candidates
from vocmine.cost.chains import FoldedChains, fold_chains
from vocmine.cost.coded import METHOD, counted_by_codes
from vocmine.cost.combined import combine
from vocmine.cost.contact_ledger import LedgerInputs, contact_ledger
from vocmine.cost.keys import Domains, make_domains
from vocmine.cost.ledger import PricedContacts, absurd_payouts, open_tab_table, price_contacts
from vocmine.cost.model import CostModel
from vocmine.cost.open_tabs import open_tab_notes
from vocmine.cost.table import make_table
from vocmine.cost.totals import COST, HOURS, IMPUTED, Totals, count_tags, unsettled, with_mistakes
from vocmine.cost.unaudited import as_tagged, quantify_pairs
from vocmine.errors import ContactError, SettingsError
from vocmine.frames import UNALLOCATED, require_columns
from vocmine.results import IssueCosts, Note

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CostOptions:
    """How `issue_costs` counts, beside the rates.

    Parameters
    ----------
    attribution : {"minutes", "equal", "primary"}
        How a contact with several reasons is shared: see `share_out`.
    kind : {"reason", "topic"}
        Kind of tag that names the issues.
    issues : tuple of str
        Issues that may be true in the audit although the tagger never gave them.
    audit_days : int
        How many days after its ``drawn_on`` an audit holds.
    chains : DataFrame, optional
        Repeats: ``contact_id, chain_id, position, is_repeat, is_censored``. A chain is then costed to the issue of its
        first contact.
    demand : mapping of str to str or float, optional
        Failure or value demand by issue: adds ``avoidable_cost``, see `avoidable_cost`.
    fix_rate : float or mapping of str to float
        Share of the failure demand that a fix ends, 0 to 1, for ``avoidable_cost``.
    marginal_share : float, optional
        Share of the cost that falls away in the short run, 0 to 1: adds ``avoidable_marginal`` beside the average.
    ledger : bool
        Whether to give what each contact bears in each issue too, as ``IssueCosts.ledger``.

    Examples
    --------
    >>> CostOptions(attribution="equal").kind
    'reason'
    """

    attribution: Attribution = "minutes"
    kind: str = "reason"
    issues: tuple[str, ...] = ()
    audit_days: int = EXPIRES_DAYS
    chains: pd.DataFrame | None = field(default=None, compare=False, repr=False)
    demand: Mapping[str, str | float] | None = None
    fix_rate: float | Mapping[str, float] = 1.0
    marginal_share: float | None = None
    ledger: bool = False


@dataclass(frozen=True)
class _Job:
    """Everything of one call on contacts sorted by id."""

    pairs: Pairs
    ledger: PricedContacts
    folded: FoldedChains
    domains: Domains
    model: CostModel


def issue_costs(
    contacts: pd.DataFrame,
    tags: pd.DataFrame,
    model: CostModel,
    *,
    audit: Audit | pd.DataFrame | None = None,
    level: float = 0.95,
    by: str | Sequence[str] | None = None,
    seed: int = 0,
    options: CostOptions | None = None,
) -> IssueCosts:
    """Work out what each issue costs.

    A contact's whole cost is counted once: several reasons share it. Handling cost (labour) and payouts (refunds,
    parts, shipping: ``cost_extra``) stand apart, and each adds up over all rows to its own ledger, to the smallest unit
    of the currency. With an audit the tagger's mistakes are corrected by it; without
    one the chances of all contacts are read together, and the interval holds how far such estimates are off, as
    learned on the tagger's own labels or on other contacts whose reasons are known. ``basis`` says which of these it
    is. Where topics are the issues, or the reasons of most contacts are their agents' codes (tags of source ``code``),
    tags are counted, and the interval leaves the mistakes out. Imputed handle times are in the interval either way.

    Parameters
    ----------
    contacts : DataFrame
        Contacts.
    tags : DataFrame
        Tags of these contacts; a contact without a reason counts as ``unknown``.
    model : CostModel
        Rates.
    audit : Audit or DataFrame, optional
        Hand-checked sample: ``contact_id, label_tag, prob`` as drawn by `Audit.sample`, and the true ``label``.
    level : float
        Confidence of the intervals, between 0 and 1.
    by : str or list of str, optional
        Further keys: columns of the contacts (product, version, team), ``"day"``, ``"week"``, ``"month"``,
        ``"fiscal_month"``, or a kind of tag, as ``"topic"``. The rows of an issue add up to what it costs without keys,
        and those of a group to the ledger of the group, to the smallest unit. With an audit the mistakes are taken to
        be alike in all groups.
    seed : int
        Seed of imputation and folds.
    options : CostOptions, optional
        How contacts are shared between issues, chains of repeats, age of the audit.

    Returns
    -------
    IssueCosts
        ``table`` has the issue costs, dearest first, then ``unknown`` and ``unallocated``; currency, level and
        notes go with it.

    Raises
    ------
    ContactError, SettingsError, AuditError
        If contacts, rates or audit don't fit; the message says what to do.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": ["a", "b"], "channel": "call", "handle_seconds": [60.0, 120.0]})
    >>> tags = pd.DataFrame({"contact_id": ["a", "b"], "kind": "reason", "label": ["bill", "login"], "score": 0.9})
    >>> costs = issue_costs(contacts, tags, CostModel(rate_per_minute={"call": 60}, currency="JPY"))
    >>> costs.table[["issue", "cost", "share"]].round(2).to_dict("records")
    [{'issue': 'login', 'cost': 120.0, 'share': 0.67}, {'issue': 'bill', 'cost': 60.0, 'share': 0.33}]
    """
    options = options or CostOptions()
    _check_call(contacts, level)
    frame = contacts.assign(contact_id=contacts["contact_id"].astype(str)).sort_values("contact_id", kind="stable")
    hand = None if audit is None else checked_audit(audit)
    may_be = options.issues + (candidate_labels(tags) if options.kind == "reason" else ())
    extra = may_be + (hand.labels if hand is not None else ())
    pairs = pair_reasons(frame["contact_id"], tags, extra, options.kind)
    names = np.array(pairs.issues, dtype=object)
    ledger = price_contacts(frame, names[pairs.main], model, seed)
    effort = ledger.hours.copy()
    effort[ledger.times.rows] = np.nan
    pairs = share_out(pairs, effort, options.attribution)
    folded, domains = fold_chains(frame["contact_id"], options.chains), make_domains(frame, by, model, tags)
    job = _Job(pairs, ledger, folded, domains, model)
    checked = None
    n_coded = counted_by_codes(frame["contact_id"], tags) if options.kind == "reason" else 0
    estimate, shares = _before_audit(job, frame, tags, effort, options.kind == "reason" and not n_coded)
    if hand is not None:
        hand.check_age(frame, options.audit_days)
        minutes = issue_minutes(pairs, effort) if options.attribution == "minutes" else None
        value, strict = _main_value(job), estimate.basis == "counted"
        checked = place_audit(hand, frame["contact_id"], pairs, value, may_be, minutes, all_labels=strict)
        estimate = combine(_corrected(job, checked, effort, seed), estimate)
    tabs = open_tab_table(frame, ledger)
    notes = _notes(job, options, checked, estimate.basis) + open_tab_notes(tabs, ledger.times.crowded)
    notes += (Note.of("reasons_by_codes", n=n_coded, of=len(frame)),) if n_coded else ()
    costs = replace(make_table(estimate, model, level, notes, folded.chained), open_tabs=tabs)
    if n_coded and estimate.basis == "counted":
        method = costs.table["method"].where(costs.table["issue"] == UNALLOCATED, METHOD)
        costs = costs.with_table(costs.table.assign(method=method))
    if options.ledger:
        rows = contact_ledger(LedgerInputs(frame, shares, ledger, folded, checked, pairs), estimate, costs.table, model)
        costs = replace(costs, ledger=rows)
    if not options.demand:
        return costs
    costs = avoidable_cost(costs, options.demand, fix_rate=options.fix_rate, marginal_share=options.marginal_share)
    return costs.with_table(costs.table.drop(columns=["avoidable_low", "avoidable_high"]))


def _notes(job: _Job, options: CostOptions, checked: CheckedSample | None, basis: str) -> tuple[Note, ...]:
    notes = [Note.of(f"attribution_{options.attribution}")]
    if checked is None:
        notes.append(Note.of(f"basis_{basis}"))
    elif job.domains.table.shape[1]:
        notes.append(Note.of("groups_alike"))
    if checked is not None and checked.n_gone:
        notes.append(Note.of("checked_gone", n=checked.n_gone))
    times = job.ledger.times
    if len(times.rows) > times.n_cut:
        notes.append(Note.of("imputed", n=len(times.rows) - times.n_cut, of=len(times.seconds)))
    n_absurd, amount, usual = absurd_payouts(job.ledger.payout)
    if n_absurd and job.model.numerator != "hours":
        notes.append(Note.of("payouts_absurd", n=n_absurd, amount=amount, usual=usual, currency=job.model.currency))
    if job.folded.chained:
        notes.append(Note.of("repeats_first"))
        notes.append(Note.of("repeats_unseen", n=job.folded.n_censored))
    if options.demand:
        rate = options.fix_rate
        by_issue = Note.of("avoidable_by_issue")
        notes.append(by_issue if isinstance(rate, Mapping) else Note.of("avoidable", share=float(rate)))
    return tuple(notes)


def _check_call(contacts: pd.DataFrame, level: float) -> None:
    require_columns(contacts, ("contact_id", "channel"), "contacts")
    if not len(contacts):
        raise ContactError("there are no contacts", where="contacts", expected="at least one row")
    if not 0 < level < 1:
        raise SettingsError("wrong level", where="level", got=repr(level)[:20], expected="between 0 and 1, as 0.95")


def _main_value(job: _Job) -> Floats:
    return job.ledger.hours if job.model.numerator == "hours" else job.ledger.cost


def _values(job: _Job) -> Floats:
    """Give what is totalled, a row each: cost (or hours), hours, contacts, imputed part, repeats, payouts."""
    priced, one = job.ledger, np.ones(len(job.ledger.hours))
    each = [_main_value(job), priced.hours, one, priced.imputed, job.folded.repeat, priced.payout]
    return job.folded.gather(np.stack(each))


def _guessed(job: _Job, values: Floats) -> Floats:
    """Give the part of each value that rests on an imputed time."""
    hours = np.zeros(len(job.ledger.hours))
    rows = job.ledger.times.rows
    hours[rows] = job.ledger.hours[rows]
    guessed = np.zeros_like(values)  # payouts are read from the contacts, none is guessed
    guessed[[COST, IMPUTED]] = values[IMPUTED]
    guessed[HOURS] = job.folded.gather(hours[None])[0]
    return guessed


def _imputed(job: _Job) -> tuple[NDArray[np.int64], Floats]:
    return job.folded.first[job.ledger.times.rows], job.ledger.draws


def _before_audit(
    job: _Job, frame: pd.DataFrame, tags: pd.DataFrame, effort: Floats, expect_mistakes: bool
) -> tuple[Totals, Pairs]:
    """Total what the contacts are taken to be about, with the mistakes that are to be expected; and the shares."""
    values = _values(job)
    if not expect_mistakes:
        return count_tags(job.pairs, values, job.domains, _imputed(job)), job.pairs
    candidates = read_candidates(pd.Index(frame["contact_id"]), tags, job.pairs)
    read = (
        as_tagged(job.pairs) if candidates is None else
        quantify_pairs(job.pairs, candidates, effort, frame["channel"])
    )
    counted = count_tags(read.pairs, values, job.domains, _imputed(job))
    own = unsettled(read.pairs, values, job.domains)
    return with_mistakes(counted, read.spread, own, "labels" if read.basis == "labels" else "prior"), read.pairs


def _corrected(job: _Job, checked: CheckedSample, effort: Floats, seed: int) -> Totals:
    log_effort = np.log(np.where(effort > 0, effort, np.nan))
    values, code = _values(job), job.domains.code
    result = assist(job.pairs, log_effort, values, _guessed(job, values), checked, code, _imputed(job), seed)
    return Totals.corrected(result, job.pairs.issues, job.domains, len(checked.row))
