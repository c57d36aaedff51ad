"""The lines of a backtest: what is long is cut and counted, in both languages, with the same gaps."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from vocmine.batch.backtest import Backtest, FalseAlarms, SettingResult
from vocmine.batch.backtest_words import backtest_lines
from vocmine.batch.replay import Sensitivity
from vocmine.batch.replay_rows import ReplayRow
from vocmine.frames import ALERTS
from vocmine.topics.tracking.incident import STATES

WORDS = yaml.safe_load(files("vocmine.batch").joinpath("data", "backtest.yaml").read_text(encoding="utf-8"))
INCIDENT = ReplayRow("2026-09-07", "incident", "opened", "inc-1", "画面が白い", "White screen", 5, "2026-09-06", 1, 6, 120, "growing")
WRONG = FalseAlarms(46, 1, 0)
ALERT = ReplayRow("2026-09-08", "alert", "growing", "", "配送", "配送", 21, "2026-09-06", 2, 21, None, "")


def found(told=(INCIDENT, ALERT), shuffled=(WRONG,), n_fixed=30):
    result = SettingResult(Sensitivity.in_use(), True, 46, told, shuffled)
    return Backtest(Path("out"), "2026-09-01", "2026-10-30", 60, 3000, n_fixed, 0.95, (result,))


def test_both_languages_have_the_same_gaps():
    for key, text in WORDS["ja"].items():
        if isinstance(text, dict):
            assert set(text) == set(WORDS["en"][key])
        else:
            assert sorted(re.findall(r"{(\w+)", text)) == sorted(re.findall(r"{(\w+)", WORDS["en"][key])), key
    assert set(WORDS["ja"]) == set(WORDS["en"])
    assert set(WORDS["ja"]["states"]) == set(STATES)
    (status,) = (column for column in ALERTS if column.name == "status")
    assert set(WORDS["ja"]["statuses"]) == {*status.allowed, "opened"}


def test_english_lines():
    lines = backtest_lines(found(), "en")
    assert lines[0] == "60 days from 2026-09-01 to 2026-10-30, 3,000 contacts, replayed with 1 sensitivities"
    assert lines[2] == "alpha 0.02, min_ratio 2, settle_days 14 (as runs have it)"
    assert "46 days judged: 1 alarms (0.7 in 30 days), 1 incidents" in lines[3]
    assert "median 1 days, 6 contacts" in lines[4]
    assert "in 30 days 0.7 alarms (0.0 to 3.6), 0.0 incidents (0.0 to 2.4)" in lines[5]
    assert '2026-09-07 incident "White screen": told at 5 contacts, 1 days after it began on 2026-09-06' in lines[6]
    assert lines[7].endswith("(growing) at 21 contacts, of no incident")
    assert "30 contacts (1%)" in lines[-1]


def test_japanese_lines_name_it_in_japanese():
    text = "\n".join(backtest_lines(found(), "ja"))
    assert "画面が白い" in text and "White" not in text and "増加中" in text and "（いまの設定）" in text


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_long_is_counted(lang):
    lines = backtest_lines(found(told=(ALERT,) * 15), lang)
    assert sum("2026-09-08" in line for line in lines) == 12
    assert any(" 3 " in line or "3行" in line for line in lines[-3:])


def test_without_shuffles_nothing_is_said_of_false_alarms():
    text = "\n".join(backtest_lines(found(shuffled=(), n_fixed=None), "en"))
    assert "false" not in text and "shuffl" not in text
