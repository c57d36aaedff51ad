"""Agents by hour and shifts of channels, on the page and in the workbook."""

from __future__ import annotations

import pandas as pd
import pytest
from openpyxl import load_workbook

from vocmine.report import Extras, build_report

HOUR = {
    "channel": "call", "weekday": 0, "hour": 10, "n_days": 4, "n": 48, "per_hour": 12.0, "per_hour_low": 8.0,
    "per_hour_high": 17.0, "n_timed": 48, "handle_seconds": 300.0, "handle_low": 270.0, "handle_high": 330.0,
    "at_once": 1.0, "agents": 3, "agents_low": 2, "agents_high": 4, "paid": float("nan"), "service_level": 0.95,
    "occupancy": 0.33, "target_share": 0.8, "target_seconds": 20.0, "shrinkage": float("nan"),
}
SHIFT = {
    "issue": "billing.refund", "source": "call", "target": "chat", "n": 100, "n_source_timed": 90, "n_target_timed": 80,
    "cost_source": 600.0, "cost_target": 240.0, "returned": 0.05, "n_returned": 99, "saving_each": 330.0,
    "saving_each_low": 300.0, "saving_each_high": 360.0, "n_moved": 10.0, "saving": 3300.0, "saving_low": 3000.0,
    "saving_high": 3600.0, "hours_saved": 1.0, "share_moved": 0.1,
}


def report(centre, lang, hours=None, shifts=None):
    frames = {name: pd.DataFrame(rows) for name, rows in (("staffing", hours), ("shifts", shifts)) if rows}
    return build_report(centre.contacts, centre.tags, centre.costs, lang=lang, extras=Extras(**frames))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ja", ("月曜", "10:00", "電話からチャットへ移したとき", "シュリンケージ", "80%の応対に20秒以内")),
        ("en", ("Mon", "10:00", "Labour when calls move to chat", "shrinkage", "80% of contacts to be answered within 20 seconds")),
    ],
)
def test_both_tables_stand_on_the_page(centre, lang, words):
    html = report(centre, lang, [HOUR, {**HOUR, "hour": 11, "agents": 5, "agents_high": 6}], [SHIFT]).html
    assert all(word in html for word in words)
    assert html.index("11:00") < html.index("10:00")  # most people first


def test_agents_to_pay_stand_there_with_a_shrinkage_only(centre):
    without = report(centre, "en", [HOUR]).html
    known = report(centre, "en", [{**HOUR, "paid": 4.3, "shrinkage": 0.3}]).html
    assert "Agents to pay" not in without
    assert "Agents to pay" in known and "4.3" in known and "30%" in known


def test_a_shift_that_saves_nothing_for_sure_is_no_saving(centre):
    html = report(centre, "en", None, [{**SHIFT, "saving_low": -10.0, "saving_each_low": -1.0}]).html
    assert "surely be saved in 0 of 1 reasons" in html


def test_the_workbook_has_all_hours(centre, tmp_path):
    made = report(centre, "en", [{**HOUR, "hour": hour} for hour in range(24)], [SHIFT])
    made.to_xlsx(tmp_path / "r.xlsx")
    cells = [cell.value for row in load_workbook(tmp_path / "r.xlsx")["Staffing and shifts"].iter_rows() for cell in row]
    assert {f"{hour:02d}:00" for hour in range(24)} <= set(cells)


def test_without_tables_there_is_no_section(centre):
    assert "Agents needed by hour" not in report(centre, "en").html
