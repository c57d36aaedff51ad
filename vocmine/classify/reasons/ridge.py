"""Kernel ridge regression on sentence vectors and sparse features, with its leave-out predictions in closed form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import numpy as np

from vocmine import linalg
from vocmine.classify.reasons.svm import NEVER, Margins
from vocmine.linalg import Factor

KnownShare = Callable[[np.ndarray, np.ndarray], np.ndarray]
DIGITS = 20  # binary ones, of weights and left-out scores


@dataclass(frozen=True)
class RidgeParameters:
    """How the head is fitted.

    The first three were chosen on development texts; ``scripts/tune_reasons.py`` shows how sensitive the answers are.

    Parameters
    ----------
    gamma : float
        Inverse width of the Gaussian kernel on sentence vectors of length 1.
    sparse_weight : float
        Weight of the linear kernel on sparse features beside the Gaussian one, whose diagonal is 1.
    ridge : float
        Added to the diagonal of the kernel.
    groups : int
        Groups of like reasons that are left out together, to learn what a quite unknown reason looks like.
    dense_share : float
        N-grams in a larger share of the rows are multiplied as a dense matrix, which is faster.
    block : int
        Rows scored at once, which bounds the memory of what comes in between.
    precise_rows : int
        Rows up to which the fit is done in double precision, so that processors agree.
    """

    gamma: float = 1.5
    sparse_weight: float = 0.5
    ridge: float = 0.2
    groups: int = 5
    dense_share: float = 0.005
    block: int = 256
    precise_rows: int = 4_096


PARAMETERS = RidgeParameters()


def _nothing() -> np.ndarray:
    return np.empty(0, dtype=np.float32)


@dataclass(frozen=True)
class Head:
    """A fitted head: the rows it rests on and their weights.

    Parameters
    ----------
    vectors : ndarray of float32, shape (m, d)
        Sentence vectors of the training rows.
    weights : ndarray of float32, shape (m, k)
        Weight of each training row for each reason.
    sparse_weights : ndarray of float32, shape (f, k)
        Weights of the sparse features: the sparse kernel is linear, so its rows fold into one matrix.
    rows : ndarray of int, shape (r,)
        Reason of each of the first rows, those with labels; -1 where it has several.
    margin_sparse, margin_vectors, margin_offset : ndarray of float32
        Weights of the margins, (f, k), (d, k) and (k,), added to the scores; empty where there are none.
    """

    vectors: np.ndarray
    weights: np.ndarray
    sparse_weights: np.ndarray
    rows: np.ndarray
    margin_sparse: np.ndarray = field(default_factory=_nothing)
    margin_vectors: np.ndarray = field(default_factory=_nothing)
    margin_offset: np.ndarray = field(default_factory=_nothing)

    def scores(
        self, vectors: np.ndarray, sparse: Any, beside: KnownShare | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Score texts.

        Parameters
        ----------
        vectors : ndarray, shape (n, d)
            Sentence vectors.
        sparse : sparse matrix, shape (n, f)
            Sparse features.
        beside : callable, optional
            Gives another confidence feature from cosines with the training rows and the vectors.

        Returns
        -------
        scores : ndarray of float32, shape (n, k)
            About 1 for the reason a text has, about 0 for others.
        confidence_features : ndarray, shape (n, 2) or (n, 3)
            Cosine to the nearest row with a label, how well the ridge's scores fit a single reason (see `fits_one`),
            and what ``beside`` gives.
        """
        known, weights = self._factors
        out = np.empty((len(vectors), self.weights.shape[1]), dtype=np.float32)
        nearest = np.empty(len(vectors), dtype=np.float32)
        further = np.empty((len(vectors), 0 if beside is None else 1))
        for start in range(0, len(vectors), PARAMETERS.block):
            rows = slice(start, start + PARAMETERS.block)
            near = linalg.product(vectors[rows], known)
            out[rows] = linalg.product(linalg.exp((2 * PARAMETERS.gamma) * (near - 1)), weights)
            nearest[rows] = near[:, : len(self.rows)].max(axis=1)
            if beside is not None:
                further[rows, 0] = beside(near, vectors[rows])
        out += sparse @ self.sparse_weights
        confidence_features = np.column_stack([nearest, fits_one(out), further])
        if self.margin_offset.size:
            out += sparse @ self.margin_sparse + self.margin_offset
            if self.margin_vectors.size:
                out += linalg.product(vectors, self.margin_vectors.T).astype(np.float32)
        return out, confidence_features

    @cached_property
    def _factors(self) -> tuple[Factor, Factor]:
        return Factor(self.vectors), Factor(self.weights.T)

    def arrays(self) -> dict[str, np.ndarray]:
        """Give all as plain arrays, for saving."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is made again at once."""
        return self.arrays()

    def joined(self, margins: Margins) -> Head:
        """Give the head whose scores are its own and the margins together."""
        features = len(self.sparse_weights)
        return replace(self, margin_sparse=margins.weights[:features], margin_vectors=margins.weights[features:],
                       margin_offset=margins.offset)


