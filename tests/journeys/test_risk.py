"""Customers at risk."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.journeys import (
    at_risk,
)

START = pd.Timestamp("2026-09-01", tz="UTC")


def test_risk_counts_customers_once_and_reach_of_public_posts_only():
    contacts = pd.DataFrame({
        "contact_id": list("abcdef"), "created_at": START, "customer_id": ["k", "k", "m", None, None, "n"],
        "is_public": [True, False, False, False, False, True], "reach": [100.0, 50.0, None, None, None, 7.0],
    })
    tags = pd.DataFrame(
        [(c, "reason", "bill", 0.9) for c in "abcde"] + [("f", "reason", "net", 0.9), ("a", "reason", "net", 0.5)]
        + [(c, "signal", "churn", 0.9) for c in "abde"], columns=["contact_id", "kind", "label", "score"],
    )
    table = at_risk(contacts, tags, 1_000.0).set_index("reason")
    assert table.loc["bill", ["n", "n_signal", "n_customers", "reach", "value_at_risk"]].tolist() == [5, 4, 3, 100, 3_000]
    assert table.loc["net", ["n", "n_signal", "n_customers", "reach"]].tolist() == [2, 1, 1, 107]
    assert "value_at_risk" not in at_risk(contacts, tags)
    with pytest.raises(SettingsError, match="wrong value"):
        at_risk(contacts, tags, -1.0)
