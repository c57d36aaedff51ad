"""Minutes and cost of codes by month: whole months, old ones kept, and equal to the costs by day."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.batch.code_months import NAME, update_code_costs
from vocmine.batch.codes import AgentCodes
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.monthly import update_daily
from vocmine.cost import CostModel
from vocmine.settings import Settings

YEN = CostModel(rate_per_minute={"call": 60.0, "social": 30.0}, currency="JPY", cost_per_transfer=100.0, numerator="direct")


@pytest.fixture
def home(tmp_path, stored):
    contacts, tags = stored
    coded = contacts.assign(agent_code=[["01", "02", None][i % 3] for i in range(len(contacts))], transfers=[i % 2 for i in range(len(contacts))])
    ContactStore(tmp_path, "Asia/Tokyo").upsert(coded, tags)
    AgentCodes.of(Settings(), None)
    (tmp_path / "codes.json").write_text('{"code_mapping": {"01": "bill"}, "reasons_from": "codes"}')
    return tmp_path


def test_each_month_equals_the_costs_by_day(home):
    store = ContactStore(home, "Asia/Tokyo")
    table = update_code_costs(home, store, Settings(), YEN)
    daily = update_daily(home, store, Settings(), YEN)
    by_day = daily.assign(month=daily["day"].str[:7]).groupby("month")[["n_contacts", "cost", "handle_hours"]].sum()
    by_code = table.groupby("month")[["n_contacts", "cost", "minutes"]].sum()
    assert by_code["n_contacts"].to_dict() == by_day["n_contacts"].round(6).to_dict()
    assert by_code["cost"].to_dict() == by_day["cost"].to_dict()
    assert (by_code["minutes"] / 60 - by_day["handle_hours"]).abs().max() < 1e-3
    assert set(table["code"]) == {"01", "02", ""}


def test_months_that_are_over_are_kept(home):
    store = ContactStore(home, "Asia/Tokyo")
    first = update_code_costs(home, store, Settings(), YEN)
    again = update_code_costs(home, store, Settings(), YEN)
    pd.testing.assert_frame_equal(first.astype(object), again.astype(object))
    assert len(set(first["month"])) > 1
    assert set(update_code_costs(home, store, Settings(months=1), YEN)["month"]) == {first["month"].max()}


def test_without_codes_there_is_no_file(home):
    store = ContactStore(home, "Asia/Tokyo")
    update_code_costs(home, store, Settings(), YEN)
    (home / "codes.json").unlink()
    assert update_code_costs(home, store, Settings(), YEN) is None and not (home / NAME).exists()
    assert update_code_costs(home, store, Settings(months=0), YEN) is None


def test_minutes_alone_without_rates(home):
    table = update_code_costs(home, ContactStore(home, "Asia/Tokyo"), Settings(), None)
    assert table["cost"].isna().all() and (table["minutes"] > 0).any()
