"""Versions against the version before: order, ratios, intervals and p are those of the books."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact, hypergeom
from scipy.stats.contingency import relative_risk

from vocmine.report.explore.details.versions import mid_p, ratio_of_shares, version_key, versions


@given(st.integers(1, 400), st.integers(1, 400), st.data())
def test_mid_p_is_between_the_exact_test_and_none(n, m, data):
    a, b = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    p = float(mid_p(*(np.array([float(x)]) for x in (a, n, b, m)))[0])
    assert 0 < p <= 1 or p == pytest.approx(0, abs=1e-12)
    one = min(fisher_exact([[a, n - a], [b, m - b]], alternative=side).pvalue for side in ("less", "greater"))
    half = hypergeom.pmf(a, n + m, a + b, n) / 2
    assert p == pytest.approx(min(2 * (one - half), 1.0), rel=1e-6, abs=1e-9)


def test_the_interval_is_near_that_of_katz_where_counts_are_large():
    value, low, high = ratio_of_shares(*(np.array([x]) for x in (120.0, 1000.0, 60.0, 900.0)), 0.95)
    katz = relative_risk(120, 1000, 60, 900)
    assert value[0] == pytest.approx(katz.relative_risk)
    interval = katz.confidence_interval(0.95)
    assert (low[0], high[0]) == pytest.approx((interval.low, interval.high), rel=0.02)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(3)
    n, m, p, q = 60.0, 140.0, 0.12, 0.06
    a, b = rng.binomial(60, p, 20_000).astype(float), rng.binomial(140, q, 20_000).astype(float)
    some = a + b > 0
    _, low, high = ratio_of_shares(a[some], np.full(some.sum(), n), b[some], np.full(some.sum(), m), 0.95)
    assert 0.94 <= ((low <= p / q) & (p / q <= high)).mean() <= 0.99


def test_none_in_either_version_is_told(explored):
    value, low, high = ratio_of_shares(*(np.array(x) for x in ([0.0, 9.0], [50.0, 50.0], [9.0, 0.0], [50.0, 50.0])), 0.95)
    assert value.tolist() == [0.0, np.inf]
    assert low[0] == 0
    assert high[0] < 1
    assert low[1] > 1
    assert high[1] == np.inf


def test_versions_are_ordered_as_people_count():
    names = ["2.01", "2.1.1", "v2.1", "2.10", "10.0", "2.1-rc1", "2.1 beta", "", "2024年春"]
    assert sorted(names, key=version_key) == ["", "2.1 beta", "2.1-rc1", "2.01", "v2.1", "2.1.1", "2.10", "10.0", "2024年春"]


def test_a_version_that_brought_an_issue_is_seen(explored, explore_frames):
    report = explored()
    rows = versions(report.view, report.source, 5)["a.crash"]
    old, new = [row for row in rows if row["product"] == "アプリ"]
    contacts, tags = explore_frames().contacts, explore_frames().tags
    crash = set(tags.loc[tags.label == "a.crash", "contact_id"])
    for row, version in ((old, "5.9.0"), (new, "5.10.0")):
        mine = contacts.loc[(contacts.product_version == version) & (contacts["product"] == "アプリ"), "contact_id"]
        assert (row["version"], row["n"], row["of"]) == (version, int(mine.isin(crash).sum()), len(mine))
    assert old["before"] is None
    assert old["ratio"] is None
    assert new["before"] == "5.9.0"
    assert new["share_before"] == old["share"]
    assert 1 < new["low"] < new["ratio"] < new["high"]
    assert new["p"] < 0.05
    assert versions(report.view, report.source, 1_000) == {}
