"""Totals by issue that a small checked sample corrects, with their variance: model-assisted estimation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from vocmine.cost.attribution import Pairs
from vocmine.cost.audit import Checked
from vocmine.cost.confusion import Confusion, fit_confusion

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FOLDS = 5
_CHUNK = 50_000


@dataclass(frozen=True)
class Assisted:
    """Corrected totals.

    Parameters
    ----------
    totals : ndarray of shape (n_values, n_domains, n_issues)
        Totals of each value; over the issues they add up to the total of the domain.
    variance : ndarray of shape (n_values, n_issues)
        Variance of the totals over all domains, from which contacts were drawn.
    own_variance : ndarray of shape (n_values, n_domains, n_issues)
        Variance of the totals of a domain because its contacts are not checked themselves; 0 for a single domain.
    known : ndarray of shape (n_values, n_issues)
        Totals of the checked contacts: no true total is lower.
    draws : ndarray of shape (draws, n_issues)
        Deviations of the first value's totals under each imputation.
    tuning : float
        Weight of the model, 0 (labels alone) to 1.
    """

    totals: Floats
    variance: Floats
    own_variance: Floats
    known: Floats
    draws: Floats
    tuning: float


def assist(
    pairs: Pairs,
    log_effort: Floats,
    values: Floats,
    checked: Checked,
    domain: Ints,
    imputed: tuple[Ints, Floats],
    seed: int = 0,
) -> Assisted:
    """Correct totals by issue for the mistakes of the tagger.

    A model of the mistakes predicts what each contact is about; its residuals on the checked contacts, weighted by one
    over their probability to be drawn, correct the totals of each predicted label (generalised difference estimator:
    Särndal, Swensson and Wretman, Model Assisted Survey Sampling, 1992, ch. 6). The model is fitted on four fifths and
    judged on the other fifth, and gets the weight that makes the variance smallest, 0 to 1, so that it can't do worse
    than the labels alone (power tuning: Angelopoulos, Duchi and Zrnic, PPI++, 2023).

    Parameters
    ----------
    pairs : Pairs
        Predicted reasons.
    log_effort : ndarray of shape (n,)
        Log of the measured handle time, NaN where there is none.
    values : ndarray of shape (n_values, n)
        What to total; the first decides the weight of the model.
    checked : Checked
        The checked sample.
    domain : ndarray of int, shape (n,)
        Group of each contact.
    imputed : tuple of (rows, deviations)
        Imputed contacts, and their deviations of the first value, shape (draws, rows).
    seed : int
        Seed of the folds.

    Returns
    -------
    Assisted
    """
    fold = _folds(pairs.main[checked.row], seed)
    models = [
        fit_confusion(pairs, log_effort, checked.row[fold != j], checked.truth[fold != j])
        for j in range(fold.max() + 1)
    ]
    guess = np.zeros_like(checked.truth)
    n, k, n_domains = len(pairs.main), len(pairs.issues), int(domain.max()) + 1 if len(domain) else 1
    by_domain = np.zeros((len(values), n_domains, k))
    by_label = np.zeros((len(values), k, k))
    own = np.zeros_like(by_domain)
    draws = np.zeros((len(imputed[1]), k))
    deviation = csr_array((imputed[1].ravel(), _grid(imputed[0], len(imputed[1]))), shape=(len(imputed[1]), n)).tocsc()
    for rows, each in _predict(models, pairs, log_effort):
        mine = np.flatnonzero((checked.row >= rows.start) & (checked.row < rows.stop))
        guess[mine] = np.stack(each)[fold[mine], checked.row[mine] - rows.start]
        mean = np.mean(each, axis=0)
        for q, value in enumerate(values):
            by_domain[q] += _group_sums(value[rows], domain[rows], n_domains, mean)
            if n_domains > 1:
                own[q] += _group_sums(value[rows] ** 2, domain[rows], n_domains, mean * (1 - mean))
            by_label[q] += _group_sums(value[rows], pairs.main[rows], k, mean)
        draws += deviation[:, rows] @ mean
    tuning = _tune(pairs, values[0], checked, guess)
    totals = np.empty_like(by_domain)
    variance = np.empty((len(values), k))
    for q, value in enumerate(values):
        residual, variance[q] = _correct(pairs, value, checked, guess, tuning, by_label[q])
        sums = csr_array((value, (domain, pairs.main)), shape=(n_domains, k))
        totals[q] = tuning * by_domain[q] + sums @ residual
    known = values[:, checked.row] @ checked.truth
    return Assisted(totals, variance, own, known, draws, tuning)


def _grid(rows: Ints, n_draws: int) -> tuple[Ints, Ints]:
    return np.repeat(np.arange(n_draws), len(rows)), np.tile(rows, n_draws)


def _folds(label: Ints, seed: int) -> Ints:
    """Deal the checked contacts of each label out to the folds."""
    order = np.random.default_rng(seed).permutation(len(label))
    order = order[np.argsort(label[order], kind="stable")]
    fold = np.empty(len(label), dtype=np.int64)
    fold[order] = np.arange(len(label)) % FOLDS
    return fold


def _predict(models: list[Confusion], pairs: Pairs, log_effort: Floats) -> Iterator[tuple[slice, list[Floats]]]:
    n = len(pairs.main)
    for start in range(0, n, _CHUNK):
        rows = slice(start, min(start + _CHUNK, n))
        yield rows, [model.predict(pairs, log_effort, rows) for model in models]


def _group_sums(value: Floats, group: Ints, n_groups: int, chances: Floats) -> Floats:
    gather = csr_array((value, (group, np.arange(len(value)))), shape=(n_groups, len(value)))
    return np.asarray(gather @ chances, dtype=float)


def _strata_means(stratum: Ints, weight: Floats, x: Floats, k: int) -> Floats:
    total = np.bincount(stratum, weights=weight, minlength=k)[:, None]
    return np.divide(_group_sums(weight, stratum, k, x), total, out=np.zeros((k, x.shape[1])), where=total > 0)


def _tune(pairs: Pairs, value: Floats, checked: Checked, guess: Floats) -> float:
    """Regress truth on prediction within the predicted labels, each issue weighted by one over its squared total."""
    stratum, k = pairs.main[checked.row], len(pairs.issues)
    weight = checked.weight * value[checked.row]
    total = weight @ checked.truth
    scale = 1 / np.maximum(total, 0.002 * total.sum() + 1e-300) ** 2
    y = checked.truth - _strata_means(stratum, weight, checked.truth, k)[stratum]
    x = guess - _strata_means(stratum, weight, guess, k)[stratum]
    square = (weight * weight)[:, None] * scale
    below = float((square * x * x).sum())
    return float(np.clip((square * x * y).sum() / below, 0, 1)) if below > 0 else 0.0


def _correct(
    pairs: Pairs, value: Floats, checked: Checked, guess: Floats, tuning: float, by_label: Floats
) -> tuple[Floats, Floats]:
    """Mean residual of each predicted label, and the variance of the corrected totals."""
    stratum, k = pairs.main[checked.row], len(pairs.issues)
    weight = checked.weight * value[checked.row]
    difference = checked.truth - tuning * guess
    residual = _strata_means(stratum, weight, difference, k)
    held = np.bincount(pairs.main, weights=value, minlength=k)
    drawn = np.bincount(stratum, weights=weight, minlength=k)
    bare = drawn <= 0
    mean = np.divide(by_label, held[:, None], out=np.zeros_like(by_label), where=held[:, None] > 0)
    residual[bare] = (1 - tuning) * mean[bare]
    spread = (weight[:, None] * (difference - residual[stratum])) ** 2
    n = np.bincount(stratum, minlength=k)
    small = n / np.maximum(n - 1, 1)
    scale = np.divide(held, drawn, out=np.zeros(k), where=~bare)
    finite = 1 - 1 / checked.weight
    # What the residuals show, and what the model expects of mistakes too rare to be in the sample: their mean.
    shown = ((small * scale**2)[stratum] * finite) @ spread
    expected = (finite * (weight * scale[stratum]) ** 2) @ (guess * (1 - guess))
    return residual, (shown + expected) / 2
