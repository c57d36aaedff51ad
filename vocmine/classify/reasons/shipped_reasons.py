"""Chances of the shipped reasons from the words, the patterns and the mood of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from vocmine.classify.reasons.calibration import with_best
from vocmine.classify.reasons.linear import LinearModel, shipped_model
from vocmine.classify.reasons.patterns import PATTERN_CONFIDENCE, Found
from vocmine.classify.sentiment.pretrained import Judged
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.linalg import log, sigmoid, softmax

_PRAISE = "service.praise"
# what follows the words of an agent's own doing, as in 解約書類の発送手配: it is the answer, not the matter
_AGENT_DOES = re.compile(
    r"[^、。.\n!?]{0,8}?(?:ご?案内|ご?説明|ご?回答|手配|処理|送付|発行|受付|登録)(?:し(?!て)|済|の上|いた|予定|[、。\s]|$)"
)
# a noun before another one that the predicate is said of, as in クーポン利用の荷物が届かない
_MODIFIES = re.compile(r"(?<![ぁ-ん])[^\sぁ-んa-zA-Z、。.!?]{0,4}の[^\s、。.!?ぁ-ん]{1,8}(?:が|も|は)")


@dataclass(frozen=True)
class ShippedParameters:
    """How the evidence is put together.

    The first two: ``scripts/build_reason_model.py --tune``; the others were chosen on development texts of twelve
    trades, which are longer and clearer than the sentences that were learned from.

    Parameters
    ----------
    temperature : float
        Divides the scores of the model.
    pattern, hint : float
        How many times likelier a reason is whose pattern, or wider pattern, matched.
    mood, most_mood : float
        Weight of the log odds of a good mood for praise, and the most that it adds or takes off.
    confidence : float
        Added to the log odds of the best reason.
    threshold : tuple of float
        Slope and intercept of the confidence from which on a wanted precision is reached.
    usual_unknown : float
        Share of contacts without a reason at which nothing is added to the chance of none.
    several : float
        How many times likelier than not a matched reason is beside others.
    """

    temperature: float = 0.8
    pattern: float = 6.0
    hint: float = 2.0
    mood: float = 1.0
    most_mood: float = 4.0
    confidence: float = 0.4
    threshold: tuple[float, float] = (2.5, -1.615)
    usual_unknown: float = 0.02
    several: float = 10.0


PARAMETERS = ShippedParameters()


@dataclass(frozen=True)
class ShippedReasons:
    """The shipped reasons with no labels.

    Parameters
    ----------
    model : LinearModel
        What words and characters say.
    threshold : float
        Confidence below which no reason is named.
    none_odds : float
        Added to the log odds of none of the reasons.
    failures : tuple of int
        Columns of the reasons that something went wrong: with a good mood and no pattern of any they are unlikely.
    """

    model: LinearModel
    threshold: float
    none_odds: float
    failures: tuple[int, ...]

    def read(
        self, texts: list[str], terms: list[str] | None, found: Found, mood: np.ndarray | None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give the probability of each reason, the same if it were surely one of them, and that of none.

        Parameters
        ----------
        texts : list of str
            Clean texts without courtesies.
        terms : list of str or None
            Their words; see `LinearModel.scores`.
        found : dict
            Matches of the patterns.
        mood : ndarray, shape (n,), optional
            As `praise_odds` gives it.
        """
        k = len(self.model.classes)
        if not texts:
            return np.zeros((0, k)), np.zeros((0, k)), np.empty(0)
        scores = self.model.scores(texts, terms) / PARAMETERS.temperature
        for (row, reason), (_, end, certain) in found.items():
            scores[row, reason] += _PATTERN if certain >= PATTERN_CONFIDENCE and _is_main(texts[row], end) else _HINT
        scores[:, k] += self.none_odds
        if mood is not None:
            scores[:, self.model.classes.index(_PRAISE)] += mood
            failing = list(self.failures)
            told = {row for row, reason in found if reason in self.failures}
            glad = np.array([0.0 if row in told else max(lead, 0.0) for row, lead in enumerate(mood)])
            scores[:, failing] -= glad[:, None]
        chances = softmax(scores)
        reasons = chances[:, :k] / np.maximum(chances[:, :k].sum(axis=1, keepdims=True), 1e-12)
        best = np.clip(chances[:, :k].max(axis=1), 1e-6, 1 - 1e-6)
        confidence = sigmoid(log(best) - log(1 - best) + PARAMETERS.confidence)
        return with_best(reasons, confidence), reasons, chances[:, k]

    def beside_others(self, scores: np.ndarray, found: Found) -> np.ndarray:
        """Raise matched reasons as if each stood alone, so that a text may have several: shape (n, k)."""
        out = scores.copy()
        for (row, reason), (_, _, confidence) in found.items():
            if confidence >= PATTERN_CONFIDENCE:
                chance = scores[row, reason]
                times = PARAMETERS.several
                out[row, reason] = chance * times / (chance * times + 1 - chance)
        return out


def _is_main(text: str, end: int) -> bool:
    """Say whether the words before a place are what the sentence is about."""
    return not (_AGENT_DOES.match(text, end) or _MODIFIES.match(text, end))


def shipped_reasons(precision: float, unknown_share: float) -> ShippedReasons:
    """Give them for a wanted precision and an expected share of contacts without a reason.

    Examples
    --------
    >>> shipped_reasons(0.8, 0.02).threshold < shipped_reasons(0.95, 0.02).threshold
    True
    """
    slope, intercept = PARAMETERS.threshold
    share = min(max(unknown_share, 1e-3), 1 - 1e-3)
    usual = PARAMETERS.usual_unknown
    odds = np.log(share / (1 - share)) - np.log(usual / (1 - usual))
    threshold = min(max(slope * precision + intercept, 0.05), 0.99)
    model, demand = shipped_model(), Taxonomy.default().demand()
    failures = tuple(column for column, reason in enumerate(model.classes) if demand.get(reason) == "failure")
    return ShippedReasons(model, round(threshold, 6), round(float(odds), 6), failures)


def praise_odds(judged: Judged) -> np.ndarray:
    """Say how much likelier praise is by the mood of each text, in logarithms.

    Examples
    --------
    >>> from vocmine.classify.sentiment.pretrained import judge
    >>> good, bad = praise_odds(judge(["とても満足です", "電話がつながらない"]))
    >>> good > 0 > bad
    np.True_
    """
    chances = log(np.clip(judged.proba, 1e-3, 1.0))
    lead = chances[:, 2] - np.maximum(chances[:, 0], chances[:, 1])
    return np.asarray(np.clip(PARAMETERS.mood * lead, -PARAMETERS.most_mood, PARAMETERS.most_mood))


_PATTERN = float(np.log(PARAMETERS.pattern))
_HINT = float(np.log(PARAMETERS.hint))
