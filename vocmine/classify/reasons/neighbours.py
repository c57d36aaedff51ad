"""How surely known the neighbours of a text are: what unlabelled texts say of reasons that nothing is known of.

A text of a reason that the taxonomy has not lies among unlabelled texts that fit none of the reasons; a text of a known
reason lies among labelled ones, and among unlabelled ones that fit a reason.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from vocmine import linalg
from vocmine.classify.reasons.ridge import solved
from vocmine.linalg import Factor, softmax

Sure = Callable[[np.ndarray], np.ndarray]  # from kernels with the fitted rows: chance of the best reason of each row


@dataclass(frozen=True)
class NeighbourParameters:
    """How neighbours are weighed; chosen with ``scripts/tune_unknown.py`` on hotel and banking development texts.

    Parameters
    ----------
    most : int
        Unlabelled texts kept; of more, a fixed draw.
    closeness : float
        Inverse width of the Gaussian that weighs neighbours.
    gamma, ridge : float
        Of the kernel ridge regression that says how surely an unlabelled text is of a known reason.
    temperature : float
        Divides its scores before the softmax.
    fitted_rows : int
        Labelled texts it is fitted on; of more, a fixed draw.
    folds : int
        Parts that the reasons are dealt out to, to be left out in turn.
    least_reasons : int
        Of fewer none can be left out.
    doubt : float
        Share of unlabelled texts without a known reason at which they count for half of the left-out reasons.
    least_new : float
        Estimated share below which unlabelled texts hold no new reason to speak of, and are not kept.
    block : int
        Rows compared at once, which bounds the memory.
    digits : int
        Binary ones of what is learned: far more than is known, and processors agree on them.
    """

    most: int = 4_000
    closeness: float = 7.5
    gamma: float = 1.5
    ridge: float = 0.2
    temperature: float = 0.1
    fitted_rows: int = 3_000
    folds: int = 5
    least_reasons: int = 5
    doubt: float = 0.02
    least_new: float = 0.015
    block: int = 512
    digits: int = 12


PARAMETERS = NeighbourParameters()


@dataclass(frozen=True)
class Neighbours:
    """Unlabelled texts that a new text is held against, beside the labelled ones of the head.

    Parameters
    ----------
    vectors : ndarray of float16, shape (m, d)
        Sentence vectors of a bounded draw of unlabelled texts.
    sure : ndarray of float32, shape (m,)
        How surely each is of a known reason.
    labelled : int
        The first rows of the head, which have labels.
    share_new : float
        Estimated share of the unlabelled texts that has no known reason.
    """

    vectors: np.ndarray
    sure: np.ndarray
    labelled: int
    share_new: float

    def known_share(self, near: np.ndarray, vectors: np.ndarray) -> np.ndarray:
        """Give how surely known the neighbours of each text are, from 0 to 1, the nearest count most; shape (n,).

        Parameters
        ----------
        near : ndarray, shape (n, r)
            Cosines with the rows of the head.
        vectors : ndarray, shape (n, d)
            Sentence vectors.

        Examples
        --------
        >>> beside = Neighbours(np.eye(2, dtype=np.float16), np.array([0.1, 0.9]), 1, 0.5)
        >>> beside.known_share(np.array([[0.0], [1.0]]), np.eye(2)).round(2).tolist()
        [0.1, 0.95]
        """
        pool, weights = self._factors
        labelled = linalg.product(_closeness(near[:, : self.labelled]), np.ones((1, self.labelled)))[:, 0]
        sure, every = linalg.product(_closeness(linalg.product(vectors, pool)), weights).T
        return np.asarray((labelled + sure) / (labelled + every))

    @cached_property
    def _factors(self) -> tuple[Factor, Factor]:
        return Factor(self.vectors), Factor(np.stack([self.sure, np.ones(len(self.sure))]))

    def arrays(self) -> dict[str, np.ndarray]:
        """Give all as plain arrays, for saving."""
        return {each.name: np.asarray(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> Neighbours:
        """Make it again from `arrays`."""
        return cls(arrays["vectors"], arrays["sure"], int(arrays["labelled"]), float(arrays["share_new"]))

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is made again at once."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True)
class LeftOutShares:
    """What `Neighbours.known_share` would have said of the labelled texts.

    Parameters
    ----------
    known : ndarray, shape (n,)
        Without the text itself.
    among : tuple of ndarray
        Without the labels of its reason and of others, for each way of leaving reasons out, and half of their texts
        among the unlabelled ones.
    apart : tuple of ndarray
        The same with no text of these reasons among the unlabelled ones.
    weight : float
        Weight of ``among``; the rest is that of ``apart``. It grows with the estimated share of new texts.
    """

    known: np.ndarray
    among: tuple[np.ndarray, ...]
    apart: tuple[np.ndarray, ...]
    weight: float


def unlabelled_draw(texts: Sequence[str], most: int | None = None) -> np.ndarray:
    """Choose texts by a fixed draw that rests on what they say, not on their order; give their places, rising.

    Examples
    --------
    >>> unlabelled_draw(["a", "b", "a"], 2).tolist()
    [0, 1]
    """
    first = {text: place for place, text in reversed(list(enumerate(texts)))}
    drawn = sorted((zlib.crc32(text.encode("utf-8", "replace")), text) for text in first)
    return np.sort([first[text] for _, text in drawn[: PARAMETERS.most if most is None else most]]).astype(np.intp)


def fit_neighbours(
    vectors: np.ndarray, reasons: np.ndarray, unlabelled: np.ndarray, groups: np.ndarray
) -> tuple[Neighbours, LeftOutShares] | None:
    """Learn how surely unlabelled texts are of a known reason; None where they say nothing of new ones.

    Parameters
    ----------
    vectors : ndarray, shape (n, d)
        Sentence vectors of labelled texts.
    reasons : ndarray of int, shape (n,)
        Their reasons.
    unlabelled : ndarray, shape (m, d)
        Sentence vectors of unlabelled texts.
    groups : ndarray of int, shape (k,)
        Groups of like reasons, left out as a whole.

    Notes
    -----
    How many of the unlabelled texts have no known reason is told by moments: their mean chance of the best reason lies
    between that of left-out texts with their reason and without it.
    """
    k = len(groups)
    if len(np.unique(reasons)) < PARAMETERS.least_reasons or not len(unlabelled):
        return None
    kept = unlabelled.astype(np.float16)
    pool = kept.astype(np.float32)
    fit = _SureFit(vectors, reasons, k)
    scores = fit.scores(pool)
    sure, best = _surest(scores), scores.argmax(axis=1)
    folds = np.random.default_rng(0).permutation(k) % min(PARAMETERS.folds, k)
    ways = [_LeaveOut(fit, vectors, reasons, pool, way) for way in (folds, groups)]
    without = ways[0].own[ways[0].own >= 0].mean()
    spread = float(fit.left_out.mean() - without)
    new = float((fit.left_out.mean() - sure.mean()) / spread) if spread > 0 else 0.0
    if new < PARAMETERS.least_new:
        return None
    new = min(round(new, 4), 1.0)
    shares = _left_out_shares(vectors, pool, sure, best, ways)
    weight = new / (new + PARAMETERS.doubt)
    return Neighbours(kept, sure, len(vectors), new), LeftOutShares(*shares, weight)


class _SureFit:
    """A kernel ridge regression on labelled vectors, from which whole reasons can be left out in closed form."""

    def __init__(self, vectors: np.ndarray, reasons: np.ndarray, k: int) -> None:
        order = np.random.default_rng(0).permutation(len(vectors))[: PARAMETERS.fitted_rows]
        self.rows = np.sort(order)
        self.vectors, self.reasons = vectors[self.rows], reasons[self.rows]
        kernel = _kernel(linalg.product(self.vectors, self.vectors))
        kernel[np.diag_indices_from(kernel)] += PARAMETERS.ridge
        targets = np.eye(k)[self.reasons]
        self.share = targets.mean(axis=0)
        self.weights, inverse = solved(kernel, targets - self.share)
        self.inverse = np.tril(inverse) + np.tril(inverse, -1).T
        alone = targets - self.weights / self.inverse.diagonal()[:, None]
        self.left_out = _surest(alone)

    def scores(self, vectors: np.ndarray) -> np.ndarray:
        return np.asarray(_kernel(linalg.product(vectors, self.vectors)) @ self.weights + self.share)

    def without(self, out: np.ndarray) -> Sure:
        """Give the function of vectors that says how sure the best of the reasons not left ``out`` is."""
        gone = np.flatnonzero(out[self.reasons])
        rest = np.flatnonzero(~out[self.reasons])
        block = self.inverse[np.ix_(gone, gone)]
        weights = self.weights[rest] - self.inverse[np.ix_(rest, gone)] @ np.linalg.solve(block, self.weights[gone])
        stay = np.flatnonzero(~out)

        def sure(vectors: np.ndarray) -> np.ndarray:
            kernel = _kernel(linalg.product(vectors, self.vectors[rest]))
            return _surest(kernel @ weights[:, stay] + self.share[stay])

        return sure


class _LeaveOut:
    """One way of leaving reasons out part by part: how sure texts of them, and unlabelled texts, are then.

    Parameters
    ----------
    fit : _SureFit
        With all reasons.
    vectors, reasons : ndarray
        Of labelled texts.
    pool : ndarray
        Vectors of unlabelled texts.
    way : ndarray of int, shape (k,)
        The part of each reason.
    """

    def __init__(
        self, fit: _SureFit, vectors: np.ndarray, reasons: np.ndarray, pool: np.ndarray, way: np.ndarray
    ) -> None:
        parts = np.unique(way)
        self.part_of_reason = np.searchsorted(parts, way)
        self.part = self.part_of_reason[reasons]
        self.pool_sure = np.empty((len(pool), len(parts)), dtype=np.float32)
        self.own = np.full(len(vectors), -1.0, dtype=np.float32)  # half of the texts: those moved to the unlabelled
        for part in range(len(parts)):
            sure = fit.without(self.part_of_reason == part)
            self.pool_sure[:, part] = sure(pool)
            moved = np.flatnonzero(self.part == part)[::2]
            if len(moved):
                self.own[moved] = sure(vectors[moved])


def _left_out_shares(
    vectors: np.ndarray, pool: np.ndarray, sure: np.ndarray, best: np.ndarray, ways: list[_LeaveOut]
) -> tuple[np.ndarray, tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """Give the shares of `LeftOutShares`, block by block."""
    n, block = len(vectors), PARAMETERS.block
    known, among, apart = np.empty(n), [np.empty(n) for _ in ways], [np.empty(n) for _ in ways]
    labelled_factor, pool_factor = Factor(vectors), Factor(pool)
    for start in range(0, n, block):
        rows = np.arange(start, min(start + block, n))
        near = _closeness(linalg.product(vectors[rows], labelled_factor))
        near[np.arange(len(rows)), rows] = 0
        beside = _closeness(linalg.product(vectors[rows], pool_factor))
        every, all_beside = near.sum(axis=1), beside.sum(axis=1)
        known[rows] = (every + beside @ sure) / (every + all_beside)
        for place, way in enumerate(ways):
            part = way.part[rows]
            parts = way.pool_sure.shape[1]
            own = np.arange(len(rows)), part
            rest = every - (near @ np.eye(parts)[way.part])[own]
            moved = np.eye(parts)[way.part] * (way.own >= 0)[:, None]
            known_moved = (near @ (moved * way.own[:, None]))[own]
            hidden = (near @ moved)[own]
            unsure = (beside @ way.pool_sure)[own]
            among[place][rows] = (rest + unsure + known_moved) / (rest + all_beside + hidden)
            stay = way.part_of_reason[best][:, None] != np.arange(parts)
            left = (beside @ stay)[own]
            apart[place][rows] = (rest + (beside @ (stay * way.pool_sure))[own]) / np.maximum(rest + left, 1e-12)
    return known, tuple(among), tuple(apart)


def _surest(scores: np.ndarray) -> np.ndarray:
    """Give the chance of the best reason of each row."""
    best = softmax(scores / PARAMETERS.temperature).max(axis=1)
    return linalg.on_fixed_grid(best, PARAMETERS.digits).astype(np.float32)


def _kernel(cosine: np.ndarray) -> np.ndarray:
    return linalg.exp((2 * PARAMETERS.gamma) * (cosine - 1))


def _closeness(cosine: np.ndarray) -> np.ndarray:
    return linalg.exp((2 * PARAMETERS.closeness) * (cosine - 1))
