"""What an audit must have: columns, true labels, and an age at which it still speaks of the contacts."""

from __future__ import annotations

import pandas as pd

from vocmine.errors import AuditError
from vocmine.frames import require_columns

EXPIRES_DAYS = 92  # a quarter: taggers, products and customers change


def audit_labels(audit: pd.DataFrame) -> tuple[str, ...]:
    """List the true labels of an audit.

    Raises
    ------
    AuditError
        If a column is missing, there is no row, or a true label is empty.
    """
    hint = "draw it with sample_audit, rename its label to label_tag and write the true reason into label"
    require_columns(audit, ("contact_id", "prob", "label"), "audit", AuditError, hint)
    if not len(audit):
        raise AuditError("the audit is empty", where="audit", hint="draw one with sample_audit")
    empty = audit["label"].isna() | (audit["label"].astype(str).str.strip() == "")
    if empty.any():
        raise AuditError(
            "contacts without a true label",
            where="audit.label",
            got=f"{int(empty.sum())} rows",
            hint="write 'unknown' where no reason can be told",
        )
    return tuple(sorted(audit["label"].astype(str).unique()))


def check_age(audit: pd.DataFrame, contacts: pd.DataFrame, days: int = EXPIRES_DAYS) -> None:
    """Refuse an audit that is older than it may be: taggers, products and customers change.

    Parameters
    ----------
    audit : DataFrame
        With a column ``drawn_on`` (date); without one nothing is checked.
    contacts : DataFrame
        With ``created_at``.
    days : int
        How many days after its date an audit still holds for new contacts.

    Raises
    ------
    AuditError
        If contacts began more than `days` after the audit was drawn.
    """
    if "drawn_on" not in audit or "created_at" not in contacts:
        return
    drawn = pd.to_datetime(audit["drawn_on"], utc=True, errors="coerce")
    if drawn.isna().any():
        raise AuditError("wrong date", where="audit.drawn_on", expected="a date as 2026-01-31")
    last = pd.to_datetime(contacts["created_at"], utc=True).max()
    age = (last - drawn.min()).days if pd.notna(last) else 0
    if age > days:
        raise AuditError(
            "the audit has expired",
            where="audit.drawn_on",
            got=f"{age} days older than the last contact",
            expected=f"at most {days} days",
            hint="draw a new one with sample_audit, or cut the contacts to its period",
        )
