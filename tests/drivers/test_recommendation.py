"""The net promoter score by hand, and how often its range holds the truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.drivers import net_promoters
from vocmine.errors import ContactError


def test_counts_and_score_by_hand():
    contacts = pd.DataFrame({"contact_id": list("abcdef"), "nps": [10, 9, 8, 6, 0, None]})
    tags = pd.DataFrame({"contact_id": list("aabd"), "kind": "reason", "label": ["x", "y", "x", "unknown"]})
    table = net_promoters(contacts, tags).set_index("group")
    assert table.loc["all", ["n", "promoters", "passives", "detractors", "nps"]].tolist() == [5, 2, 1, 2, 0]
    assert table.loc["x", ["n", "nps"]].tolist() == [2, 100]
    assert list(table.index) == ["all", "x", "y"]
    assert net_promoters(contacts)["group"].tolist() == ["all"]


def test_groups_of_a_column_and_ends_of_the_scale():
    contacts = pd.DataFrame({"contact_id": list("abcd"), "nps": [10, 10, 10, 0], "team": ["A", "A", None, "B"]})
    table = net_promoters(contacts, by="team").set_index("group")
    assert table.loc["A", "nps"] == 100 and table.loc["A", "high"] == pytest.approx(100) and table.loc["A", "low"] < 50
    assert "None" not in table.index
    with pytest.raises(ContactError):
        net_promoters(contacts, by="shop")


def test_nobody_answered():
    assert net_promoters(pd.DataFrame({"contact_id": ["a"], "nps": [None]})).empty


@pytest.mark.parametrize(("n", "p"), [(10, (0.2, 0.3, 0.5)), (30, (0.1, 0.2, 0.7)), (100, (0.5, 0.3, 0.2)), (400, (0.3, 0.4, 0.3))])
def test_the_range_holds_the_truth(n, p):
    rng = np.random.default_rng(1)
    draws = rng.multinomial(n, p, 400)
    contacts = pd.DataFrame({"nps": np.concatenate([np.repeat([3, 8, 10], row) for row in draws]), "run": np.repeat(np.arange(400), n)})
    table = net_promoters(contacts.assign(contact_id=np.arange(len(contacts)).astype(str)), by="run").iloc[1:]
    truth = 100 * (p[2] - p[0])
    assert ((table["low"] <= truth) & (truth <= table["high"])).mean() >= 0.92  # of 400 runs: two standard errors below .945
