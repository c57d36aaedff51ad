"""Hand-checked contacts of a run: read from files and folders; one audit as it is, several of different days as one."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from vocmine.audits import Audit, AuditRecord, PooledAudits, checked_audit, pool_audits
from vocmine.audits.contact_ids import restored_ids
from vocmine.audits.files import understood
from vocmine.errors import AuditError

OneAudit = Audit | pd.DataFrame
Audits = OneAudit | Sequence[OneAudit] | None


def read_audits(paths: Path | Sequence[Path] | None) -> Audits:
    """Read hand-checked contacts from files, or from folders that hold them or what `save_audit` wrote.

    Returns
    -------
    Audit, tuple of Audit or None
        One audit as it is, several as a tuple.

    Raises
    ------
    AuditError
        As `vocmine.audits.Audit.read`, if a folder holds no audit, or if there are several and one has no date.
    """
    files = [paths] if isinstance(paths, Path) else list(paths or ())
    found = [_read(file) for path in files for file in _audits_in(path)]
    if len(found) > 1:
        return check_dates(found)
    return found[0] if found else None


def _read(file: Path) -> Audit:
    """Read one audit; contacts that nobody has checked yet are said."""
    found = Audit.read(file)
    if found.n_empty:
        logging.getLogger("vocmine").info(
            "%s: %s of %s contacts checked; the other %s have no answer yet and are not used",
            file.name, f"{found.n_contacts:,}", f"{found.n_contacts + found.n_empty:,}", f"{found.n_empty:,}",
        )
    return found


def _audits_in(path: Path) -> list[Path]:
    """List the audits of a folder: filled-in files, then folders by their dates."""
    if not path.is_dir() or (path / "manifest.json").exists():
        return [path]
    folders = [folder for folder in sorted(path.iterdir()) if folder.is_dir()]
    found = [*sorted(path.glob("*.csv")), *sorted(path.glob("*.xlsx"))]
    found += sorted(folders, key=lambda folder: str(Audit.read(folder).drawn_on))
    if not found:
        raise AuditError("the folder holds no audit", where=str(path), expected="filled-in files of `vocmine audit`")
    return found


def check_dates(audits: Sequence[OneAudit]) -> tuple[Audit, ...]:
    """Give several audits if each says when it was drawn: only then can they be held against each other.

    Raises
    ------
    AuditError
        If one has no date.
    """
    for number, audit in enumerate(audits, 1):
        table = audit.table if isinstance(audit, Audit) else audit
        days = table["drawn_on"].astype(str) if "drawn_on" in table else pd.Series([""], dtype="str")
        if pd.to_datetime(days, format="ISO8601", errors="coerce").isna().any():
            raise AuditError(
                "an audit has no date", where=f"audit {number} of {len(audits)}, column drawn_on",
                expected="a date as 2026-01-31 in each row", hint="keep the columns as `vocmine audit` wrote them",
            )
    return tuple(map(checked_audit, audits))


def pooled_audit(audits: Audits, contacts: pd.DataFrame, tags: pd.DataFrame) -> Audit | None:
    """Give one audit for the contacts to be costed; see `vocmine.audits.pool_audits`.

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
    >>> len(pooled_audit(drawn, contacts, tags))
    2
    """
    found = _pool(audits, contacts, tags)
    return found.audit if isinstance(found, PooledAudits) else found


def usable_audit(
    audits: Audits, contacts: pd.DataFrame, tags: pd.DataFrame
) -> tuple[Audit | None, tuple[AuditRecord, ...]]:
    """Give the audit that the daily job can use, and what became of each of several; one that ended stops no job.

    Returns
    -------
    (Audit or None, tuple of AuditRecord)
        The pooled audit, None where none holds any more; a record of each where there are several, of status ``ended``
        where none holds.
    """
    dated = audits if audits is None or isinstance(audits, Audit | pd.DataFrame) else check_dates(audits)
    try:
        found = _pool(dated, contacts, tags)
    except AuditError:
        if not isinstance(dated, tuple):
            raise
        # none holds: dates and labels were checked above and where they were read
        return None, tuple(AuditRecord(str(one.drawn_on), one.n_contacts, "ended") for one in dated)
    return (found.audit, found.records) if isinstance(found, PooledAudits) else (found, ())


def labels_to_ids(audits: Audits, names: Mapping[str, Mapping[str, str]]) -> Audits:
    """Give audits whose labels may be names of reasons, as a report shows them, with the ids in their place.

    Parameters
    ----------
    audits : Audit, DataFrame or sequence of them
        As read.
    names : mapping
        Names of reasons by language, see `vocmine.results.ReasonInfo`.

    Raises
    ------
    AuditError
        If a label is no id and no name, or the name of several reasons; with its row and the nearest.

    Examples
    --------
    >>> audit = pd.DataFrame({"contact_id": ["a", "b"], "prob": 0.5, "label": ["返金", "この中にない"]})
    >>> labels_to_ids(audit, {"ja": {"billing.refund": "返金"}}).labels
    ('billing.refund', 'unknown')
    """
    if audits is None or not names:
        return audits
    if not isinstance(audits, Audit | pd.DataFrame):
        return tuple(_with_ids(audit, names) for audit in audits)
    return _with_ids(audits, names)


def _pool(audits: Audits, contacts: pd.DataFrame, tags: pd.DataFrame) -> Audit | PooledAudits | None:
    if audits is None:
        return None
    if isinstance(audits, Audit | pd.DataFrame):
        return _of_contacts(checked_audit(audits), contacts)
    dated = [_of_contacts(audit, contacts) for audit in check_dates(audits)]
    return pool_audits(dated, contacts, tags) if audits else None


def _of_contacts(audit: Audit, contacts: pd.DataFrame) -> Audit:
    """Give ids that a spreadsheet took for numbers back what they were."""
    table = restored_ids(audit.table, contacts["contact_id"])
    return audit if table is audit.table else dataclasses.replace(audit, table=table)


def _with_ids(audit: OneAudit, names: Mapping[str, Mapping[str, str]]) -> Audit:
    found = audit if isinstance(audit, Audit) else Audit(audit)
    known = any(names.values())  # without a list of reasons there is nothing to hold an answer against
    return dataclasses.replace(found, table=understood(found.table, names, found.source or "audit", strict=known))
