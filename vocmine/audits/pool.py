"""Audits of several dates as one: those that still hold are pooled, weighted for all chances to be drawn."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from vocmine.audits.audit import EXPIRES_DAYS, Audit, checked_audit
from vocmine.audits.store import audit_drift, load_audit
from vocmine.errors import AuditError, StoreError
from vocmine.frames import main_reasons, require_columns

KEPT, EXPIRED, DRIFTED, GONE, OTHER_TAGS = "kept", "expired", "drifted", "gone", "other tags"


@dataclass(frozen=True)
class AuditRecord:
    """What became of one of several audits.

    Parameters
    ----------
    drawn_on : str
        Day it was drawn, ``YYYY-MM-DD``.
    n : int
        Contacts it holds.
    status : str
        ``kept``, ``expired``, ``drifted``, ``gone``, ``other tags``; ``ended`` where none of them holds.
    p : float, optional
        p-value of its mistakes against those of the newest, see `audit_drift`.
    """

    drawn_on: str
    n: int
    status: str
    p: float | None = None


@dataclass(frozen=True, eq=False)
class PooledAudits:
    """Audits of several dates as one.

    Parameters
    ----------
    audit : Audit
        What still holds, for `vocmine.cost.issue_costs`.
    records : tuple of AuditRecord
        What became of each, oldest first.
    """

    audit: Audit
    records: tuple[AuditRecord, ...]


def load_audits(home: str | os.PathLike[str]) -> list[Audit]:
    """Read all audits that `save_audit` wrote into folders of a folder, oldest first.

    Raises
    ------
    StoreError
        If there is no such folder, or an audit is damaged.

    Examples
    --------
    >>> import tempfile
    >>> from vocmine.audits import save_audit
    >>> audit = pd.DataFrame({"contact_id": ["a"], "label_tag": ["x"], "prob": [0.5], "label": ["y"]})
    >>> with tempfile.TemporaryDirectory() as home:
    ...     for day in ("2026-02-28", "2026-01-31"):
    ...         save_audit(f"{home}/{day}", audit, day)
    ...     [found.drawn_on for found in load_audits(home)]
    ['2026-01-31', '2026-02-28']
    """
    if not Path(home).is_dir():
        raise StoreError("no such folder", where=str(home), expected="a folder of audits, one a folder")
    found = [load_audit(folder) for folder in sorted(Path(home).iterdir()) if folder.is_dir()]
    return sorted(found, key=lambda audit: str(audit.drawn_on))


def pool_audits(
    audits: Sequence[Audit | pd.DataFrame],
    contacts: pd.DataFrame,
    tags: pd.DataFrame | None = None,
    *,
    days: int = EXPIRES_DAYS,
    drift_p: float = 0.05,
) -> PooledAudits:
    """Pool audits drawn at several dates into one that `issue_costs` takes.

    An audit is left out if it is older than `days`, if the tagger makes more or fewer mistakes in it than in the newest
    (`audit_drift` below `drift_p`), or if it was drawn for other tags. A contact that more than one audit could have
    drawn, as its time lies in the time of both, counts for each by their sizes, so that it is neither counted twice nor
    lost (multiplicity weights for samples from overlapping frames: Mecatti, Survey Methodology 33, 2007).

    Parameters
    ----------
    audits : sequence of Audit or DataFrame
        Each with ``contact_id, label_tag, prob, label, drawn_on``.
    contacts : DataFrame
        The contacts to be costed, with ``created_at``: checked ones that are not among them are left out.
    tags : DataFrame, optional
        The tags to be costed; with them, audits drawn for other tags are told apart.
    days : int
        How many days after its date an audit holds.
    drift_p : float
        Below this p-value an audit no longer agrees with the newest.

    Returns
    -------
    PooledAudits
        The audit, with ``contact_id, label_tag, prob, label, drawn_on``, and a record of each that was handed in.

    Raises
    ------
    AuditError
        If there is none, a date is missing, none holds any more, or two of one day differ in the answer for a contact.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "created_at": pd.to_datetime(
    ...     ["2026-01-05", "2026-01-06", "2026-02-05", "2026-02-06"], utc=True)})
    >>> january, february = (pd.DataFrame({"contact_id": [i], "label_tag": "x", "prob": 0.5, "label": "x",
    ...     "drawn_on": day}) for i, day in (("a", "2026-01-31"), ("c", "2026-02-28")))
    >>> pool_audits([january, february], contacts).audit.table[["contact_id", "prob"]].values.tolist()
    [['a', 0.5], ['c', 0.5]]
    """
    if not audits:
        raise AuditError("there is no audit to pool", where="audits", hint="draw one with sample_audit")
    dated = sorted((_dated(audit) for audit in audits), key=lambda audit: audit["drawn"].min())
    _check_one_answer(dated)
    times = pd.Series(
        pd.to_datetime(contacts["created_at"], utc=True).to_numpy(), index=contacts["contact_id"].astype(str)
    )
    main = None if tags is None else main_reasons(tags.assign(contact_id=tags["contact_id"].astype(str)))
    last = pd.to_datetime(contacts["created_at"], utc=True).max()
    records, kept = [], []
    newest = dated[-1]
    for audit in dated:
        here = audit[audit["contact_id"].isin(times.index)]
        p = 1.0 if audit is newest else audit_drift(audit, newest)
        status = _status(audit, here, last - pd.Timedelta(days=days), main)
        status = DRIFTED if status == KEPT and p < drift_p else status
        drawn_on = f"{audit['drawn'].min():%Y-%m-%d}"
        records.append(AuditRecord(drawn_on, int(audit["contact_id"].nunique()), status, p))
        if status == KEPT:
            kept.append(here.assign(time=here["contact_id"].map(times)))
    if not kept:
        raise AuditError(
            "no audit holds any more",
            where="audits",
            got="; ".join(f"{record.drawn_on} {record.status}" for record in records[-5:]),
            hint="draw a new one with sample_audit",
        )
    return PooledAudits(Audit(_joined(kept)), tuple(records))


def _dated(one: Audit | pd.DataFrame) -> pd.DataFrame:
    audit = checked_audit(one).table
    require_columns(audit, ("contact_id", "label_tag", "prob", "label", "drawn_on"), "audits", AuditError)
    return audit.assign(
        contact_id=audit["contact_id"].astype(str), drawn=pd.to_datetime(audit["drawn_on"], utc=True)
    )


def _check_one_answer(dated: list[pd.DataFrame]) -> None:
    """Refuse two people's answers for the same contacts: which of them is true is not for us to say."""
    rows = pd.concat([audit.assign(number=number) for number, audit in enumerate(dated)], ignore_index=True)
    rows["label"] = rows["label"].astype(str)
    one = rows.sort_values("label", kind="stable").groupby(["drawn", "contact_id", "number"])
    labels = one["label"].agg("\n".join)
    given = labels.groupby(["drawn", "contact_id"]).agg(["min", "max"])
    differ = given["min"] != given["max"]
    if differ.any():
        day = differ.index[differ][0][0]
        raise AuditError(
            "two audits of one day have different answers for the same contacts", where="audits",
            got=f"{int(differ.sum())} contacts drawn on {day:%Y-%m-%d}", expected="one answer a contact",
            hint="give the file of one person only, or agree on the answers",
        )


