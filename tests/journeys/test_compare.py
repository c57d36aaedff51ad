"""One group against the others, within strata: like with like, and what stands out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency
from statsmodels.stats.contingency_tables import StratifiedTable

from vocmine.journeys.compare import COLUMNS, against_others, judged, mantel_haenszel


def drawn(seed, lift=0.0, n=4_000):
    """Groups a, b, c on an easy and a hard stratum; group b gets the hard one, group c has a lift."""
    rng = np.random.default_rng(seed)
    hard = rng.random(n) < 0.5
    group = np.where(rng.random(n) < np.where(hard, 0.7, 0.1), "b", rng.choice(["a", "c"], n))
    hit = rng.random(n) < np.where(hard, 0.4, 0.1) + lift * (group == "c")
    return pd.DataFrame({"team": group, "case": np.where(hard, "hard", "easy"), "hit": hit})


@pytest.mark.parametrize("seed", range(5))
def test_the_p_value_is_that_of_statsmodels(seed):
    rng = np.random.default_rng(seed)
    n1, n2 = rng.integers(5, 80, 4), rng.integers(5, 80, 4)
    k1, k2 = rng.binomial(n1, 0.3), rng.binomial(n2, 0.4)
    tables = [np.array([[a, n - a], [b, m - b]]) for a, n, b, m in zip(k1, n1, k2, n2, strict=True)]
    theirs = StratifiedTable(tables).test_null_odds(correction=True).pvalue
    assert mantel_haenszel(np.column_stack([k1, n1, k2, n2])) == pytest.approx(theirs)


def test_one_stratum_is_nearly_the_test_of_a_table():
    p = mantel_haenszel([[300, 1_000, 360, 1_000]])
    assert p == pytest.approx(chi2_contingency([[300, 700], [360, 640]]).pvalue, rel=0.02)


@pytest.mark.parametrize("tables", [[[0, 0, 3, 5]], [[2, 2, 3, 3]], [[0, 4, 0, 9]], [[1, 1, 0, 0]]])
def test_what_can_not_be_compared_has_no_evidence(tables):
    assert mantel_haenszel(tables) == 1.0


def test_a_stratum_in_which_a_group_stands_by_itself_is_left_out():
    frame = pd.concat([drawn(0), pd.DataFrame({"team": "b", "case": "own", "hit": [True] * 50})])
    table = against_others(frame, "team", ["case"], 0.95).set_index("team")
    assert table.columns.tolist() == list(COLUMNS)
    assert table["n"].sum() == len(frame) - 50
    assert len(against_others(frame.assign(team="one"), "team", ["case"], 0.95)) == 0


def test_hard_cases_are_not_held_against_a_group_and_a_lift_is_found():
    table = judged(against_others(drawn(1, lift=0.12), "team", ["case"], 0.95), 0.95)
    assert table["team"].iloc[0] == "c" and table["stands_out"].iloc[0]
    found = table.set_index("team")
    assert found.loc["b", "share"] > found.loc["a", "share"] + 0.05
    assert found.loc["c", "low"] < 0.12 < found.loc["c", "high"]
    assert found["excess"].tolist() == pytest.approx((found["hits"] - found["n"] * found["expected"]).tolist())


def test_intervals_hold_and_little_stands_out_by_chance():
    inside, out = [], 0
    for seed in range(60):
        table = judged(against_others(drawn(100 + seed, n=600), "team", ["case"], 0.95), 0.95)
        inside += ((table["low"] <= 0) & (table["high"] >= 0)).tolist()
        out += bool(table["stands_out"].any())
    assert 0.91 <= np.mean(inside) <= 0.99
    assert out <= 8


def test_the_order_does_not_depend_on_that_of_the_rows():
    frame = drawn(2)
    one, other = (judged(against_others(f, "team", ["case"], 0.9), 0.9) for f in (frame, frame.sample(frac=1, random_state=0)))
    pd.testing.assert_frame_equal(one, other)
