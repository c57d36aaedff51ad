"""The made-up centre: shape, numbers and truth of `simulate`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.contacts import check_contacts, simulate
from vocmine.contacts.simulator.centre import load_centre
from vocmine.contacts.simulator.simulation import TRUTH_COLUMNS, truth
from vocmine.errors import SettingsError
from vocmine.frames import CHANNELS, CONTACT_COLUMNS, SENTIMENTS


@pytest.fixture(scope="module")
def demo() -> pd.DataFrame:
    return simulate()


def days_since_start(frame: pd.DataFrame, start: str = "2026-09-01") -> pd.Series:
    local = frame["created_at"].dt.tz_convert("Asia/Tokyo").dt.normalize()
    return (local - pd.Timestamp(start, tz="Asia/Tokyo")).dt.days


def main_reason(frame: pd.DataFrame) -> pd.Series:
    return frame["true_reasons"].str.split("|").str[0]


def test_columns_are_those_of_the_contract(demo: pd.DataFrame) -> None:
    assert demo.columns.tolist() == [*CONTACT_COLUMNS, "reposts", *TRUTH_COLUMNS]
    assert demo["contact_id"].is_unique
    assert demo["created_at"].is_monotonic_increasing
    assert set(demo["channel"]) == set(CHANNELS)
    assert set(demo["true_sentiment"]) == set(SENTIMENTS)


def test_what_a_centre_sees_passes_the_check(demo: pd.DataFrame) -> None:
    contacts, answers = truth(demo)
    checked = check_contacts(contacts)
    assert len(checked.rejected) == 0
    assert len(checked.warnings) == 0
    assert len(checked.contacts) == len(demo) == len(answers)


def test_volume_is_about_what_was_asked(demo: pd.DataFrame) -> None:
    assert 0.92 * 6000 <= len(demo) <= 1.08 * 6000
    assert set(days_since_start(demo)) == set(range(60))


def test_same_seed_same_bytes_other_seed_other_texts() -> None:
    first, again, other = (simulate(days=6, per_day=40, seed=seed) for seed in (5, 5, 6))
    assert first.to_csv().encode() == again.to_csv().encode()
    assert first["text"].head(50).tolist() != other["text"].head(50).tolist()


def test_all_reasons_appear_and_are_of_the_centre(demo: pd.DataFrame) -> None:
    said = set(demo["true_reasons"].str.split("|").explode())
    assert said == set(load_centre().reasons)
    assert len(said) == 34


def test_second_reasons_are_some_and_take_time_of_their_own(demo: pd.DataFrame) -> None:
    two = demo["true_reasons"].str.contains("|", regex=False)
    assert 0.05 < two.mean() < 0.15
    assert (demo.loc[two, "true_primary_seconds"] < demo.loc[two, "true_handle_seconds"]).all()
    assert (demo.loc[~two, "true_primary_seconds"] == demo.loc[~two, "true_handle_seconds"]).all()


def test_weekdays_and_opening_hours(demo: pd.DataFrame) -> None:
    local = demo["created_at"].dt.tz_convert("Asia/Tokyo")
    per_day = demo.groupby(local.dt.normalize()).size()
    assert per_day[per_day.index.day_of_week == 0].mean() > 1.2 * per_day[per_day.index.day_of_week == 6].mean()
    assert local[demo["channel"] == "call"].dt.hour.between(9, 19).all()


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


def test_bots_take_no_agent_time_and_hand_over(demo: pd.DataFrame) -> None:
    bots = demo[demo["channel"] == "bot"]
    assert (bots["true_handle_seconds"] == 0).all()
    handed = demo[demo["true_handover_of"] != ""].merge(
        demo, left_on="true_handover_of", right_on="contact_id", suffixes=("", "_bot")
    )
    assert len(handed) > 20
    assert (handed["channel_bot"] == "bot").all()
    assert not handed["resolved_bot"].any()
    assert (handed["created_at"] - handed["created_at_bot"]).max() < pd.Timedelta(minutes=30)


def test_repeats_come_back_within_a_week_for_the_same_reason(demo: pd.DataFrame) -> None:
    again = demo[demo["true_repeat_of"] != ""].merge(
        demo, left_on="true_repeat_of", right_on="contact_id", suffixes=("", "_first")
    )
    assert 0.03 < len(again) / len(demo) < 0.12
    wait = again["created_at"] - again["created_at_first"]
    assert (wait > pd.Timedelta(0)).all()
    assert (wait < pd.Timedelta(days=7)).all()
    assert (again["customer_id"] == again["customer_id_first"]).all()
    assert (main_reason(again) == again["true_reasons_first"].str.split("|").str[0]).all()


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


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_planted_issue_starts_late_and_grows(seed: int) -> None:
    contacts = simulate(seed=seed)
    planted = contacts["true_issue"] == "planted"
    day = days_since_start(contacts)[planted]
    assert day.min() >= 40
    assert (day >= 50).sum() > 1.5 * (day < 50).sum()
    assert (contacts.loc[planted, "product_version"] == "5.2.0").all()
    assert set(main_reason(contacts[planted])) == {"technical.app_crash"}
    assert 80 <= planted.sum() <= 200


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_fix_in_the_middle_drops_missing_points(seed: int) -> None:
    contacts = simulate(seed=seed)
    fixed = contacts["true_issue"] == "fixed"
    assert (main_reason(contacts) == "billing.points").equals(fixed)
    before = (fixed & (days_since_start(contacts) < 30)).sum()
    after = (fixed & (days_since_start(contacts) >= 30)).sum()
    assert after < 0.4 * before


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


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_one_language_only(lang: str) -> None:
    contacts = simulate(days=5, per_day=40, lang=lang, seed=3)
    assert set(contacts["true_lang"]) == {lang}
    names = contacts["product"].str.contains(r"[\u3040-\u30ff\u4e00-\u9fff]").any()
    assert names == (lang == "ja")


@settings(max_examples=15, deadline=None)
@given(days=st.integers(1, 8), per_day=st.integers(1, 30), seed=st.integers(0, 10_000))
def test_any_size_is_sound(days: int, per_day: int, seed: int) -> None:
    contacts = simulate(days=days, per_day=per_day, seed=seed, start="2025-12-30")
    assert contacts["contact_id"].is_unique
    assert contacts["text"].str.strip().ne("").all()
    assert days_since_start(contacts, "2025-12-30").between(0, days - 1).all()
    parents = set(contacts["true_repeat_of"]) | set(contacts["true_handover_of"])
    assert parents <= {"", *contacts["contact_id"]}
    assert np.isfinite(contacts["true_handle_seconds"]).all()


@pytest.mark.parametrize(
    ("wrong", "named"),
    [({"days": 0}, "days"), ({"per_day": -1}, "per_day"), ({"days": 2.5}, "days"), ({"lang": "fr"}, "language"),
     ({"seed": -1}, "seed"), ({"start": "soon"}, "start"), ({"days": True}, "days")],
)  # fmt: skip
def test_wrong_parameters_are_named(wrong: dict[str, object], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        simulate(**wrong)


def test_no_dependence_on_hash_order() -> None:
    code = "from vocmine.contacts import simulate; import hashlib; f = simulate(days=4, per_day=30, seed=9);"
    code += "print(hashlib.sha256(f.to_csv().encode()).hexdigest())"
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": order}, capture_output=True, check=True
        ).stdout
        for order in ("1", "2")
    }
    assert len(told) == 1


def test_truth_survives_csv_and_parquet(tmp_path: Path) -> None:
    contacts = simulate(days=3, per_day=30, seed=2)
    contacts.to_parquet(tmp_path / "c.parquet")
    contacts.to_csv(tmp_path / "c.csv", index=False)
    back = pd.read_csv(tmp_path / "c.csv", dtype={"true_issue": str}, keep_default_na=False)
    for column in ("text", "true_reasons", "true_pii", "true_issue", "true_repeat_of"):
        assert pd.read_parquet(tmp_path / "c.parquet")[column].tolist() == contacts[column].tolist()
        assert back[column].tolist() == contacts[column].tolist()
