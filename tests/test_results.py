"""What goes with a table is not lost on the way, and a table without it is refused."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pandas as pd
import pytest

from vocmine.cost import avoidable_cost, contact_rates, plan_labels, rank_issues
from vocmine.errors import SettingsError
from vocmine.results import IssueCosts, Note, ReasonInfo, need_costs
from vocmine.tagger import Tagger

TABLE = pd.DataFrame({"issue": ["bill", "<b>"], "n_contacts": [3.0, 2.0], "cost": [30.0, 20.0], "cost_low": [20.0, 10.0], "cost_high": [40.0, 30.0]})


def test_joins_and_picks_keep_currency_level_and_notes():
    costs = IssueCosts(TABLE, currency="JPY", level=0.9, notes=(Note.of("imputed", n=1, of=5),))
    joined = costs.with_table(TABLE.merge(pd.DataFrame({"issue": ["bill"], "owner": ["A"]}), how="left"))
    assert (joined.currency, joined.level, joined.notes) == ("JPY", 0.9, costs.notes)
    assert joined.with_notes(Note("basis_prior")).notes == (*costs.notes, Note("basis_prior"))
    copy = costs.to_frame()
    copy["cost"] = 0.0
    assert costs.table["cost"].sum() == 50
    with pytest.raises(FrozenInstanceError):
        costs.currency = "USD"  # type: ignore[misc]


def test_it_shows_itself_without_markup_of_others():
    costs = IssueCosts(TABLE, currency="<JPY>")
    assert "<b>" not in costs._repr_html_()
    assert "&lt;JPY&gt;" in costs._repr_html_()
    assert "n_checked=0" in repr(costs)


@pytest.mark.parametrize(
    "call",
    [need_costs, rank_issues, plan_labels, lambda costs: avoidable_cost(costs, {"bill": "failure"}), lambda costs: contact_rates(costs, 10)],
)
def test_a_bare_table_is_refused_with_what_to_pass(call):
    with pytest.raises(SettingsError, match=r"without their currency and level.*IssueCosts\(table, currency="):
        call(TABLE)


def test_the_shipped_names_are_those_of_the_tagger():
    assert ReasonInfo.shipped() == Tagger().names()
    assert ReasonInfo.from_dict(ReasonInfo.shipped().to_dict()) == ReasonInfo.shipped()
    assert ReasonInfo.from_dict({}) == ReasonInfo()
