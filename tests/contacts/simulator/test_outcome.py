"""What becomes of a contact: solved, handed over, back again."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts.simulator.centre import load_centre
from vocmine.contacts.simulator.draw import draw_contacts
from vocmine.contacts.simulator.outcome import add_outcomes, is_failure


def main_reason(frame: pd.DataFrame) -> pd.Series:
    return frame["true_reasons"].str.split("|").str[0]


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


@pytest.fixture(scope="module")
def draft():
    centre, calendar, rng = load_centre(), pd.date_range("2026-09-01", periods=30), np.random.default_rng(3)
    return add_outcomes(centre, draw_contacts(centre, calendar, 150, "mixed", rng), calendar, rng)


def test_rows_are_in_order_of_time_and_parents_come_first(draft):
    assert draft["local"].is_monotonic_increasing
    child = draft[draft["parent"] >= 0]
    parent = draft.iloc[child["parent"]]
    assert len(child) > 100
    assert (parent["local"].to_numpy() < child["local"].to_numpy()).all()
    assert (parent["customer"].to_numpy() == child["customer"].to_numpy()).all()
    assert (parent["reason"].to_numpy() == child["reason"].to_numpy()).all()
    assert ((draft["parent"] >= 0) == (draft["link"] != "")).all()


def test_contacts_come_back_twice_at_most_and_mostly_where_unsolved(draft):
    assert set(draft["again"]) == {0, 1, 2}
    back = draft.iloc[draft.loc[draft["link"] == "repeat", "parent"]]
    assert is_failure(load_centre(), back).all()
    assert back["resolved"].mean() < draft.loc[is_failure(load_centre(), draft), "resolved"].mean() - 0.1


def test_failures_leave_people_angrier(draft):
    failed = is_failure(load_centre(), draft)
    angry = draft["feeling"] == "negative"
    assert set(draft["feeling"]) == {"negative", "neutral", "positive"}
    assert angry[failed].mean() > angry[~failed].mean() + 0.2
    assert draft["resolved"][failed].mean() < draft["resolved"][~failed].mean()
