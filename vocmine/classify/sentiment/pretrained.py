"""The no-label judgement: rule features and character n-grams through small linear models whose arrays are shipped."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from vocmine.classify.sentiment.polarity import Readings, all_without_courtesy, read_texts
from vocmine.classify.sentiment.polarity_features import FEATURES
from vocmine.classify.sentiment.sentence_model import POOLED, SentenceModel, pooled
from vocmine.frames import SENTIMENTS
from vocmine.linalg import exp
from vocmine.text.known_strings import KnownStrings

_MAX_WORDS = 4  # words of evidence a text
_LATIN = FEATURES.index("latin")
TEXT_FEATURES = (
    "net_last", "net_first", "mixed", "share_pos", "share_neg", "length", "sentences", "turns", "after_turn", "balance",
)  # what the model of texts reads beside what that of sentences says; the rest is in there already
_OF_TEXT = [FEATURES.index(name) for name in TEXT_FEATURES]
# a text less likely negative than the first is no complaint, less likely positive than the second no praise
HARDLY = (0.4, 0.3)
_BELOW = 0.49  # what it scores at most
_BLOCK = 2_048  # texts read together, which bounds the memory


class Judged(NamedTuple):
    """What was read and judged in each text: probabilities of `SENTIMENTS`, of complaint and of praise.

    ``sentences`` has what the model of sentences says of each text's (`sentence_model.POOLED`).
    """

    readings: Readings
    proba: np.ndarray
    complaint: np.ndarray
    praise: np.ndarray
    sentences: np.ndarray

    def words(self, row: int, side: int) -> str:
        """Give the words of one text that speak for a side (1 good, -1 bad, 0 both), strongest first."""
        hits = [h for h in self.readings.hits[row] if not side or h.score * side > 0]
        hits.sort(key=lambda h: (-abs(h.score), h.start))
        return " / ".join(dict.fromkeys(h.text for h in hits[:_MAX_WORDS]))


class PretrainedModel(NamedTuple):
    """What was learned for one script: a model of sentences, and over what it says and the text's features another.

    ``weights`` has shape (d, 5), for the three sentiments, complaint and praise. The logits of sentiment are divided by
    ``temperature``, which makes probabilities hold on texts less tidy than the sentences that were learned from (Guo et
    al. 2017).
    """

    sentences: SentenceModel
    weights: np.ndarray
    bias: np.ndarray
    temperature: float

    def logits(self, matrix: np.ndarray) -> np.ndarray:
        """Give the logits of texts, shape (n, 5), from what `text_matrix` says of them."""
        out = self.bias + sparse.csr_matrix(matrix) @ self.weights
        out[:, : len(SENTIMENTS)] /= self.temperature
        return np.asarray(out)


def text_matrix(readings: Readings, sentences: SentenceModel) -> np.ndarray:
    """Give the features of texts beside what the model of sentences says of theirs, shape (n, d)."""
    said = pooled(*sentences.logits(readings), len(readings.hits))
    return np.hstack([readings.features[:, _OF_TEXT], said])


@lru_cache(maxsize=1)
def _pretrained() -> tuple[PretrainedModel, PretrainedModel]:
    source = files("vocmine.classify").joinpath("data", "student", "sentiment.npz")
    with as_file(source) as path, np.load(path) as arrays:
        return _model(arrays, "ja"), _model(arrays, "en")


def _model(arrays: Any, lang: str) -> PretrainedModel:
    of = {name.removeprefix(f"{lang}_"): arrays[name] for name in arrays.files if name.startswith(f"{lang}_")}
    vocabulary = KnownStrings(of["vocabulary"].tolist())
    rules, grams, bias = (of[f"sentence_{part}"].astype(np.float64) for part in ("rules", "grams", "bias"))
    weights, intercepts = of["weights"].astype(np.float64), of["bias"].astype(np.float64)
    return PretrainedModel(SentenceModel(rules, grams, bias, vocabulary), weights, intercepts, float(of["temperature"]))


def judge(texts: list[str]) -> Judged:
    """Judge normalised texts, each by itself.

    Parameters
    ----------
    texts : list of str
        Normalised texts.

    Notes
    -----
    Multinomial logistic regression on rule features and character n-grams of each sentence, and another on what the
    sentences say and the rule features of the text (stacking, out of fold: Wolpert 1992), with temperature scaling (Guo
    et al. 2017); fitted by ``scripts/build_sentiment_student.py``.

    Examples
    --------
    >>> judge(["とても満足です", "電話がつながらない"]).proba.argmax(axis=1).tolist()
    [2, 0]
    """
    blocks = [texts[start : start + _BLOCK] for start in range(0, len(texts), _BLOCK)] or [[]]
    read = [read_texts(all_without_courtesy(block)) for block in blocks]
    logits, said = map(np.concatenate, zip(*map(_logits, read), strict=True))
    odds = exp(np.clip(logits, -30.0, 30.0))
    three = odds[:, : len(SENTIMENTS)]
    signals = odds[:, len(SENTIMENTS) :] / (1.0 + odds[:, len(SENTIMENTS) :])
    proba = three / three.sum(axis=1, keepdims=True)
    caps = np.where(proba[:, [0, 2]] < HARDLY, _BELOW, 1.0)
    signals = np.minimum(signals, caps)
    return Judged(Readings.joined(read), proba, signals[:, 0], signals[:, 1], said)


def _logits(readings: Readings) -> tuple[np.ndarray, np.ndarray]:
    latin = readings.features[:, _LATIN].astype(int)
    out, said = np.empty((len(latin), len(SENTIMENTS) + 2)), np.empty((len(latin), len(POOLED)))
    for script, model in enumerate(_pretrained()):
        rows = latin == script
        if rows.any():
            matrix = text_matrix(readings if rows.all() else readings.of_texts(rows), model.sentences)
            out[rows], said[rows] = model.logits(matrix), matrix[:, len(TEXT_FEATURES) :]
    return out, said
