"""Who answers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.drivers import answering


def test_answers_by_channel_and_mood():
    contacts = pd.DataFrame({"contact_id": [f"c{i}" for i in range(100)], "channel": ["call"] * 60 + ["chat"] * 40, "csat": np.where(np.arange(100) % 4 == 0, 4.0, np.nan)})
    tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "sentiment", "label": np.where(np.arange(100) < 30, "negative", "neutral")})
    table = answering(contacts, tags).set_index(["kind", "name"])
    assert table.loc[("all", "all"), ["n", "n_answered", "share"]].tolist() == [100, 25, 0.25]
    assert table.loc[("channel", "call"), "n_answered"] == 15
    assert table.loc[("mood", "negative"), "n"] == 30
    assert ((table["low"] <= table["share"]) & (table["share"] <= table["high"])).all()
