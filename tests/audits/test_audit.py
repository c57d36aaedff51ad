"""An audit is checked once: what it lacks is told when it is made, and its files bring it back as it was."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.audits import Audit, checked_audit, evaluate
from vocmine.cost import issue_costs
from vocmine.errors import AuditError

TAGS = pd.DataFrame({"contact_id": [f"c{i:02d}" for i in range(40)], "kind": "reason", "label": ["bill", "login"] * 20, "score": 0.8})


def drawn(**more) -> Audit:
    return Audit.sample(TAGS, 10, seed=1, **more)


def test_a_drawn_audit_is_not_a_checked_one():
    audit = drawn(drawn_on="2026-01-31")
    assert (audit.level, audit.drawn_on, audit.n_contacts, audit.labels) == ("drawn", "2026-01-31", 10, ())
    assert Audit(audit.table.assign(label=["bill"] + [""] * 9)).level == "partly"
    with pytest.raises(AuditError, match=r"without a true label.*10 rows"):
        checked_audit(audit)
    assert drawn().drawn_on is None


def test_an_audit_and_its_table_give_the_same(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(5, n=600)
    table = draw_audit(tags, truth, each=20)
    costs = [issue_costs(contacts, tags, yen, audit=audit) for audit in (table, Audit(table))]
    pd.testing.assert_frame_equal(costs[0].table, costs[1].table)
    assert costs[0].n_checked == costs[1].n_checked == len(table)
    pd.testing.assert_frame_equal(evaluate(table, tags).overall, evaluate(Audit(table), tags).overall)
