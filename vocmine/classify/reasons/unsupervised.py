"""Learn from contacts without labels: what the taxonomy says is the start, the texts themselves the rest."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from vocmine.classify.reasons.calibration import LEAST, with_best
from vocmine.classify.reasons.names import NamesModel
from vocmine.classify.reasons.word_match import Encode
from vocmine.linalg import log, on_fixed_grid, product, sigmoid, softmax, unit_rows

MOST = 10_000  # distinct texts learned from; of more, as many by a fixed draw
FEWEST = 20
_ROUNDS = 5
_EVEN = 0.25  # power of the shares of the reasons that is taken out: big reasons must not swallow small ones
_SHRUNK = 0.4  # part of the spread within reasons that is taken to be the same in all directions
_GROUPS = 0.2  # weight of where the vector of a text lies among the reasons' texts; words tell it again and again
_SMOOTH = 0.1
_STRANGE = 2.0  # texts in the middle of all, beside those of each reason: a reason with few texts says little
_RARE = 3  # texts a word must stand in
_FAR = 50.0  # texts of a language that weigh as much as what is known of it without them
_FLOOR = 1e-9
_DIGITS = 14  # binary ones, of what is learned: far more than is known, and processors agree on them
_CALM = (1.5, 1.5)  # divides the scores, which tell the same thing more than once: of the taxonomy, of what is learned
_FEW = 6
_SURE = (0.1, 0.5)  # weight of the lead of what the taxonomy says, and of the calmed log odds
_DOUBT = 0.8  # taken off where there are names only


@dataclass(frozen=True)
class Alone:
    """What was learned from texts without labels.

    Parameters
    ----------
    centres : ndarray, shape (2, d)
        Mean vector of Japanese (and other) and of English texts.
    usual : ndarray, shape (2, m)
        What letters and words give them for each name on average; empty where there is more than names.
    vectors, offset : ndarray, shape (d, k) and (k,)
        Log density of a text among the texts of each reason, less what all have in common.
    words : tuple of str
        Words that were learned.
    rare : ndarray, shape (f,)
        Weight of each: how rare it is.
    says : ndarray, shape (f, k)
        What each says for each reason.
    calm : float
        Divides the scores before they are probabilities.
    threshold : float
        Below this the best reason is not named.
    figures : dict
        ``n`` distinct texts learned from, and ``expected_accuracy``: the mean of the probabilities of the best reasons.
    """

    centres: np.ndarray
    usual: np.ndarray
    vectors: np.ndarray
    offset: np.ndarray
    words: tuple[str, ...]
    rare: np.ndarray
    says: np.ndarray
    calm: float
    threshold: float
    figures: dict[str, float]

    def moved(self, names: NamesModel | None) -> NamesModel | None:
        """Give the model of names with the centre of these texts in place of a general one."""
        if names is None:
            return None
        return replace(names, centres=self.centres if names.centres.any() else names.centres, usual=self.usual)

    def probabilities(self, known: np.ndarray, analysed: pd.DataFrame, vectors: np.ndarray) -> np.ndarray:
        """Give probabilities, shape (n, k), from those that the taxonomy alone gives; rows sum to 1 at most."""
        if not len(known):
            return known
        place = product(unit_rows(vectors - self.centres[_english(analysed)]), self.vectors.T).astype(np.float32)
        said = _counts(analysed["terms"].tolist(), self.words, self.rare) @ self.says
        base = log(np.maximum(known, _FLOOR))
        return _honest(base, base + place + self.offset + np.asarray(said), self.calm, self._doubt)

    @property
    def _doubt(self) -> float:
        return _DOUBT if self.usual.size else 0.0

    def arrays(self) -> dict[str, np.ndarray]:
        """Give all as plain arrays, for saving."""
        out = {key: np.asarray(value) for key, value in vars(self).items() if isinstance(value, np.ndarray | float)}
        return {**out, "words": np.frombuffer("\n".join(self.words).encode("utf-8"), dtype=np.uint8)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray], figures: dict[str, float]) -> Alone:
        """Make it again from `arrays`."""
        text = arrays["words"].tobytes().decode("utf-8")
        plain: dict[str, Any] = {**arrays, "words": tuple(text.split("\n")) if text else (), "figures": figures}
        return cls(**{**plain, "calm": float(arrays["calm"]), "threshold": float(arrays["threshold"])})


def distinct(analysed: pd.DataFrame) -> pd.DataFrame:
    """Give each text once, in an order of its own, and of very many a fixed draw.

    Examples
    --------
    >>> frame = pd.DataFrame({"lang": "ja", "text_clean": ["い", "あ", "", "い"], "terms": ""})
    >>> distinct(frame)["text_clean"].tolist()
    ['あ', 'い']
    """
    some = [bool(text.strip()) for text in analysed["text_clean"]]
    kept = analysed.loc[some, ["lang", "text_clean", "terms"]]
    kept = kept.drop_duplicates("text_clean")
    drawn = [zlib.crc32(text.encode("utf-8", "replace")) for text in kept["text_clean"]]
    kept = kept.assign(drawn=drawn).sort_values(["drawn", "text_clean"]).head(MOST)
    return kept.sort_values("text_clean")[["lang", "text_clean", "terms"]].reset_index(drop=True)


def centred(names: NamesModel | None, texts: pd.DataFrame, vectors: np.ndarray, encode: Encode) -> Alone:
    """Give the centre of the texts, with nothing learned yet."""
    english = _english(texts)
    general = np.zeros((2, vectors.shape[1]), dtype=np.float32) if names is None else names.centres
    usual = np.empty((2, 0), dtype=np.float32)
    if names is not None:
        usual = _middle(names.spelled(texts, encode), english, names.usual)
    none = np.empty(0, dtype=np.float32)
    return Alone(_middle(vectors, english, general), usual, none, none, (), none, none, 1.0, 0.0, {})


def learned(start: Alone, known: np.ndarray, texts: pd.DataFrame, vectors: np.ndarray, precision: float) -> Alone:
    """Learn where the texts of each reason lie and what their words are, from what the taxonomy says of each text.

    Parameters
    ----------
    start : Alone
        With the centre of the texts.
    known : ndarray, shape (n, k)
        Probabilities by the taxonomy.
    texts : DataFrame
        Analysed, as `distinct` gives them.
    vectors : ndarray, shape (n, d)
        Their sentence vectors.
    precision : float
        Wanted share of right labels.

    Notes
    -----
    Expectation maximisation (Dempster, Laird and Rubin 1977) of a mixture of one Gaussian a reason with a common
    spread, and of naive Bayes on words (Nigam et al. 2000), where what the taxonomy says of a text stays its prior.
    """
    placed = unit_rows(vectors - start.centres[_english(texts)]).astype(np.float64)
    words, rare = _vocabulary(texts["terms"].tolist())
    counts = _counts(texts["terms"].tolist(), words, rare)
    base = log(np.maximum(known, _FLOOR))
    share = softmax(base)
    trusted = len(texts) / (len(texts) + _FEW * known.shape[1])
    for _ in range(_ROUNDS):
        share = _evened(share)
        weights, offset = _gaussians(placed, share, trusted * _GROUPS)
        says = trusted * _bayes(counts, share)
        scores = base + product(placed, weights.T) + offset + np.asarray(counts @ says)
        share = softmax(scores)
    calm = _CALM[0] + _CALM[1] * trusted
    best = np.sort(_honest(base, scores, calm, start._doubt).max(axis=1))[::-1]
    figures = {"n": float(len(texts)), "expected_accuracy": float(best.mean())}
    return replace(start, vectors=weights, offset=offset, words=words, rare=rare, says=says, calm=calm,
                   threshold=_threshold(best, precision), figures=figures)


def _english(analysed: pd.DataFrame) -> np.ndarray:
    return np.asarray((analysed["lang"] == "en").to_numpy(), dtype=np.intp)


def _middle(values: np.ndarray, english: np.ndarray, general: np.ndarray) -> np.ndarray:
    """Give the mean of each language; one with few texts is as far from what is general as all texts are on average."""
    away = (values - general[english]).mean(axis=0)
    out = np.empty_like(general)
    for lang in (0, 1):
        mine = values[english == lang]
        out[lang] = general[lang] + ((mine - general[lang]).sum(axis=0) + _FAR * away) / (len(mine) + _FAR)
    return out


def _evened(share: np.ndarray) -> np.ndarray:
    """Take out a part of how big the reasons are."""
    for _ in range(3):
        size = np.maximum(share.mean(axis=0) * share.shape[1], 0.1)
        share = share / size**_EVEN
        share = share / share.sum(axis=1, keepdims=True)
    return share


def _gaussians(placed: np.ndarray, share: np.ndarray, weight: float) -> tuple[np.ndarray, np.ndarray]:
    """Give slope and offset of the log density of each reason: with a common spread it is a line."""
    size = share.sum(axis=0)
    means = (share.T @ placed) / (size + _STRANGE)[:, None]
    spread = (placed.T @ placed - (means * size[:, None]).T @ means) / max(size.sum(), 1.0)
    even = np.trace(spread) / len(spread)
    spread = (1 - _SHRUNK) * spread + (_SHRUNK * even + 1e-9) * np.eye(len(spread))
    slope = np.linalg.solve(spread, means.T)
    offset = -0.5 * np.einsum("kd,dk->k", means, slope)
    slope, offset = (on_fixed_grid(weight * part, _DIGITS).astype(np.float32) for part in (slope, offset))
    return slope, offset


def _bayes(counts: Any, share: np.ndarray) -> np.ndarray:
    """Give for each word how much more it is said with each reason than with all, in logarithms."""
    if not counts.shape[1]:
        return np.zeros((0, share.shape[1]), dtype=np.float32)
    said = np.asarray(counts.T @ share)
    usual = said.sum(axis=1, keepdims=True) / said.sum()
    smooth = _SMOOTH * len(said)
    there = (said + smooth * usual) / (said.sum(axis=0) + smooth)
    return on_fixed_grid(np.log(there / usual), _DIGITS).astype(np.float32)


def _vocabulary(terms: list[str]) -> tuple[tuple[str, ...], np.ndarray]:
    seen = pd.Series([word for text in terms for word in sorted(set(text.split()))], dtype=object).value_counts()
    kept = seen[seen >= _RARE].sort_index()
    return tuple(kept.index), np.asarray(np.log((1 + len(terms)) / (1 + kept.to_numpy(dtype=float))) + 1, np.float32)


def _counts(terms: list[str], words: tuple[str, ...], rare: np.ndarray) -> Any:
    """Give the words of each text, weighted by how rare they are, rows of length 1, shape (n, f)."""
    from scipy.sparse import csr_matrix

    column = {word: i for i, word in enumerate(words)}
    known = [sorted(column[word] for word in set(text.split()) if word in column) for text in terms]
    ends = np.cumsum([0, *map(len, known)])
    flat = np.array([i for row in known for i in row], dtype=np.int64)
    length = [float(np.sqrt((rare[row].astype(np.float64) ** 2).sum())) for row in known]
    values = rare[flat] / np.repeat(length, np.diff(ends)) if len(flat) else np.empty(0)
    return csr_matrix((values.astype(np.float32), flat, ends), shape=(len(terms), len(words)))


def _honest(base: np.ndarray, scores: np.ndarray, calm: float, doubt: float) -> np.ndarray:
    """Give probabilities, the best of a row about as high as it is often right; see `_SURE`."""
    soft = softmax(scores / calm)
    rows, best = np.arange(len(soft)), scores.argmax(axis=1)
    top = np.clip(soft[rows, best], 1e-6, 1 - 1e-6)
    others = base.copy()
    others[rows, best] = -np.inf
    lead = np.clip(base[rows, best] - others.max(axis=1), -10, 10)
    sure = _SURE[0] * lead + _SURE[1] * log(top / (1 - top)) - doubt
    return with_best(soft, sigmoid(sure))


def _threshold(best: np.ndarray, precision: float) -> float:
    """Give the lowest probability from which on the named ones are right as often as wanted, if all are honest."""
    enough = np.flatnonzero(np.cumsum(best) / np.arange(1, len(best) + 1) >= precision)
    lowest = float(best[enough[-1]]) if len(enough) else float(best[0])
    return min(max(lowest, LEAST), 0.99)
