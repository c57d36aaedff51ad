"""Several reasons share a contact by their minutes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import CostOptions, issue_costs


def several(seed: int, n: int = 12_000, k: int = 8):
    """A contact's time is the sum over its issues; a third of the contacts have two or three."""
    rng = np.random.default_rng(seed)
    mean = rng.uniform(90, 900, size=k)
    odds = rng.dirichlet(np.full(k, 3))
    count = rng.choice([1, 2, 3], size=n, p=[0.7, 0.22, 0.08])
    order = np.argsort(rng.exponential(size=(n, k)) / odds, axis=1)
    has = np.zeros((n, k), dtype=bool)
    for i in range(3):
        has[np.flatnonzero(count > i), order[count > i, i]] = True
    minutes = has * mean * rng.lognormal(-0.125, 0.5, size=(n, k))
    ids = np.array([f"c{i:05d}" for i in range(n)])
    contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": minutes.sum(axis=1)})
    row, issue = np.nonzero(has)
    tags = pd.DataFrame({
        "contact_id": ids[row], "kind": "reason", "label": [f"reason_{i}" for i in issue], "score": rng.random(len(row)),
    })
    true = pd.Series(minutes.sum(axis=0), index=[f"reason_{i}" for i in range(k)])
    return contacts, tags, true


@pytest.mark.parametrize("seed", range(4))
def test_split_by_minutes_is_within_three_per_cent(seed, yen):
    contacts, tags, true = several(seed)
    error = {}
    for how in ("minutes", "equal", "primary"):
        table = issue_costs(contacts, tags, yen, options=CostOptions(attribution=how)).table.set_index("issue")
        error[how] = ((table.cost - true) / true).abs().mean()
        assert table.cost.sum() == round(contacts.handle_seconds.sum())
    assert error["minutes"] < 0.03
    assert error["equal"] > 0.10
