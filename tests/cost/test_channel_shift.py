"""Contacts moved to another channel, in closed form."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.cost import (
    CostModel,
    IssueCosts,
    shift_channel,
)
from vocmine.errors import SettingsError


def test_shift_closed_form():
    costs = pd.DataFrame({
        "channel": ["call", "chat"], "issue": "a", "n_contacts": [200.0, 10.0], "cost": [100_000.0, 1.0],
        "handle_hours": [200 * 0.125, 1.0],
    })
    costs = IssueCosts(costs)
    model = CostModel({"call": 60, "chat": 66}, "JPY", fixed_per_contact={"chat": 5})
    move = shift_channel(costs, model, "a", ("call", "chat"), share=0.25, handle_seconds=900, concurrency=3, returned=0.2)
    assert move.contacts_moved == 50 and move.contacts_added == 10
    assert move.cost_after == pytest.approx(50 * (15 / 3 * 66 + 5 + 0.2 * 500))
    assert move.saving == pytest.approx(25_000 - move.cost_after)
    assert move.hours_saved == pytest.approx(50 * (0.125 - 0.25 / 3 - 0.2 * 0.125))
    with pytest.raises(SettingsError, match="email"):
        shift_channel(costs, model, "a", ("call", "email"), share=0.5, handle_seconds=300)
    with pytest.raises(SettingsError, match="no such contacts"):
        shift_channel(costs, model, "z", ("call", "chat"), share=0.5, handle_seconds=300)
