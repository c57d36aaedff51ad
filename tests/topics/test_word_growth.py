from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom

from vocmine.topics.word_growth import Clumpiness, clumpiness_of, growth


@pytest.mark.parametrize(
    ("now", "before", "n_now", "n_before"),
    [(60, 0, 567, 567), (10, 0, 80, 100), (30, 0, 1000, 1000), (25, 20, 300, 300), (9, 1, 200, 200), (300, 200, 567, 567)],
)
def test_p_is_near_fishers_mid_p(now: int, before: int, n_now: int, n_before: int) -> None:
    p = growth(np.array([[now, before]]), n_now, n_before)["p_adjusted"].iloc[0]
    exact = hypergeom(n_now + n_before, now + before, n_now)
    mid = exact.sf(now) + exact.pmf(now) / 2
    assert abs(np.log10(p) / np.log10(mid) - 1) <= 0.15


@pytest.mark.parametrize(("now", "before"), [(6, 0), (8, 1), (12, 4), (20, 10)])
def test_p_is_the_binomials_mid_p_where_words_are_rare(now: int, before: int) -> None:
    p = growth(np.array([[now, before]]), 10**6, 10**6)["p_adjusted"].iloc[0]
    exact = binom(now + before, 0.5)
    assert p == pytest.approx(exact.sf(now) + exact.pmf(now) / 2, rel=1e-3)


@pytest.mark.parametrize("factor", [1.0, 3.0])
@pytest.mark.parametrize("degrees", [np.inf, 12.0])
def test_an_interval_above_one_is_never_chance_alone(factor: float, degrees: float) -> None:
    counts = np.random.default_rng(3).integers(0, 80, (300, 2))
    for row in counts:
        known = Clumpiness(np.array([factor]), np.array([degrees]))
        told = growth(row[None], 100, 120, known).iloc[0]
        assert 0 <= told["growth_low"] <= told["growth"] <= told["growth_high"] < np.inf
        if told["growth_low"] > 1:
            assert told["p_adjusted"] < (0.05 if degrees == np.inf else 0.1), row
        if told["p_adjusted"] < 0.005:
            assert told["growth_low"] > 1, row
        if told["growth_high"] < 1:
            assert told["p_adjusted"] > 0.95, row


@given(st.integers(0, 60), st.integers(0, 200), st.integers(1, 30))
def test_more_contacts_now_are_never_less_growth(now: int, before: int, more: int) -> None:
    table = growth(np.array([[now, before], [now + more, before]]), 500, 900)
    for name in ("growth", "growth_low", "growth_high"):
        assert table[name].iloc[0] < table[name].iloc[1]
    assert table["p_adjusted"].iloc[0] >= table["p_adjusted"].iloc[1]


def test_words_too_rare_to_pass_are_no_tests() -> None:
    new = [[15, 0]]
    alone = growth(np.array(new), 567, 567)["p_adjusted"].iloc[0]
    among_rare = growth(np.array(new + [[2, 1], [1, 2]] * 1000), 567, 567)["p_adjusted"]
    assert among_rare.iloc[0] == pytest.approx(alone) and (among_rare.iloc[1:] == 1).all()
    among_common = growth(np.array(new + [[20, 20]] * 500), 567, 567)["p_adjusted"]
    assert among_common.iloc[0] == pytest.approx(501 * alone)


def test_each_word_has_its_own_period_before() -> None:
    table = growth(np.array([[30, 10], [30, 10], [30, 10]]), 100, np.array([100.0, 40.0, np.nan]))
    assert table["growth_low"].iloc[0] > 1 > table["growth_low"].iloc[1]
    assert table.loc[2, ["growth", "growth_low", "growth_high", "p_adjusted"]].isna().all()


def test_rare_words_are_shrunk_and_unsure() -> None:
    table = growth(np.array([[3, 0], [300, 0]]), 1000, 1000)
    assert table["growth"].iloc[0] < 10 < 100 < table["growth"].iloc[1]
    assert table["growth_low"].iloc[0] < 1 < table["growth_low"].iloc[1]
    assert table["p_adjusted"].iloc[0] > 0.05 > table["p_adjusted"].iloc[1]


def test_no_words_and_no_period_before() -> None:
    assert len(growth(np.zeros((0, 2), int), 5, 5)) == 0
    assert growth(np.array([[3, 0]]), 5, 0)["growth"].isna().all()


def stream(rng: np.random.Generator, weeks: int, clumps: float, share: float) -> tuple[np.ndarray, np.ndarray]:
    rate = np.repeat(np.clip(rng.dirichlet(np.full(500, 0.3)) * 6, 0, 0.5)[:, None], 7 * weeks, 1)
    if clumps:
        chosen = rng.random(len(rate)) < share
        rate[chosen] = np.minimum(rate[chosen] * rng.gamma(clumps, 1 / clumps, (chosen.sum(), 7 * weeks)), 0.95)
    totals = rng.poisson(80 * np.where(np.arange(7 * weeks) % 7 < 5, 1.2, 0.5)) + 1
    return rng.binomial(totals[None, :], rate), totals


def judged(table: np.ndarray, totals: np.ndarray) -> np.ndarray:
    now = np.arange(len(totals)) >= len(totals) - 7
    counts = np.column_stack([table[:, now].sum(1), table[:, ~now].sum(1)])
    before, volume = table[:, ~now], totals[~now]
    clumps = clumpiness_of(before, counts[:, 1:] * volume / volume.sum(), volume)
    return growth(counts, int(totals[now].sum()), int(volume.sum()), clumps)["p_adjusted"].to_numpy()


@pytest.mark.parametrize(
    ("weeks", "clumps", "share", "most"),
    [(2, 0, 0, 0.06), (5, 0, 0, 0.06), (2, 3, 1, 0.06), (2, 1, 1, 0.12), (5, 1, 1, 0.12), (5, 3, 1, 0.06), (5, 1, 0.1, 0.06)],
)
def test_chance_alone_is_seldom_growth(weeks: int, clumps: float, share: float, most: float) -> None:
    rng = np.random.default_rng(7)
    false = 0
    for _ in range(200):
        table, totals = stream(rng, weeks, clumps, share)
        keep = table.sum(1) >= 3
        false += bool((judged(table[keep], totals) < 0.05).any())
    assert false / 200 <= most


@pytest.mark.parametrize(("clumps", "n"), [(0, 30), (10, 40), (3, 60)])
def test_new_words_are_growth_in_any_stream(clumps: float, n: int) -> None:
    rng = np.random.default_rng(5)
    found = 0
    for _ in range(20):
        table, totals = stream(rng, 3, clumps, 1)
        new = np.zeros(21, int)
        new[14:] = rng.multinomial(n, np.full(7, 1 / 7))
        keep = table.sum(1) >= 3
        found += judged(np.vstack([table[keep], new]), totals)[-1] < 0.05
    assert found >= 19
