"""The no-label judgement: rule features and character n-grams through a small linear model whose arrays are shipped."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np

from vocmine.classify.polarity import FEATURES, Reading, read, without_courtesy
from vocmine.frames import SENTIMENTS

NGRAMS = (1, 3)
RULES_WEIGHT = 0.5  # scale of the standardised rule features beside n-gram rows of length 1
_CAUTION = 1.7  # divides the sentiment logits: real texts are less tidy than the sentences the student learned from
_SPACES = re.compile(r"  +")
_MAX_WORDS = 4  # words of evidence a text
_MAX_CHARACTERS = 2_000  # n-grams are read up to here


class Judged(NamedTuple):
    """What was read and judged in each text: probabilities of `SENTIMENTS`, of complaint and of praise."""

    readings: list[Reading]
    proba: np.ndarray
    complaint: np.ndarray
    praise: np.ndarray

    def words(self, row: int, sign: int) -> str:
        """Give the words of one text that speak for a side (1 good, -1 bad, 0 both), strongest first."""
        hits = [h for h in self.readings[row].hits if not sign or h.score * sign > 0]
        hits.sort(key=lambda h: (-abs(h.score), h.start))
        return " / ".join(dict.fromkeys(h.text for h in hits[:_MAX_WORDS]))


class Student(NamedTuple):
    """The arrays for one script: weights of rule features and n-grams, shape (d, 5), and the five intercepts."""

    rules: np.ndarray
    grams: np.ndarray
    rows: dict[str, int]
    bias: np.ndarray


@lru_cache(maxsize=1)
def _students() -> tuple[Student, Student]:
    source = files("vocmine.classify").joinpath("data", "student", "sentiment.npz")
    with as_file(source) as path, np.load(path) as arrays:
        return tuple(  # type: ignore[return-value]
            Student(
                arrays[f"{lang}_rules"].astype(np.float64),
                arrays[f"{lang}_grams"].astype(np.float64),
                {gram: row for row, gram in enumerate(arrays[f"{lang}_vocabulary"].tolist())},
                arrays[f"{lang}_bias"].astype(np.float64),
            )
            for lang in ("ja", "en")
        )


def judge(texts: list[str]) -> Judged:
    """Judge normalised texts, each by itself.

    Examples
    --------
    >>> judge(["とても満足です", "電話がつながらない"]).proba.argmax(axis=1).tolist()
    [2, 0]
    """
    texts = [without_courtesy(text) for text in texts]
    readings = [read(text) for text in texts]
    logits = np.empty((len(texts), len(SENTIMENTS) + 2))
    for row, (text, reading) in enumerate(zip(texts, readings, strict=True)):
        logits[row] = _logits(text, reading)
    logits[:, : len(SENTIMENTS)] /= _CAUTION
    odds = np.exp(np.clip(logits, -30.0, 30.0))
    three = odds[:, : len(SENTIMENTS)]
    signals = odds[:, len(SENTIMENTS) :] / (1.0 + odds[:, len(SENTIMENTS) :])
    return Judged(readings, three / three.sum(axis=1, keepdims=True), signals[:, 0], signals[:, 1])


def _logits(text: str, reading: Reading) -> np.ndarray:
    student = _students()[int(reading.features[FEATURES.index("latin")])]
    out = student.bias + np.asarray(reading.features) @ student.rules
    counts = _grams(_SPACES.sub(" ", text.lower()).strip()[:_MAX_CHARACTERS], student.rows)
    if counts:
        values = np.fromiter(counts.values(), dtype=np.float64, count=len(counts))
        picked = student.grams[np.fromiter(counts, dtype=np.intp, count=len(counts))]
        out = out + values @ picked / np.sqrt(values @ values)
    return np.asarray(out)


def _grams(text: str, rows: dict[str, int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for n in range(NGRAMS[0], NGRAMS[1] + 1):
        for start in range(len(text) - n + 1):
            row = rows.get(text[start : start + n])
            if row is not None:
                counts[row] = counts.get(row, 0) + 1
    return counts
