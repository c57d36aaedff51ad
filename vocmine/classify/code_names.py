"""Which reason an agent's code names, by its words alone: read as a text, and likened to the names of reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from vocmine.audits.codes.code_words import code_key, code_levels
from vocmine.linalg import cosines, unit_rows

if TYPE_CHECKING:
    from vocmine.classify.reasons.classifier import ReasonClassifier

_SAME = 0.8  # cosine from which the words are a name of the reason
_GROUP = 0.9  # likewise of a group: shorter names, so nearly the same word
_LEAST, _KEPT = 0.05, 5  # chances worth telling, and how many of a code
_SURE = 0.3  # chance from which a reading says something
_ASKED = re.compile(
    r"(?:の|に関する|についての)?"
    r"(?:お?問い?合わ?せ|照会|質問|相談|受付|手続き?|依頼|希望|確認|案内|について|の件)$"
    r"|\s+(?:inquir(?:y|ies)|enquir(?:y|ies)|questions?|requests?|query|queries|help|issues?|problems?)$"
)
_WIDE = ("関連", "関係", "について", "全般", "系", "に関する問合せ", "問合せ", " related", " issues", " general")


def name_codes(codes: Sequence[str], classifier: ReasonClassifier | None = None) -> pd.DataFrame:
    """Say which reasons the words of codes name, and how surely.

    The words of a code are read as the text of a contact is: its last level, all of them, and the last level without
    what only says that something was asked. A reason counts the less, the nearer the words are to the name of another.

    Parameters
    ----------
    codes : sequence of str
        Codes as agents choose them.
    classifier : ReasonClassifier, optional
        With the list of reasons; the shipped one if None.

    Returns
    -------
    DataFrame
        ``code, reason`` (of the list, or a group of it), ``score`` (0 to 1), the surest first for each code; none for
        a code without words.

    Examples
    --------
    >>> found = name_codes(["A-3 解約", "料金＞請求＞二重", "1001", "料金・請求"])
    >>> found.drop_duplicates("code")[["code", "reason"]].values.tolist()
    [['A-3 解約', 'contract.cancel'], ['料金＞請求＞二重', 'billing.double_charge'], ['料金・請求', 'billing']]
    """
    if classifier is None:
        from vocmine.classify.reasons.classifier import ReasonClassifier

        classifier = ReasonClassifier()
    levels = [code_levels(code) for code in codes]
    worded = [i for i, words in enumerate(levels) if words]
    if not worded:
        return pd.DataFrame({"code": [], "reason": [], "score": []}).astype({"code": str, "reason": str})
    last, whole = [levels[i][-1] for i in worded], ["・".join(levels[i]) for i in worded]
    score = _together(_likely(last, classifier), _likely(whole, classifier))
    score = (score + _likely([_ASKED.sub("", words) or words for words in last], classifier)) / 2
    groups = _groups(last, classifier)
    reasons = list(map(str, classifier.classes_))
    rows: list[tuple[str, str, float]] = []
    for place, i in enumerate(worded):
        best = np.argsort(-score[place], kind="stable")[:_KEPT]
        found = [(reasons[at], float(score[place, at])) for at in best if score[place, at] >= _LEAST]
        named = [(group, float(likeness)) for group, likeness in groups[place] if likeness >= _GROUP]
        if named and not (found and found[0][1] >= named[0][1]):
            found = [*named, *found]
        rows += [(codes[i], reason, round(value, 4)) for reason, value in found]
    return pd.DataFrame(rows, columns=["code", "reason", "score"])


def _together(last: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Take the surer reading of each code; where both are sure and differ, neither is believed."""
    differ = (last.argmax(axis=1) != whole.argmax(axis=1)) & (np.minimum(last.max(axis=1), whole.max(axis=1)) >= _SURE)
    return np.asarray(np.where(differ[:, None], (last + whole) / 2, np.maximum(last, whole)), dtype=float)


def _likely(words: list[str], classifier: ReasonClassifier) -> np.ndarray:
    """Give the chance of each reason, less where its name is less like the words than that of another."""
    chance = np.asarray(classifier.predict_proba(words), dtype=float)
    taxonomy, ids = classifier.taxonomy_, list(map(str, classifier.classes_))
    known = [(at, text) for at, reason in enumerate(ids) if reason in taxonomy for text in _texts(taxonomy[reason])]
    vectors = unit_rows(classifier.encoder_.encode([text for _, text in known]))
    each = np.asarray(cosines(unit_rows(classifier.encoder_.encode(words)), vectors), dtype=float)
    like = np.full(chance.shape, 1e-6)
    for column, (at, _) in enumerate(known):
        like[:, at] = np.maximum(like[:, at], each[:, column])
    top = like.max(axis=1, keepdims=True)
    named = np.where((like == top) & (like >= _SAME), like, 0.0)
    return np.asarray(np.maximum(chance * np.clip(like / top, 0.0, 1.0), named), dtype=float)


def _texts(reason: Any) -> list[str]:
    return [*reason.names.values(), *reason.descriptions.values()]


def _groups(words: list[str], classifier: ReasonClassifier) -> list[list[tuple[str, float]]]:
    """Give the groups of the list with how much the words are their names, the likest first."""
    taxonomy = classifier.taxonomy_
    above = [reason for reason in taxonomy.reasons if reason.id not in taxonomy.leaves]
    if not above:
        return [[] for _ in words]
    known = [(reason.id, name) for reason in above for name in reason.names.values()]
    plain = [_narrow(word) for word in words]
    vectors = unit_rows(classifier.encoder_.encode([_narrow(name) for _, name in known]))
    each = np.asarray(cosines(unit_rows(classifier.encoder_.encode(plain)), vectors), dtype=float)
    out = []
    for row in each:
        best: dict[str, float] = {}
        for (group, _), value in zip(known, row, strict=True):
            best[group] = max(best.get(group, 0.0), min(float(value), 1.0))
        out.append(sorted(best.items(), key=lambda pair: (-pair[1], pair[0])))
    return out


def _narrow(words: str) -> str:
    """Leave out what says that a code is wide, as in 配送関連."""
    key = code_key(words)
    return next((key.removesuffix(end) for end in _WIDE if key.endswith(end) and key != end.strip()), key)
