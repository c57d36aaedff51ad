"""Compare two periods: the words, the mix of reasons, how sure the tags are."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from vocmine.audits.words import LANGS, words
from vocmine.errors import SettingsError
from vocmine.frames import rows_of_kind

_LEAST = {"words": 0.1, "reasons": 0.1, "confidence": 0.1}  # effects below these are too small to matter
_WORDS = 500  # most frequent words of both periods that are compared


def drift(before: pd.DataFrame, after: pd.DataFrame, *, alpha: float = 0.01) -> pd.DataFrame:
    """Compare two periods and say in a sentence what has changed.

    Parameters
    ----------
    before, after : DataFrame
        Tags of two periods (``label``, ``score``; reasons only where ``kind`` is there), and / or analysed contacts
        (``terms``): what both have is compared.
    alpha : float
        A change is called one where the p-value, adjusted for the number of tests (Holm 1979), is lower, and the
        effect is large enough to matter.

    Returns
    -------
    DataFrame
        A row each of ``words``, ``reasons``, ``confidence`` that could be compared: ``what, n_before, n_after,
        effect`` (Cramér's V; for confidence the Kolmogorov-Smirnov distance), ``p_adjusted, changed, ja, en``.

    Raises
    ------
    SettingsError
        If the frames have nothing to compare, a period has no rows, or ``alpha`` is no probability.

    Examples
    --------
    >>> old = pd.DataFrame({"label": ["a"] * 80 + ["b"] * 20, "score": 0.8})
    >>> new = pd.DataFrame({"label": ["a"] * 40 + ["b"] * 60, "score": 0.8})
    >>> drift(old, new).set_index("what")["changed"].to_dict()
    {'reasons': True, 'confidence': False}
    """
    if not 0 < alpha < 1:
        raise SettingsError("alpha lies between 0 and 1", where="drift", got=str(alpha))
    old, new = _reasons_only(before, "before"), _reasons_only(after, "after")
    shared = set(old.columns) & set(new.columns)
    rows = []
    if "terms" in shared:
        rows.append(_counted("words", _words(old["terms"]), _words(new["terms"]), len(old), len(new)))
    if "label" in shared:
        rows.append(_counted("reasons", Counter(old["label"]), Counter(new["label"]), len(old), len(new)))
    if "score" in shared:
        rows.append(_confidence(_numbers(old["score"]), _numbers(new["score"])))
    if not rows:
        raise SettingsError("the two frames have nothing to compare", where="drift",
                            expected="label and score, or terms")
    table = pd.DataFrame(rows)
    table["p_adjusted"] = _holm(table.pop("p"))
    table["changed"] = (table["p_adjusted"] < alpha) & (table["effect"] >= table["what"].map(_LEAST))
    for lang in LANGS:
        table[lang] = [_sentence(row, lang) for row in table.to_dict("records")]
    return table[["what", "n_before", "n_after", "effect", "p_adjusted", "changed", "ja", "en"]]


def _sentence(row: dict[Any, Any], lang: str) -> str:
    sentences = words()["drift"][row["what"]]
    return str(sentences["changed" if row["changed"] else "same"][lang]).format(**row["details"])


def _reasons_only(frame: Any, which: str) -> pd.DataFrame:
    if not isinstance(frame, pd.DataFrame):
        raise SettingsError("a period is a frame", where=f"drift, {which}", got=type(frame).__name__,
                            expected="tags (label, score) or analysed contacts (terms)")
    rows = rows_of_kind(frame)
    if rows.empty:
        raise SettingsError("a period has no rows", where=f"drift, {which}", got=f"{len(frame)} rows, none of a reason")
    return rows


def _words(terms: pd.Series) -> Counter[str]:
    """Count the contacts each word is in, not how often it occurs."""
    return Counter(word for text in terms for word in set(str(text).split()))


def _counted(what: str, old: Counter[str], new: Counter[str], n_old: int, n_new: int) -> dict[str, Any]:
    """Test two distributions over labels or words by chi-squared; rare ones are put together."""
    from scipy.stats import chi2_contingency

    both = old + new
    names = [name for name, _ in sorted(both.items(), key=lambda item: (-item[1], item[0]))[:_WORDS]]
    table = np.array([[old[x] for x in names], [new[x] for x in names]], dtype=float)
    rare = table.sum(axis=0) < 10
    table = np.column_stack([table[:, ~rare], table[:, rare].sum(axis=1)])
    table = table[:, table.sum(axis=0) > 0]
    share = [table[i] / max(table[i].sum(), 1) for i in range(2)]
    change = {x: new[x] / max(n_new, 1) - old[x] / max(n_old, 1) for x in names}
    ranked = sorted(change, key=lambda x: (-change[x], x))
    details = {"more": _listed([x for x in ranked[:3] if change[x] > 0]),
               "less": _listed([x for x in ranked[::-1][:3] if change[x] < 0])}
    p = float(chi2_contingency(table).pvalue) if table.shape[1] > 1 and table.sum(axis=1).all() else 1.0
    mean = (share[0] + share[1]) / 2
    effect = float(np.sqrt((((share[0] - mean) ** 2 + (share[1] - mean) ** 2) / (2 * mean)).sum()))
    return {"what": what, "n_before": n_old, "n_after": n_new, "effect": effect, "p": p, "details": details}


def _confidence(old: np.ndarray, new: np.ndarray) -> dict[str, Any]:
    from scipy.stats import ks_2samp

    old, new = old[~np.isnan(old)], new[~np.isnan(new)]
    if not len(old) or not len(new):
        effect, p = 0.0, 1.0
    else:
        test = ks_2samp(old, new, method="asymp")
        effect, p = float(test.statistic), float(test.pvalue)
    details = {"before": float(old.mean()) if len(old) else 0.0, "after": float(new.mean()) if len(new) else 0.0}
    sizes = {"n_before": len(old), "n_after": len(new)}
    return {"what": "confidence", **sizes, "effect": effect, "p": p, "details": details}


def _numbers(score: pd.Series) -> np.ndarray:
    return np.asarray(score.to_numpy(dtype=float, na_value=np.nan))


def _listed(names: list[str]) -> str:
    return ", ".join(names) if names else "-"


def _holm(p: pd.Series) -> np.ndarray:
    from statsmodels.stats.multitest import multipletests

    return np.asarray(multipletests(p.to_numpy(), method="holm")[1])