def _status(audit: pd.DataFrame, here: pd.DataFrame, oldest: pd.Timestamp, main: pd.Series[str] | None) -> str:
    if audit["drawn"].min() < oldest:
        return EXPIRED
    if not len(here):
        return GONE
    if main is not None and (here["contact_id"].map(main) != here["label_tag"].astype(str)).any():
        return OTHER_TAGS
    return KEPT


def _joined(kept: list[pd.DataFrame]) -> pd.DataFrame:
    """Weigh each contact by its audit's part in all chances it had, and keep the newest labels of each."""
    spans = [(audit["time"].min(), audit["time"].max(), audit["contact_id"].nunique()) for audit in kept]
    parts = []
    for number, (audit, (_first, _last, size)) in enumerate(zip(kept, spans, strict=True)):
        chances = sum(
            n * ((audit["time"] >= first) & (audit["time"] <= last)).to_numpy(dtype=float) for first, last, n in spans
        )
        weight = size / np.maximum(chances, size) / audit["prob"].to_numpy(dtype=float)
        parts.append(audit.assign(weight=weight, number=number))
    rows = pd.concat(parts, ignore_index=True)
    once = rows.drop_duplicates(["contact_id", "number"])
    weight = once.groupby("contact_id")["weight"].sum()
    rows["prob"] = (1 / rows["contact_id"].map(weight)).clip(upper=1.0)
    rows = rows[rows["drawn"] == rows.groupby("contact_id")["drawn"].transform("max")]
    rows = rows.drop_duplicates(["contact_id", "label"])
    rows = rows.assign(drawn_on=rows["drawn"].dt.strftime("%Y-%m-%d")).sort_values(
        ["contact_id", "label"], kind="stable"
    )
    return rows[["contact_id", "label_tag", "prob", "label", "drawn_on"]].reset_index(drop=True)
