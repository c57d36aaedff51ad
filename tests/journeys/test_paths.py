"""Paths and first channels: hand-computed, only whole journeys, the same in any order of rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.journeys import channel_preference, journey_paths


def made(frame_of, tags_of, rows):
    frame = frame_of([row[:3] for row in rows])
    return frame, tags_of(frame, [row[3] for row in rows])


ROWS = [
    ("y", 0.0, "call", "x"),  # within the first window
    ("k", 10.0, "bot", "bill"), ("k", 12.0, "call", "refund"), ("k", 18.5, "call", "refund"), ("k", 26.0, "chat", "bill"),
    ("m", 10.0, "bot", "bill"), ("m", 11.0, "call", "refund"), ("m", 12.0, "call", "refund"),
    ("n", 10.0, "chat", "bill"), ("o", 29.0, "call", "bill"), (None, 12.0, "call", "bill"), ("z", 40.0, "call", "x"),
    ("p", 31.0, "chat", "bill"), ("p", 34.0, "call", "bill"),  # reaches into the last window
]


def test_paths_by_hand(frame_of, tags_of):
    table = journey_paths(*made(frame_of, tags_of, ROWS))
    found = {row.path: (row.n, row.n_customers, row.n_steps, row.median_days) for row in table.itertuples()}
    assert found == {("bill", "refund", "refund"): (2, 2, 3, 5.25), ("bill",): (3, 3, 1, 0.0)}
    assert table["n_all"].tolist() == [5, 5] and table["share"].sum() == pytest.approx(1)


def test_long_paths_are_cut_and_counted_apart(frame_of, tags_of):
    rows = [("k", 10.0 + i, "call", "a") for i in range(3)] + [("m", 10.0 + i, "call", "a") for i in range(2)] + [("z", 0.0, "call", "a"), ("z", 40.0, "call", "a")]
    table = journey_paths(*made(frame_of, tags_of, rows), most_steps=2)
    assert table[["path", "n_steps", "n"]].values.tolist() == [[("a", "a"), 2, 1], [("a", "a"), 3, 1]]
    with pytest.raises(SettingsError, match="steps"):
        journey_paths(*made(frame_of, tags_of, rows), most_steps=0)


def test_first_channels_by_hand(frame_of, tags_of):
    frame, _ = made(frame_of, tags_of, ROWS)
    table = channel_preference(frame).set_index("channel")
    assert table.loc["bot", ["n", "n_all", "n_again", "n_switched", "switch_rate", "to_channel"]].tolist() == [2, 5, 2, 2, 1.0, "call"]
    assert table.loc["chat", ["n", "n_again", "n_switched"]].tolist() == [2, 0, 0]
    assert np.isnan(table.loc["chat", "switch_rate"]) and table.loc["chat", "to_channel"] == ""


def test_a_tie_names_no_channel(frame_of):
    rows = [("a", 10.0, "bot"), ("a", 11.0, "call"), ("b", 10.0, "bot"), ("b", 11.0, "chat"), ("z", 0.0, "call"), ("y", 40.0, "call")]
    row = channel_preference(frame_of(rows)).set_index("channel").loc["bot"]
    assert row["n_switched"] == 2 and row["to_channel"] == ""


def test_order_of_rows_does_not_matter(frame_of, tags_of):
    rng = np.random.default_rng(2)
    rows = [(f"k{rng.integers(80)}", rng.uniform(0, 60), rng.choice(["call", "chat"]), rng.choice(list("abc"))) for _ in range(600)]
    frame, tags = made(frame_of, tags_of, rows)
    mixed = frame.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(journey_paths(frame, tags), journey_paths(mixed, tags.sample(frac=1, random_state=5)))
    pd.testing.assert_frame_equal(channel_preference(frame), channel_preference(mixed))


def test_no_customer_gives_empty_tables(frame_of, tags_of):
    frame, tags = made(frame_of, tags_of, [(None, 0.0, "call", "a")])
    assert journey_paths(frame, tags).empty and channel_preference(frame).empty
