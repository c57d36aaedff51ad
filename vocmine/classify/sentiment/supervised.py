"""The fitted path of the sentiment classifier: many weak views of a text in one calibrated logistic regression."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse

from vocmine.classify.sentiment.pretrained import Judged, judge
from vocmine.embed import Encoder, encode_distinct
from vocmine.linalg import log, softmax

_DENIED = re.compile(r"(\S+)_(ない|にくい|not)(?!\S)")


@dataclass(frozen=True)
class SentimentParameters:
    """How the fitted model is learned; chosen on development texts.

    Parameters
    ----------
    rules_weight, vectors_weight : float
        Scale of the rule features, and of the sentence vectors, beside rows of length 1.
    scale_floor : float
        Least standard deviation that a rule feature is divided by: a rare one would weigh too much.
    many : int
        Texts from which on an n-gram must stand in two.
    held_out : float
        Share of the texts on which the temperature is found.
    min_for_temperature : int
        Texts of the rarest label; with fewer the logits stay as they are.
    log_temperature : tuple of float
        Bounds of its logarithm.
    max_iter : int
        Rounds of the solver, whose warning would stop a run.
    tol : float
        Its tolerance.
    """

    rules_weight: float = 0.1
    vectors_weight: float = 0.8
    scale_floor: float = 0.05
    many: int = 200
    held_out: float = 0.2
    min_for_temperature: int = 10
    log_temperature: tuple[float, float] = (-1.5, 1.5)
    max_iter: int = 2000
    tol: float = 1e-3


PARAMETERS = SentimentParameters()


@dataclass
class SentimentModel:
    """What `fit` learned.

    Parameters
    ----------
    classes : ndarray of str
        Labels in the order of the model's columns.
    characters, words : estimator
        Two TF-IDF vectorizers.
    weights, offset : ndarray, shape (r, d) and (r,)
        Of the logistic regression: a row a label, one row where there are two labels.
    scale : ndarray, shape (d,)
        Standard deviations of the rule features on the training texts.
    temperature : float
        Divides the logits; found on texts that the model had not seen.
    vectors : bool
        Whether sentence vectors are read.
    """

    classes: np.ndarray
    characters: Any
    words: Any
    weights: np.ndarray
    offset: np.ndarray
    scale: np.ndarray
    temperature: float
    vectors: bool

    def features(self, clean: list[str], terms: list[str], judged: Judged, encoder: Encoder | None) -> Any:
        """Give the sparse feature matrix of texts, shape (n, d)."""
        blocks = [
            self.characters.transform(_spaced(clean)),
            self.words.transform(_with_stems(terms)),
            sparse.csr_matrix(rule_matrix(judged) / self.scale * PARAMETERS.rules_weight),
        ]
        if self.vectors and encoder is not None:
            blocks.append(sparse.csr_matrix(encode_distinct(encoder, clean) * PARAMETERS.vectors_weight))
        return sparse.hstack(blocks, format="csr")

    def proba(self, clean: list[str], terms: list[str], judged: Judged, encoder: Encoder | None) -> np.ndarray:
        """Give calibrated probabilities, shape (n, classes)."""
        logits = _logits(self.features(clean, terms, judged, encoder), self.weights, self.offset)
        return _heated(logits, self.temperature)


def rule_matrix(judged: Judged) -> np.ndarray:
    """Give the dense rule features: what was read, the no-label judgement as log odds, what its sentences say."""
    return np.hstack([judged.readings.features, log(np.clip(judged.proba, 1e-4, 1.0)), judged.sentences])


def fit_model(clean: list[str], terms: list[str], y: np.ndarray, encoder: Encoder | None, c: float) -> SentimentModel:
    """Fit the vectorizers, the regression and its temperature."""
    from sklearn.linear_model import LogisticRegression

    judged = judge(clean)
    rules = rule_matrix(judged)
    rare = 2 if len(clean) >= PARAMETERS.many else 1
    fitted = SentimentModel(
        classes=np.unique(y),
        characters=character_vectorizer(min_df=rare).fit(_spaced(clean)),
        words=word_vectorizer().fit([text or "空" for text in _with_stems(terms)]),
        weights=np.empty((0, 0)),
        offset=np.empty(0),
        scale=np.maximum(rules.std(axis=0), PARAMETERS.scale_floor),
        temperature=1.0,
        vectors=encoder is not None,
    )
    x = fitted.features(clean, terms, judged, encoder)
    model = LogisticRegression(C=c, max_iter=PARAMETERS.max_iter, tol=PARAMETERS.tol)
    temperature = _temperature(model, x, y)
    model.fit(x, y)
    return replace(fitted, weights=model.coef_, offset=model.intercept_, temperature=temperature)


def character_vectorizer(**more: Any) -> Any:
    """Give the vectorizer of characters; ``more`` are further parameters of scikit-learn's `TfidfVectorizer`."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer="char", ngram_range=(1, 4), sublinear_tf=True, dtype=np.float32, **more)


def word_vectorizer(**more: Any) -> Any:
    """Give the vectorizer of words and pairs of neighbours; ``more`` as for `character_vectorizer`."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32, **more,  # noqa: S106
    )


def _temperature(model: Any, x: Any, y: np.ndarray) -> float:
    """Find the divisor of the logits that fits texts left out best (Guo et al. 2017, temperature scaling)."""
    from scipy.optimize import minimize_scalar
    from sklearn.base import clone
    from sklearn.model_selection import train_test_split

    counts = np.unique(y, return_counts=True)[1]
    if counts.min() < PARAMETERS.min_for_temperature:
        return 1.0
    seen, left = train_test_split(np.arange(len(y)), test_size=PARAMETERS.held_out, random_state=0, stratify=y)
    trial = clone(model).fit(x[seen], y[seen])
    logits, truth = _logits(x[left], trial.coef_, trial.intercept_), np.searchsorted(np.unique(y), y[left])

    def loss(log_t: float) -> float:
        return float(-np.log(_heated(logits, float(np.exp(log_t)))[np.arange(len(truth)), truth] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=PARAMETERS.log_temperature, method="bounded").x))


def _logits(x: Any, weights: np.ndarray, offset: np.ndarray) -> np.ndarray:
    """Give the logits of sparse rows, shape (n, classes)."""
    scores = np.asarray(x @ weights.T + offset)
    return np.hstack([-scores / 2, scores / 2]) if scores.shape[1] == 1 else scores


def _heated(logits: np.ndarray, temperature: float) -> np.ndarray:
    return softmax(logits / temperature)


def _spaced(clean: list[str]) -> list[str]:
    return [f" {text.lower()} " for text in clean]


def _with_stems(terms: list[str]) -> list[str]:
    """Let a denied word count as the word too: 起動_ない shares what is known of 起動."""
    return [_DENIED.sub(r"\1 \g<0>", text) for text in terms]
