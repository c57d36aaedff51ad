"""Audits: samples of contacts checked by hand, drawn, kept, pooled, and held against the tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocmine._lazy import lazy_names

if TYPE_CHECKING:
    from vocmine.audits._drift import drift
    from vocmine.audits._evaluate import Evaluation, evaluate
    from vocmine.audits.audit import Audit, checked_audit
    from vocmine.audits.codes import CodeMapping, apply_codes, code_agreement, likely_wrong_codes, other_contents
    from vocmine.audits.pool import AuditRecord, PooledAudits, load_audits, pool_audits
    from vocmine.audits.sample import sample_audit
    from vocmine.audits.store import audit_drift, load_audit, save_audit

__all__ = [
    "Audit",
    "AuditRecord",
    "CodeMapping",
    "Evaluation",
    "PooledAudits",
    "apply_codes",
    "audit_drift",
    "checked_audit",
    "code_agreement",
    "drift",
    "evaluate",
    "likely_wrong_codes",
    "load_audit",
    "load_audits",
    "other_contents",
    "pool_audits",
    "sample_audit",
    "save_audit",
]

_HOMES = {
    "Audit": "vocmine.audits.audit",
    "AuditRecord": "vocmine.audits.pool",
    "PooledAudits": "vocmine.audits.pool",
    "CodeMapping": "vocmine.audits.codes.mapping",
    "apply_codes": "vocmine.audits.codes.combine",
    "code_agreement": "vocmine.audits.codes.agreement",
    "likely_wrong_codes": "vocmine.audits.codes.suspects",
    "other_contents": "vocmine.audits.codes.agreement",
    "checked_audit": "vocmine.audits.audit",
    "Evaluation": "vocmine.audits._evaluate",
    "audit_drift": "vocmine.audits.store",
    "drift": "vocmine.audits._drift",
    "evaluate": "vocmine.audits._evaluate",
    "load_audit": "vocmine.audits.store",
    "load_audits": "vocmine.audits.pool",
    "pool_audits": "vocmine.audits.pool",
    "sample_audit": "vocmine.audits.sample",
    "save_audit": "vocmine.audits.store",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
