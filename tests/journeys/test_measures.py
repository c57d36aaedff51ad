"""The standard measures agree with the single functions, and stand what data have in them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import ContactError
from vocmine.journeys import (
    first_contact_resolution,
    one_touch_share,
    repeat_rate,
    standard_measures,
)
from vocmine.journeys.measures import TIMES

START = pd.Timestamp("2026-09-01", tz="UTC")


def test_a_few_forgotten_posts_move_the_mean_and_not_the_median():
    frame = pd.DataFrame({"contact_id": [str(i) for i in range(101)], "created_at": START, "wait_seconds": [600.0] * 100 + [3e8]})
    table = standard_measures(frame).set_index("measure")
    assert table.loc["wait_seconds", "value"] > 2e6 and table.loc["wait_seconds", "low"] == 0
    assert table.loc["median_wait_seconds", ["value", "low", "high"]].tolist() == [600, 600, 600]


def test_measures_are_those_of_the_single_functions(centre):
    frame, _tags = centre(np.random.default_rng(8), n=900)
    frame = frame.assign(csat=np.where(np.arange(len(frame)) % 5 == 0, 4.0, np.nan), resolved=True)
    table = standard_measures(frame).set_index("measure")
    for name, single in (("repeat_rate", repeat_rate), ("first_contact_resolution", first_contact_resolution), ("one_touch_share", one_touch_share)):
        row = single(frame).iloc[0]
        assert table.loc[name, ["n", "value", "low", "high"]].tolist() == pytest.approx(row[["n", "share", "low", "high"]].tolist())
    by_channel = standard_measures(frame, by="channel").query("measure == 'handle_seconds'").set_index("channel")["value"]
    assert by_channel.to_dict() == pytest.approx(frame.groupby("channel")["handle_seconds"].mean().to_dict())
    assert table.loc["csat_share", "value"] == 1.0 and table.loc["resolved_share", "value"] == 1.0
    assert "wait_seconds" not in table.index


def test_measures_by_team_see_repeats_that_another_team_gets(centre):
    frame, tags = centre(np.random.default_rng(9), broken="A")
    table = standard_measures(frame, tags, by=["team", "channel"])
    assert table.columns[:3].tolist() == ["team", "channel", "measure"]
    whole = standard_measures(frame, tags).set_index("measure")
    assert not set(TIMES) & set(whole.index)
    for name in ("first_contact_resolution", "transfer_rate"):
        part = table[table["measure"] == name]
        assert part["n"].sum() == whole.loc[name, "n"]
        assert np.average(part["value"], weights=part["n"]) == pytest.approx(whole.loc[name, "value"])
    by_team = standard_measures(frame, tags, by="team").query("measure == 'first_contact_resolution'").set_index("team")
    assert by_team.loc["A", "value"] < by_team.loc["C", "value"] - 0.1
    with pytest.raises(ContactError, match="shop"):
        standard_measures(frame, tags, by="shop")


def test_all_that_is_solved_is_counted_over_the_same_contacts(centre):
    frame, tags = centre(np.random.default_rng(3), n=900)
    resolved = pd.array(np.where(np.arange(len(frame)) % 3 == 0, None, np.arange(len(frame)) % 5 > 0), dtype="boolean")
    table = standard_measures(frame.assign(resolved=resolved), tags).set_index("measure")
    names = ["first_contact_resolution", "one_touch_share", "resolved_share"]
    assert len(set(table.loc[names, "n"])) == 1
    assert table.loc["resolved_share", "value"] >= table.loc["first_contact_resolution", "value"] >= table.loc["one_touch_share", "value"]
    nobody = standard_measures(frame.assign(resolved=resolved, customer_id=None), tags).set_index("measure")
    assert nobody.loc["resolved_share", "n"] == pd.Series(resolved).notna().sum()


def test_times_are_those_of_one_channel():
    frame = pd.DataFrame({"contact_id": list("abc"), "created_at": START, "channel": ["call", "call", "bot"], "handle_seconds": [100.0, 300.0, 0.0]})
    assert not set(TIMES) & set(standard_measures(frame)["measure"])
    assert standard_measures(frame[:2]).set_index("measure").loc["handle_seconds", "value"] == 200