@dataclass(frozen=True)
class Unknown:
    """What the head would have said of its own training rows without their reason, and in part without those like it.

    Parameters
    ----------
    scores : ndarray, shape (n, k)
        By the fit without these rows; below all others for the reasons left out.
    confidence_features : ndarray, shape (n, s)
        What `Head.scores` gives with them.
    left : ndarray of bool, shape (n, k)
        The reasons left out for each row.
    weight : float
        Beside that of other ways of leaving out.
    """

    scores: np.ndarray
    confidence_features: np.ndarray
    left: np.ndarray
    weight: float = 1.0


@dataclass(frozen=True)
class LeftOut:
    """What the head would have said of its own training rows.

    Parameters
    ----------
    scores : ndarray, shape (n, k)
        Without the row itself.
    confidence_features : ndarray, shape (n, s)
        What `Head.scores` gives with them.
    unknown : tuple of Unknown
        The same without any row of the row's own reason: what it says of texts whose reason it does not know.
    """

    scores: np.ndarray
    confidence_features: np.ndarray
    unknown: tuple[Unknown, ...]

    def joined(self, margins: Margins) -> LeftOut:
        """Add what the margins say of the same rows."""
        unknown = tuple(
            replace(u, scores=np.where(u.left, NEVER, u.scores + margins.unknown)) for u in self.unknown
        )
        return replace(self, scores=self.scores + margins.left_out, unknown=unknown)


def fit_head(
    vectors: np.ndarray, sparse: Any, gram: np.ndarray, targets: np.ndarray, rows: np.ndarray
) -> tuple[Head, LeftOut]:
    """Fit the head and predict each row without itself, and without its whole reason.

    Parameters
    ----------
    vectors : ndarray, shape (n, d)
        Sentence vectors of length 1.
    sparse : sparse matrix, shape (n, f)
        Sparse features, rows of length 1.
    gram : ndarray, shape (n, n)
        Their inner products, as `sparse_kernel` gives them.
    targets : ndarray, shape (n, k)
        1 where the row has the reason, else 0.
    rows : ndarray of int, shape (n,)
        The reason of each row, -1 where it has several.

    Notes
    -----
    With ``a = inv(K + ridge) (Y)`` the predictions of a block B of rows by the fit without them are
    ``Y_B - inv(inv(K + ridge)_BB) a_B`` (Cook and Weisberg 1982; Rifkin and Lippert 2007), so neither needs a refit.
    """
    near = linalg.cosines(vectors, vectors)
    kernel = head_kernel(near, gram)
    kernel[np.diag_indices_from(kernel)] += PARAMETERS.ridge
    share = targets.mean(axis=0, keepdims=True, dtype=np.float32)
    wanted = targets.astype(np.float32) - share
    weights, inverse = solved(kernel, wanted)
    folded = np.asarray(PARAMETERS.sparse_weight * (sparse.T @ weights), np.float32)
    head = Head(np.asarray(vectors, np.float32), weights.astype(np.float32), folded, rows)
    np.fill_diagonal(near, -1)
    groups = groups_of_reasons(vectors, rows, targets.shape[1])
    return head, _left_out(inverse, weights, wanted, near, rows, groups)


def head_kernel(near: np.ndarray, gram: np.ndarray) -> np.ndarray:
    """Give the kernel of the head, from cosines of sentence vectors and products of sparse features, shape (n, m)."""
    kernel = np.asarray(np.exp((2 * PARAMETERS.gamma) * (near.astype(gram.dtype) - 1)))
    kernel += gram.dtype.type(PARAMETERS.sparse_weight) * gram
    return kernel


