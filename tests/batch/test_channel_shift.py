"""What a move to another channel would save, from a results folder."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.batch import Move, shift_results
from vocmine.batch.contact_store import ContactStore
from vocmine.cost import CostModel
from vocmine.errors import SettingsError
from vocmine.settings import Settings

MODEL = CostModel(rate_per_minute={"call": 60.0, "chat": 60.0}, currency="JPY")


@pytest.fixture
def home(tmp_path):
    n = 100
    contacts = pd.DataFrame(
        {
            "contact_id": [f"c{i:03d}" for i in range(n)], "text": "本文", "terms": "本文", "lang": "ja", "channel": "call",
            "created_at": pd.Timestamp("2026-11-01 03:00", tz="UTC") + pd.to_timedelta(range(n), unit="h"), "handle_seconds": 480.0,
            "customer_id": "one",
        }
    )
    tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": "bill", "score": 0.9, "source": "model", "evidence": ""})
    ContactStore(tmp_path, "Asia/Tokyo").upsert(contacts, tags)
    return tmp_path


def test_half_of_the_calls_become_chats(home):
    # 50 calls of 8 minutes at 60 = 24,000; chats of 10 minutes, two at once: 15,000; a tenth calls again: 2,400
    lines = shift_results(home, Settings(), MODEL, Move("bill", "call", "chat", 0.5, 600, 2, 0.1))
    assert lines[0].startswith("bill: 50 contacts from call to chat, 2026-11-01 to 2026-11-05")
    assert "24,000 JPY" in lines[1]
    assert "17,400 JPY" in lines[1]
    assert "saving of handling cost: 6,600 JPY" in lines[2]
    assert "5 contacts come back" in lines[2]


@pytest.mark.parametrize(
    ("model", "move", "says"),
    [
        (None, Move("bill", "call", "chat", 0.5, 600), "no rates"),
        (MODEL, Move("bil", "call", "chat", 0.5, 600), "no such contacts"),
        (MODEL, Move("bill", "call", "email", 0.5, 600), "email"),
        (MODEL, Move("bill", "call", "chat", 1.5, 600), "share"),
    ],
)
def test_a_move_that_does_not_fit_is_said(home, model, move, says):
    with pytest.raises(SettingsError, match=says):
        shift_results(home, Settings(), model, move)
