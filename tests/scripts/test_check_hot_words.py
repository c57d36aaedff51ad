"""The streams on which hot words are measured are what they say."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "check_hot_words.py"


@pytest.fixture(scope="module")
def check():
    spec = importlib.util.spec_from_file_location("check_hot_words", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pool():
    n, rng = 1_400, np.random.default_rng(0)
    words = np.array(["返金", "画面", "荷物", "料金", "領収書", "解約"])
    frame = pd.DataFrame({"terms": words[rng.integers(0, 6, n)], "channel": np.where(rng.random(n) < 0.4, "chat", "call")})
    return frame.assign(text_clean=frame["terms"], lang="ja", day=np.arange(n) % 35)


def test_shuffled_contacts_are_the_same_contacts(check, pool):
    made = check.shuffled(pool, np.random.default_rng(1))
    assert made["terms"].tolist() == pool["terms"].tolist() and sorted(made["day"]) == sorted(pool["day"])
    assert made["day"].tolist() != pool["day"].tolist()


def test_clumps_are_clumps(check, pool):
    counts = [
        pd.crosstab(make(pool, np.random.default_rng(1))["terms"], make(pool, np.random.default_rng(1))["day"])
        for make in (check.shuffled, check.clumpy)
    ]
    even, clumpy = (float((table.var(axis=1) / table.mean(axis=1)).mean()) for table in counts)
    assert clumpy > 2 * even


def test_the_channel_doubles_in_the_last_week_alone(check, pool):
    made = check.doubled_channel(pool, np.random.default_rng(1))
    weeks = made[made["channel"] == "chat"].groupby(made["day"] // 7).size()
    assert weeks[0] > 1.7 * weeks.loc[1:].mean()
    assert made["contact_id"].is_unique


def test_weekends_of_the_week_before_are_closed(check, pool):
    made = check.closed_weekend(pool, np.random.default_rng(1))
    weekend = made["day"] % 7 < 2
    assert not (weekend & (made["day"] // 7 == 1)).any() and (weekend & (made["day"] // 7 == 0)).any()


def test_what_grew_is_found_and_what_did_not_is_not(check, pool):
    assert check.finds_new(pool, 60, 4, seed=0)
    planted, flagged = check.doubled_words(pool, seed=0)
    assert planted >= 9 and flagged >= 8
