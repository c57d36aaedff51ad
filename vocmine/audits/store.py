"""Audits on disk: with their date, and a test whether the tagger has drifted since."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import numpy as np
import pandas as pd

from vocmine import store
from vocmine.audits.audit import Audit, checked_audit
from vocmine.audits.files import FOLDER_COLUMNS, FOLDER_KIND, read_audit_folder
from vocmine.errors import AuditError


def save_audit(folder: str | os.PathLike[str], audit: Audit | pd.DataFrame, drawn_on: str | datetime.date) -> None:
    """Write a checked sample with its date. It holds ids and labels, and no text.

    Parameters
    ----------
    folder : path
        Made if missing.
    audit : Audit or DataFrame
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
    ...     load_audit(folder).table[["label", "drawn_on"]].values.tolist()
    [['y', '2026-01-31']]
    """
    table = checked_audit(audit).table
    if "label_tag" not in table:
        expected = ", ".join(FOLDER_COLUMNS[:4])
        raise AuditError("columns are missing", where="audit", got="no label_tag", expected=expected)
    day = pd.to_datetime(str(drawn_on), errors="coerce")
    if pd.isna(day):
        raise AuditError("wrong date", where="drawn_on", got=repr(drawn_on)[:20], expected="a date as 2026-01-31")
    rows = table.sort_values(["contact_id", "label"], kind="stable")
    columns: dict[str, list[str] | list[float]] = {
        name: [str(value) for value in rows[name]] for name in ("contact_id", "label_tag", "label")
    }
    columns["prob"] = [float(value) for value in rows["prob"]]
    store.save(folder, FOLDER_KIND, {"drawn_on": f"{day:%Y-%m-%d}", "columns": columns})


def load_audit(folder: str | os.PathLike[str]) -> Audit:
    """Read what `save_audit` wrote, with its date, so that `issue_costs` can tell an audit that has expired.

    Raises
    ------
    StoreError
        If the folder is missing, damaged or holds something else.
    """
    return Audit(read_audit_folder(Path(folder)))


def audit_drift(old: Audit | pd.DataFrame, new: Audit | pd.DataFrame) -> float:
    """Test whether the tagger makes more or fewer mistakes than it did: a p-value, small for a drift.

    Compares the weighted shares of right tags of two audits (a z-test with the effective sizes of Kish, Survey
    Sampling, 1965). Below 0.05 the old audit should no longer be used.

    Parameters
    ----------
    old, new : Audit or DataFrame
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
        table = checked_audit(audit).table
        weight = 1 / table["prob"].to_numpy(dtype=float)
        right = (table["label"].astype(str) == table["label_tag"].astype(str)).to_numpy(dtype=float)
        share = float(np.average(right, weights=weight))
        size = float(weight.sum() ** 2 / (weight**2).sum())
        shares.append(share)
        # Half a contact of either kind keeps a perfect audit from having no variance.
        kept = (share * size + 0.5) / (size + 1)
        variances.append(kept * (1 - kept) / size)
    return float(2 * norm.sf(abs(shares[0] - shares[1]) / np.sqrt(sum(variances))))
