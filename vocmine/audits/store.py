"""Audits on disk: with their date, and a test whether the tagger has drifted since."""

from __future__ import annotations

import datetime
import os

import numpy as np
import pandas as pd

from vocmine import store
from vocmine.audits.validation import audit_labels
from vocmine.errors import AuditError, StoreError
from vocmine.frames import require_columns

_KIND = "Audit"
_COLUMNS = ("contact_id", "label_tag", "prob", "label", "drawn_on")


def save_audit(folder: str | os.PathLike[str], audit: pd.DataFrame, drawn_on: str | datetime.date) -> None:
    """Write a checked sample with its date. It holds ids and labels, and no text.

    Parameters
    ----------
    folder : path
        Made if missing.
    audit : DataFrame
        ``contact_id, label_tag, prob, label``.
    drawn_on : str or date
        Day it was drawn.

    Raises
    ------
    AuditError
        If a column or a label is missing or the date is none.

    Examples
    --------
    >>> import tempfile
    >>> audit = pd.DataFrame({"contact_id": ["a"], "label_tag": ["x"], "prob": [0.5], "label": ["y"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_audit(folder, audit, "2026-01-31")
    ...     load_audit(folder)[["label", "drawn_on"]].values.tolist()
    [['y', '2026-01-31']]
    """
    audit_labels(audit)
    require_columns(audit, _COLUMNS[:4], "audit", AuditError)
    day = pd.to_datetime(str(drawn_on), errors="coerce")
    if pd.isna(day):
        raise AuditError("wrong date", where="drawn_on", got=repr(drawn_on)[:20], expected="a date as 2026-01-31")
    rows = audit.sort_values(["contact_id", "label"], kind="stable")
    columns: dict[str, list[str] | list[float]] = {
        name: [str(value) for value in rows[name]] for name in ("contact_id", "label_tag", "label")
    }
    columns["prob"] = [float(value) for value in rows["prob"]]
    store.save(folder, _KIND, {"drawn_on": f"{day:%Y-%m-%d}", "columns": columns})


def load_audit(folder: str | os.PathLike[str]) -> pd.DataFrame:
    """Read what `save_audit` wrote; ``drawn_on`` is a column, so that `issue_costs` can tell an audit that has expired.

    Raises
    ------
    StoreError
        If the folder is missing, damaged or holds something else.
    """
    params = store.load(folder, _KIND).params
    try:
        return pd.DataFrame({**params["columns"], "drawn_on": params["drawn_on"]})[list(_COLUMNS)]
    except (KeyError, TypeError, ValueError):
        raise StoreError("the audit is damaged", where=str(folder)) from None


def audit_drift(old: pd.DataFrame, new: pd.DataFrame) -> float:
    """Test whether the tagger makes more or fewer mistakes than it did: a p-value, small for a drift.

    Compares the weighted shares of right tags of two audits (a z-test with the effective sizes of Kish, Survey
    Sampling, 1965). Below 0.05 the old audit should no longer be used.

    Parameters
    ----------
    old, new : DataFrame
        Audits: ``label_tag, prob, label``.

    Returns
    -------
    float
        Two-sided p-value.

    Examples
    --------
    >>> old = pd.DataFrame({"contact_id": range(200), "label_tag": "x", "prob": 0.1, "label": ["x"] * 180 + ["y"] * 20})
    >>> new = old.assign(label=["x"] * 130 + ["y"] * 70)
    >>> audit_drift(old, old), audit_drift(old, new) < 0.001
    (1.0, True)
    """
    from scipy.stats import norm

    shares, variances = [], []
    for audit in (old, new):
        audit_labels(audit)
        weight = 1 / audit["prob"].to_numpy(dtype=float)
        right = (audit["label"].astype(str) == audit["label_tag"].astype(str)).to_numpy(dtype=float)
        share = float(np.average(right, weights=weight))
        size = float(weight.sum() ** 2 / (weight**2).sum())
        shares.append(share)
        # Half a contact of either kind keeps a perfect audit from having no variance.
        kept = (share * size + 0.5) / (size + 1)
        variances.append(kept * (1 - kept) / size)
    return float(2 * norm.sf(abs(shares[0] - shares[1]) / np.sqrt(sum(variances))))
