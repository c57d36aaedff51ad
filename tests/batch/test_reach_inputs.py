"""How data arrive and time lines are made from a period's contacts; what the contacts lack is left out."""

from __future__ import annotations

import pandas as pd

from vocmine.batch.reach_inputs import reach_inputs
from vocmine.settings import Settings


def made() -> tuple[pd.DataFrame, pd.DataFrame]:
    days = pd.to_datetime(["2026-11-01 16:00", "2026-11-02 16:00", "2026-11-03 16:00", "2026-11-05 16:00"], utc=True)
    contacts = pd.DataFrame({"contact_id": list("abcd"), "customer_id": list("kkkm"), "channel": ["call", "call", "call", "chat"], "created_at": days, "text_clean": "x"})
    return contacts, pd.DataFrame({"contact_id": list("abcd"), "kind": "reason", "label": "bill", "score": 1.0})


def test_lags_are_of_local_days_and_time_lines_of_long_chains():
    tables = reach_inputs(*made(), Settings(timezone="Asia/Tokyo"))
    lags = tables["lags"].set_index("source")
    assert lags.loc["call", "last_day"] == "2026-11-04" and lags.loc["call", "lag_days"] == 2
    assert tables["timelines"]["at"].tolist() == ["2026-11-02 01:00", "2026-11-03 01:00", "2026-11-04 01:00"]


def test_without_customers_there_are_no_time_lines():
    contacts, tags = made()
    assert set(reach_inputs(contacts.assign(customer_id=None), tags, Settings())) == {"lags"}
