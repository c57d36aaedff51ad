"""How far tags can be trusted: hand-checked labels against tags, with intervals, as frames and figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from vocmine.audits.audit import Audit
from vocmine.errors import AuditError, SettingsError
from vocmine.frames import UNKNOWN

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True)
class Evaluation:
    """Tags against the truth.

    Parameters
    ----------
    overall : DataFrame
        A row a figure: ``figure`` (accuracy, coverage, accuracy_covered, macro_f1, calibration_error), ``value``,
        ``low``, ``high``, ``n``.
    reasons : DataFrame
        A row a reason: ``label, n_true, n_tagged`` and ``precision, recall, f1`` each with ``_low`` and ``_high``.
    confusion : DataFrame
        Contacts by true label (rows) and tagged label (columns).
    calibration : DataFrame
        Bins with equally many contacts: ``score`` (mean), ``right`` (share), ``low``, ``high``, ``n``.
    coverage : DataFrame
        ``threshold``, ``coverage`` (share of contacts with a score at least that) and ``precision`` (of these).
    level : float
        Of the intervals.
    """

    overall: pd.DataFrame
    reasons: pd.DataFrame
    confusion: pd.DataFrame
    calibration: pd.DataFrame
    coverage: pd.DataFrame
    level: float

    def confused(self, top: int = 10) -> pd.DataFrame:
        """Give the pairs of reasons mistaken for each other most: ``true, tagged, n``."""
        long = self.confusion.rename_axis(index="true", columns="tagged").reset_index().melt("true", value_name="n")
        wrong = long[(long["true"] != long["tagged"]) & (long["n"] > 0)]
        wrong = wrong.sort_values(["n", "true", "tagged"], ascending=[False, True, True])
        return wrong.head(top).reset_index(drop=True)

    def figures(self, lang: str = "en") -> dict[str, go.Figure]:
        """Give plotly figures by name: calibration, coverage, reasons, confusion; titles in ``en`` or ``ja``."""
        from vocmine.audits.figures import evaluation_figures

        return evaluation_figures(self, lang)


def evaluate(y: Any, tags: pd.DataFrame, *, level: float = 0.95, bins: int = 10) -> Evaluation:
    """Hold tags against hand-checked labels.

    A contact counts by its likeliest reason; it is right where that is one of its true reasons.

    Parameters
    ----------
    y : Audit, Series or DataFrame
        True labels: an `Audit`, a Series of labels (or of lists of labels) indexed by contact_id, or a frame with
        ``contact_id``, ``label`` and, where the contacts were drawn by `sample_audit`, ``prob``: rows then count by
        1 / prob. Contacts without a label are passed over; a contact in several rows has all their labels.
    tags : DataFrame
        Tags; ``contact_id``, ``label`` and ``score`` are read, reasons only where ``kind`` is there.
    level : float
        Of the intervals (Wilson's score interval, with the effective n where rows count differently).
    bins : int
        Of the calibration curve.

    Raises
    ------
    AuditError
        If no contact is in both, columns are missing, or a probability is not above 0 and at most 1.
    SettingsError
        If ``level`` or ``bins`` make no sense.

    Examples
    --------
    >>> tags = pd.DataFrame({"contact_id": ["a", "b", "c"], "label": ["x", "x", "y"], "score": [0.9, 0.6, 0.8]})
    >>> result = evaluate(pd.Series({"a": "x", "b": "y", "c": "y"}), tags)
    >>> result.overall.set_index("figure").loc["accuracy", ["value", "n"]].round(2).tolist()
    [0.67, 3.0]
    """
    if not 0 < level < 1 or bins < 1:
        raise SettingsError("level lies between 0 and 1, and there is 1 bin or more", where="evaluate",
                            got=f"level={level}, bins={bins}")
    frame = _joined(y, tags)
    weight = frame["weight"].to_numpy()
    return Evaluation(
        overall=_overall(frame, level, bins),
        reasons=_reasons(frame, level),
        confusion=pd.crosstab(frame["true"], frame["label"], weight, aggfunc="sum").fillna(0.0),
        calibration=_calibration(frame, level, bins),
        coverage=_coverage(frame),
        level=level,
    )


def wilson(share: Any, n: Any, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Give Wilson's interval of shares (Wilson 1927); 0 to 1 where n is 0.

    Examples
    --------
    >>> [round(float(x), 3) for x in wilson(0.5, 10)]
    [0.237, 0.763]
    """
    from scipy.stats import norm

    share, n = np.nan_to_num(np.asarray(share, dtype=float), nan=0.5), np.asarray(n, dtype=float)
    z2 = float(norm.ppf((1 + level) / 2)) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (share + z2 / (2 * n)) / (1 + z2 / n)
        half = np.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    none = n <= 0
    return np.where(none, 0.0, np.clip(middle - half, 0, 1)), np.where(none, 1.0, np.clip(middle + half, 0, 1))


def _joined(y: Any, tags: pd.DataFrame) -> pd.DataFrame:
    """Join truth and the likeliest tag of each contact: contact_id, label, score, true, right, weight."""
    if not isinstance(tags, pd.DataFrame) or not {"contact_id", "label", "score"} <= set(tags.columns):
        raise AuditError("not a tags frame", where="evaluate", expected="columns contact_id, label, score")
    truth = _truth(y)
    rows = tags[tags["kind"].astype(str) == "reason"] if "kind" in tags.columns else tags
    rows = rows.sort_values(["contact_id", "score", "label"], ascending=[True, False, True], kind="stable")
    rows = rows.drop_duplicates("contact_id")[["contact_id", "label", "score"]]
    rows = rows.assign(contact_id=rows["contact_id"].astype(str), label=rows["label"].astype(str))
    frame = rows.merge(truth, on="contact_id", how="inner")
    if frame.empty:
        raise AuditError("no contact has both a tag and a checked label", where="evaluate",
                         got=f"{len(truth)} labels, {len(rows)} tagged contacts", hint="compare their contact_id")
    sets = frame["true"].tolist()
    frame["right"] = [label in labels for label, labels in zip(frame["label"], sets, strict=True)]
    frame["true"] = [a if a in labels else labels[0] for a, labels in zip(frame["label"], sets, strict=True)]
    return frame


def _truth(y: Any) -> pd.DataFrame:
    y = y.table if isinstance(y, Audit) else y
    if isinstance(y, pd.Series):
        y = pd.DataFrame({"contact_id": y.index, "label": y.to_numpy()})
    if not isinstance(y, pd.DataFrame) or not {"contact_id", "label"} <= set(y.columns):
        raise AuditError("the true labels don't say which contact they are of", where="evaluate", got=type(y).__name__,
                         expected="a Series indexed by contact_id, or a frame with contact_id and label")
    sets: dict[str, tuple[str, ...]] = {}
    for contact, label in zip(y["contact_id"].astype(str), y["label"], strict=True):
        given = label if isinstance(label, list | tuple | set | np.ndarray) else [label]
        known = [str(x) for x in sorted(given, key=str) if isinstance(x, str) or not pd.isna(x)]
        sets[contact] = tuple(dict.fromkeys((*sets.get(contact, ()), *(x for x in known if x.strip()))))
    weight = _weights(y).groupby(y["contact_id"].astype(str).to_numpy()).first()
    frame = pd.DataFrame({"contact_id": list(sets), "true": pd.Series(list(sets.values()), dtype=object)})
    frame["weight"] = weight.reindex(frame["contact_id"]).to_numpy()
    return frame[[len(labels) > 0 for labels in frame["true"]]]


def _weights(y: pd.DataFrame) -> pd.Series:
    """Give what each row counts: 1 / prob where there is one."""
    if "prob" not in y.columns:
        return pd.Series(1.0, index=range(len(y)))
    prob = y["prob"].to_numpy(dtype=float, na_value=np.nan)
    wrong = np.flatnonzero(~((prob > 0) & (prob <= 1)))
    if len(wrong):
        raise AuditError("a probability of being drawn is missing or not above 0 and at most 1", where="evaluate, prob",
                         got=f"{prob[wrong[0]]} in row {wrong[0] + 1}, {len(wrong)} such rows",
                         hint="keep the column prob as sample_audit gave it")
    return pd.Series(1 / prob)


def _rate(good: np.ndarray, weight: np.ndarray, level: float) -> tuple[float, float, float, float]:
    """Give weighted share, low, high and the effective n (Kish 1965)."""
    total = float(weight.sum())
    if total <= 0:
        return float("nan"), 0.0, 1.0, 0.0
    share, n = float(weight @ good) / total, total**2 / float(weight @ weight)
    low, high = wilson(share, n, level)
    return share, float(low), float(high), n


def _overall(frame: pd.DataFrame, level: float, bins: int) -> pd.DataFrame:
    weight, right = frame["weight"].to_numpy(), frame["right"].to_numpy(dtype=float)
    known = (frame["label"] != UNKNOWN).to_numpy()
    rows = [("accuracy", *_rate(right, weight, level)), ("coverage", *_rate(known.astype(float), weight, level)),
            ("accuracy_covered", *_rate(right[known], weight[known], level))]
    f1 = _reasons(frame, level)
    mean = {c: float(f1[c].mean()) for c in ("f1", "f1_low", "f1_high")}
    rows.append(("macro_f1", mean["f1"], mean["f1_low"], mean["f1_high"], float(len(frame))))
    curve = _calibration(frame, level, bins)
    error = float((curve["n"] * (curve["score"] - curve["right"]).abs()).sum() / max(curve["n"].sum(), 1))
    rows.append(("calibration_error", error, float("nan"), float("nan"), float(known.sum())))
    return pd.DataFrame(rows, columns=["figure", "value", "low", "high", "n"])


def _reasons(frame: pd.DataFrame, level: float) -> pd.DataFrame:
    labels = sorted({*frame["true"], *frame["label"]} - {UNKNOWN})
    true, tagged, weight = (frame[c].to_numpy() for c in ("true", "label", "weight"))
    rows = []
    for label in labels:
        is_true, is_tagged = true == label, tagged == label
        both = (is_true & is_tagged).astype(float)
        precision = _rate(both[is_tagged], weight[is_tagged], level)
        recall = _rate(both[is_true], weight[is_true], level)
        either = is_true | is_tagged
        overlap = _rate(both[either], weight[either], level)
        f1 = [2 * j / (1 + j) for j in overlap[:3]]  # F1 is a rising function of the overlap (Jaccard) share
        rows.append((label, int(is_true.sum()), int(is_tagged.sum()), *precision[:3], *recall[:3], *f1))
    names = [f"{m}{end}" for m in ("precision", "recall", "f1") for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=["label", "n_true", "n_tagged", *names])


def _calibration(frame: pd.DataFrame, level: float, bins: int) -> pd.DataFrame:
    known = frame[(frame["label"] != UNKNOWN) & frame["score"].notna()]
    known = known.sort_values(["score", "contact_id"], kind="stable")
    rows = []
    for part in np.array_split(np.arange(len(known)), min(bins, max(len(known), 1))):
        piece = known.iloc[part]
        if len(piece):
            share, low, high, _ = _rate(piece["right"].to_numpy(dtype=float), piece["weight"].to_numpy(), level)
            rows.append((float(np.average(piece["score"], weights=piece["weight"])), share, low, high, len(piece)))
    return pd.DataFrame(rows, columns=["score", "right", "low", "high", "n"])


def _coverage(frame: pd.DataFrame) -> pd.DataFrame:
    known = frame[(frame["label"] != UNKNOWN) & frame["score"].notna()]
    known = known.sort_values(["score", "contact_id"], ascending=[False, True], kind="stable")
    weight = known["weight"].to_numpy()
    kept = np.cumsum(weight)
    good = np.cumsum(weight * known["right"].to_numpy(dtype=float))
    share = kept / frame["weight"].sum()
    out = pd.DataFrame({"threshold": known["score"].to_numpy(), "coverage": share, "precision": good / kept})
    return out.drop_duplicates("threshold", keep="last").reset_index(drop=True)
