from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import fisher_exact

from vocmine.topics.word_growth import Clumpiness, clumpiness_of, growth, word_counts


@pytest.mark.parametrize(
    ("now", "before", "n_now", "n_before"),
    [(60, 0, 567, 567), (10, 0, 80, 100), (30, 0, 1000, 1000), (0, 25, 300, 300), (5, 4, 200, 100), (300, 200, 567, 567)],
)
def test_p_is_near_fishers(now: int, before: int, n_now: int, n_before: int) -> None:
    p = growth(np.array([[now, before]]), n_now, n_before)["p_adjusted"].iloc[0]
    fisher = fisher_exact([[now, n_now - now], [before, n_before - before]]).pvalue
    assert -0.1 <= np.log10(p) / min(np.log10(fisher), -0.01) - 1 <= 0.25 or p == pytest.approx(fisher, abs=0.3)


@pytest.mark.parametrize("factor", [1.0, 3.0])
@pytest.mark.parametrize("degrees", [np.inf, 12.0])
def test_interval_and_p_agree(factor: float, degrees: float) -> None:
    rng = np.random.default_rng(3)
    for now, before in rng.integers(0, 80, (200, 2)).tolist():
        known = Clumpiness(np.array([factor]), np.array([degrees]))
        row = growth(np.array([[now, before]]), 100, 120, known).iloc[0]
        assert row["growth_low"] <= row["growth"]
        if row["growth"] > 1:
            assert (row["growth_low"] > 1) == (row["p_adjusted"] < 0.05), (now, before)


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
    period = np.arange(len(totals)) // 7
    now, before = period == period.max(), period == period.max() - 1
    counts = np.column_stack([table[:, now].sum(1), table[:, before].sum(1)])
    clumps = clumpiness_of(table[:, ~now], totals[~now], period[~now])
    return growth(counts, int(totals[now].sum()), int(totals[before].sum()), clumps)["p_adjusted"].to_numpy()


@pytest.mark.parametrize(
    ("weeks", "clumps", "share", "most"),
    [(2, 0, 0, 0.06), (5, 0, 0, 0.06), (2, 3, 1, 0.06), (2, 1, 1, 0.12), (5, 1, 1, 0.06), (5, 1, 0.1, 0.06)],
)
def test_chance_alone_is_seldom_growth(weeks: int, clumps: float, share: float, most: float) -> None:
    rng = np.random.default_rng(7)
    false = 0
    for _ in range(200):
        table, totals = stream(rng, weeks, clumps, share)
        week = slice(7 * (weeks - 1), 7 * weeks)
        keep = (table[:, week].sum(1) > 0) & (table[:, 7 * (weeks - 2) :].sum(1) >= 3)
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
        keep = table[:, 7:].sum(1) >= 3
        found += judged(np.vstack([table[keep], new]), totals)[-1] < 0.05
    assert found >= 19


def test_words_are_counted_once_a_contact() -> None:
    counted = word_counts(["a b返金 返金", "返金 x 画面", "画面"], np.array([1, 1, -1]), 3, frozenset(["画面"]))
    assert counted.words.tolist() == ["b返金", "返金"]
    assert counted.table.tolist() == [[0, 1, 0], [0, 2, 0]]
    assert counted.totals.tolist() == [0, 2, 0]
    assert word_counts([], np.zeros(0, int), 2, frozenset()).table.shape == (0, 2)
