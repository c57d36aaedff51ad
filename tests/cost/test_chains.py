"""Repeats are costed to the first issue of their chain."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import CostOptions, Note, issue_costs
from vocmine.errors import ContactError


def test_a_chain_is_costed_to_its_first_issue(yen):
    contacts = pd.DataFrame({"contact_id": list("abc"), "channel": "call", "handle_seconds": [60.0, 120.0, 30.0]})
    tags = pd.DataFrame({"contact_id": list("abc"), "label": ["bill", "login", "login"], "score": 0.9})
    chains = pd.DataFrame({
        "contact_id": list("abc"), "chain_id": [1, 1, 2], "position": [1, 2, 1], "is_repeat": [False, True, False],
        "is_censored": [False, False, True],
    })
    costs = issue_costs(contacts, tags, yen, options=CostOptions(chains=chains))
    table = costs.table.set_index("issue")
    assert table.cost.to_dict() == {"bill": 180.0, "login": 30.0}
    assert table.repeat_share.to_dict() == {"bill": 0.5, "login": 0.0}
    assert Note.of("repeats_unseen", n=1) in costs.notes
    with pytest.raises(ContactError, match="no position"):
        issue_costs(contacts, tags, yen, options=CostOptions(chains=chains.drop(columns="position")))


def test_chains_with_audit_keep_the_ledger(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(20)
    chains = pd.DataFrame({"contact_id": contacts.contact_id, "chain_id": np.arange(len(contacts)) // 3})
    chains["position"] = np.arange(len(contacts)) % 3 + 1
    audit = draw_audit(tags, truth)
    table = issue_costs(contacts, tags, yen, audit=audit, options=CostOptions(chains=chains)).table
    assert table.cost.sum() == round(contacts.handle_seconds.sum())
    assert table.repeat_share.between(0, 1).all()
