"""The further parts: what is shown, that page and workbook say the same, and what is left out."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest
from openpyxl import load_workbook
from vocmine.report.render.grid_view import Teller

from vocmine.errors import SettingsError
from vocmine.report import Extras, build_report
from vocmine.report.sections.grid import SECTION_KEYS, Col, Grid, Said
from vocmine.report.summary import Estimate
from vocmine.report.words import Words


def sections_of(report):
    return {part.key: part for part in report.summary.sections}


def grid_of(report, key):
    return next(grid for part in report.summary.sections for grid in part.grids if grid.key == key)


def numbers(cells):
    return [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]


def test_a_full_report_has_all_parts_in_order(full_report):
    assert tuple(part.key for part in full_report().summary.sections) == SECTION_KEYS


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_page_and_workbook_have_every_figure(full_report, lang, tmp_path):
    report = full_report(lang)
    report.to_xlsx(tmp_path / "r.xlsx")
    book, page = load_workbook(tmp_path / "r.xlsx"), report.html
    words = Words(lang, report.summary.currency)
    teller = Teller(words, report.evidence)
    for part in report.summary.sections:
        cells = {round(cell, 10) for row in book[words(f"sheet_{part.key}")].iter_rows(values_only=True) for cell in numbers(row)}
        for grid in part.grids:
            for row in grid.rows:
                for value in row:
                    parts = (value.value, value.low, value.high) if isinstance(value, Estimate) else (value,)
                    assert all(round(part, 10) in cells for part in numbers(parts) if not math.isnan(part)), (grid.key, value)
            for row in grid.shown:
                assert all(not isinstance(v, Estimate) or teller.main(c, v) in page for c, v in zip(grid.cols, row, strict=True))


def test_no_text_of_a_part_is_a_formula_or_markup(full_report, tmp_path):
    report = full_report()
    report.to_xlsx(tmp_path / "r.xlsx")
    cells = [cell for sheet in load_workbook(tmp_path / "r.xlsx") for row in sheet.iter_rows() for cell in row]
    live = [cell.value for cell in cells if cell.data_type == "f"]
    assert all(value.startswith("=SUM(") for value in live)
    assert any(cell.value == "=cmd|' /C calc'!A0" and cell.data_type == "s" for cell in cells)
    assert "<script>alert" not in report.html
    assert "&lt;script&gt;alert" in report.html


def test_topics_that_the_list_of_reasons_lacks_come_first(full_report):
    rows = grid_of(full_report(), "discovered").rows
    assert [row[0] for row in rows] == ["説明書・テレビ", "パスワード・ログイン", "配送"]
    assert rows[0][2].value == 19 / 20
    assert sections_of(full_report())["discovered"].said[0].values[0][2] == 1


def test_aspects_add_up_over_products_and_months(full_report):
    whole = {row[0]: row[1:4] for row in grid_of(full_report(), "aspects").rows}
    assert whole == {"画面": (15, 14, 1), "対応": (16, 3, 13)}
    for key in ("aspects_product", "aspects_month"):
        rows = grid_of(full_report(), key).rows
        assert sum(row[2] for row in rows if row[0] == "画面") == 15


def test_only_places_that_stand_out_are_named(full_report):
    report = full_report()
    rows = grid_of(report, "breaks").rows
    assert [row[1] for row in rows] == [("channel", "bot"), ("reason", "delivery.late")]
    teller = Teller(Words("ja"), report.evidence)
    assert [teller.main(Col("col_place", "place"), row[1]) for row in rows] == ["チャットボット", "配送遅延"]


def test_usual_measures_stand_in_their_unit(full_report):
    rows = {row[0]: row[2:] for row in grid_of(full_report(), "standard").rows}
    assert rows["measure_handle_seconds"][1].value == 615 / 60
    assert rows["measure_first_contact_resolution"][0].value == 0.78
    assert rows["measure_csat"][2].value == 3.3
    assert "measure_csat_share" not in rows


def test_an_alert_says_what_it_may_come_to(full_report):
    report = full_report()
    alert = report.summary.alerts[0]
    assert (alert.by_end.value, alert.by_end.low, alert.by_end.high) == (61.0, 49.0, 84.0)
    assert "10月31日までにこの月は61件（幅49〜84件）" in report.html
    assert "約6.1万円（幅4.0万〜9.9万円）" in report.html
    assert not report.summary.alerts[1].by_end.known


def test_the_latest_alarm_of_a_reason_counts(full_report):
    rows = grid_of(full_report(), "watch").rows
    assert [(row[0], row[1], row[2], row[5]) for row in rows] == [
        ("technical.app_crash", "アプリ", "status_growing", 31), ("delivery.late", "", "status_ended", 18)]


def test_a_silent_day_is_named_as_missing(full_report):
    rows = grid_of(full_report(), "gaps").rows
    assert [(row[0], row[2], row[3]) for row in rows] == [("chat", "gap_low", 1), ("email", "gap_missing", 0)]


def test_months_of_an_issue_are_its_costs_and_the_partial_one_is_named(full_report):
    grid = grid_of(full_report(), "months")
    assert [col.head for col in grid.cols] == ["col_issue", "2026-09", "2026-10"]
    assert grid.rows[0] == ("account.login", 900_000.0, 700_000.0)
    assert grid.rows[-1][0] == "unknown"
    assert "2026-10は" in full_report().html


def test_a_change_is_told_by_its_parts_which_add_up(full_report):
    report = full_report()
    rows = grid_of(report, "changes").rows
    assert [row[0] for row in rows] == ["delivery.late", "account.login"]
    for _, before, after, change, volume, mix, rate, price in rows:
        assert change == after - before == volume + mix + rate.value + price
    said = [Teller(Words("ja", "JPY"), report.evidence).say(each) for each in sections_of(report)["months"].said]
    grew, fell = (sentence for sentence in said if "2026-08から2026-09" in sentence)
    assert "増えました（+10.0万円）" in grew
    assert "全体の件数の増減が-2.0万円" in grew
    assert "この課題自身の増減が+10.5万円（" in grew
    assert "超えています" in grew
    assert "減りました（-10.0万円）" in fell
    assert "偶然の幅の中" in fell


def test_a_change_of_something_else_than_the_report_measures_is_left_out(centre, made):
    costs = centre.costs.assign(**dict.fromkeys(("cost", "cost_low", "cost_high"), float("nan")))
    costs.attrs = {}
    extras = Extras(months=made.months(), changes=made.changes())
    report = build_report(centre.contacts, centre.tags, costs, extras=extras)
    assert [grid.key for grid in sections_of(report)["months"].grids] == ["months"]
    hours = made.changes().assign(value="handle_hours")
    report = build_report(centre.contacts, centre.tags, costs, extras=Extras(months=made.months(), changes=hours))
    assert [grid.key for grid in sections_of(report)["months"].grids] == ["months", "changes"]
    with pytest.raises(SettingsError, match="columns are missing"):
        build_report(centre.contacts, centre.tags, costs, extras=Extras(months=made.months(), changes=hours.drop(columns="mix")))


def test_who_can_rely_on_what(full_report):
    said = [Teller(Words("ja"), full_report().evidence).say(each) for each in sections_of(full_report())["quality"].said]
    assert "82%" in said[0]
    assert "200件" in said[0]
    assert "ログインできない" in said[1]
    assert "アプリが落ちる" in said[2]


def test_without_an_audit_nothing_is_claimed(centre):
    report = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(n_wanted=640))
    quality = sections_of(report)["quality"]
    assert [grid.key for grid in quality.grids] == ["sure"]
    assert sum(row[1] for row in quality.grids[0].rows) == len(centre.contacts)
    assert "640件" in report.html
    assert "--n 640 " in report.html
    assert "figure_accuracy" not in report.html


def test_what_is_not_given_has_no_part(centre):
    report = build_report(centre.contacts, centre.tags, centre.costs)
    assert [part.key for part in report.summary.sections] == ["quality"]
    assert 'id="journeys"' not in report.html


def test_an_estimate_fills_three_cells_and_the_rest_one():
    grid = Grid("teams", (Col("col_team"), Col("col_share", "percent"), Col("col_n", "whole")), (("A", Estimate(0.5, 0.4, 0.6, 9), 3), ("B", None, 2)))
    columns, rows = Teller(Words("en"), _evidence()).sheet(grid)
    assert [head for head, _, _ in columns] == ["Team", "Share", "Share Low", "Share High", "Contacts"]
    assert rows == [("A", 0.5, 0.4, 0.6, 3), ("B", None, None, None, 2)]


def test_a_sentence_with_an_estimate_tells_its_range():
    told = Teller(Words("en"), _evidence()).say(Said("journey_back", (("name", "issue", "a"), ("share", "percent", Estimate(0.5, 0.4, 0.6)))))
    assert told == "Customers come back most often about “a”: 50% (likely 40 to 60%)."


def test_months_in_hours_where_there_are_no_rates(centre, made):
    costs = centre.costs.assign(cost=float("nan"), cost_low=float("nan"), cost_high=float("nan"))
    costs.attrs.pop("currency", None)
    report = build_report(centre.contacts, centre.tags, costs, extras=Extras(months=made.months()))
    assert grid_of(report, "months").rows[0][1:] == (2.0, 2.0)


def test_frames_without_their_columns_are_refused(centre, made):
    from vocmine.errors import SettingsError

    bad = replace(Extras(), discovered=pd.DataFrame({"topic_id": [1], "title": ["x"]}))
    with pytest.raises(SettingsError, match="discovered"):
        build_report(centre.contacts, centre.tags, centre.costs, extras=bad)


def _evidence():
    from vocmine.report import Evidence

    return Evidence()
