"""What a shift of channels saves: labour alone, those who come back, ranges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import CostModel, channel_gains
from vocmine.errors import SettingsError, VocmineError

MODEL = CostModel({"call": 60.0, "chat": 60.0}, "JPY", concurrency={"chat": 2.0})


def made(n=200, call=600.0, chat=480.0, seed=0):
    rng = np.random.default_rng(seed)
    channel = np.array(["call", "chat"] * (n // 2))
    contacts = pd.DataFrame({
        "contact_id": [f"c{i}" for i in range(n)], "channel": channel,
        "handle_seconds": np.where(channel == "call", rng.normal(call, 60, n), rng.normal(chat, 60, n)),
    })
    return contacts, pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": "bill", "score": 1.0})


def test_refunds_are_never_saved():
    contacts, tags = made()
    paid = contacts.assign(cost_extra=np.where(contacts["channel"] == "call", 50_000.0, 0.0))
    pd.testing.assert_frame_equal(channel_gains(contacts, tags, MODEL), channel_gains(paid, tags, MODEL))


def test_the_range_holds_the_truth():
    truth = 600.0 - 240.0  # of one contact, where nobody comes back
    back = pd.DataFrame({"reason": ["bill"], "n": [100_000], "n_back": [0]})
    held = []
    for seed in range(200):
        row = channel_gains(*made(80, seed=seed), MODEL, returns=back).iloc[0]
        held.append(row["saving_each_low"] <= truth <= row["saving_each_high"])
    assert 0.9 <= np.mean(held) <= 0.99


def test_those_who_come_back_cost_again():
    contacts, tags = made()
    none, half = (
        channel_gains(contacts, tags, MODEL, returns=pd.DataFrame({"reason": ["bill"], "n": [99], "n_back": [k]})).iloc[0]
        for k in (0, 49)
    )
    assert none["returned"] == pytest.approx(0.005)
    assert half["returned"] == pytest.approx(0.495)
    assert none["saving_each"] - half["saving_each"] == pytest.approx(0.49 * none["cost_source"])


def test_what_is_not_known_of_returns_is_wide():
    contacts, tags = made()
    known = channel_gains(contacts, tags, MODEL, returns=pd.DataFrame({"reason": ["bill"], "n": [999], "n_back": [0]}))
    unknown = channel_gains(contacts, tags, MODEL)
    width = [(t["saving_high"] - t["saving_low"]).iloc[0] for t in (known, unknown)]
    assert width[1] > 5 * width[0]


def test_reasons_of_few_contacts_are_left_out():
    contacts, tags = made(30)
    assert channel_gains(contacts, tags, MODEL).empty
    assert channel_gains(contacts, tags.iloc[:0], MODEL).empty


def test_wrong_routes_and_rates_are_said():
    contacts, tags = made()
    with pytest.raises(SettingsError, match="same channel"):
        channel_gains(contacts, tags, MODEL, ("call", "call"))
    with pytest.raises(VocmineError, match="rate"):
        channel_gains(contacts, tags, CostModel({"call": 60.0}, "JPY"))
