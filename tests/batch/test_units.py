"""Contacts per order: growth beside growth of the business, for whole months that have both numbers."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy.stats import chi2

from vocmine.batch.units import per_unit


def months(partial=()):
    table = pd.DataFrame({"month": ["2026-08", "2026-09", "2026-09"], "issue": ["a", "a", "b"], "n_contacts": [60.0, 90.0, 0.0], "handle_hours": 1.0, "cost": [600.0, 900.0, 0.0]})
    return table.assign(is_partial=table["month"].isin(partial))


def test_rates_have_the_exact_interval_of_a_count():
    table = per_unit(months(), {"2026-08": 1_000, "2026-09": 2_000}, 0.95, "ご注文").set_index(["issue", "month"])
    row = table.loc[("all", "2026-08")]
    assert row["contact_rate_low"] == pytest.approx(chi2.ppf(0.025, 120) / 2 / 1_000)
    assert row["contact_rate_high"] == pytest.approx(chi2.ppf(0.975, 122) / 2 / 1_000)
    assert table.loc[("b", "2026-09"), "contact_rate_low"] == 0
    assert set(table["unit_name"]) == {"ご注文"}


def test_months_without_units_or_not_whole_are_left_out():
    assert per_unit(months(("2026-09",)), {"2026-09": 10}, 0.95) is None
    assert set(per_unit(months(), {"2026-09": 10, "2026-12": 5}, 0.95)["month"]) == {"2026-09"}
    assert per_unit(months(), {}, 0.95) is None
    assert per_unit(None, {"2026-09": 10}, 0.95) is None
