"""Fair satisfaction by team: against an independent fit, and against planted truth."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.journeys import csat_by_team, team_effects


def answers(rng, n=3000, effects=(0.4, 0.0, -0.4), hard=(0.9, 0.5, 0.1)):
    team = rng.integers(0, len(effects), n)
    is_hard = rng.random(n) < np.asarray(hard)[team]
    csat = 4.0 - 1.5 * is_hard + np.asarray(effects)[team] + rng.normal(0, 0.7, n)
    return pd.DataFrame({
        "contact_id": np.arange(n).astype(str), "created_at": pd.Timestamp("2026-11-01", tz="UTC"), "channel": "call",
        "team": np.array(["good", "mid", "bad"])[team], "csat": csat, "product": np.where(is_hard, "hard", "easy"),
    })


def test_hard_cases_are_not_held_against_a_team():
    table = csat_by_team(answers(np.random.default_rng(0)), by=("product",)).set_index("team")
    assert table.index.tolist() == ["good", "mid", "bad"]
    assert table["csat"].idxmax() == "bad"  # the plain mean ranks them the wrong way round
    assert np.allclose(table["effect"], [0.4, 0, -0.4], atol=0.1)


def test_effects_agree_with_statsmodels():
    import statsmodels.api as sm

    rng = np.random.default_rng(1)
    case, team = rng.integers(0, 4, 400), rng.integers(0, 8, 400)
    values = case * 0.5 + rng.normal(0, 0.6, 8)[team] + rng.normal(0, 1, 400)
    effect, sd, _ = team_effects(values, case, team)
    fit = sm.MixedLM(values, np.eye(4)[case], groups=team).fit(reml=True)
    theirs = np.array([float(fit.random_effects[g].iloc[0]) for g in range(8)])
    assert np.allclose(effect, theirs, atol=0.03)
    assert (sd > 0).all()


def test_small_teams_are_shrunk_and_intervals_cover():
    rng = np.random.default_rng(2)
    hits, total = 0, 0
    for _ in range(60):
        truth = rng.normal(0, 0.3, 12)
        team = np.concatenate([np.repeat(np.arange(12), 3), rng.integers(0, 12, 240)])
        values = truth[team] + rng.normal(0, 1, len(team))
        effect, sd, _ = team_effects(values, np.zeros(len(team), int), team)
        hits += int((abs(effect - truth) < 1.96 * sd).sum())
        total += 12
    assert 0.9 <= hits / total <= 0.99
    few = np.r_[np.zeros(500, int), np.ones(500, int), np.full(2, 2), np.full(500, 3)]
    values = np.r_[rng.normal(3, 1, 500), rng.normal(3.3, 1, 500), 5.0, 5.0, rng.normal(2.9, 1, 500)]
    effect, _, left = team_effects(values, np.zeros(len(few), int), few)
    assert effect[2] < 1.0 and left[2] > left[0]


def test_a_team_alone_with_its_cases_cannot_be_judged():
    frame = answers(np.random.default_rng(3))
    frame = frame.assign(product=np.where(frame["team"] == "good", "own", frame["product"]))
    table = csat_by_team(frame, by=("product",)).set_index("team")
    assert abs(table.loc["good", "effect"]) < 1e-6 and table.loc["good", "shrinkage"] > 0.99


def test_edges():
    frame = answers(np.random.default_rng(4), 50)
    assert len(csat_by_team(frame.assign(csat=np.nan))) == 0
    assert csat_by_team(frame.assign(team="one"))["effect"].abs().max() < 1e-9
    same = csat_by_team(frame.assign(csat=4.0))
    assert np.allclose(same["adjusted"], 4.0)
    shuffled = csat_by_team(frame.sample(frac=1, random_state=0))
    pd.testing.assert_frame_equal(shuffled, csat_by_team(frame))
