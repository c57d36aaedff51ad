"""Totals by issue as the tags stand, and the common form of counted and corrected totals."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from vocmine.cost.assisted import Assisted
from vocmine.cost.attribution import Pairs
from vocmine.cost.keys import Domains
from vocmine.cost.raking import Cells, rake
from vocmine.results import Basis

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

COST, HOURS, COUNT, IMPUTED, REPEAT, PAYOUT = range(6)
_RAKED = 1e-10  # of the total: far below the smallest unit of money


@dataclass(frozen=True)
class Totals:
    """Totals by group and issue, with what is known about their error.

    Parameters
    ----------
    totals : ndarray of shape (6, n_domains, n_issues)
        Handling cost, hours, contacts, imputed part of the cost, repeats, payouts.
    variance : ndarray of shape (6, n_domains, n_issues)
        Variance of each, imputation included.
    known : ndarray of shape (6, n_issues)
        Lower bounds that are certain.
    issues : tuple of str
        Names.
    domains : Domains
        Groups.
    n_checked : int
        Contacts checked by hand; 0 where tags were only counted.
    tuning : float
        Weight of the model of mistakes.
    flows : ndarray of shape (6, n_issues, n_issues), optional
        Corrected totals by main label (row) and issue (column); None where tags were only counted.
    basis : {"audit", "labels", "prior", "counted"}
        What is known of the tagger's mistakes, see `vocmine.results.IssueCosts`.
    whole_variance : ndarray of shape (6, n_issues), optional
        Variance of the totals over all groups, whose errors go together.
    """

    totals: Floats
    variance: Floats
    known: Floats
    issues: tuple[str, ...]
    domains: Domains
    n_checked: int = 0
    tuning: float = 0.0
    flows: Floats | None = None
    basis: Basis = "counted"
    whole_variance: Floats | None = None

    @classmethod
    def corrected(cls, result: Assisted, issues: tuple[str, ...], domains: Domains, n_checked: int) -> Totals:
        """Bring corrected totals into bounds: none below what the checked contacts alone hold, sums kept."""
        totals = np.stack([_bounded(table, known) for table, known in zip(result.totals, result.known, strict=True)])
        variance = _spread_over_groups(totals, result.variance) + result.own_variance
        variance[COST] += _imputation(totals, result.draws)
        whole = result.variance.copy()
        whole[COST] += _imputation(totals, result.draws).sum(axis=0)
        return cls(
            totals, variance, result.known, issues, domains, n_checked, result.tuning, result.flows, "audit", whole
        )


def count_tags(pairs: Pairs, values: Floats, domains: Domains, imputed: tuple[Ints, Floats]) -> Totals:
    """Total each value by group and issue as the tags stand.

    Parameters
    ----------
    pairs : Pairs
        Reasons and their shares.
    values : ndarray of shape (6, n)
        What is totalled.
    domains : Domains
        Groups.
    imputed : tuple of (rows, deviations)
        Imputed contacts and the deviations of their cost, shape (draws, rows).

    Returns
    -------
    Totals
        Its variance has the imputation alone.
    """
    n, k, n_domains = values.shape[1], len(pairs.issues), len(domains.table)
    place = domains.code[pairs.row] * k + pairs.issue
    each = [np.bincount(place, weights=value[pairs.row] * pairs.share, minlength=n_domains * k) for value in values]
    totals = np.asarray(np.stack(each), dtype=float).reshape(len(values), n_domains, k)
    rows, deviation = imputed
    shares = csr_array((pairs.share, (pairs.row, pairs.issue)), shape=(n, k))
    draws = np.asarray(deviation @ shares[rows].toarray(), dtype=float) if len(rows) else np.zeros((0, k))
    variance = np.zeros_like(totals)
    variance[COST] = _imputation(totals, draws)
    return Totals(totals, variance, np.zeros((len(values), k)), pairs.issues, domains)


def with_mistakes(counted: Totals, spread: Floats, own: Floats, basis: Basis) -> Totals:
    """Add what the tagger's mistakes may do to totals that no checked contact corrects.

    Parameters
    ----------
    counted : Totals
        From `count_tags`.
    spread : ndarray of shape (n_issues,)
        Standard deviation of the log error of an issue's total.
    own : ndarray of shape (6, n_domains, n_issues)
        Variance because it is not known of each contact what it is about: it grows with single dear contacts.
    basis : str
        What the spread rests on.
    """
    whole = counted.totals.sum(axis=1)
    mistakes = (spread * whole) ** 2
    variance = counted.variance + _spread_over_groups(counted.totals, mistakes) + own
    in_all = counted.variance.sum(axis=1) + mistakes + own.sum(axis=1)
    return replace(counted, variance=variance, basis=basis, whole_variance=in_all)


def unsettled(pairs: Pairs, values: Floats, domains: Domains) -> Floats:
    """Give the variance of totals because each contact is about an issue with a chance only, shape as the totals."""
    k, n_domains = len(pairs.issues), len(domains.table)
    place = domains.code[pairs.row] * k + pairs.issue
    weight = pairs.share * (1 - pairs.share)
    each = [np.bincount(place, weights=value[pairs.row] ** 2 * weight, minlength=n_domains * k) for value in values]
    return np.asarray(np.stack(each), dtype=float).reshape(len(values), n_domains, k)


def _imputation(totals: Floats, draws: Floats) -> Floats:
    """Variance between imputations, (1 + 1/m) B (Rubin 1987), shared by the imputed cost of the groups."""
    if not len(draws):
        return np.zeros_like(totals[COST])
    between = (1 + 1 / len(draws)) * (draws**2).sum(axis=0) / max(len(draws) - 1, 1)
    whole = totals[IMPUTED].sum(axis=0)
    part = np.divide(totals[IMPUTED], whole, out=np.zeros_like(totals[IMPUTED]), where=whole > 0)
    # Contacts are imputed apart, so the variance of a group grows with its part and not with the part's square.
    return np.asarray(between * part, dtype=float)


def _spread_over_groups(totals: Floats, variance: Floats) -> Floats:
    """Give each group the relative error of the whole issue."""
    whole = totals.sum(axis=1, keepdims=True)
    part = np.divide(totals, whole, out=np.zeros_like(totals), where=whole > 0)
    return np.asarray(part**2 * variance[:, None, :], dtype=float)


def _bounded(table: Floats, known: Floats) -> Floats:
    """Bring the totals of the issues into bounds, and the groups into line with them and with their own sums.

    Groups are raked, see `rake`.
    """
    whole = _into_bounds(table.sum(axis=0, keepdims=True), known)
    return whole if len(table) == 1 else _raked(table, table.sum(axis=1, keepdims=True), whole)


def _raked(table: Floats, rows: Floats, whole: Floats) -> Floats:
    total = float(rows.sum())
    if not total > 0:
        return np.zeros_like(table)
    # A trace in every cell, so that there is a way to all sums at once.
    start = np.maximum(table, 1e-9 * np.maximum(rows, total * _RAKED) * np.maximum(whole / total, _RAKED))
    cells = Cells.gathered([np.arange(start.size)], [start.ravel()], table.shape[1])
    alike = np.zeros(len(table), dtype=np.int64)
    raked = rake(cells, alike, rows.ravel(), whole.ravel(), _RAKED * total)
    return np.asarray(raked.part.reshape(table.shape) * rows, dtype=float)


def _into_bounds(table: Floats, known: Floats) -> Floats:
    """Raise totals to their lower bound and scale the rest of each row down, so that its sum stays."""
    out = np.maximum(table, known)
    for _ in range(4):
        over = out.sum(axis=1, keepdims=True) - table.sum(axis=1, keepdims=True)
        free = out - known
        spare = free.sum(axis=1, keepdims=True)
        out = out - free * np.divide(over, spare, out=np.zeros_like(over), where=spare > 0)
    return np.asarray(out, dtype=float)


def keep_sums(table: Floats, own: Floats, known: Floats) -> Floats:
    """Bring groups (rows) by issues (columns) to the row sums of another table, and no issue below what is known.

    What an issue has in all does not depend on the groups.
    """
    rows, got = own.sum(axis=1, keepdims=True), table.sum(axis=0, keepdims=True)
    factor = float(rows.sum()) / float(got.sum()) if got.sum() > 0 else 1.0
    whole = _into_bounds(got * factor, known)
    return whole if len(table) == 1 else _raked(table, rows, whole)
