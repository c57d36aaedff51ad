"""Customers who may leave, by segment."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.errors import ContactError
from vocmine.journeys import at_risk_by, wilson

CONTACTS = pd.DataFrame({
    "contact_id": list("abcdefg"), "customer_id": ["k", "k", "m", "n", "o", None, "p"],
    "segment": ["big", "big", "big", "small", "small", "big", None], "revenue": [900.0, 900.0, None, 50.0, 60.0, 5.0, 7.0],
})
TAGS = pd.DataFrame([("a", 0.9), ("b", 0.9), ("c", 0.8), ("d", 0.3), ("g", 0.9)], columns=["contact_id", "score"]).assign(kind="signal", label="churn")


def test_customers_are_counted_once_and_their_revenue_too():
    table = at_risk_by(CONTACTS, TAGS).set_index("segment")
    assert table.loc["big", ["n_customers", "n_leaving", "n_valued", "value_at_risk", "value"]].tolist() == [2, 2, 1, 900.0, 900.0]
    assert table.loc["small", ["n_customers", "n_leaving", "value_at_risk", "value"]].tolist() == [2, 0, 0.0, 110.0]
    low, high = wilson(2, 2)
    assert (table.loc["big", "low"], table.loc["big", "high"]) == pytest.approx((float(low), float(high)))


def test_without_revenue_nothing_is_said_of_it():
    table = at_risk_by(CONTACTS.drop(columns="revenue"), TAGS)
    assert table[["value_at_risk", "value"]].isna().all(axis=None)


def test_order_and_missing_columns():
    mixed = at_risk_by(CONTACTS.sample(frac=1, random_state=2).reset_index(drop=True), TAGS)
    pd.testing.assert_frame_equal(mixed, at_risk_by(CONTACTS, TAGS))
    with pytest.raises(ContactError, match="plan"):
        at_risk_by(CONTACTS, TAGS, "plan")