def solved(kernel: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the weights of a kernel ridge, and the inverse of the kernel, whose lower half alone is filled.

    The weights are rounded to about six digits, far below what they are known to, so that processors agree.

    Parameters
    ----------
    kernel : ndarray, shape (n, n)
        With the ridge on its diagonal; written over.
    wanted : ndarray, shape (n, k)
    """
    from scipy.linalg import cho_factor, cho_solve, get_lapack_funcs

    factor, lower = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    weights = linalg.on_fixed_grid(cho_solve((factor, lower), wanted, check_finite=False), DIGITS)
    (potri,) = get_lapack_funcs(("potri",), (factor,))
    return weights.astype(factor.dtype), potri(factor, lower=True, overwrite_c=True)[0]


def weights_of(kernel: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Give the weights alone, as `solved` does, float64 of shape (n, k)."""
    from scipy.linalg import cho_factor, cho_solve

    factor = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    return linalg.on_fixed_grid(cho_solve(factor, wanted, check_finite=False), DIGITS)


def sparse_kernel(sparse: Any) -> np.ndarray:
    """Give the product of each row with each other, shape (n, n): common n-grams dense, rare ones sparse.

    Of few rows in double precision, of many in float32: the fit goes on in the same.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> sparse_kernel(csr_matrix([[1.0, 0.0], [0.5, 0.5]])).tolist()
    [[1.0, 0.5], [0.5, 0.5]]
    """
    columns = sparse.tocsc()
    common = np.diff(columns.indptr) > PARAMETERS.dense_share * columns.shape[0]
    few = columns.shape[0] <= PARAMETERS.precise_rows
    some = columns[:, common].toarray()
    out = linalg.product(some, some) if few else linalg.cosines(some, some)
    rest = columns[:, ~common].tocsr()
    rare = (rest @ rest.T).tocoo()
    out[rare.row, rare.col] += rare.data
    return np.asarray(out)


def _left_out(
    inverse: np.ndarray, weights: np.ndarray, wanted: np.ndarray, near: np.ndarray, rows: np.ndarray, groups: np.ndarray
) -> LeftOut:
    """Apply the block formula to each row, to all rows of each reason and of each group; see `without_groups`."""
    single = linalg.on_fixed_grid(wanted - weights / inverse.diagonal()[:, None], DIGITS)
    unknown = []
    for each in (np.arange(weights.shape[1]), groups):
        scores, left = without_groups(inverse, weights, wanted, rows, each)
        nearest = np.zeros(len(rows), dtype=np.float32)
        for group in np.unique(each):
            inside = (rows >= 0) & (each[rows] == group)
            members = np.flatnonzero(inside)
            nearest[members] = np.where(inside, -1, near[members]).max(axis=1, initial=-1)
        confidence_features = np.column_stack([nearest, fits_one(np.where(left, 0, scores))])
        unknown.append(Unknown(scores, confidence_features, left))
    return LeftOut(single, np.column_stack([near.max(axis=1), fits_one(single)]), tuple(unknown))


def without_groups(
    inverse: np.ndarray, weights: np.ndarray, wanted: np.ndarray, rows: np.ndarray, groups: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Predict rows by the fit without all rows whose reason is in the same group.

    Parameters
    ----------
    inverse : ndarray, shape (n, n)
        Its lower half is read.
    weights, wanted : ndarray, shape (n, k)
        See `fit_head`.
    rows : ndarray of int, shape (n,)
        The reason of each row, -1 where it has several: such rows are never left out.
    groups : ndarray of int, shape (k,)
        The group of each reason.

    Returns
    -------
    scores : ndarray, shape (n, k)
        Below all others for the reasons that were left out.
    left : ndarray of bool, shape (n, k)
        Which these are.
    """
    from scipy.linalg import solve

    scores = np.zeros_like(weights)
    left = (groups[rows][:, None] == groups) & (rows >= 0)[:, None]
    for group in np.unique(groups):
        members = np.flatnonzero((rows >= 0) & (groups[rows] == group))
        if len(members):
            block = inverse[np.ix_(members, members)]
            away = solve(block, weights[members], lower=True, assume_a="pos", overwrite_a=True, check_finite=False)
            scores[members] = wanted[members] - away
    return np.where(left, NEVER, linalg.on_fixed_grid(scores, DIGITS)), left


def groups_of_reasons(vectors: np.ndarray, rows: np.ndarray, k: int) -> np.ndarray:
    """Put reasons that are alike into a few groups, shape (k,), by the means of their vectors (Ward 1963).

    A text about something quite different is like a text of a group that is left out as a whole.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    centres = np.stack([vectors[rows == c].mean(axis=0) if (rows == c).any() else vectors[0] * 0 for c in range(k)])
    if k <= PARAMETERS.groups:
        return np.arange(k)
    tree = linkage(centres.astype(np.float64), "ward")
    return np.asarray(fcluster(tree, PARAMETERS.groups, "maxclust"), dtype=np.intp)


def fits_one(scores: np.ndarray) -> np.ndarray:
    """Say how well scores fit 1 for the best reason and 0 for all others: less the sum of squares of what is amiss.

    A text of a reason that is not known often has a fair score for one reason and some for many.

    Examples
    --------
    >>> fits_one(np.array([[1.0, 0.0, 0.0], [0.5, 0.5, 0.0]])).tolist()
    [0.0, -0.5]
    """
    best = scores.max(axis=1)
    return np.asarray(best**2 - (1 - best) ** 2 - (scores**2).sum(axis=1))
