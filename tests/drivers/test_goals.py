"""Targets: met or missed only where the whole range says so."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.drivers import target_table
from vocmine.errors import SettingsError
from vocmine.frames import TARGET_BOUNDS

CONTACTS = pd.DataFrame({
    "channel": ["call"] * 50 + ["email"] * 40 + ["bot"] * 10, "csat": [4.0, 5.0] * 50, "nps": [10, 3] * 50, "handle_seconds": [300.0] * 45 + [600.0] * 45 + [0.0] * 10,
    "wait_seconds": [30.0] * 25 + [90.0] * 25 + [9_000.0] * 50, "first_response_seconds": [60.0, 7_200.0] * 50, "contact_id": [f"c{i}" for i in range(100)],
})


def verdicts(**targets):
    return target_table(CONTACTS, targets).set_index("target")["verdict"].to_dict()


def test_met_missed_and_open():
    assert verdicts(csat=4.2) == {"csat": "met"}
    assert verdicts(csat=4.9) == {"csat": "missed"}
    assert verdicts(csat=4.5) == {"csat": "open"}
    assert verdicts(wait_seconds=90) == {"wait_seconds": "met"}
    assert verdicts(handle_seconds=100) == {"handle_seconds": "missed"}
    assert verdicts(nps=10) == {"nps": "open"}
    assert verdicts(csat_share=0.9) == {"csat_share": "met"}


def test_times_are_those_of_contacts_with_a_person_and_waits_those_of_calls_and_chats():
    table = target_table(CONTACTS, {"wait_seconds": 60, "handle_seconds": 600}).set_index("target")
    assert table.loc["wait_seconds", ["n", "value", "within"]].tolist() == [50, 60, 0.5]
    assert table.loc["handle_seconds", ["n", "value"]].tolist() == [90, 450]


def test_measures_of_journeys_are_used_and_what_is_not_there_is_told():
    measures = pd.DataFrame([("first_contact_resolution", 200, 0.8, 0.74, 0.85)], columns=["measure", "n", "value", "low", "high"])
    table = target_table(CONTACTS, {"fcr": 0.7, "repeat_rate": 0.1}, measures).set_index("target")
    assert table["verdict"].to_dict() == {"fcr": "met", "repeat_rate": "unknown"}
    assert table.loc["repeat_rate", "n"] == 0
    assert target_table(CONTACTS, {"fcr": 0.7}).iloc[0]["verdict"] == "unknown"


def test_a_range_of_no_width_that_holds_the_target_is_met():
    same = pd.DataFrame({"csat": [4.0] * 9})
    assert target_table(same, {"csat": 4.0}).iloc[0]["verdict"] == "met"
    assert target_table(same.head(1), {"csat": 4.0}).iloc[0]["verdict"] == "unknown"


@pytest.mark.parametrize("targets", [{"mood": 1}, {"csat": 6}, {"fcr": 75}, {"nps": 101}, {"wait_seconds": -1}])
def test_targets_without_meaning_are_refused(targets):
    with pytest.raises(SettingsError):
        target_table(CONTACTS, targets)


def test_every_target_has_a_scale_and_can_be_asked_for():
    table = target_table(CONTACTS, {name: np.mean(ends) for name, ends in TARGET_BOUNDS.items()})
    assert table["target"].tolist() == list(TARGET_BOUNDS)
