"""The shipped figures are counts of the script, and its days hold nothing that is news."""

from __future__ import annotations

import importlib.util
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from vocmine.contacts import simulate

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "check_alarms.py"


@pytest.fixture(scope="module")
def check():
    if not SCRIPT.exists():
        pytest.skip("the scripts are not beside the tests")
    spec = importlib.util.spec_from_file_location("check_alarms", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_days_are_those_without_what_breaks_or_is_fixed(check):
    days = check.QuietDays(12, 20, seed=3)
    frame = simulate(12, 20, seed=3)
    quiet = frame.loc[frame["true_issue"] == "", "contact_id"]
    assert 0 < len(quiet) < len(frame)
    shown = [name for day in days.days for name in days.read(day)["contact_id"]]
    assert sorted(shown) == sorted(quiet)


def test_what_is_shipped_is_counted_over_at_least_four_streams(check):
    text = files("vocmine.topics").joinpath("data", "reliability.yaml").read_text(encoding="utf-8")
    counted = yaml.safe_load(text)
    assert set(counted) == {"days", "alarms", "incidents"} and all(isinstance(n, int) for n in counted.values())
    assert counted["days"] % 46 == 0 and counted["days"] >= 4 * 46  # of sixty days the first fourteen settle
    assert "scripts/check_alarms.py" in text


def test_a_stream_is_judged_after_topics_have_settled(check):
    done = check.counted(check.QuietDays(17, 20, seed=0), check.Sensitivity.in_use())
    assert done.days == 3 and done.n_alarms >= len(done.opened)
