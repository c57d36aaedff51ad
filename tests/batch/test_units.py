"""Contacts per order: growth beside growth of the business, for whole months that have both numbers."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy.stats import chi2

from vocmine.batch.units import per_unit
from vocmine.errors import SettingsError
from vocmine.settings import load_settings


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


@pytest.mark.parametrize("units", ["{2026-13: 5}", "{2026-10: 0}", "{Oct: 5}", "[1]", "{2026-10: many}"])
def test_wrong_units_are_told(tmp_path, units):
    (tmp_path / "s.yaml").write_text(f"units: {units}\n")
    with pytest.raises(SettingsError, match="wrong setting"):
        load_settings(tmp_path / "s.yaml")


def test_months_of_a_file_are_words(tmp_path):
    (tmp_path / "s.yaml").write_text("units: {2026-10: 12000}\nunit_name: orders\n")
    assert load_settings(tmp_path / "s.yaml").units == {"2026-10": 12000.0}
