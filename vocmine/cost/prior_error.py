"""How wrong totals by issue are that no one has checked, judged by what is seen without labels.

The few numbers here were learned on contacts whose reasons are known (``scripts/fit_cost_errors.py``): how far the
estimated totals of issues were off, by what the chances rest on, how sure they are, and how large the issue is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vocmine.cost.quantify import Chances, none_share

Floats = NDArray[np.float64]

BASES = ("names", "texts", "examples", "examples_texts", "labels", "scores")
FEATURES = ("constant", "doubt", "size", "doubt_of_all")


@dataclass(frozen=True)
class ErrorParameters:
    """Coefficients of the features, for one kind of chances.

    Parameters
    ----------
    shift : tuple of float
        Of the mean log error: what the estimate is multiplied by, before all are made to add up.
    spread : tuple of float
        Of the logarithm of the standard deviation of the log error.
    none_spread : float
        Standard deviation of the log error of ``unknown``.
    """

    shift: tuple[float, ...]
    spread: tuple[float, ...]
    none_spread: float


PARAMETERS: dict[str, ErrorParameters] = {
    basis: ErrorParameters((0.0, 0.0, 0.0, 0.0), (-1.0, 0.0, 0.0, 0.0), 0.6) for basis in BASES
}


@dataclass(frozen=True)
class PriorRange:
    """What is expected of each issue's total before any contact is checked.

    Parameters
    ----------
    target : ndarray of shape (n_issues,)
        Share of the contacts that each issue is estimated to have; they add up to 1.
    spread : ndarray of shape (n_issues,)
        Standard deviation of the log error.
    """

    target: Floats
    spread: Floats


def error_features(read: Chances) -> Floats:
    """Give what is seen of each issue without labels, shape (n_issues, 4).

    A constant; how doubtful its contacts are (1 less their mean chance, weighted by the chance); the logarithm of its
    size against the mean size; and how doubtful all contacts are.

    Examples
    --------
    >>> read = Chances(np.array([0, 1]), np.array([0, 1]), np.array([1.0, 1.0]), 2, 1)
    >>> error_features(read).tolist()
    [[1.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]]
    """
    size = read.totals(np.ones(read.n_contacts))
    square = np.bincount(read.issue, weights=read.chance**2, minlength=read.n_issues)
    sure = np.divide(square, size, out=np.zeros_like(size), where=size > 1e-9)
    return _features(sure, size)


def _features(sure: Floats, size: Floats) -> Floats:
    total = max(float(size.sum()), 1e-9)
    relative = np.log(np.maximum(size * len(size) / total, 0.02))
    whole = 1 - float((sure * size).sum()) / total
    return np.column_stack([np.ones(len(size)), 1 - sure, relative, np.full(len(size), whole)])


def spread_of_tags(sure: Floats, size: Floats, none: int) -> Floats:
    """Give the spread of the log error of counted tags, from their mean scores and numbers, shape (n_issues,)."""
    known = PARAMETERS["scores"]
    spread = _spread(known, _features(sure, size))
    spread[none : none + 1] = known.none_spread
    return spread


def _spread(known: ErrorParameters, features: Floats) -> Floats:
    # A sum over features in a fixed order: the same on every processor.
    logs = [c * features[:, j] for j, c in enumerate(known.spread)]
    return np.exp(np.clip(sum(logs[1:], logs[0]), np.log(0.02), np.log(1.5)))


def prior_range(chances: Chances, read: Chances, basis: str) -> PriorRange:
    """Say how large each issue is and how wrong that may be.

    Parameters
    ----------
    chances : Chances
        What the classifier says.
    read : Chances
        The same as read together, by `quantify`.
    basis : str
        What the chances rest on, one of `BASES`; an unknown one is taken for ``names``.

    Returns
    -------
    PriorRange
    """
    known = PARAMETERS.get(basis, PARAMETERS["names"])
    features = error_features(read)
    size = read.totals(np.ones(read.n_contacts))
    shifts = [c * features[:, j] for j, c in enumerate(known.shift)]
    target = size * np.exp(np.clip(sum(shifts[1:], shifts[0]), -1.0, 1.0))
    spread = _spread(known, features)
    none = chances.none
    share = none_share(chances)
    rest = target.sum() - target[none]
    if rest > 0:
        target = target * (1 - share) / rest
        target[none] = share
    spread[none] = known.none_spread
    return PriorRange(target / max(target.sum(), 1e-300), spread)
