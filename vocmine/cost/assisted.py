"""Totals by issue that a small checked sample corrects, with their variance: model-assisted estimation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from vocmine.cost.attribution import Pairs
from vocmine.cost.audited import CheckedSample
from vocmine.cost.confusion import Confusion, fit_confusion

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FOLDS = 5  # each checked contact is predicted by a model that has not seen it
_BEARERS = 0.5  # share of a label's checked contacts that must bear a value for its residuals to say how it varies
_CHUNK = 50_000  # contacts predicted at once: bounds the memory


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
    flows : ndarray of shape (n_values, n_issues, n_issues)
        Totals by main label (row) and issue (column).
    """

    totals: Floats
    variance: Floats
    own_variance: Floats
    known: Floats
    draws: Floats
    tuning: float
    flows: Floats


def assist(
    pairs: Pairs,
    log_effort: Floats,
    values: Floats,
    guessed: Floats,
    checked: CheckedSample,
    domain: Ints,
    imputed: tuple[Ints, Floats],
    seed: int = 0,
) -> Assisted:
    """Correct totals by issue for the mistakes of the tagger.

    A model of the mistakes predicts what each contact is about; its residuals on the checked contacts, weighted by one
    over their probability to be drawn, correct the totals of each predicted label (generalised difference estimator:
    Särndal, Swensson and Wretman, Model Assisted Survey Sampling, 1992, ch. 6). The model is fitted on four fifths and
    judged on the other fifth, and gets the weight that makes the variance smallest, 0 to 1, so that it can't do worse
    than the labels alone (power tuning: Angelopoulos, Duchi and Zrnic, PPI++, 2023). A time that was imputed is that of
    the predicted issue; where a checked contact turns out to be about another, it is moved to what that one takes.

    Parameters
    ----------
    pairs : Pairs
        Predicted reasons.
    log_effort : ndarray of shape (n,)
        Log of the measured handle time, NaN where there is none.
    values : ndarray of shape (n_values, n)
        What to total; the first decides the weight of the model.
    guessed : ndarray of shape (n_values, n)
        Part of each value that rests on an imputed time.
    checked : CheckedSample
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
    effort = np.zeros((2, k))
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
        seen = np.isfinite(log_effort[rows])
        effort += np.stack([np.exp(log_effort[rows][seen]) @ mean[seen], mean[seen].sum(axis=0)])
    minutes = np.divide(effort[0], effort[1], out=np.ones(k), where=effort[1] > 0)
    moved = (checked.truth @ minutes) / np.maximum(guess @ minutes, 1e-300) - 1
    held = values[:, checked.row], values[:, checked.row] + guessed[:, checked.row] * moved
    tuning = _tune(_sides(pairs, checked, guess, (held[0][0], held[1][0])))
    totals, flows = np.empty_like(by_domain), np.empty_like(by_label)
    variance = np.empty((len(values), k))
    for q, value in enumerate(values):
        sides = _sides(pairs, checked, guess, (held[0][q], held[1][q]))
        whole = np.bincount(pairs.main, weights=value, minlength=k).astype(float)
        residual, variance[q] = _correct(sides, whole, tuning, by_label[q])
        flows[q] = tuning * by_label[q] + whole[:, None] * residual
        sums = csr_array((value, (domain, pairs.main)), shape=(n_domains, k))
        totals[q] = tuning * by_domain[q] + sums @ residual
    known = (values - guessed)[:, checked.row] @ checked.truth
    return Assisted(totals, variance, own, known, draws, tuning, flows)


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


@dataclass(frozen=True)
class _Sides:
    """Truth and guess of the checked contacts beside each other, with their means by predicted label.

    `weight` is one over the probability times the value that is guessed with, `true_weight` times the value that is
    true; they differ where a time was imputed.
    """

    stratum: Ints
    probability: Floats
    weight: Floats
    true_weight: Floats
    truth: Floats
    guess: Floats
    mean_guess: Floats
    mean_truth: Floats

    def deviations(self, scale: Floats, true_scale: Floats) -> tuple[Floats, Floats]:
        """Give the weighted deviations of guess and truth from the means of their label."""
        x = (scale[self.stratum] * self.weight)[:, None] * (self.guess - self.mean_guess[self.stratum])
        y = (true_scale[self.stratum] * self.true_weight)[:, None] * (self.truth - self.mean_truth[self.stratum])
        return x, y


def _sides(pairs: Pairs, checked: CheckedSample, guess: Floats, held: tuple[Floats, Floats]) -> _Sides:
    stratum, k = pairs.main[checked.row], len(pairs.issues)
    weight, true_weight = (checked.weight * each for each in held)
    mean_guess = _strata_means(stratum, weight, guess, k)
    mean_truth = _strata_means(stratum, true_weight, checked.truth, k)
    return _Sides(stratum, 1 / checked.weight, weight, true_weight, checked.truth, guess, mean_guess, mean_truth)


def _tune(sides: _Sides) -> float:
    """Regress truth on prediction within the predicted labels, each issue weighted by one over its squared total."""
    total = sides.true_weight @ sides.truth
    scale = 1 / np.maximum(total, 0.002 * total.sum() + 1e-300) ** 2
    ones = np.ones(len(sides.mean_guess))
    x, y = sides.deviations(ones, ones)
    below = float((x * x * scale).sum())
    return float(np.clip((x * y * scale).sum() / below, 0, 1)) if below > 0 else 0.0


def _correct(sides: _Sides, held: Floats, tuning: float, by_label: Floats) -> tuple[Floats, Floats]:
    """Mean residual of each predicted label, and the variance of the corrected totals."""
    k = len(held)
    drawn, true_drawn = (
        np.bincount(sides.stratum, weights=weight, minlength=k).astype(float)
        for weight in (sides.weight, sides.true_weight)
    )
    bare = (drawn <= 0) | (true_drawn <= 0)
    mean = np.divide(by_label, held[:, None], out=np.zeros_like(by_label), where=held[:, None] > 0)
    residual = sides.mean_truth - tuning * sides.mean_guess
    residual[bare] = (1 - tuning) * mean[bare]
    scale, true_scale = (np.divide(held, each, out=np.zeros(k), where=~bare) for each in (drawn, true_drawn))
    x, y = sides.deviations(scale, true_scale)
    n = np.bincount(sides.stratum, minlength=k)
    sparse = np.bincount(sides.stratum, weights=sides.weight > 0, minlength=k) < _BEARERS * n
    small = n / np.maximum(n - 1, 1)
    finite = (1 - sides.probability) * ~sparse[sides.stratum]
    # What the residuals show, and what the model expects of mistakes too rare to be in the sample: their mean.
    # A label with one checked contact shows nothing of how contacts differ.
    by_model = np.where(n == 1, 1.0, 0.5)[sides.stratum]
    shown = ((1 - by_model) * small[sides.stratum] * finite) @ (y - tuning * x) ** 2
    each = (sides.weight * scale[sides.stratum]) ** 2
    expected = (by_model * finite * each) @ (sides.guess * (1 - sides.guess))
    chance = _shares(sides, (drawn, true_drawn), mean) * (sparse | (n == 0))[:, None]
    return residual, shown + expected + _few(sides, held, drawn) @ (chance * (1 - chance))


def _shares(sides: _Sides, drawn: tuple[Floats, Floats], mean: Floats) -> Floats:
    """Shares of the issues where few bear the value, as a payout: as seen, drawn to the model by one contact."""
    k = len(mean)
    worth = _worth(sides, drawn[0])[:, None]
    seen = np.where(drawn[1][:, None] > 0, sides.mean_truth, mean)
    return np.asarray((worth * seen + mean) / (worth + 1), dtype=float).reshape(k, k)


def _few(sides: _Sides, held: Floats, drawn: Floats) -> Floats:
    """Square of what a label bears over the checked contacts that bear it: where none does, all may be alike."""
    return np.asarray(held**2 / np.maximum(_worth(sides, drawn), 1), dtype=float)


def _worth(sides: _Sides, drawn: Floats) -> Floats:
    """How many equal contacts those of a label are worth (Kish, Survey Sampling, 1965, section 8.2)."""
    squared = np.bincount(sides.stratum, weights=sides.weight**2, minlength=len(drawn))
    return np.divide(drawn**2, squared, out=np.zeros(len(drawn)), where=squared > 0)
