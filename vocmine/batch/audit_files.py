"""Hand-checked contacts of a run: one audit as it is, several of different days as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from vocmine.batch.taxonomies import ids_by_name
from vocmine.errors import AuditError

Audits = pd.DataFrame | Sequence[pd.DataFrame] | None


def check_dates(audits: Sequence[pd.DataFrame]) -> tuple[pd.DataFrame, ...]:
    """Give several audits if each says when it was drawn: only then can they be held against each other.

    Raises
    ------
    AuditError
        If one has no date.
    """
    for number, audit in enumerate(audits, 1):
        days = audit["drawn_on"].astype(str) if "drawn_on" in audit else pd.Series([""], dtype="str")
        if pd.to_datetime(days, format="ISO8601", errors="coerce").isna().any():
            raise AuditError(
                "an audit has no date", where=f"audit {number} of {len(audits)}, column drawn_on",
                expected="a date as 2026-01-31 in each row", hint="keep the columns as `vocmine audit` wrote them",
            )
    return tuple(audits)


def pooled(audits: Audits, contacts: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame | None:
    """Give one audit for the contacts to be costed; see `vocmine.cost.pool_audits`.

    Raises
    ------
    AuditError
        If of several audits one has no date, or none holds any more.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("ab"), "created_at": pd.Timestamp("2026-02-05", tz="UTC")})
    >>> tags = pd.DataFrame({"contact_id": list("ab"), "kind": "reason", "label": "x", "score": 0.9})
    >>> drawn = [pd.DataFrame({"contact_id": [i], "label_tag": "x", "prob": 0.5, "label": "x", "drawn_on": day})
    ...     for i, day in (("a", "2026-02-10"), ("b", "2026-02-28"))]
    >>> [audit["status"] for audit in pooled(drawn, contacts, tags).attrs["audits"]]
    ['kept', 'kept']
    """
    if audits is None or isinstance(audits, pd.DataFrame):
        return audits
    from vocmine.cost import pool_audits

    return pool_audits(check_dates(audits), contacts, tags) if audits else None


def with_ids(audits: Audits, names: Mapping[str, Mapping[str, str]]) -> Audits:
    """Give audits whose labels may be names of reasons, as a report shows them, with the ids in their place.

    Parameters
    ----------
    audits : DataFrame or sequence of DataFrame
        As read.
    names : mapping
        Names of reasons by language, as tags carry them in ``attrs["label_names"]``.

    Examples
    --------
    >>> audit = pd.DataFrame({"contact_id": ["a", "b"], "label": ["返金", "billing.other"]})
    >>> with_ids(audit, {"ja": {"billing.refund": "返金"}})["label"].tolist()
    ['billing.refund', 'billing.other']
    """
    if audits is None or not names:
        return audits
    if not isinstance(audits, pd.DataFrame):
        return tuple(one for audit in audits if isinstance(one := with_ids(audit, names), pd.DataFrame))
    ids = ids_by_name((name, reason) for table in names.values() for reason, name in table.items())
    known = {reason for table in names.values() for reason in table}
    labels = audits["label"].astype(str).str.strip()
    told = audits.assign(label=labels.where(labels.isin(known), labels.map(lambda label: ids.get(label, label))))
    told.attrs = dict(audits.attrs)
    return told


def usable(
    audits: Audits, contacts: pd.DataFrame, tags: pd.DataFrame
) -> tuple[pd.DataFrame | None, list[dict[str, Any]]]:
    """Give the audit that the daily job can use, and what became of each of several; one that ended stops no job.

    Returns
    -------
    (DataFrame or None, list of dict)
        The pooled audit, None where none holds any more; records with ``drawn_on, n, p, status`` where there are
        several, of status ``ended`` and without p where none holds.
    """
    if audits is None or isinstance(audits, pd.DataFrame):
        return audits, []
    dated = check_dates(audits)
    try:
        audit = pooled(dated, contacts, tags)
    except AuditError:  # none holds: dates and labels were checked above and where they were read
        return None, [
            {"drawn_on": str(one["drawn_on"].min())[:10], "n": int(one["contact_id"].nunique()), "status": "ended"}
            for one in dated
        ]
    return audit, [] if audit is None else list(audit.attrs["audits"])
