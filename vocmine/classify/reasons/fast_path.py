"""Which texts the student may answer: those whose answer the teacher would share, as left-out predictions say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vocmine.classify.reasons.calibration import Calibration
from vocmine.classify.reasons.ridge import LeftOut
from vocmine.stats import wilson


@dataclass(frozen=True)
class FastPathParameters:
    """When the student answers: bounds that are promised, not fitted.

    Parameters
    ----------
    disagreement : float
        Upper confidence limit of the share of its answers that the teacher would not share.
    level : float
        Level of the interval (Wilson 1927) that has this limit.
    unknown_loss : float
        How much worse texts of unknown reasons may be told from others (area under the ROC curve).
    least_share : float
        Of the texts: for fewer answers the student is not worth reading every text.
    steps : int
        Shares that are tried, from the largest down.
    """

    disagreement: float = 0.0075
    level: float = 0.9
    unknown_loss: float = 0.005
    least_share: float = 0.1
    steps: int = 50


PARAMETERS = FastPathParameters()
_STEPS_OF_ONE = 100_000  # thresholds are rounded down to these: far finer than is known, and processors agree


@dataclass(frozen=True)
class LeftOutAnswers:
    """What a model says of its training texts without having seen them.

    Parameters
    ----------
    best : ndarray of int, shape (n,)
        The best reason of each.
    confidence : ndarray, shape (n,)
        The chance that it is right.
    unknown : ndarray, shape (m,)
        The same of labelled texts by fits without any text of their reason.
    """

    best: np.ndarray
    confidence: np.ndarray
    unknown: np.ndarray

    @classmethod
    def of(cls, left_out: LeftOut, calibration: Calibration, real: np.ndarray) -> LeftOutAnswers:
        """Take the real rows of left-out predictions, bool of shape (n,)."""
        parts = (left_out, left_out.unknown[0])
        confidence, unknown = (calibration.confidence(p.scores[real], p.confidence_features[real]) for p in parts)
        return cls(left_out.scores[real].argmax(axis=1), confidence, unknown)

    def unless(self, threshold: float, other: LeftOutAnswers) -> LeftOutAnswers:
        """Take the other's answers where these are less sure than a threshold."""
        mine = self.confidence >= threshold
        return LeftOutAnswers(
            np.where(mine, self.best, other.best), np.where(mine, self.confidence, other.confidence),
            np.where(self.unknown >= threshold, self.unknown, other.unknown),
        )

    def tells_unknown(self) -> float:
        """Say how well texts of unknown reasons are told from the others: the area under the ROC curve."""
        from sklearn.metrics import roc_auc_score

        known = np.repeat([1, 0], [len(self.confidence), len(self.unknown)])
        return float(roc_auc_score(known, np.r_[self.confidence, self.unknown]))


@dataclass(frozen=True)
class FastPath:
    """When the student answers, and what was found on left-out texts.

    Parameters
    ----------
    threshold : float
        Its confidence from which on its answer stands; the teacher reads the other texts.
    share : float
        Of the left-out texts that it answers.
    disagreement : float
        Share of these answers that the teacher does not share.
    """

    threshold: float
    share: float
    disagreement: float

    def stands(self, probabilities: np.ndarray) -> np.ndarray:
        """Say which answers of the student stand, bool of shape (n,): each depends on its own text alone.

        Examples
        --------
        >>> FastPath(0.8, 0.5, 0.0).stands(np.array([[0.9, 0.1], [0.5, 0.5]])).tolist()
        [True, False]
        """
        return np.asarray(probabilities.max(axis=1, initial=0) >= self.threshold)

    def is_proven(self, n: int) -> bool:
        """Say whether the disagreement found on a share of ``n`` texts is surely below the bound."""
        answered = self.share * n
        upper = wilson([self.disagreement * answered], [answered], PARAMETERS.level)[1]
        return bool(upper[0] <= PARAMETERS.disagreement)


def fit_fast_path(student: LeftOutAnswers, teacher: LeftOutAnswers) -> FastPath | None:
    """Find the largest share of texts that the student may answer, None where it is too small to be worth it.

    Parameters
    ----------
    student, teacher : LeftOutAnswers
        Of the same texts.

    Notes
    -----
    Two conditions hold on left-out texts. The upper confidence limit of how often the teacher says something else is
    below a bound, which few labels can't prove: then there is no fast path. And texts whose reason is unknown are told
    from others about as well as by the teacher alone: the student may be sure of a text only because it does not see
    what is strange about it.

    Examples
    --------
    >>> n, none = 2_000, np.linspace(0, 0.4, 2_000)
    >>> teacher = LeftOutAnswers(np.zeros(n, int), np.full(n, 0.9), none)
    >>> student = LeftOutAnswers(np.repeat([0, 1], n // 2), np.linspace(1, 0, n), none)
    >>> path = fit_fast_path(student, teacher)
    >>> round(path.share, 1), path.disagreement < 0.005
    (0.5, True)
    """
    n = len(student.best)
    sure = np.unique(np.floor(student.confidence * _STEPS_OF_ONE) / _STEPS_OF_ONE)[::-1]
    paths = [_path(float(threshold), student, teacher) for threshold in sure]
    agreed = [path for path in paths if path.share >= PARAMETERS.least_share and path.is_proven(n)]
    wanted = teacher.tells_unknown() - PARAMETERS.unknown_loss if agreed else 0.0
    for path in agreed[:: -max(1, len(agreed) // PARAMETERS.steps)]:
        if student.unless(path.threshold, teacher).tells_unknown() >= wanted:
            return path
    return None


def fast_path_of_share(student: LeftOutAnswers, teacher: LeftOutAnswers, reread: float) -> FastPath:
    """Let the student answer all but the texts that it is least sure of.

    Parameters
    ----------
    student, teacher : LeftOutAnswers
        Of the same texts.
    reread : float
        Share of the texts that the teacher reads.

    Examples
    --------
    >>> answers = LeftOutAnswers(np.zeros(10, int), np.linspace(0.1, 1, 10), np.zeros(10))
    >>> fast_path_of_share(answers, answers, 0.2).share
    0.8
    """
    threshold = float(np.quantile(student.confidence, reread, method="higher"))
    return _path(float(np.floor(threshold * _STEPS_OF_ONE) / _STEPS_OF_ONE), student, teacher)


def _path(threshold: float, student: LeftOutAnswers, teacher: LeftOutAnswers) -> FastPath:
    mine = student.confidence >= threshold
    differs = (student.best != teacher.best)[mine]
    return FastPath(threshold, round(float(mine.mean()), 6), round(float(differs.mean()) if mine.any() else 0.0, 6))
