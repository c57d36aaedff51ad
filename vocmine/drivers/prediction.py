"""What those who did not answer would have said of their satisfaction, predicted and checked on answers left out."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from vocmine.drivers.calibration_error import calibration
from vocmine.drivers.contributions import FEWEST_ANSWERS
from vocmine.drivers.design import DriverDesign, driver_design
from vocmine.drivers.outcomes import outcome_values
from vocmine.drivers.shrinkage import ShrunkFit, fit_shrunk
from vocmine.frames import rows_of_kind
from vocmine.linalg import product, sigmoid
from vocmine.stats import Floats, normal_quantile

FEWEST_TO_PREDICT = 200
"""Answers below which nothing is predicted: calibration could not be checked."""

SATISFIED = 4.0
MOST_ERROR = 0.03
"""Calibration error on answers left out, above which predictions are held back unless chance explains it."""

_FOLDS = 5
_CHANCE = 0.01  # of the test that tells a calibration error from chance
_STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0)  # of the penalty's inverse, of which left-out answers choose
_FIRED = 0.5  # score from which a signal counts
_SAID = ("sentiment", "mood", "signal", "effort")
_PLACES = 4
COLUMNS = ("contact_id", "is_answered", "satisfied", "mean", "low", "high")


@dataclass(frozen=True, eq=False)
class PredictedSatisfaction:
    """Predictions, and how far they can be trusted.

    Parameters
    ----------
    table : DataFrame
        One row a contact, by id: ``contact_id, is_answered, satisfied`` (chance of a 4 or 5), ``mean`` (1 to 5) with
        ``low, high`` (of the mean of such contacts, not of one answer). Of those who answered: as predicted without
        their answer. Empty where nothing is predicted.
    n_answers : int
        Answers that it rests on.
    calibration_error : float
        Of chances against answers left out, less what chance alone gives (Kumar, Liang and Ma 2019); NaN without.
    p_calibrated : float
        How likely so large an error is by chance alone (Hosmer and Lemeshow 1980).
    calibration : DataFrame
        ``predicted, actual, n`` of ten groups of answers by their predicted chance.
    why_not : str
        Why nothing is predicted: ``few`` answers, ``alike`` answers, or not ``calibrated``; empty where it is.
    answered, unanswered : (float, float, float)
        Mean of the answers, predicted mean of the others, each with its interval.
    """

    table: pd.DataFrame
    n_answers: int
    calibration_error: float = float("nan")
    p_calibrated: float = float("nan")
    calibration: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["predicted", "actual", "n"]))
    why_not: str = ""
    answered: tuple[float, float, float] = (math.nan,) * 3
    unanswered: tuple[float, float, float] = (math.nan,) * 3


def predict_csat(contacts: pd.DataFrame, tags: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Predict the satisfaction of all contacts; see `predicted_satisfaction` for what goes with it.

    Returns
    -------
    DataFrame
        ``contact_id, is_answered, satisfied, mean, low, high``; empty with too few answers, or where the predictions
        did not hold on answers left out.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": ["a", "b"], "csat": [4.0, None]})
    >>> len(predict_csat(contacts, pd.DataFrame({"contact_id": [], "kind": [], "label": []})))
    0
    """
    return predicted_satisfaction(contacts, tags, level).table


def predicted_satisfaction(
    contacts: pd.DataFrame, tags: pd.DataFrame, level: float = 0.95
) -> PredictedSatisfaction:
    """Predict the satisfaction of all contacts from their tags and how they were served.

    A ridge logistic regression gives the chance of a 4 or 5, its penalty chosen on answers left out (five parts,
    whole customers at a time), a regression of `vocmine.drivers.drivers` the mean. Both take it that those who did not
    answer would have answered as those who did, of the same reasons, moods, channel and service. Where that is not so,
    as where only the angry or the pleased answer, no figure here can show it.

    Parameters
    ----------
    contacts : DataFrame
        As for `vocmine.drivers.drivers`, with ``csat``.
    tags : DataFrame
        Reasons, and where they are there sentiment, moods, signals and effort.
    level : float
        Level of the intervals.

    Returns
    -------
    PredictedSatisfaction

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, a mark is off its scale, or the level is wrong.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": ["a", "b"], "csat": [4.0, None]})
    >>> predicted_satisfaction(contacts, pd.DataFrame({"contact_id": [], "kind": [], "label": []})).why_not
    'few'
    """
    normal_quantile(level)
    marks = outcome_values(contacts, "csat")
    order = np.argsort(contacts["contact_id"].astype(str).to_numpy(object), kind="stable")
    contacts, marks = contacts.iloc[order], marks[order]
    known = np.flatnonzero(~np.isnan(marks))
    nothing = pd.DataFrame(columns=list(COLUMNS))
    if len(known) < max(FEWEST_TO_PREDICT, FEWEST_ANSWERS):
        return PredictedSatisfaction(nothing, len(known), why_not="few")
    good = (marks[known] >= SATISFIED).astype(int)
    if min(good.sum(), len(good) - good.sum()) < _FOLDS * 2:
        return PredictedSatisfaction(nothing, len(known), why_not="alike")
    design = driver_design(contacts, tags)
    x = _features(design, contacts, tags, known)
    people = design.people[known]
    chance, left_out = _chances(x, known, good, people)
    error, p_value, bins = calibration(left_out, good)
    checked = PredictedSatisfaction(nothing, len(known), error, p_value, bins)
    if error > MOST_ERROR and p_value < _CHANCE:
        return replace(checked, why_not="calibrated")
    fit = fit_shrunk(np.ones((len(known), 1)), [x[known]], marks[known], people)
    chance[known] = left_out
    answered = ~np.isnan(marks)
    return replace(
        checked, table=_table(contacts, marks, chance, _means(fit, x, level)),
        answered=_of_all(fit, x[answered], level, marks[answered]), unanswered=_of_all(fit, x[~answered], level),
    )


