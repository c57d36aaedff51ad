"""How wrong totals by issue are that no one has checked, judged by what is seen without labels.

The few numbers here were learned on contacts whose reasons are known (``scripts/fit_cost_errors.py``): how far the
estimated totals of issues were off, by what the chances rest on, how sure they are, and how large the issue is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from vocmine.cost.quantify import SURE, Chances, none_share

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BASES = ("names", "texts", "examples", "examples_texts", "labels", "scores")
FEATURES = ("constant", "first_doubt", "size", "rarity")


@dataclass(frozen=True)
class ErrorParameters:
    """Coefficients of the features, for one kind of chances.

    Parameters
    ----------
    shift : tuple of float
        Of the mean log error: what the estimate is multiplied by, before all are made to add up.
    spread : tuple of float
        Of the logarithm of the standard deviation of the log error.
    none_factor, none_spread : float
        What the share of ``unknown`` is multiplied by, and the standard deviation of its log error.
    """

    shift: tuple[float, ...]
    spread: tuple[float, ...]
    none_factor: float
    none_spread: float


@lru_cache(maxsize=1)
def error_parameters() -> dict[str, ErrorParameters]:
    """Read the shipped coefficients, by what the chances rest on."""
    text = resources.files("vocmine").joinpath("cost", "data", "prior_error.json").read_text(encoding="utf-8")
    return {
        basis: ErrorParameters(tuple(one["shift"]), tuple(one["spread"]), one["none_factor"], one["none_spread"])
        for basis, one in json.loads(text).items()
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


def error_features(chances: Chances, read: Chances) -> Floats:
    """Give what is seen of each issue without labels, shape (n_issues, 4).

    A constant; how doubtful its contacts were before all were read together (1 less their mean chance, weighted by the
    chance); the logarithm of its size against the mean size; and one over the square root of its contacts. More
    features fitted the trades they were learned on better, and others worse.

    Examples
    --------
    >>> read = Chances(np.array([0, 1]), np.array([0, 1]), np.array([1.0, 1.0]), 2, 1)
    >>> error_features(read, read).round(2).tolist()
    [[1.0, 0.0, 0.0, 0.71], [1.0, 0.0, 0.0, 0.71]]
    """
    first = chances.totals(np.ones(chances.n_contacts))
    square = np.bincount(chances.issue, weights=chances.chance**2, minlength=chances.n_issues)
    sure = np.divide(square, first, out=np.zeros_like(first), where=first > 1e-9)
    return _features(read.totals(np.ones(read.n_contacts)), sure)


def _features(size: Floats, sure: Floats) -> Floats:
    relative = np.log(np.maximum(size * len(size) / max(float(size.sum()), 1e-9), 0.02))
    return np.column_stack([np.ones(len(size)), 1 - sure, relative, 1 / np.sqrt(1 + size)])


def features_of_tags(score: Floats, issue: Ints, share: Floats, n_issues: int) -> Floats:
    """Give the same from tags alone: their scores stand for how sure they are."""
    size = np.bincount(issue, weights=share, minlength=n_issues).astype(float)
    sure = np.bincount(issue, weights=share * score, minlength=n_issues)
    sure = np.divide(sure, size, out=np.zeros_like(size), where=size > 1e-9)
    return _features(size, sure)


def spread_of_tags(features: Floats, none: int) -> Floats:
    """Give the spread of the log error of counted tags, shape (n_issues,); ``none`` is the place of unknown."""
    known = error_parameters()["scores"]
    spread = _spread(known, features)
    spread[none : none + 1] = known.none_spread
    return spread


def _spread(known: ErrorParameters, features: Floats) -> Floats:
    return np.exp(np.clip(_weighed(features, known.spread), np.log(0.02), np.log(1.5)))


def _weighed(features: Floats, coefficients: tuple[float, ...]) -> Floats:
    """Add up the features by their coefficients, in a fixed order: the same on every processor."""
    parts = [c * features[:, j] for j, c in enumerate(coefficients)]
    return sum(parts[1:], parts[0])


def none_target(chances: Chances, basis: str) -> float:
    """Estimate the share of contacts that are about none of the reasons.

    Names say little of it for one contact: there it is told from all contacts together.
    """
    if basis not in SURE:
        return none_share(chances)
    return float(chances.totals(np.ones(chances.n_contacts))[chances.none]) / max(chances.n_contacts, 1)


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
    known = error_parameters().get(basis, error_parameters()["names"])
    features = error_features(chances, read)
    one = np.ones(read.n_contacts)
    size = read.totals(one)
    target = size * np.exp(np.clip(_weighed(features, known.shift), -1.0, 1.0))
    spread = _spread(known, features)
    none = chances.none
    share = min(none_target(chances, basis) * known.none_factor, 0.95)
    rest = target.sum() - target[none]
    if rest > 0:
        target = target * (1 - share) / rest
        target[none] = share
    spread[none] = known.none_spread
    return PriorRange(target / max(target.sum(), 1e-300), spread)
