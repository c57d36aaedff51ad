"""Raking of a sparse table: the shares of its rows are scaled until its columns are what they must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_ROUNDS = 300  # at most
_TRIED = 80  # rounds after which there is taken to be no way
_SCALED = 10  # rounds of scaling before Newton's steps
_MOST_COLUMNS = 1_500  # of a system that is solved
_WIDENINGS = 4  # before all issues are opened
_STEP = 1e-3  # towards a column that must be empty
_FURTHEST, _STRIDE = 27.0, 3.0  # of the log of a column's factor, and of one step of it
_TRACE = 1e-6  # weight of a cell that is there only so that a way exists


@dataclass(frozen=True)
class Cells:
    """Cells of a sparse table of contacts and issues, sorted by contact, then issue.

    Parameters
    ----------
    row, issue : ndarray of int, shape (p,)
        Place of contact and issue.
    weight : ndarray of shape (p,)
        Share to begin with, above 0; any scale.
    n_issues : int
        Number of issues.
    """

    row: Ints
    issue: Ints
    weight: Floats
    n_issues: int

    @classmethod
    def gathered(cls, keys: Sequence[Ints], weights: Sequence[Floats], n_issues: int) -> Cells:
        """Make cells of keys (``row x n_issues + issue``) and weights; what is there twice is added up.

        Examples
        --------
        >>> cells = Cells.gathered([np.array([0, 3]), np.array([3])], [np.ones(2), np.ones(1)], 2)
        >>> cells.row.tolist(), cells.issue.tolist(), cells.weight.tolist()
        ([0, 1], [0, 1], [1.0, 2.0])
        """
        key, place = np.unique(np.concatenate(keys), return_inverse=True)
        weight = np.bincount(place, weights=np.concatenate(weights), minlength=len(key))
        return cls(key // n_issues, key % n_issues, np.asarray(weight, dtype=float), n_issues)

    def only(self, kept: NDArray[np.bool_]) -> Cells:
        """Give some of the cells; a row always keeps its largest."""
        best = np.zeros(len(self.row), dtype=bool)
        order = np.lexsort((-self.weight, self.row))
        best[order[np.flatnonzero(np.r_[True, np.diff(self.row[order]) > 0])]] = True
        chosen = kept | best
        return Cells(self.row[chosen], self.issue[chosen], self.weight[chosen], self.n_issues)

    def expand(self, head: Ints) -> tuple[Ints, Ints]:
        """Give each contact the cells of its head: places of the contact and of the cell, a pair a row."""
        width = np.bincount(self.row, minlength=len(head))
        begin = np.cumsum(width) - width
        each = width[head]
        member = np.repeat(np.arange(len(head)), each)
        within = np.arange(len(member)) - np.repeat(np.cumsum(each) - each, each)
        return member, begin[head][member] + within

    def value_of(self, row: Ints, issue: Ints, value: Floats) -> Floats:
        """Put values of some pairs of row and issue, all of them cells, in the order of the cells; 0 elsewhere."""
        out = np.zeros(len(self.row))
        key = self.row * self.n_issues + self.issue
        wanted = row * self.n_issues + issue
        place = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        there = key[place] == wanted
        out[place[there]] = value[there]
        return out


@dataclass(frozen=True)
class Raked:
    """Shares after raking.

    Parameters
    ----------
    share : ndarray of shape (p,)
        Share of the row in each cell; a row adds up to 1.
    part : ndarray of shape (p,)
        The same, with the last small step to the exact columns; a row adds up to nearly 1.
    reached : bool
        Whether the columns were reached within the tolerance before that step.
    gap : ndarray of shape (n_groups * n_issues,)
        Target less sum of each column before that step.
    """

    share: Floats
    part: Floats
    reached: bool
    gap: Floats


def rake(
    cells: Cells, group: Ints, amount: Floats, target: Floats, tolerance: float, rounds: int = _ROUNDS
) -> Raked:
    """Scale the columns of a table, and its rows back to 1, until its columns add up to the targets.

    Iterative proportional fitting (Deming and Stephan, Annals of Mathematical Statistics 11, 1940), then Newton's
    method on the same factors, which gets there where scaling in turn is slow.

    Parameters
    ----------
    cells : Cells
        Where something may stand, and the shares to begin with.
    group : ndarray of int, shape (n,)
        Group of each row: a column is a group and an issue.
    amount : ndarray of shape (n,)
        What each row shares out.
    target : ndarray of shape (n_groups * n_issues,)
        Sums of the columns; together that of the amounts, within the rounding.
    tolerance : float
        Largest difference of a column from its target before the last step.
    rounds : int
        Rounds at most.

    Returns
    -------
    Raked

    Examples
    --------
    Two contacts cost 10 each; one may be either issue, the other is the first:

    >>> cells = Cells.gathered([np.array([0, 1, 2])], [np.array([0.5, 0.5, 1.0])], 2)
    >>> found = rake(cells, np.zeros(2, dtype=int), np.array([10.0, 10.0]), np.array([12.0, 8.0]), 1e-6)
    >>> found.share.round(3).tolist(), found.reached
    ([0.2, 0.8, 1.0], True)
    """
    column = group[cells.row] * cells.n_issues + cells.issue
    # Only the columns that stand somewhere have a factor; its log is kept.
    open_columns, place = np.unique(column, return_inverse=True)
    wanted = target[open_columns]
    goal = _in_line(wanted, open_columns // cells.n_issues, np.bincount(group, weights=amount).astype(float))
    log, best = np.zeros(len(wanted)), np.inf
    for step in range(rounds):
        share, got = _sums(cells, place, amount, log)
        worst = float(np.abs(got - wanted).max(initial=0.0))
        if worst <= tolerance * (1 + 1e-6):
            break
        ratio = np.divide(goal, got, out=np.ones(len(goal)), where=got > 0)
        scaled = np.log(np.maximum(ratio, _STEP))
        if step >= _SCALED and len(wanted) <= _MOST_COLUMNS and worst < best:
            scaled = _newton(cells, place, amount, (share, got, goal))
        best = min(best, worst)
        log = np.clip(log + scaled, -_FURTHEST, _FURTHEST)
    scale = np.divide(wanted, got, out=np.ones(len(wanted)), where=got > 0)
    gap = target.copy()
    gap[open_columns] -= got
    bare = (gap == target) & (target > 0)  # a line of one unit, say, that no row holds anything of
    reached = bool(np.abs(gap).max(initial=0.0) <= tolerance * (1 + 1e-6)) and not bare.any()
    return Raked(share, share * scale[place], reached, gap)


def _in_line(wanted: Floats, group: Ints, amount: Floats) -> Floats:
    """Bring the targets of each group into line with what its rows share out: without this no step ends."""
    total = np.bincount(group, weights=wanted, minlength=len(amount))
    scale = np.divide(amount, total, out=np.ones(len(amount)), where=total > 0)
    return np.asarray(wanted * scale[group], dtype=float)


def _sums(cells: Cells, place: Ints, amount: Floats, log: Floats) -> tuple[Floats, Floats]:
    """Shares under some factors, and the sums of the columns."""
    share = cells.weight * np.exp(log)[place]
    share /= np.bincount(cells.row, weights=share, minlength=len(amount))[cells.row]
    return share, np.bincount(place, weights=amount[cells.row] * share, minlength=len(log)).astype(float)


def _newton(cells: Cells, place: Ints, amount: Floats, now: tuple[Floats, Floats, Floats]) -> Floats:
    """Newton step of the log factors: the sums change by ``diag(sums) - S' diag(amount) S`` for shares S."""
    share, got, wanted = now
    shape = (len(amount), len(got))
    table = csr_array((share, (cells.row, place)), shape=shape)
    weighted = csr_array((share * amount[cells.row], (cells.row, place)), shape=shape)
    slope = np.diag(got) - (weighted.T @ table).toarray()
    slope[np.diag_indices(len(got))] += 1e-9 * got + 1e-12 * got.max()  # one factor for all changes nothing
    step = np.linalg.solve(slope, wanted - got)
    return np.asarray(step * min(1.0, _STRIDE / max(float(np.abs(step).max()), 1e-300)), dtype=float)


