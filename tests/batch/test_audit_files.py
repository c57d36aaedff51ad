"""Hand-checked contacts of several days: read from files and folders, pooled_audit, told apart in the report."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.audits import Audit
from vocmine.batch.audit_files import pooled_audit, read_audits, usable_audit
from vocmine.cost import save_audit
from vocmine.errors import AuditError


@pytest.fixture
def seen():
    ids = [f"c{i:02d}" for i in range(40)]
    contacts = pd.DataFrame({"contact_id": ids, "created_at": pd.date_range("2026-10-01", periods=40, tz="UTC")})
    return contacts, pd.DataFrame({"contact_id": ids, "kind": "reason", "label": "bill", "score": 0.9})


def audit_of(contacts: pd.DataFrame, rows: slice, day: str, tag: str = "bill") -> pd.DataFrame:
    ids = contacts["contact_id"].iloc[rows]
    return pd.DataFrame({"contact_id": ids, "label_tag": tag, "prob": 0.5, "label": "bill", "drawn_on": day})


def test_files_and_folders_give_all_their_audits(tmp_path, seen):
    contacts, _ = seen
    one, two = (audit_of(contacts, rows, day) for rows, day in ((slice(0, 10), "2026-10-20"), (slice(20, 30), "2026-11-09")))
    one.to_csv(tmp_path / "one.csv", index=False)
    save_audit(tmp_path / "two", two, "2026-11-09")
    assert [len(audit) for audit in read_audits(tmp_path)] == [10, 10]
    assert len(read_audits([tmp_path / "one.csv", tmp_path / "two"])) == 2
    single = read_audits(tmp_path / "one.csv")
    assert isinstance(single, Audit)
    assert len(single) == 10
    assert read_audits([]) is None
    assert read_audits(None) is None


def test_what_can_not_be_pooled_is_told(tmp_path, seen):
    contacts, tags = seen
    with pytest.raises(AuditError, match="holds no audit"):
        read_audits(tmp_path)
    for name in ("a", "b"):
        audit_of(contacts, slice(0, 5), "").to_csv(tmp_path / f"{name}.csv", index=False)
    with pytest.raises(AuditError, match=r"no date.*audit 1 of 2"):
        read_audits(tmp_path)
    with pytest.raises(AuditError, match="no date"):
        usable_audit([audit_of(contacts, slice(0, 5), "?"), audit_of(contacts, slice(5, 9), "2026-11-01")], contacts, tags)


def test_audits_that_hold_are_one_and_the_others_are_named(seen):
    contacts, tags = seen
    held, newest = audit_of(contacts, slice(0, 10), "2026-10-20"), audit_of(contacts, slice(20, 30), "2026-11-09")
    old = audit_of(contacts, slice(30, 35), "2025-01-01")
    other = audit_of(contacts, slice(10, 15), "2026-10-21", tag="login")
    audit, records = usable_audit([held, old, other, newest], contacts, tags)
    assert set(audit.table["contact_id"]) == set(held["contact_id"]) | set(newest["contact_id"])
    assert {one.drawn_on: one.status for one in records} == {
        "2025-01-01": "expired", "2026-10-20": "kept", "2026-10-21": "other tags", "2026-11-09": "kept"}
    assert usable_audit(held, contacts, tags)[0].table is held


def test_a_job_goes_on_where_no_audit_holds(seen):
    contacts, tags = seen
    ended = [audit_of(contacts, slice(0, 5), "2024-01-01"), audit_of(contacts, slice(5, 10), "2024-02-01")]
    audit, records = usable_audit(ended, contacts, tags)
    assert audit is None
    assert [(one.drawn_on, one.n, one.status) for one in records] == [("2024-01-01", 5, "ended"), ("2024-02-01", 5, "ended")]
    with pytest.raises(AuditError, match="no audit holds"):
        pooled_audit(ended, contacts, tags)


def test_ids_that_became_numbers_are_those_of_the_contacts_again(tmp_path, seen):
    contacts, tags = seen
    contacts = contacts.assign(contact_id=[f"{i:05d}" for i in range(40)])
    tags = tags.assign(contact_id=contacts["contact_id"])
    audit_of(contacts.assign(contact_id=[str(i) for i in range(40)]), slice(0, 10), "2026-11-09").to_csv(tmp_path / "a.csv", index=False)
    audit_of(contacts, slice(10, 20), "2026-11-08").to_csv(tmp_path / "b.csv", index=False)
    one = pooled_audit(read_audits(tmp_path / "a.csv"), contacts, tags)
    assert one.table["contact_id"].tolist() == contacts["contact_id"].head(10).tolist()
    assert pooled_audit(read_audits(tmp_path), contacts, tags).n_contacts == 20
