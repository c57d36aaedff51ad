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
from vocmine.contacts.simulator.simulation import SEEN_COLUMNS, TRUTH_COLUMNS, truth
from vocmine.errors import SettingsError
from vocmine.frames import CHANNELS, SENTIMENTS


def days_since_start(frame: pd.DataFrame, start: str = "2026-09-01") -> pd.Series:
    local = frame["created_at"].dt.tz_convert("Asia/Tokyo").dt.normalize()
    return (local - pd.Timestamp(start, tz="Asia/Tokyo")).dt.days


def main_reason(frame: pd.DataFrame) -> pd.Series:
    return frame["true_reasons"].str.split("|").str[0]


def test_columns_are_those_of_the_contract(demo: pd.DataFrame) -> None:
    assert demo.columns.tolist() == [*SEEN_COLUMNS, "reposts", *TRUTH_COLUMNS]
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
