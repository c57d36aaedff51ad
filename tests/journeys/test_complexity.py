"""Hard reasons, and simple ones that could go to self-service: planted ones are found."""

from __future__ import annotations

import numpy as np

from vocmine.journeys import (
    channel_complexity,
    reason_complexity,
)


def test_hard_reasons_are_complex_and_simple_ones_candidates(centre):
    frame, tags = centre(np.random.default_rng(4))
    table = reason_complexity(frame, tags).set_index("reason")
    assert table.loc["hard", "complexity"] > table.loc["easy", "complexity"]
    assert table["is_candidate"].to_dict() == {"easy": True, "hard": False}
    assert table.loc["hard", "handle_ratio"] > 1 > table.loc["easy", "handle_ratio"]
    slow = frame.assign(handle_seconds=frame["handle_seconds"] * np.where(frame["channel"] == "email", 5, 1))
    again = reason_complexity(slow, tags).set_index("reason")
    assert np.allclose(again["handle_ratio"], table["handle_ratio"])  # a slow channel makes no reason complex
    bots = reason_complexity(frame.assign(channel="bot"), tags)
    assert bots["complexity"].isna().all() and not bots["is_candidate"].any()


def test_channels_with_hard_matters_are_known(centre):
    frame, tags = centre(np.random.default_rng(5))
    label = tags.set_index("contact_id")["label"].reindex(frame["contact_id"]).to_numpy()
    frame["channel"] = np.where(label == "hard", "call", np.where(np.arange(len(frame)) % 3 == 0, "call", "chat"))
    table = channel_complexity(frame, tags, reason_complexity(frame, tags))
    assert table["channel"].tolist() == ["chat", "call"]
    assert table["simple_share"].iloc[0] == 1.0 and table["low"].iloc[1] > table["complexity"].iloc[0]
