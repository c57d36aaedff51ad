"""Open tabs: found where the tail does not explain them, and hardly elsewhere."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts import simulate
from vocmine.cost.open_tabs import bound_times, open_tab_notes


def times(seed: int, n: int, sigma: float = 0.6, reasons: int = 6):
    rng = np.random.default_rng(seed)
    reason = rng.integers(0, reasons, n)
    return 400 * np.exp(rng.normal(0, 0.5, reasons)[reason] + rng.normal(0, sigma, n)), reason, rng


def found(seconds, reason, sigmas=3.0):
    return bound_times(seconds, np.zeros(len(seconds), dtype=int), reason, sigmas)


@pytest.mark.parametrize(
    ("open_share", "sigma", "least"), [(0.01, 0.5, 0.8), (0.05, 0.5, 0.9), (0.1, 0.5, 0.9), (0.1, 0.7, 0.5)]
)
def test_few_and_many_open_tabs_are_found(open_share, sigma, least):
    hit = wrong = planted = 0
    for seed in range(10):
        true, reason, rng = times(seed, 600, sigma)
        is_open = rng.random(600) < open_share
        seen = np.where(is_open, np.minimum(true * rng.uniform(8, 40, 600), np.maximum(28_800, true)), true)
        over = found(seen, reason).over
        hit, wrong, planted = hit + (over & is_open).sum(), wrong + (over & ~is_open).sum(), planted + is_open.sum()
    assert hit >= least * planted
    assert wrong <= 0.12 * max(hit, 1)


@pytest.mark.parametrize("n", [40, 200, 300, 600])
@pytest.mark.parametrize("sigma", [0.7, 1.0])
def test_three_chats_of_eight_hours_are_found(n, sigma):
    hits = 0
    for seed in range(10):
        seconds, reason, _ = times(seed, n, sigma)
        seconds[:3] = 28_800
        hits += found(seconds, reason).over[:3].sum()
    assert hits >= 25


@pytest.mark.parametrize(
    ("draw", "most_cut", "most_lost"),
    [
        (lambda rng, n: np.exp(rng.normal(0, 0.7, n)), 0.001, 0.005),
        (lambda rng, n: rng.pareto(2.5, n) + 0.2, 0.003, 0.03),
        (lambda rng, n: (rng.pareto(2.5, n) + 1), 0.01, 0.05),
    ],
    ids=["lognormal", "lomax", "pareto"],
)
def test_heavy_tails_are_kept(draw, most_cut, most_lost):
    cut, lost = [], []
    for seed in range(20):
        seconds = 300 * draw(np.random.default_rng(seed), 1_000)
        over = found(seconds, np.zeros(1_000, dtype=int)).over
        cut.append(over.mean())
        lost.append(seconds[over].sum() / seconds.sum())
    assert np.mean(cut) <= most_cut and np.mean(lost) <= most_lost


@pytest.mark.parametrize("seed", range(5))
def test_the_simulator_s_open_tabs_are_found(seed):
    frame = simulate(days=60, per_day=100, seed=seed)
    main = frame["true_reasons"].str.split("|").str[0]
    seconds, true = frame["handle_seconds"].to_numpy(float), frame["true_handle_seconds"].to_numpy(float)
    is_open = seconds > 1.01 * true
    codes = [pd.factorize(values.astype(str), sort=True)[0] for values in (frame["channel"], main)]
    over = bound_times(seconds, *codes, 3.0).over
    excess = (seconds - true)[is_open].sum()
    assert (over & is_open).sum() >= 0.6 * is_open.sum()
    assert (over & ~is_open).sum() <= 0.2 * over.sum()
    assert (seconds - true)[over & is_open].sum() >= 0.75 * excess
    assert true[over & ~is_open].sum() <= 0.005 * true.sum()


def test_nothing_is_bounded_when_switched_off_or_where_times_are_few():
    seconds = np.array([300.0] * 8 + [28_800.0])
    assert not found(seconds, np.zeros(9, dtype=int)).over.any()
    assert not found(np.r_[seconds, seconds], np.zeros(18, dtype=int), None).over.any()


def test_times_typed_in_rounded_do_not_hide_an_open_tab():
    seconds = np.array([300.0] * 60 + [28_800.0])
    assert np.flatnonzero(found(seconds, np.zeros(61, dtype=int)).over).tolist() == [60]


def test_too_many_long_times_are_no_exception():
    seconds = np.r_[np.full(70, 300.0), np.full(30, 30_000.0)]
    bounds = found(seconds, np.zeros(100, dtype=int))
    assert not bounds.over.any() and bounds.crowded.all()


def test_a_higher_setting_finds_fewer():
    true, reason, rng = times(0, 2_000)
    seen = np.where(rng.random(2_000) < 0.05, true * rng.uniform(8, 40, 2_000), true)
    counts = [int(found(seen, reason, sigmas).over.sum()) for sigmas in (3.0, 5.0, 8.0)]
    assert counts[0] > counts[1] > counts[2]


@given(st.lists(st.one_of(st.just(float("nan")), st.floats(0, 86_400)), min_size=1, max_size=80), st.integers(1, 4))
def test_any_times_are_bounded_without_a_warning(values, reasons):
    seconds = np.array(values)
    bounds = found(seconds, np.arange(len(seconds)) % reasons)
    assert not bounds.over[np.isnan(seconds)].any()
    assert (seconds[bounds.over] > bounds.seconds[bounds.over]).all()
    assert bounds.over.mean() <= 0.15


def test_notes_say_count_minutes_and_money():
    table = pd.DataFrame({"channel": ["call", "chat"], "n_timed": [900, 300], "n_cut": [1, 3],
                          "minutes_removed": [60.4, 1_400.0], "cost_removed": [3_968.0, 45_500.0]})
    whole, call, chat, crowded = open_tab_notes(table, ("email",))
    assert dict(whole.values) == {"n": 4, "minutes": 1460, "amount": 49_468.0}
    assert (call.code, dict(chat.values)["of"], crowded.code) == ("open_tabs_channel", 300, "open_tabs_crowded")
    hours = open_tab_notes(table.assign(cost_removed=np.nan))
    assert hours[0].code == "open_tabs_minutes"
    assert open_tab_notes(table.assign(n_cut=0)) == ()