def _features(design: DriverDesign, contacts: pd.DataFrame, tags: pd.DataFrame, known: np.ndarray) -> Floats:
    """Put all that may tell of satisfaction side by side; what no answered contact has can teach nothing."""
    said = _said(contacts, tags)
    x = np.hstack([*(block.matrix for block in design.blocks), said])
    return np.asarray(x[:, (x[known] != 0).any(axis=0)])


def _said(contacts: pd.DataFrame, tags: pd.DataFrame) -> Floats:
    """Mark moods, signals and grades of effort that were tagged."""
    parts = [rows_of_kind(tags, kind) for kind in _SAID] if "kind" in tags else []
    rows = pd.concat(parts, ignore_index=True) if parts else tags.iloc[:0]
    if "score" in rows:
        sure = pd.to_numeric(rows["score"], errors="coerce").fillna(1.0) >= _FIRED
        rows = rows.loc[sure | (rows["kind"].astype(str) != "signal")]
    names = rows["kind"].astype(str) + "." + rows["label"].astype(str)
    labels = np.array(sorted(names.unique()), dtype=object)
    place = pd.Series(np.arange(len(contacts)), index=contacts["contact_id"].astype(str).to_numpy(object))
    at = rows["contact_id"].astype(str).map(place)
    matrix = np.zeros((len(contacts), len(labels)))
    there = at.notna().to_numpy(bool)
    matrix[at[there].to_numpy(dtype=np.intp), pd.Index(labels).get_indexer(names[there].to_numpy(object))] = 1.0
    return matrix


def _chances(x: Floats, known: np.ndarray, good: np.ndarray, people: np.ndarray) -> tuple[Floats, Floats]:
    """Give the chance of all contacts, and that of answered ones by the others' answers alone."""
    fold = _folds(people)
    best: tuple[float, float, Floats] | None = None
    for strength in _STRENGTHS:
        out = np.empty(len(known))
        for k in range(_FOLDS):
            out[fold == k] = _fitted(x[known[fold != k]], good[fold != k], x[known[fold == k]], strength)
        loss = round(-float(np.log(np.where(good == 1, out, 1 - out).clip(1e-6)).mean()), 6)
        if best is None or loss < best[0]:
            best = (loss, strength, out)
    if best is None:  # no strength to choose from
        return np.full(len(x), good.mean()), np.full(len(known), good.mean())
    return _fitted(x[known], good, x, best[1]), best[2]


def _folds(people: np.ndarray) -> np.ndarray:
    """Deal whole customers into parts, by a hash of their number."""
    return (pd.util.hash_array(people.astype(np.int64)) % _FOLDS).astype(int)


def _fitted(x: Floats, good: np.ndarray, others: Floats, strength: float) -> Floats:
    """Fit the chances; coefficients are rounded, so that no last digit of a processor shows."""
    from sklearn.linear_model import LogisticRegression

    if good.min() == good.max():
        return np.full(len(others), float(good.mean()))
    model = LogisticRegression(C=strength, solver="newton-cholesky", tol=1e-10, max_iter=200).fit(x, good)
    weights = np.round(model.coef_, 6)
    return np.asarray(sigmoid(product(others, weights)[:, 0] + round(float(model.intercept_[0]), 6)))


def _means(fit: ShrunkFit, x: Floats, level: float) -> tuple[Floats, Floats, Floats]:
    value, low, high = fit.figures(np.column_stack([np.ones(len(x)), x]), level)
    return value.clip(1, 5), low.clip(1, 5), high.clip(1, 5)


def _of_all(fit: ShrunkFit, x: Floats, level: float, marks: Floats | None = None) -> tuple[float, float, float]:
    """Give the mean of some contacts: of their answers where they answered, else the predicted one."""
    from vocmine.stats import mean_interval

    if marks is not None:
        value, low, high = mean_interval(marks, level, (1.0, 5.0)).numbers
    elif not len(x):
        return (math.nan,) * 3
    else:
        weights = np.append(1.0, x.mean(axis=0))[None]
        value, low, high = (float(part[0]) for part in fit.figures(weights, level))
        value, low, high = (min(max(number, 1.0), 5.0) for number in (value, low, high))
    return round(value, _PLACES), round(low, _PLACES), round(high, _PLACES)


def _table(
    contacts: pd.DataFrame, marks: Floats, chance: Floats, means: tuple[Floats, Floats, Floats]
) -> pd.DataFrame:
    value, low, high = means
    return pd.DataFrame({
        "contact_id": contacts["contact_id"].astype(str).to_numpy(object), "is_answered": ~np.isnan(marks),
        "satisfied": chance.round(_PLACES), "mean": value.round(_PLACES), "low": low.round(_PLACES),
        "high": high.round(_PLACES),
    })
