"""What a contact takes: handle time and its gaps, transfers, satisfaction, refunds, reach."""

from __future__ import annotations

import pandas as pd

from vocmine.contacts import simulate


def main_reason(frame: pd.DataFrame) -> pd.Series:
    return frame["true_reasons"].str.split("|").str[0]


def test_second_reasons_are_some_and_take_time_of_their_own(demo: pd.DataFrame) -> None:
    two = demo["true_reasons"].str.contains("|", regex=False)
    assert 0.05 < two.mean() < 0.15
    assert (demo.loc[two, "true_primary_seconds"] < demo.loc[two, "true_handle_seconds"]).all()
    assert (demo.loc[~two, "true_primary_seconds"] == demo.loc[~two, "true_handle_seconds"]).all()


def test_long_handle_times_are_missing_more_often(demo: pd.DataFrame) -> None:
    for channel in ("call", "chat", "email"):
        mine = demo[demo["channel"] == channel]
        longest = mine["true_handle_seconds"] > mine["true_handle_seconds"].quantile(0.75)
        missing = mine["handle_seconds"].isna()
        assert missing[longest].mean() > 1.5 * missing[~longest].mean()
    written = demo["channel"].isin(["chat", "email"])
    assert demo.loc[written, "handle_seconds"].isna().mean() > 3 * demo.loc[~written, "handle_seconds"].isna().mean()


def test_seen_handle_time_is_true_but_for_open_tabs(demo: pd.DataFrame) -> None:
    seen = demo["handle_seconds"].notna()
    wrong = demo.loc[seen, "handle_seconds"] != demo.loc[seen, "true_handle_seconds"]
    assert 0 < wrong.mean() < 0.02
    tabs = demo.loc[seen][wrong]
    assert (tabs["handle_seconds"] >= 2 * tabs["true_handle_seconds"]).mean() > 0.9
    assert demo["handle_seconds"].max() <= 86_400


def test_satisfaction_is_mostly_missing_and_lower_without_a_solution(demo: pd.DataFrame) -> None:
    assert demo["csat"].isna().mean() > 0.7
    score = demo.groupby("resolved")["csat"].mean()
    assert score[True] > score[False] + 0.7


def test_only_posts_are_public_with_reach(demo: pd.DataFrame) -> None:
    social = demo["channel"] == "social"
    for column in ("reach", "url"):
        assert (demo[column].notna() == social).all()
    assert (demo["is_public"] == social).all()
    assert (demo.loc[social, "reach"] >= 150 * demo.loc[social, "reposts"]).all()


def test_refunds_follow_failures(demo: pd.DataFrame) -> None:
    assert (demo["cost_extra"] >= 0).all()
    damaged = main_reason(demo) == "delivery.damaged"
    question = main_reason(demo) == "billing.price_question"
    assert (demo.loc[damaged, "cost_extra"] > 0).mean() > 0.4
    assert (demo.loc[question, "cost_extra"] == 0).all()


def test_misrouted_contacts_take_longer() -> None:
    calls = simulate(days=60, per_day=150, seed=4).query("channel == 'call'")
    time = calls.groupby(calls["transfers"] > 0)["true_handle_seconds"].median()
    assert 0.05 < (calls["transfers"] > 0).mean() < 0.25
    assert time[True] > 1.1 * time[False]
