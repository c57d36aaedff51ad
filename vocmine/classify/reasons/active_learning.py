"""Which contacts to label next, and which given labels are likely wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.classify.reasons.calibration import fit_calibration
from vocmine.classify.reasons.classifier import ReasonClassifier
from vocmine.classify.reasons.inputs import analysed_texts, label_sets
from vocmine.classify.reasons.ngrams import SparseFeatures
from vocmine.classify.reasons.ridge import fit_head, sparse_kernel
from vocmine.embed import Encoder, default_encoder, encode_distinct, encoder_for
from vocmine.errors import SettingsError
from vocmine.linalg import softmax

_LEAST = 1e-12  # probability: no division by 0


@dataclass(frozen=True)
class ActiveLearningParameters:
    """What is worth a look; chosen on development texts, `benchmarks/bench_labels.py` measures both.

    Parameters
    ----------
    candidates : int
        The doubtful candidates are this many times the contacts wanted.
    min_odds : float
        Times as likely another label must be as the label it has.
    min_doubt : float
        A weight above 0, also where nothing is in doubt.
    max_iter : int
        Rounds of k-means; groups need not be exact.
    precision, unknown_share : float
        Of the calibration behind `find_label_errors`: the defaults of `ReasonClassifier`.
    """

    candidates: int = 5
    min_odds: float = 10.0
    min_doubt: float = 1e-6
    max_iter: int = 30
    precision: float = 0.8
    unknown_share: float = 0.02


PARAMETERS = ActiveLearningParameters()


def suggest_labels(texts: Any, classifier: ReasonClassifier, n: int = 50) -> pd.DataFrame:
    """Give the contacts most worth labelling next: in doubt, unlike each other, and like many others.

    Parameters
    ----------
    texts : list, Series or contacts frame
        Contacts without labels.
    classifier : ReasonClassifier
        As it is now, with or without labels.
    n : int
        Contacts to label.

    Returns
    -------
    DataFrame
        ``row`` (number of the text, from 0), ``contact_id`` if the texts have it, ``label`` (best guess), ``score``
        and ``second`` (the next best guess), in the order of worth.

    Raises
    ------
    SettingsError
        If ``n`` is below 1 or the texts are no texts.

    See Also
    --------
    find_label_errors : Which labels are likely wrong.

    Notes
    -----
    The doubtful by margin (Scheffer et al. 2001) are cut into ``n`` groups by k-means on sentence vectors, weighted by
    the doubt, and the middle of each group is taken (Zhdanov 2019). Names alone say little of doubt, and the first
    labels are best typical ones (Hacohen, Dekel and Weinshall 2022): there all texts are grouped, with equal weight.

    References
    ----------
    Scheffer, Decomain and Wrobel 2001, Active hidden Markov models for information extraction.
    Zhdanov 2019, Diverse mini-batch active learning.
    Hacohen, Dekel and Weinshall 2022, Active learning on a budget: opposite strategies suit high and low budgets.

    Examples
    --------
    >>> texts = ["返金してほしい", "どうなっているのですか", "返金してほしい"]
    >>> suggest_labels(texts, ReasonClassifier(), n=1)["row"].tolist()
    [1]
    """
    if n < 1:
        raise SettingsError("too few contacts to suggest", where="suggest_labels", got=f"n={n}", expected="1 or more")
    analysed = analysed_texts(texts, "suggest_labels")
    probabilities = classifier.predict_proba(analysed)
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :2]
    rows = np.arange(len(analysed))
    first, second = probabilities[rows, order[:, 0]], probabilities[rows, order[:, 1]]
    doubt = 1 - (first - second)
    distinct = ~analysed["text_clean"].duplicated().to_numpy()
    pool, worth = rows[distinct], np.ones(len(rows))
    stage = classifier.stage_
    if stage.model is not None or stage.shipped is not None:
        pool = pool[np.argsort(-doubt[distinct], kind="stable")][: PARAMETERS.candidates * n]
        worth = doubt + PARAMETERS.min_doubt
    vectors = encode_distinct(classifier.encoder_, analysed["text_clean"].iloc[pool].tolist())
    picked = pool[_spread(vectors, worth[pool], n)]
    classes = classifier.classes_
    best, next_best = (classes[order[picked, column]] for column in (0, 1))
    out = pd.DataFrame({"row": picked, "label": best, "score": first[picked], "second": next_best})
    if isinstance(texts, pd.DataFrame) and "contact_id" in texts.columns:
        out.insert(1, "contact_id", texts["contact_id"].to_numpy()[picked])
    return out


def _spread(vectors: np.ndarray, worth: np.ndarray, n: int) -> np.ndarray:
    """Cut texts into n groups by k-means, each text weighing its worth; take the middle of each, weightiest first."""
    from sklearn.cluster import KMeans

    if n >= len(vectors):
        return np.argsort(-worth, kind="stable")
    groups = KMeans(n, n_init=1, max_iter=PARAMETERS.max_iter, random_state=0).fit(vectors, sample_weight=worth)
    distance = np.linalg.norm(vectors - groups.cluster_centers_[groups.labels_], axis=1).round(5)
    mass = np.bincount(groups.labels_, weights=worth, minlength=n).round(5)
    order = np.lexsort((np.arange(len(vectors)), distance, -mass[groups.labels_]))
    _, first = np.unique(groups.labels_[order], return_index=True)
    return np.asarray(order[np.sort(first)])


def find_label_errors(texts: Any, y: Any, encoder: Encoder | None = None) -> pd.DataFrame:
    """Find labels that are likely wrong, as an agent's hasty choice in a list of values.

    Parameters
    ----------
    texts : list, Series or contacts frame
        Labelled texts.
    y : list or Series
        One label a text.
    encoder : Encoder, optional
        Sentence vectors; those for the language of the texts if None.

    Returns
    -------
    DataFrame
        ``row, label, suggested, score``: of the two labels, how likely the suggested one is the right one, 0.91 or
        more; the likeliest errors first.

    Raises
    ------
    SettingsError
        If texts and labels don't fit each other, a text has no label or several, or there are fewer than two labels.

    See Also
    --------
    suggest_labels : Which contacts to label next.

    Notes
    -----
    A label is doubted where another is 10 times as likely by closed-form leave-one-out probabilities. On labels put
    wrong at random, or to a reason that is alike, this finds more at a higher precision than the thresholds of
    confident learning (Northcutt, Jiang and Chuang 2021), which ask how likely each label usually is: these
    probabilities are calibrated already. In clean labels it doubts about 4 %, where two reasons overlap.

    References
    ----------
    Northcutt, Jiang and Chuang 2021, Confident learning: estimating uncertainty in dataset labels.

    Examples
    --------
    >>> texts = ["返金して", "返金希望です", "お金を返して", "返金まだ?", "返金はいつですか", "返金の手続き"]
    >>> texts += ["退会したい", "解約希望", "解約したい", "解約の手続き", "退会の方法", "返金をお願いします"]
    >>> find_label_errors(texts, ["refund"] * 6 + ["cancel"] * 6)[["row", "suggested"]].values.tolist()
    [[11, 'refund']]
    """
    analysed = analysed_texts(texts, "find_label_errors")
    sets = label_sets(y, len(analysed), None)
    if any(len(labels) != 1 for labels in sets):
        raise SettingsError("each text needs one label", where="find_label_errors")
    names, labels = np.unique([labels[0] for labels in sets], return_inverse=True)
    engine = encoder or encoder_for(analysed["lang"])
    probabilities = left_out_probabilities(analysed["text_clean"].tolist(), labels, len(names), engine)
    rows = np.arange(len(labels))
    own, best = probabilities[rows, labels], probabilities.argmax(axis=1)
    times = probabilities[rows, best] / np.maximum(own, _LEAST)
    found = np.flatnonzero(times >= PARAMETERS.min_odds)
    found = found[np.argsort(-times[found], kind="stable")]
    score = times / (1 + times)
    out = {"row": found, "label": names[labels[found]], "suggested": names[best[found]], "score": score[found]}
    return pd.DataFrame(out)


def left_out_probabilities(texts: list[str], labels: np.ndarray, k: int, encoder: Encoder | None = None) -> np.ndarray:
    """Give calibrated probabilities of each text by a fit without it, shape (n, k).

    Parameters
    ----------
    texts : list of str
        Clean texts.
    labels : ndarray of int, shape (n,)
        The number of the label of each.
    k : int
        Number of labels.
    encoder : Encoder, optional
        Sentence vectors; the bundled ones if None.
    """
    vectors = encode_distinct(encoder or default_encoder(), texts)
    sparse = SparseFeatures().fit_transform(texts)
    targets = np.eye(k, dtype=np.float32)[labels]
    _, left_out = fit_head(vectors, sparse, sparse_kernel(sparse), targets, labels)
    calibration = fit_calibration(left_out, targets, np.ones(len(texts), dtype=bool), precision=PARAMETERS.precision,
                                  unknown_share=PARAMETERS.unknown_share)
    return softmax(left_out.scores / calibration.temperature)