def with_a_way(cells: Cells, group: Ints, amount: Floats, target: Floats, tolerance: float) -> Cells:
    """Add traces of the columns that stay too small to the rows of those that stay too large, until raking succeeds.

    Parameters
    ----------
    cells, group, amount, target, tolerance
        As for `rake`.

    Returns
    -------
    Cells
        The same cells and as few others as were needed.

    Examples
    --------
    >>> cells = Cells.gathered([np.array([0, 2])], [np.ones(2)], 2)
    >>> one = np.zeros(2, dtype=int), np.array([10.0, 10.0]), np.array([12.0, 8.0]), 1e-9
    >>> with_a_way(cells, *one).issue.tolist()
    [0, 1, 0, 1]
    """
    k = cells.n_issues
    for step in range(_WIDENINGS):
        found = rake(cells, group, amount, target, tolerance, _TRIED)
        if found.reached:
            return cells
        least = 10.0**-step * tolerance  # ever more columns count as too large or too small
        column = group[cells.row] * k + cells.issue
        stuck = np.unique(cells.row[(found.gap[column] < -least) & (amount[cells.row] > 0)])
        small = (found.gap > least) | ((found.gap == target) & (target > 0))
        cells = widen(cells, stuck, np.unique(np.flatnonzero(small) % k))
    return widen(cells, np.flatnonzero(amount > 0), np.unique(np.flatnonzero(target > 0) % k))


def widen(cells: Cells, rows: Ints, issues: Ints) -> Cells:
    """Add a trace of each of the issues to each of the rows, so that raking finds a way.

    Examples
    --------
    >>> cells = Cells.gathered([np.array([0])], [np.ones(1)], 3)
    >>> widen(cells, np.array([0]), np.array([0, 2])).issue.tolist()
    [0, 2]
    """
    more = (rows[:, None] * cells.n_issues + issues[None, :]).ravel()
    own = cells.row * cells.n_issues + cells.issue
    return Cells.gathered([own, more], [cells.weight, np.full(len(more), _TRACE)], cells.n_issues)
