"""Sentiment of a contact: with no labels from the shipped lexicon and student, with labels from a fitted model."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin

from vocmine import store
from vocmine.classify.sentiment.pretrained import Judged, judge
from vocmine.classify.sentiment.saved import SavedSentiment, model_arrays, model_from_arrays
from vocmine.classify.sentiment.supervised import SentimentModel, fit_model
from vocmine.embed import Encoder, default_encoder, stored_encoder
from vocmine.errors import SettingsError, StoreError
from vocmine.frames import SENTIMENTS
from vocmine.linalg import best_columns
from vocmine.text import as_analysed

_KIND = "SentimentClassifier"
_VERSION = 3  # of what is saved; before it had scikit-learn's estimators
_DIGITS = 6  # of a probability that is shown or compared


class SentimentClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Judge texts negative, neutral or positive, in Japanese and English.

    Without `fit` it uses the words, rules and small linear model that come with the package. With `fit` it learns from
    labels: characters, words, sentence vectors and the no-label judgement go into a calibrated logistic regression.

    Parameters
    ----------
    encoder : Encoder, optional
        Sentence vectors for the fitted model; `vocmine.embed.default_encoder` if None. Not used before `fit`.
    C : float
        Inverse strength of the regularisation of the fitted model.
    use_vectors : bool
        Whether the fitted model reads sentence vectors (slower, better).

    Attributes
    ----------
    classes_ : ndarray of str
        The columns of `predict_proba`.
    model_ : SentimentModel
        What `fit` learned; only after it.
    encoder_ : Encoder or None
        The encoder that `fit` used, None where it read no sentence vectors; only after it.

    See Also
    --------
    vocmine.classify.detect_signals : Complaints, requests, praise and other signals.
    vocmine.classify.aspects : What is said about which thing.

    Notes
    -----
    `fit` changes what predictions rest on; a parameter set after it waits for the next `fit`.

    References
    ----------
    Guo, Pleiss, Sun and Weinberger 2017, On calibration of modern neural networks (temperature scaling).

    Examples
    --------
    >>> classifier = SentimentClassifier()
    >>> classifier.predict(["対応が丁寧で助かりました", "全然つながらない", "I love this app"]).tolist()
    ['positive', 'negative', 'positive']
    """

    def __init__(self, encoder: Encoder | None = None, C: float = 2.0, use_vectors: bool = True) -> None:  # noqa: N803
        self.encoder = encoder
        self.C = C
        self.use_vectors = use_vectors

    @property
    def classes_(self) -> np.ndarray:
        """The labels in the order of `predict_proba`'s columns."""
        model: SentimentModel | None = getattr(self, "model_", None)
        return np.array(SENTIMENTS) if model is None else model.classes

    def fit(self, texts: Any, y: Sequence[str]) -> SentimentClassifier:
        """Learn from labelled texts.

        Parameters
        ----------
        texts : list of str, Series or contacts frame
            The texts.
        y : sequence of {"negative", "neutral", "positive"}
            A label a text; at least two different ones.

        Returns
        -------
        SentimentClassifier
            Itself.

        Raises
        ------
        SettingsError
            If lengths differ, a label is unknown, only one label occurs, or C is not positive.
        """
        analysed = as_analysed(texts)
        labels = _checked_labels(y, len(analysed))
        if not self.C > 0:
            raise SettingsError("C must be positive", where="SentimentClassifier", got=repr(self.C), expected="> 0")
        clean = analysed["text_clean"].astype(str).tolist()
        terms = analysed["terms"].astype(str).tolist()
        encoder = self._chosen_encoder()
        self.model_ = fit_model(clean, terms, labels, encoder, self.C)
        self.encoder_ = encoder
        return self

    def predict_proba(self, texts: Any) -> np.ndarray:
        """Give probabilities, shape (n, 3) in the order of `classes_`; each row adds up to 1.

        Examples
        --------
        >>> SentimentClassifier().predict_proba(["最悪です"]).argmax()
        np.int64(0)
        """
        return self._proba(as_analysed(texts))[0]

    def predict(self, texts: Any) -> np.ndarray:
        """Give the most probable label of each text, shape (n,).

        Examples
        --------
        >>> SentimentClassifier().predict(["問題ありません", "楽しくなかった"]).tolist()
        ['positive', 'negative']
        """
        return np.asarray(self.classes_[best_columns(self.predict_proba(texts).round(_DIGITS), self.classes_)])

    def tag(self, texts: Any, judged: Judged | None = None) -> pd.DataFrame:
        """Give a row a text: ``row`` (position, from 0), ``label``, ``score`` (its probability), ``evidence`` (words).

        Parameters
        ----------
        texts : list of str, Series or contacts frame
            The texts.
        judged : Judged, optional
            What `vocmine.classify.sentiment.pretrained.judge` says of the clean texts, where it is known.

        Examples
        --------
        >>> SentimentClassifier().tag(["料金が高い"])[["row", "label", "evidence"]].values.tolist()
        [[0, 'negative', '料金が高い']]
        """
        proba, judged = self._proba(as_analysed(texts), judged)
        best = best_columns(proba.round(_DIGITS), self.classes_)
        labels = self.classes_[best]
        sides = [SENTIMENTS.index(label) - 1 for label in labels]
        return pd.DataFrame(
            {
                "row": np.arange(len(proba)),
                "label": labels,
                "score": np.round(proba[np.arange(len(proba)), best], _DIGITS),
                "evidence": [judged.words(row, side) for row, side in enumerate(sides)],
            }
        )

    def explain(self, texts: Any) -> pd.DataFrame:
        """Give the polarity words of each text, with their place, score and whether they were negated.

        Parameters
        ----------
        texts : list of str, Series or contacts frame
            The texts.

        Returns
        -------
        DataFrame
            ``row`` (position), ``word`` (as it stands, masked), ``start``, ``end`` (characters in ``text_clean``),
            ``score`` (above 0 good, below 0 bad), ``negated``.

        Examples
        --------
        >>> SentimentClassifier().explain(["楽しくなかった"])[["word", "negated"]].values.tolist()
        [['楽しくなかった', True]]
        """
        readings = judge(_columns(as_analysed(texts))[0]).readings
        found = [(row, hit) for row, hits in enumerate(readings.hits) for hit in hits]
        rows = [(row, h.text, h.start, h.end, round(h.score, 3), h.negated) for row, h in found]
        return pd.DataFrame(rows, columns=["row", "word", "start", "end", "score", "negated"])

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Save into a folder (see `vocmine.store`); an encoder of one's own must be given again to `load`.

        Raises
        ------
        StoreError
            If the folder can't be written.
        """
        params = {"C": self.C, "use_vectors": self.use_vectors, "encoder": _spec(self.encoder)}
        model: SentimentModel | None = getattr(self, "model_", None)
        if model is None:
            store.save(folder, _KIND, {**params, "fitted": False}, version=_VERSION)
        else:
            params |= {"fitted": True, "vectors": model.vectors, "fitted_encoder": _spec(self.encoder_)}
            store.save(folder, _KIND, params, model_arrays(model), version=_VERSION)

    @classmethod
    def load(cls, folder: str | os.PathLike[str], encoder: Encoder | None = None) -> SentimentClassifier:
        """Load from a folder that `save` wrote.

        Raises
        ------
        StoreError
            If the folder is missing, damaged, changed, of another kind or another version. Nothing of it is run.
        SettingsError
            If the encoder can only be given by its owner and was not.
        """
        stored = store.load(folder, _KIND, _VERSION, "fit it again on its labels and save it")
        values = store.checked(SavedSentiment, stored.params, str(folder))
        own = _encoder_of(values.encoder, encoder)
        made = cls(encoder=encoder if encoder is not None else own, C=values.C, use_vectors=values.use_vectors)
        if not values.fitted:
            store.check_arrays(stored.arrays, {}, str(folder))
            return made
        made.model_, width = model_from_arrays(stored.arrays, values.vectors, str(folder))
        if values.vectors != (values.fitted_encoder is not None):
            raise StoreError("a saved model has vectors without an encoder, or one without vectors", where=str(folder))
        spec = values.fitted_encoder
        made.encoder_ = _encoder_of(spec, own if own is not None and own.spec == spec else encoder, width)
        return made

    def _chosen_encoder(self) -> Encoder | None:
        """Give the encoder that the next `fit` reads with."""
        if not self.use_vectors:
            return None
        return self.encoder if self.encoder is not None else default_encoder()

    def _proba(self, analysed: pd.DataFrame, judged: Judged | None = None) -> tuple[np.ndarray, Judged]:
        clean, terms = _columns(analysed)
        judged = judge(clean) if judged is None else judged
        model: SentimentModel | None = getattr(self, "model_", None)
        if model is None or not clean:
            return (judged.proba if model is None else np.zeros((0, len(model.classes)))), judged
        return model.proba(clean, terms, judged, self.encoder_), judged


def _spec(encoder: Encoder | None) -> dict[str, Any] | None:
    return None if encoder is None else encoder.spec


def _encoder_of(
    spec: Mapping[str, Any] | None, replacement: Encoder | None, width: int | None = None
) -> Encoder | None:
    """Give the encoder of a description, or the one that takes its place; None where there was none."""
    return None if spec is None else stored_encoder(spec, replacement, width)


def _columns(analysed: pd.DataFrame) -> tuple[list[str], list[str]]:
    return analysed["text_clean"].astype(str).tolist(), analysed["terms"].astype(str).tolist()


def _checked_labels(y: Sequence[str], n: int) -> np.ndarray:
    labels = np.array([str(label) for label in y])
    if len(labels) != n:
        raise SettingsError("texts and labels differ in number", where="y", got=str(len(labels)), expected=str(n))
    seen = set(labels.tolist())
    unknown = sorted(seen - set(SENTIMENTS))
    if unknown:
        wrong = ", ".join(unknown[:5])
        raise SettingsError("unknown sentiment label", where="y", got=wrong, expected=", ".join(SENTIMENTS))
    if len(seen) < 2:
        raise SettingsError("nothing to tell apart", where="y", got=f"{len(seen)} label", expected="at least 2")
    return labels
