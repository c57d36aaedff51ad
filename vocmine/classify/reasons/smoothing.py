"""Neighbours have their say in how sure an answer without labels is: one among unsure ones is likely of no reason."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from vocmine import linalg
from vocmine.classify.reasons.neighbours import unlabelled_draw
from vocmine.linalg import Factor, log, sigmoid


@dataclass(frozen=True)
class SmoothingParameters:
    """How neighbours are weighed; chosen with ``scripts/tune_unknown.py`` on development texts of three trades.

    Parameters
    ----------
    closeness : float
        Inverse width of the Gaussian that weighs neighbours.
    own : float
        Weight of the text itself among them, that of a text like it being 1: one far from all others stays as it is.
    share : float
        Share of what the neighbours say.
    floor : float
        Least chance before the log odds.
    block : int
        Rows compared at once, which bounds the memory.
    digits : int
        Binary ones of what is learned: far more than is known, and processors agree on them.
    """

    closeness: float = 7.5
    own: float = 0.1
    share: float = 0.5
    floor: float = 1e-3
    block: int = 512
    digits: int = 14


PARAMETERS = SmoothingParameters()


@dataclass(frozen=True)
class Smoothing:
    """Texts without labels, and how sure their best reasons are.

    Parameters
    ----------
    vectors : ndarray of float16, shape (m, d)
        Sentence vectors of a bounded draw of texts.
    odds : ndarray of float32, shape (m,)
        Log odds that their best reason is right: the mean of what the taxonomy says and what was learned from texts.
    by_taxonomy : float
        Added to the log odds by the taxonomy, so that both have the same mean.
    offset : float
        Added to the result, so that the mean chance stays what it was.
    """

    vectors: np.ndarray
    odds: np.ndarray
    by_taxonomy: float
    offset: float

    def confidence(self, vectors: np.ndarray, learned: np.ndarray, taxonomy: np.ndarray) -> np.ndarray:
        """Give the chance that the best reason of each text is right, shape (n,).

        Parameters
        ----------
        vectors : ndarray, shape (n, d)
            Sentence vectors.
        learned, taxonomy : ndarray, shape (n,)
            The chance by what was learned, and by the taxonomy alone.

        Examples
        --------
        >>> crowd = Smoothing(np.eye(2, dtype=np.float16), np.array([-3.0, 3.0]), 0.0, 0.0)
        >>> crowd.confidence(np.eye(2), np.full(2, 0.5), np.full(2, 0.5)).round(1).tolist()
        [0.2, 0.8]
        """
        own, both = self._odds(learned, taxonomy)
        pool, weights = self._factors
        around = np.empty(len(vectors))
        for start in range(0, len(vectors), PARAMETERS.block):
            rows = slice(start, start + PARAMETERS.block)
            near = linalg.exp((2 * PARAMETERS.closeness) * (linalg.product(vectors[rows], pool) - 1))
            said, every = linalg.product(near, weights).T
            around[rows] = (said + PARAMETERS.own * both[rows]) / (every + PARAMETERS.own)
        return sigmoid((1 - PARAMETERS.share) * own + PARAMETERS.share * around + self.offset)

    def _odds(self, learned: np.ndarray, taxonomy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        own = _log_odds(learned)
        return own, (own + _log_odds(taxonomy) + self.by_taxonomy) / 2

    @cached_property
    def _factors(self) -> tuple[Factor, Factor]:
        return Factor(self.vectors), Factor(np.stack([self.odds, np.ones(len(self.odds))]))

    def arrays(self) -> dict[str, np.ndarray]:
        """Give all as plain arrays, for saving."""
        return {each.name: np.asarray(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> Smoothing:
        """Make it again from `arrays`."""
        return cls(arrays["vectors"], arrays["odds"], float(arrays["by_taxonomy"]), float(arrays["offset"]))

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is made again at once."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def fit_smoothing(texts: list[str], vectors: np.ndarray, learned: np.ndarray, taxonomy: np.ndarray) -> Smoothing:
    """Keep a bounded draw of texts, and how sure their best reasons are.

    Parameters
    ----------
    texts : list of str
        Texts without labels.
    vectors : ndarray, shape (n, d)
        Their sentence vectors.
    learned, taxonomy : ndarray, shape (n,)
        The chance of the best reason by what was learned, and by the taxonomy alone.
    """
    from scipy.optimize import brentq

    kept = unlabelled_draw(texts)
    learned, taxonomy = learned[kept], taxonomy[kept]
    by_taxonomy = float(_log_odds(learned).mean() - _log_odds(taxonomy).mean())
    start = Smoothing(vectors[kept].astype(np.float16), np.empty(0, np.float32), round(by_taxonomy, 4), 0.0)
    odds = linalg.on_fixed_grid(start._odds(learned, taxonomy)[1], PARAMETERS.digits).astype(np.float32)
    made = Smoothing(start.vectors, odds, start.by_taxonomy, 0.0)
    plain = _log_odds(made.confidence(vectors[kept], learned, taxonomy))
    away = brentq(lambda offset: float(sigmoid(plain + offset).mean() - learned.mean()), -20.0, 20.0, xtol=1e-6)
    return Smoothing(made.vectors, odds, made.by_taxonomy, round(float(away), 4))


def _log_odds(chance: np.ndarray) -> np.ndarray:
    bounded = np.clip(chance, PARAMETERS.floor, 1 - PARAMETERS.floor)
    return np.asarray(log(bounded) - log(1 - bounded))
