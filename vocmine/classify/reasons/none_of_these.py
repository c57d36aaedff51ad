"""How likely a text is about none of the reasons, from how near the nearest one is or how sure the best one is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vocmine.linalg import log, sigmoid


@dataclass(frozen=True)
class NoneParameters:
    """What texts of no reason look like.

    The similarities are those of texts of other trades with names of reasons, measured on openly licensed sets.

    Parameters
    ----------
    expected : float
        Share of texts that are about none of the reasons, where nothing is known of it.
    foreign : tuple of float
        The highest similarity of a foreign text is about a Gumbel variable: place for one name, what a name more adds
        by its logarithm, scale.
    foreign_confidence : tuple of float
        The same for the log odds of the best reason, where there are examples or labels: place and scale.
    ratio : tuple of float
        Log likelihood ratio of "none" for a text at the place, and what it loses by each scale above.
    """

    expected: float = 0.1
    foreign: tuple[float, float, float] = (0.0, 0.063, 0.085)
    foreign_confidence: tuple[float, float] = (-2.0, 0.9)
    ratio: tuple[float, float] = (2.3, 0.7)


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
    [0.4, 0.0]
    """
    if not len(near):
        return np.empty(0)
    place, by_names, scale = PARAMETERS.foreign
    top = near.max(axis=1).astype(np.float64)
    return _chance((top - place - by_names * np.log(near.shape[1])) / scale)


def none_by_confidence(best: np.ndarray) -> np.ndarray:
    """Give the same from the probability of the best reason, shape (n,).

    Examples
    --------
    >>> none_by_confidence(np.array([0.1, 0.9])).round(2).tolist()
    [0.56, 0.04]
    """
    bounded = np.clip(best, 1e-3, 1 - 1e-3)
    place, scale = PARAMETERS.foreign_confidence
    return _chance((log(bounded) - log(1 - bounded) - place) / scale)


def distance(none: np.ndarray) -> np.ndarray:
    """Give back from the chances how many scales a text lies above the usual foreign one.

    Examples
    --------
    >>> distance(none_by_similarity(np.array([[0.27, 0.085]]))).round(2).tolist()
    [2.66]
    """
    at_place, slope = PARAMETERS.ratio
    bounded = np.clip(none, 1e-4, 1 - 1e-4)
    return np.asarray((at_place - np.log(bounded / (1 - bounded)) + _prior()) / slope, dtype=np.float64)


def _prior() -> float:
    return float(np.log(PARAMETERS.expected / (1 - PARAMETERS.expected)))


def _chance(away: np.ndarray) -> np.ndarray:
    at_place, slope = PARAMETERS.ratio
    return np.asarray(sigmoid(np.clip(at_place - slope * away, -20.0, 20.0) + _prior()), dtype=np.float64)
