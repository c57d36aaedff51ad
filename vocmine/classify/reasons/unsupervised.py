"""Learn from contacts without labels: what the taxonomy says is the start, the texts themselves the rest."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from vocmine.classify.reasons.calibration import MIN_THRESHOLD, with_best
from vocmine.classify.reasons.names import NamesModel
from vocmine.classify.reasons.pseudo_labels import PARAMETERS as PSEUDO_LABELS
from vocmine.classify.reasons.pseudo_labels import PseudoLabelHead, fit_pseudo_labels
from vocmine.classify.reasons.word_match import Encode
from vocmine.linalg import log, on_fixed_grid, product, sigmoid, softmax, unit_rows
from vocmine.store import part_of, prefixed

COLUMNS = ["lang", "text_clean", "terms"]  # of analysed texts, that are read
MIN_TEXTS = 20  # of fewer the words and places of reasons can't be learned


@dataclass(frozen=True)
class UnsupervisedParameters:
    """How texts without labels are learned from.

    Chosen on development texts of several trades; ``scripts/tune_reasons.py`` shows how sensitive the answers are.

    Parameters
    ----------
    max_texts : int
        Distinct texts learned from; of more, as many by a fixed draw.
    rounds : int
        Of expectation maximisation; more change little.
    size_power : float
        Power of the shares of the reasons that is taken out: big reasons must not swallow small ones.
    size_rounds : int
        Times this is done, as each changes the shares.
    size_floor : float
        Least share, in shares of even reasons: a reason nobody writes about draws no texts.
    shrinkage : float
        Part of the spread within reasons that is taken to be the same in all directions.
    vector_weight : float
        Weight of the vector's density: words tell much of the same again.
    smoothing : float
        Pseudo-counts a word in naive Bayes.
    background : float
        Pseudo-texts in the middle of all that each reason has: one with few texts says little.
    min_document_frequency : int
        Texts a word must stand in.
    language_prior : float
        Texts of a language that weigh as much as what is known of it without them.
    floor : float
        Least probability before the logarithm.
    digits : int
        Binary ones, of what is learned: far more than is known, and processors agree on them.
    temperature : tuple of float
        Divides the scores, which tell the same thing more than once: of the taxonomy, added for what is learned.
    texts_a_reason : int
        Texts a reason at which what is learned counts half.
    confidence : tuple of float
        Weight of the lead of what the taxonomy says, and of the tempered log odds.
    max_lead : float
        A larger lead counts no more: one probability was near 0 then.
    names_only_penalty : float
        Taken off the log odds where there are names only.
    """

    max_texts: int = 10_000
    rounds: int = 5
    size_power: float = 0.25
    size_rounds: int = 3
    size_floor: float = 0.1
    shrinkage: float = 0.4
    vector_weight: float = 0.2
    smoothing: float = 0.1
    background: float = 2.0
    min_document_frequency: int = 3
    language_prior: float = 50.0
    floor: float = 1e-9
    digits: int = 14
    temperature: tuple[float, float] = (1.5, 1.5)
    texts_a_reason: int = 6
    confidence: tuple[float, float] = (0.1, 0.5)
    max_lead: float = 10.0
    names_only_penalty: float = 0.8


PARAMETERS = UnsupervisedParameters()


@dataclass(frozen=True)
class UnsupervisedModel:
    """What was learned from texts without labels.

    Parameters
    ----------
    centres : ndarray, shape (2, d)
        Mean vector of Japanese (and other) and of English texts.
    lexical_means : ndarray, shape (2, m)
        What letters and words give them for each name on average; empty where there is more than names.
    vectors, offset : ndarray, shape (d, k) and (k,)
        Log density of a text among the texts of each reason, less what all have in common.
    words : tuple of str
        Words that were learned.
    idf : ndarray, shape (f,)
        Weight of each: how rare it is.
    word_weights : ndarray, shape (f, k)
        What each says for each reason, as log odds.
    temperature : float
        Divides the scores before they are probabilities.
    threshold : float
        Below this the best reason is not named.
    figures : dict
        ``n`` distinct texts learned from, and ``expected_accuracy``: the mean of the probabilities of the best reasons.
    pseudo_labels : PseudoLabelHead or None
        What was learned from the reasons that all this gives the surest texts.
    """

    centres: np.ndarray
    lexical_means: np.ndarray
    vectors: np.ndarray
    offset: np.ndarray
    words: tuple[str, ...]
    idf: np.ndarray
    word_weights: np.ndarray
    temperature: float
    threshold: float
    figures: dict[str, float]
    pseudo_labels: PseudoLabelHead | None = None

    def recentred(self, names: NamesModel | None) -> NamesModel | None:
        """Give the model of names with the centre of these texts in place of a general one."""
        if names is None:
            return None
        centres = self.centres if names.centres.any() else names.centres
        return replace(names, centres=centres, lexical_means=self.lexical_means)

    def probabilities(
        self, known: np.ndarray, analysed: pd.DataFrame, vectors: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Give probabilities, shape (n, k), from those that the taxonomy alone gives; rows sum to 1 at most.

        The second ones hold if the reason of each text were surely one of these; their rows sum to 1.
        """
        if not len(known):
            return known, known
        base, scores = self.scores(known, analysed, vectors)
        learned, closed = self.calibrated(base, scores), softmax(scores / self.temperature)
        if self.pseudo_labels is not None:
            pooled = self.pseudo_labels.pooled(scores, analysed["text_clean"].tolist(), vectors)
            closed = softmax(pooled / self.temperature)
            learned = with_best(closed, _chance_before(learned, pooled))
        return learned, closed

    def scores(
        self, known: np.ndarray, analysed: pd.DataFrame, vectors: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Give the logarithm of what the taxonomy alone says, and the same with places and words, each (n, k)."""
        place = product(unit_rows(vectors - self.centres[_english(analysed)]), self.vectors.T).astype(np.float32)
        by_words = _weighted_counts(analysed["terms"].tolist(), self.words, self.idf) @ self.word_weights
        base = log(np.maximum(known, PARAMETERS.floor))
        return base, base + place + self.offset + np.asarray(by_words)

    def calibrated(self, base: np.ndarray, scores: np.ndarray) -> np.ndarray:
        """Give probabilities, the best of a row about as high as it is often right.

        Parameters
        ----------
        base : ndarray, shape (n, k)
            Logarithms of what the taxonomy alone gives.
        scores : ndarray, shape (n, k)
            The same with what was learned.
        """
        soft = softmax(scores / self.temperature)
        rows, best = np.arange(len(soft)), scores.argmax(axis=1)
        top = np.clip(soft[rows, best], 1e-6, 1 - 1e-6)
        others = base.copy()
        others[rows, best] = -np.inf
        most = PARAMETERS.max_lead
        lead = np.clip(base[rows, best] - others.max(axis=1), -most, most)
        penalty = PARAMETERS.names_only_penalty if self.lexical_means.size else 0.0
        by_lead, by_odds = PARAMETERS.confidence
        return with_best(soft, sigmoid(by_lead * lead + by_odds * log(top / (1 - top)) - penalty))

    def arrays(self) -> dict[str, np.ndarray]:
        """Give all as plain arrays, for saving."""
        out = {key: np.asarray(value) for key, value in vars(self).items() if isinstance(value, np.ndarray | float)}
        out["words"] = np.frombuffer("\n".join(self.words).encode("utf-8"), dtype=np.uint8)
        more = {} if self.pseudo_labels is None else self.pseudo_labels.arrays()
        return {**out, **prefixed("pseudo_labels", more)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray], figures: dict[str, float]) -> UnsupervisedModel:
        """Make it again from `arrays`."""
        text = arrays["words"].tobytes().decode("utf-8")
        of_head = part_of(arrays, "pseudo_labels")
        own: dict[str, Any] = {key: value for key, value in arrays.items() if "." not in key}
        own.update(words=tuple(text.split("\n")) if text else (), figures=figures)
        own["pseudo_labels"] = PseudoLabelHead.from_arrays(of_head) if of_head else None
        return cls(**{**own, "temperature": float(arrays["temperature"]), "threshold": float(arrays["threshold"])})


def distinct_texts(analysed: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """Give each text once, in an order of its own, and of more than ``most`` a fixed draw.

    Examples
    --------
    >>> frame = pd.DataFrame({"lang": "ja", "text_clean": ["い", "あ", "", "い"], "terms": ""})
    >>> distinct_texts(frame)["text_clean"].tolist()
    ['あ', 'い']
    """
    some = [bool(text.strip()) for text in analysed["text_clean"]]
    kept = analysed.loc[some, COLUMNS]
    kept = kept.drop_duplicates("text_clean")
    drawn = [zlib.crc32(text.encode("utf-8", "replace")) for text in kept["text_clean"]]
    kept = kept.assign(drawn=drawn).sort_values(["drawn", "text_clean"]).head(
        PARAMETERS.max_texts if most is None else most)
    return kept.sort_values("text_clean")[COLUMNS].reset_index(drop=True)


def initial_model(
    names: NamesModel | None, texts: pd.DataFrame, vectors: np.ndarray, encode: Encode
) -> UnsupervisedModel:
    """Give the centre of the texts, with nothing learned yet."""
    english = _english(texts)
    general = np.zeros((2, vectors.shape[1]), dtype=np.float32) if names is None else names.centres
    lexical = np.empty((2, 0), dtype=np.float32)
    if names is not None:
        lexical = _middle(names.lexical_similarity(texts, encode), english, names.lexical_means)
    none = np.empty(0, dtype=np.float32)
    return UnsupervisedModel(_middle(vectors, english, general), lexical, none, none, (), none, none, 1.0, 0.0, {})


def fit_mixture(
    start: UnsupervisedModel, known: np.ndarray, texts: pd.DataFrame, vectors: np.ndarray, precision: float
) -> UnsupervisedModel:
    """Learn where the texts of each reason lie and what their words are, from what the taxonomy says of each text.

    Parameters
    ----------
    start : UnsupervisedModel
        With the centre of the texts.
    known : ndarray, shape (n, k)
        Probabilities by the taxonomy.
    texts : DataFrame
        Analysed, as `distinct_texts` gives them.
    vectors : ndarray, shape (n, d)
        Their sentence vectors.
    precision : float
        Wanted share of right labels.

    Notes
    -----
    Expectation maximisation (Dempster, Laird and Rubin 1977) of a mixture of one Gaussian a reason with a common
    spread, and of naive Bayes on words (Nigam et al. 2000), where what the taxonomy says of a text stays its prior.

    References
    ----------
    Dempster, Laird and Rubin 1977, Maximum likelihood from incomplete data via the EM algorithm.
    Nigam, McCallum, Thrun and Mitchell 2000, Text classification from labeled and unlabeled documents using EM.
    """
    placed = unit_rows(vectors - start.centres[_english(texts)]).astype(np.float64)
    words, idf = _vocabulary(texts["terms"].tolist())
    counts = _weighted_counts(texts["terms"].tolist(), words, idf)
    base = log(np.maximum(known, PARAMETERS.floor))
    share = softmax(base)
    trusted = len(texts) / (len(texts) + PARAMETERS.texts_a_reason * known.shape[1])
    for _ in range(PARAMETERS.rounds):
        share = _evened(share)
        weights, offset = _gaussians(placed, share, trusted * PARAMETERS.vector_weight)
        word_weights = trusted * _bayes(counts, share)
        scores = base + product(placed, weights.T) + offset + np.asarray(counts @ word_weights)
        share = softmax(scores)
    temperature = PARAMETERS.temperature[0] + PARAMETERS.temperature[1] * trusted
    made = replace(start, vectors=weights, offset=offset, words=words, idf=idf, word_weights=word_weights,
                   temperature=temperature)
    best = np.sort(made.calibrated(base, scores).max(axis=1))[::-1]
    figures = {"n": float(len(texts)), "expected_accuracy": float(best.mean())}
    return replace(made, threshold=_threshold(best, precision), figures=figures)


def with_pseudo_labels(
    model: UnsupervisedModel, known: np.ndarray, texts: pd.DataFrame, vectors: np.ndarray, precision: float
) -> UnsupervisedModel:
    """Give the model with what is learned from the reasons that it gives the surest texts; parameters as before.

    With names alone it was right more often in each of 40 draws of development texts, also with names that were right
    a third of the time. How sure it is stays what it was before: texts of no reason get pseudo-labels too, and those
    that are taught with them look known.
    """
    if len(texts) < PSEUDO_LABELS.texts_a_reason * known.shape[1]:
        return model
    base, scores = model.scores(known, texts, vectors)
    learned = model.calibrated(base, scores)

    def sureness(scores: np.ndarray) -> float:
        return float(model.calibrated(base, scores).max(axis=1).mean())

    head, pooled = fit_pseudo_labels(scores, sureness, texts["text_clean"].tolist(), vectors)
    best = np.sort(_chance_before(learned, pooled))[::-1]
    figures = {**model.figures, "expected_accuracy": float(best.mean())}
    return replace(model, threshold=_threshold(best, precision), figures=figures, pseudo_labels=head)


def _chance_before(learned: np.ndarray, pooled: np.ndarray) -> np.ndarray:
    """Give the chance that the model before the pseudo-labels saw of the reasons that are the best with them."""
    return np.asarray(learned[np.arange(len(pooled)), pooled.argmax(axis=1)])


def _english(analysed: pd.DataFrame) -> np.ndarray:
    return np.asarray((analysed["lang"] == "en").to_numpy(), dtype=np.intp)


def _middle(values: np.ndarray, english: np.ndarray, general: np.ndarray) -> np.ndarray:
    """Give the mean of each language; one with few texts is as far from what is general as all texts are on average."""
    away = (values - general[english]).mean(axis=0)
    out, prior = np.empty_like(general), PARAMETERS.language_prior
    for lang in (0, 1):
        mine = values[english == lang]
        out[lang] = general[lang] + ((mine - general[lang]).sum(axis=0) + prior * away) / (len(mine) + prior)
    return out


def _evened(share: np.ndarray) -> np.ndarray:
    """Take out a part of how big the reasons are."""
    for _ in range(PARAMETERS.size_rounds):
        size = np.maximum(share.mean(axis=0) * share.shape[1], PARAMETERS.size_floor)
        share = share / size**PARAMETERS.size_power
        share = share / share.sum(axis=1, keepdims=True)
    return share


def _gaussians(placed: np.ndarray, share: np.ndarray, weight: float) -> tuple[np.ndarray, np.ndarray]:
    """Give slope and offset of the log density of each reason: with a common spread it is a line."""
    size = share.sum(axis=0)
    means = (share.T @ placed) / (size + PARAMETERS.background)[:, None]
    spread = (placed.T @ placed - (means * size[:, None]).T @ means) / max(size.sum(), 1.0)
    even, shrinkage = np.trace(spread) / len(spread), PARAMETERS.shrinkage
    spread = (1 - shrinkage) * spread + (shrinkage * even + 1e-9) * np.eye(len(spread))
    slope = np.linalg.solve(spread, means.T)
    offset = -0.5 * np.einsum("kd,dk->k", means, slope)
    slope, offset = (on_fixed_grid(weight * part, PARAMETERS.digits).astype(np.float32) for part in (slope, offset))
    return slope, offset


def _bayes(counts: Any, share: np.ndarray) -> np.ndarray:
    """Give for each word how much more often it stands with each reason than with all, in logarithms."""
    if not counts.shape[1]:
        return np.zeros((0, share.shape[1]), dtype=np.float32)
    count = np.asarray(counts.T @ share)
    overall = count.sum(axis=1, keepdims=True) / count.sum()
    smooth = PARAMETERS.smoothing * len(count)
    within = (count + smooth * overall) / (count.sum(axis=0) + smooth)
    return on_fixed_grid(np.log(within / overall), PARAMETERS.digits).astype(np.float32)


def _vocabulary(terms: list[str]) -> tuple[tuple[str, ...], np.ndarray]:
    seen = pd.Series([word for text in terms for word in sorted(set(text.split()))], dtype=object).value_counts()
    kept = seen[seen >= PARAMETERS.min_document_frequency].sort_index()
    return tuple(kept.index), np.asarray(np.log((1 + len(terms)) / (1 + kept.to_numpy(dtype=float))) + 1, np.float32)


def _weighted_counts(terms: list[str], words: tuple[str, ...], idf: np.ndarray) -> Any:
    """Give the words of each text, weighted by how rare they are, rows of length 1, shape (n, f)."""
    from scipy.sparse import csr_matrix

    column = {word: i for i, word in enumerate(words)}
    known = [sorted(column[word] for word in set(text.split()) if word in column) for text in terms]
    ends = np.cumsum([0, *map(len, known)])
    flat = np.array([i for row in known for i in row], dtype=np.int64)
    length = [float(np.sqrt((idf[row].astype(np.float64) ** 2).sum())) for row in known]
    values = idf[flat] / np.repeat(length, np.diff(ends)) if len(flat) else np.empty(0)
    return csr_matrix((values.astype(np.float32), flat, ends), shape=(len(terms), len(words)))


def _threshold(best: np.ndarray, precision: float) -> float:
    """Give the lowest probability from which on the named ones are right as often as wanted, if all hold."""
    enough = np.flatnonzero(np.cumsum(best) / np.arange(1, len(best) + 1) >= precision)
    lowest = float(best[enough[-1]]) if len(enough) else float(best[0])
    return min(max(lowest, MIN_THRESHOLD), 0.99)
