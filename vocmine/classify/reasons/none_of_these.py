"""How likely a text is about none of the reasons, from how near the nearest one is or how sure the best one is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vocmine.linalg import exp, log, sigmoid


@dataclass(frozen=True)
class NoneParameters:
    """What texts of no reason look like.

    The similarities are those of texts of other trades with names of reasons, and of texts with the name of their own
    trade's nearest reason, measured on openly licensed sets; see ``scripts/fit_cost_errors.py``.

    Parameters
    ----------
    expected : float
        Share of texts that are about none of the reasons, where nothing is known of it.
    foreign : tuple of float
        The highest similarity of a foreign text is taken for a Gumbel variable: place for one name, what a name more
        adds by its logarithm, scale.
    known : tuple of float
        Mean and spread of the highest similarity of a text that has one of the reasons.
    by_confidence : tuple of float
        Where there are examples or labels: log likelihood ratio at even confidence, and its slope by the log odds.
    """

    expected: float = 0.1
    foreign: tuple[float, float, float] = (0.0, 0.063, 0.085)
    known: tuple[float, float] = (0.68, 0.25)
    by_confidence: tuple[float, float] = (0.5, 0.9)


PARAMETERS = NoneParameters()


def none_by_similarity(near: np.ndarray) -> np.ndarray:
    """Give the chance that each text is about none of the reasons, shape (n,).

    Parameters
    ----------
    near : ndarray, shape (n, k)
        Similarity of each text with each reason.

    Examples
    --------
    >>> none_by_similarity(np.array([[0.1, 0.0], [0.9, 0.1]])).round(1).tolist()
    [0.7, 0.0]
    """
    if not len(near):
        return np.empty(0)
    top = near.max(axis=1).astype(np.float64)
    place, by_names, scale = PARAMETERS.foreign
    z = (top - place - by_names * np.log(near.shape[1])) / scale
    foreign = -(z + exp(-z)) - np.log(scale)
    mean, spread = PARAMETERS.known
    # Nearer than usual is no sign of a foreign text.
    known = -0.5 * ((np.minimum(top, mean) - mean) / spread) ** 2 - np.log(spread) - 0.5 * np.log(2 * np.pi)
    return _chance(foreign - known)


def none_by_confidence(best: np.ndarray) -> np.ndarray:
    """Give the same from the probability of the best reason, shape (n,).

    Examples
    --------
    >>> none_by_confidence(np.array([0.1, 0.9])).round(2).tolist()
    [0.57, 0.02]
    """
    bounded = np.clip(best, 1e-3, 1 - 1e-3)
    at_even, slope = PARAMETERS.by_confidence
    return _chance(at_even - slope * (log(bounded) - log(1 - bounded)))


def _chance(ratio: np.ndarray) -> np.ndarray:
    prior = np.log(PARAMETERS.expected / (1 - PARAMETERS.expected))
    return np.asarray(sigmoid(np.clip(ratio, -20.0, 20.0) + prior), dtype=np.float64)
