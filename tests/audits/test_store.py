"""Audits on disk, and whether the tagger has drifted between two."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.cost import (
    audit_drift,
    issue_costs,
    load_audit,
    save_audit,
)
from vocmine.errors import AuditError, StoreError


def test_stored_audits(tmp_path, make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(41)
    audit = draw_audit(tags, truth)
    save_audit(tmp_path / "audit", audit, "2026-01-20")
    back = load_audit(tmp_path / "audit")
    fresh = issue_costs(contacts, tags, yen, audit=audit).table
    pd.testing.assert_frame_equal(issue_costs(contacts, tags, yen, audit=back).table, fresh)
    late = contacts.assign(created_at=contacts.created_at + pd.Timedelta(days=120))
    with pytest.raises(AuditError, match="expired"):
        issue_costs(late, tags, yen, audit=back)
    with pytest.raises(AuditError, match="date"):
        save_audit(tmp_path / "audit", audit, "someday")
    with pytest.raises(StoreError):
        load_audit(tmp_path / "nowhere")


def test_drift(make_ledger, draw_audit):
    audits = []
    for accuracy, seed in ((0.9, 1), (0.9, 2), (0.7, 3)):
        _contacts, tags, truth = make_ledger(seed, accuracy=accuracy)
        audits.append(draw_audit(tags, truth))
    assert audit_drift(audits[0], audits[1]) > 0.05
    assert audit_drift(audits[0], audits[2]) < 0.01
