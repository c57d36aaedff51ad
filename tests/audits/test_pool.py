"""Audits of several dates: what still holds is pooled without bias, what does not is left out and said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import issue_costs, load_audits, pool_audits, save_audit
from vocmine.errors import AuditError, StoreError


def by_month(make_ledger, draw_audit, seed, each=20, accuracies=(0.85, 0.85), n=3_000):
    """Two months of contacts with an audit each, drawn at its end from its own contacts."""
    contacts, _tags, truth = make_ledger(seed, n=2 * n)
    month = np.arange(2 * n) // n
    contacts["created_at"] += pd.to_timedelta(31 * month, unit="D")
    said = [make_ledger(seed, n=2 * n, accuracy=accuracy)[1][month == i] for i, accuracy in enumerate(accuracies)]
    audits = [
        draw_audit(tags, truth[month == i], each=each, seed=seed + i).assign(drawn_on=f"2026-0{i + 2}-03")
        for i, tags in enumerate(said)
    ]
    return contacts, pd.concat(said, ignore_index=True), truth, audits


def test_months_pool_without_bias_and_the_interval_holds(make_ledger, draw_audit, yen):
    inside, pooled_error, single_error = [], [], []
    for seed in range(14):
        contacts, tags, truth, audits = by_month(make_ledger, draw_audit, 500 + 10 * seed)
        audit = pool_audits(audits, contacts, tags).audit
        assert len(audit) == sum(map(len, audits))
        true = contacts["handle_seconds"].groupby(truth).sum()
        table = issue_costs(contacts, tags, yen, audit=audit, seed=seed).table.set_index("issue").loc[true.index]
        inside.append(((table.cost_low <= true) & (true <= table.cost_high)).to_numpy())
        pooled_error.append(((table.cost - true) / true).to_numpy())
        late = slice(len(contacts) // 2, None)
        own = contacts["handle_seconds"][late].groupby(truth[late]).sum()
        alone = issue_costs(contacts[late], tags[late], yen, audit=audits[1]).table.set_index("issue").cost.reindex(own.index)
        single_error.append(((alone - own) / own).to_numpy())
    assert 0.90 <= np.mean(inside) <= 0.995
    assert abs(np.mean(pooled_error)) < 0.03
    assert np.mean(np.square(pooled_error)) < 0.8 * np.mean(np.square(single_error))


def test_two_audits_of_the_same_time_weigh_each_contact_once(make_ledger, draw_audit):
    sums, combined = [], []
    for seed in range(20):
        contacts, tags, truth = make_ledger(600, n=3_000)
        first = draw_audit(tags, truth, each=60, seed=seed).assign(drawn_on="2026-02-01")
        second = draw_audit(tags, truth, each=30, seed=1_000 + seed).assign(drawn_on="2026-02-02")
        audit = pool_audits([second, first], contacts, tags).audit.table
        assert audit["contact_id"].is_unique
        assert set(audit["contact_id"]) == set(first["contact_id"]) | set(second["contact_id"])
        sums.append((1 / audit["prob"]).sum())
        known = pd.Series(contacts["handle_seconds"].to_numpy(), index=contacts["contact_id"])
        combined.append((audit["contact_id"].map(known) / audit["prob"]).sum() / known.sum())
    assert np.mean(sums) == pytest.approx(3_000, rel=0.02)
    assert np.mean(combined) == pytest.approx(1.0, abs=0.02)


def test_what_no_longer_holds_is_left_out(make_ledger, draw_audit):
    contacts, tags, _truth, audits = by_month(make_ledger, draw_audit, 700, each=50, accuracies=(0.6, 0.9))
    pooled = pool_audits(audits, contacts, tags)
    assert [record.status for record in pooled.records] == ["drifted", "kept"]
    assert set(pooled.audit.table["drawn_on"]) == set(audits[1]["drawn_on"])
    assert pooled.records[0].p < 0.01
    old = audits[1].assign(drawn_on="2025-01-31")
    assert [r.status for r in pool_audits([old, audits[1]], contacts, tags).records] == ["expired", "kept"]
    gone = audits[1].assign(contact_id="x" + audits[1]["contact_id"], drawn_on="2026-02-01")
    assert [r.status for r in pool_audits([gone, audits[1]], contacts, tags).records] == ["gone", "kept"]
    other = audits[1].assign(label_tag=np.roll(audits[1]["label_tag"].to_numpy(), 70), drawn_on="2026-02-01")
    statuses = [r.status for r in pool_audits([other, audits[1]], contacts, tags, drift_p=0.0).records]
    assert statuses == ["other tags", "kept"]


def test_no_audit_left_says_why(make_ledger, draw_audit):
    contacts, tags, truth = make_ledger(701, n=500)
    audit = draw_audit(tags, truth, each=10)
    with pytest.raises(AuditError, match="2024-01-31 expired"):
        pool_audits([audit.assign(drawn_on="2024-01-31")], contacts)
    with pytest.raises(AuditError, match="no audit to pool"):
        pool_audits([], contacts)
    with pytest.raises(AuditError, match="drawn_on"):
        pool_audits([audit], contacts)
    with pytest.raises(AuditError, match="wrong date"):
        pool_audits([audit.assign(drawn_on="soon")], contacts)


def test_stored_audits_come_back_by_date(tmp_path, make_ledger, draw_audit, yen):
    contacts, tags, _truth, audits = by_month(make_ledger, draw_audit, 702)
    for audit in reversed(audits):
        day = audit["drawn_on"].iloc[0]
        save_audit(tmp_path / day, audit, day)
    loaded = load_audits(tmp_path)
    fresh, back = (issue_costs(contacts, tags, yen, audit=pool_audits(each, contacts, tags).audit).table for each in (audits, loaded))
    pd.testing.assert_frame_equal(fresh, back)
    with pytest.raises(StoreError, match="no such folder"):
        load_audits(tmp_path / "none")


def test_answers_of_two_people_are_told():
    contacts = pd.DataFrame({"contact_id": list("abcd"), "created_at": pd.Timestamp("2026-01-05", tz="UTC")})
    mine = pd.DataFrame({"contact_id": list("abcd"), "label_tag": "x", "prob": 0.5, "label": list("xxyy"), "drawn_on": "2026-01-31"})
    twice = pool_audits([mine, mine], contacts).audit.table
    assert twice[["label", "prob"]].values.tolist() == [["x", 0.5], ["x", 0.5], ["y", 0.5], ["y", 0.5]]
    with pytest.raises(AuditError, match="different answers for the same contacts; where: audits; got: 1 contacts drawn on 2026-01-31"):
        pool_audits([mine, mine.assign(label=list("xxyx"))], contacts)
