"""From team to team: hand-computed moves, a planted wrong route, and no matter in which order the rows come."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import simulate
from vocmine.errors import ContactError
from vocmine.journeys import misroute_rate, team_handoffs, transfer_matrix


@pytest.fixture
def by_hand(frame_of, tags_of):
    """K goes from A to B about a bill, then to A about a login; m stays with A; n ends in the last window."""
    rows = [
        ("k", 8.0, "call", "A", "bill", 0, 300), ("k", 9.0, "chat", "B", "bill", 1, 900), ("k", 10.0, "call", "A", "login", 0, 120),
        ("m", 8.0, "call", "A", "bill", 0, 240), ("m", 9.0, "call", "A", "bill", 0, 360), ("m", 10.0, "bot", None, "bill", 0, 30),
        ("n", 29.0, "call", "A", "bill", 0, 300), (None, 8.0, "call", "A", "bill", 1, 300), ("z", 30.0, "call", "A", "login", None, 60),
    ]
    frame = frame_of([row[:3] for row in rows])
    frame = frame.assign(team=[r[3] for r in rows], transfers=[r[5] for r in rows], handle_seconds=[float(r[6]) for r in rows])
    return frame, tags_of(frame, [row[4] for row in rows])


def test_moves_by_hand(by_hand):
    table = team_handoffs(*by_hand, rate_per_minute={"call": 60, "chat": 30}).set_index(["from_team", "to_team"])
    assert table["n"].to_dict() == {("A", "none"): 2, ("A", "A"): 1, ("A", "B"): 1, ("B", "none"): 1}
    assert table.loc[("A", "B"), ["n_from", "share", "median_hours", "n_timed", "minutes", "money"]].tolist() == [4, 0.25, 24.0, 1, 15.0, 450.0]
    assert np.isnan(table.loc[("A", "B"), "minutes_low"])  # a single contact has no range
    assert table.loc[("A", "none"), "n_timed"] == 0


def test_a_route_is_wrong_where_it_was_transferred_or_went_on_elsewhere(by_hand):
    row = misroute_rate(*by_hand, by=()).iloc[0]
    assert row[["n", "n_transferred", "n_other_team", "n_misrouted", "n_left_out"]].tolist() == [5, 1, 1, 2, 4]
    assert row["minutes_again"] == 15.0
    by_reason = misroute_rate(*by_hand).set_index("reason")
    assert by_reason.loc["bill", ["n", "n_misrouted", "n_left_out"]].tolist() == [4, 2, 3]
    assert by_reason.loc["login", ["n", "n_misrouted", "n_left_out"]].tolist() == [1, 0, 1]


def test_order_of_rows_does_not_matter(by_hand):
    frame, tags = by_hand
    mixed, labels = frame.sample(frac=1, random_state=3), tags.sample(frac=1, random_state=4)
    pd.testing.assert_frame_equal(team_handoffs(frame, tags, rate_per_minute=60), team_handoffs(mixed, labels, rate_per_minute=60))
    pd.testing.assert_frame_equal(misroute_rate(frame, tags, rate_per_minute=60), misroute_rate(mixed, labels, rate_per_minute=60))


def test_a_planted_wrong_route_is_found(centre):
    rng = np.random.default_rng(9)
    frame, tags = centre(rng, broken="A", back_to="D")
    table = team_handoffs(frame, tags).set_index(["from_team", "to_team"])
    assert table.loc[("A", "D"), "low"] > table.loc[("C", "D"), "high"]
    assert (table.groupby("from_team")["share"].sum().round(9) == 1).all()
    rates = misroute_rate(frame, tags, by="team").set_index("team")
    assert rates.loc["A", "low"] > rates.loc["C", "high"]


def test_the_made_centre_loses_the_minutes_it_was_made_to_lose():
    """The simulator makes a contact longer by a known factor for each transfer."""
    from vocmine.contacts.simulator.work import TRANSFER_SECONDS

    made = simulate(days=120, per_day=60, seed=4)
    reason = made["true_reasons"].str.split("|").str[0]
    tags = pd.DataFrame({"contact_id": made["contact_id"], "kind": "reason", "label": reason, "score": 1.0})
    row = transfer_matrix(made, tags, by=(), rate_per_minute=60).iloc[0]
    factor = 1 + TRANSFER_SECONDS * made["transfers"].astype(float)
    truth = (made["handle_seconds"] * (1 - 1 / factor) / 60)[made["transfers"] > 0].mean()
    mean = [row[f"minutes_{end}"] / row["n_timed"] for end in ("low", "high")]
    assert row["n_timed"] > 200 and mean[0] < truth < mean[1]
    parts = transfer_matrix(made, tags)
    assert parts["n_transferred"].sum() == row["n_transferred"] == (made["transfers"] > 0).sum()
    assert parts["minutes_lost"].sum() == pytest.approx(row["minutes_lost"])


def test_a_missing_column_is_said(frame_of):
    frame = frame_of([("k", 0.0, "call")])
    with pytest.raises(ContactError, match="team"):
        team_handoffs(frame)
    with pytest.raises(ContactError):
        misroute_rate(frame.assign(team="A"))


def test_nothing_to_follow_gives_empty_tables(frame_of):
    frame = frame_of([(None, 0.0, "call")]).assign(team="A", transfers=0, handle_seconds=60.0)
    assert team_handoffs(frame).empty and misroute_rate(frame, rate_per_minute=60).empty
