"""A kernel ridge on the reasons that a model without labels gives the surest texts: it tells the others better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from vocmine import linalg
from vocmine.classify.reasons.neighbours import unlabelled_draw
from vocmine.classify.reasons.ngrams import SparseFeatures
from vocmine.classify.reasons.ridge import DIGITS, Head, head_kernel, solved, sparse_kernel
from vocmine.classify.reasons.ridge import PARAMETERS as RIDGE
from vocmine.classify.reasons.self_training import surest
from vocmine.store import part_of, prefixed


@dataclass(frozen=True)
class PseudoLabelParameters:
    """How pseudo-labels are learned.

    Chosen on development texts; ``scripts/tune_reasons.py`` shows how sensitive the answers are.

    Parameters
    ----------
    max_texts : int
        Texts that they are drawn from; three quarters of these are what each prediction reads.
    texts_a_reason : int
        Texts a reason from which on they are learned: of fewer they say too little.
    least : int
        Of these texts an n-gram must stand in: the others make most of the memory and say little.
    weight : float
        Weight of what is learned beside the model that gave them.
    steps : int
        Of the bisections that make both equally sure.
    """

    max_texts: int = 5_000
    texts_a_reason: int = 10
    least: int = 2
    weight: float = 2.0
    steps: int = 18


PARAMETERS = PseudoLabelParameters()


@dataclass(frozen=True)
class PseudoLabelHead:
    """A head fitted on pseudo-labels, at the scale of the scores that it is added to.

    Parameters
    ----------
    features : SparseFeatures
        Of the texts it was drawn from.
    head : Head
        On sentence vectors and sparse features.
    own : float
        What the other scores are multiplied by.
    """

    features: SparseFeatures
    head: Head
    own: float

    def pooled(self, scores: np.ndarray, texts: list[str], vectors: np.ndarray) -> np.ndarray:
        """Give the scores of the model that gave the pseudo-labels, shape (n, k), with what was learned from them."""
        return np.asarray(self.own * scores + self.head.scores(vectors, self.features.transform(texts))[0])

    def arrays(self) -> dict[str, np.ndarray]:
        """Give all as plain arrays, for saving."""
        return {**prefixed("features", self.features.arrays()), **prefixed("head", self.head.arrays()),
                "own": np.asarray(self.own)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> PseudoLabelHead:
        """Make it again from `arrays`."""
        features, head = part_of(arrays, "features"), part_of(arrays, "head")
        return cls(SparseFeatures.from_arrays(features), Head(**head), float(arrays["own"]))


def fit_pseudo_labels(
    scores: np.ndarray, sureness: Callable[[np.ndarray], float], texts: list[str], vectors: np.ndarray
) -> tuple[PseudoLabelHead, np.ndarray]:
    """Learn the likeliest reasons of the surest texts; give the head and the pooled scores of all texts.

    Parameters
    ----------
    scores : ndarray, shape (n, k)
        Of each text for each reason, by what is known without labels.
    sureness : callable
        Says how sure the model is on average with such scores; with the pooled ones it is as sure.
    texts : list of str
        Clean texts, each once, in a fixed order.
    vectors : ndarray, shape (n, d)
        Their sentence vectors.

    Notes
    -----
    Pseudo-labels (Lee 2013) of the surest three quarters of each reason; the scores of a text that is learned from are
    those of the fit without it.

    References
    ----------
    Lee 2013, Pseudo-label: the simple and efficient semi-supervised learning method for deep neural networks.
    """
    drawn = unlabelled_draw(texts, PARAMETERS.max_texts)
    features = SparseFeatures(least=PARAMETERS.least)
    every = features.fit_transform([texts[row] for row in drawn])
    sure = surest(scores[drawn])
    rows, sparse = drawn[sure], every[sure]
    best = scores[rows].argmax(axis=1)
    kernel = head_kernel(linalg.cosines(vectors[rows], vectors[rows]), sparse_kernel(sparse))
    kernel[np.diag_indices_from(kernel)] += RIDGE.ridge
    wanted = np.eye(scores.shape[1])[best]
    wanted = wanted - wanted.mean(axis=0)
    weights, inverse = solved(kernel, wanted)
    head = Head(np.asarray(vectors[rows], np.float32), weights.astype(np.float32),
                np.asarray(RIDGE.sparse_weight * (sparse.T @ weights), np.float32), best)
    said = np.asarray(head.scores(vectors, features.transform(texts))[0], dtype=np.float64)
    said[rows] = linalg.on_fixed_grid(wanted - weights / inverse.diagonal()[:, None], DIGITS)
    now = sureness(scores)
    mine = PARAMETERS.weight * _steepness(lambda factor: sureness(factor * said), now)
    own = _steepness(lambda factor: sureness(factor * (scores + mine * said)), now)
    mine = round(own * mine, 6)
    head = replace(head, weights=(mine * head.weights).astype(np.float32),
                   sparse_weights=(mine * head.sparse_weights).astype(np.float32))
    return PseudoLabelHead(features, head, own), own * scores + mine * said


def _steepness(sureness: Callable[[float], float], wanted: float) -> float:
    """Give the factor of scores at which a model is as sure as wanted on average."""
    low, high = -8.0, 8.0
    for _ in range(PARAMETERS.steps):
        middle = (low + high) / 2
        if sureness(float(np.exp(middle))) > wanted:
            high = middle
        else:
            low = middle
    return round(float(np.exp(high)), 4)
