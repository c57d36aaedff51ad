"""The no-label judgement: rule features and character n-grams through a small linear model whose arrays are shipped."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
from scipy import sparse

from vocmine.classify.sentiment.ngram_counts import NgramVocabulary
from vocmine.classify.sentiment.polarity import FEATURES, TextPolarity, read, without_courtesy
from vocmine.frames import SENTIMENTS
from vocmine.linalg import exp

RULES_WEIGHT = 0.5  # scale of the standardised rule features beside n-gram rows of length 1
_SPACES = re.compile(r"  +")
_MAX_WORDS = 4  # words of evidence a text
_MAX_CHARACTERS = 2_000  # n-grams are read up to here
_BLOCK = 2_048  # texts whose n-grams are counted together


class Judged(NamedTuple):
    """What was read and judged in each text: probabilities of `SENTIMENTS`, of complaint and of praise."""

    readings: list[TextPolarity]
    proba: np.ndarray
    complaint: np.ndarray
    praise: np.ndarray

    def words(self, row: int, side: int) -> str:
        """Give the words of one text that speak for a side (1 good, -1 bad, 0 both), strongest first."""
        hits = [h for h in self.readings[row].hits if not side or h.score * side > 0]
        hits.sort(key=lambda h: (-abs(h.score), h.start))
        return " / ".join(dict.fromkeys(h.text for h in hits[:_MAX_WORDS]))


class PretrainedModel(NamedTuple):
    """What was learned for one script: weights of rule features and n-grams, shape (d, 5), and the five intercepts.

    The logits of sentiment are divided by ``temperature``, which makes probabilities hold on texts less tidy than the
    sentences that were learned from (Guo et al. 2017).
    """

    rules: np.ndarray
    grams: np.ndarray
    vocabulary: NgramVocabulary
    bias: np.ndarray
    temperature: float


@lru_cache(maxsize=1)
def _pretrained() -> tuple[PretrainedModel, PretrainedModel]:
    source = files("vocmine.classify").joinpath("data", "student", "sentiment.npz")
    with as_file(source) as path, np.load(path) as arrays:
        return tuple(  # type: ignore[return-value]
            PretrainedModel(
                arrays[f"{lang}_rules"].astype(np.float64),
                arrays[f"{lang}_grams"].astype(np.float64),
                NgramVocabulary.of(arrays[f"{lang}_vocabulary"].tolist()),
                arrays[f"{lang}_bias"].astype(np.float64),
                float(arrays[f"{lang}_temperature"]),
            )
            for lang in ("ja", "en")
        )


def judge(texts: list[str]) -> Judged:
    """Judge normalised texts, each by itself.

    Parameters
    ----------
    texts : list of str
        Normalised texts.

    Notes
    -----
    Multinomial logistic regression on rule features and character n-grams, with temperature scaling (Guo et al. 2017);
    fitted by ``scripts/build_sentiment_student.py``.

    Examples
    --------
    >>> judge(["とても満足です", "電話がつながらない"]).proba.argmax(axis=1).tolist()
    [2, 0]
    """
    texts = [without_courtesy(text) for text in texts]
    readings = [read(text) for text in texts]
    logits = np.empty((len(texts), len(SENTIMENTS) + 2))
    for start in range(0, len(texts), _BLOCK):
        block = slice(start, start + _BLOCK)
        logits[block] = _logits(texts[block], readings[block])
    odds = exp(np.clip(logits, -30.0, 30.0))
    three = odds[:, : len(SENTIMENTS)]
    signals = odds[:, len(SENTIMENTS) :] / (1.0 + odds[:, len(SENTIMENTS) :])
    return Judged(readings, three / three.sum(axis=1, keepdims=True), signals[:, 0], signals[:, 1])


def _logits(texts: list[str], readings: list[TextPolarity]) -> np.ndarray:
    features = np.array([reading.features for reading in readings])
    latin = features[:, FEATURES.index("latin")].astype(int)
    out = np.empty((len(texts), len(SENTIMENTS) + 2))
    for script, model in enumerate(_pretrained()):
        rows = np.flatnonzero(latin == script)
        if len(rows):
            read = [_SPACES.sub(" ", texts[row].lower()).strip()[:_MAX_CHARACTERS] for row in rows]
            counts = model.vocabulary.counts(read)
            norms = np.sqrt(np.maximum(counts.multiply(counts).sum(axis=1), 1.0))
            # sparse products add up a row in its own order, so a text gives the same bits alone and in any batch
            rules = sparse.csr_matrix(features[rows]) @ model.rules
            logits = model.bias + rules + (counts @ model.grams) / np.asarray(norms).reshape(-1, 1)
            logits[:, : len(SENTIMENTS)] /= model.temperature
            out[rows] = logits
    return out
