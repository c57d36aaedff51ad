"""Any workbook a contact centre keeps is read as its user sees it, or what was not read is told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pandas as pd
import pytest
import yaml
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from vocmine.contacts.readers import read_checked
from vocmine.errors import ContactError

NAMES = ["受付番号", "受付日時", "チャネル", "内容"]


def row(key, month=4, *more):
    return [key, datetime(2026, month, 3, 9, 15), "電話", "返金の件", *more]


@pytest.fixture
def save(tmp_path):
    """Write sheets of rows, with number formats of single cells; give the path."""
    def write(sheets, formats=(), change=None):
        workbook = Workbook()
        workbook.remove(workbook.active)
        for name, rows in sheets.items():
            sheet = workbook.create_sheet(name)
            for cells in rows:
                sheet.append(cells)
        sheet = workbook.worksheets[0]
        for cell, code in dict(formats).items():
            sheet[cell].number_format = code
        if change:
            change(workbook, sheet)
        workbook.save(tmp_path / "台帳.xlsx")
        return tmp_path / "台帳.xlsx"

    return write


def values(checked, name):
    if name not in checked.contacts:
        return "not there"
    return [None if pd.isna(value) else round(value, 2) for value in checked.contacts[name].tolist()]


def ids(checked):
    return checked.contacts["contact_id"].tolist()


def codes(checked):
    return [doubt.code for doubt in checked.reading.doubts]


@pytest.mark.parametrize(("cells", "code", "want"), [
    ([0.003842593, 0.010416667], "[h]:mm:ss", [332, 900]), ([0.003842593, 0.010416667], "mm:ss.0", [332, 900]),
    ([5, 12], '0"秒"', [5, 12]), ([0.5, 1.5], '0.0"時間"', [1800, 5400]), ([0.010416667, 0.0625], 'h"時間"mm"分"', [900, 5400]),
    ([12, 1200], '#,##0"分"', [720, 72000]), ([332 / 86400, 900 / 86400], "[s]", [332, 900]),
    ([332 / 86400, 900 / 86400], 'mm"分"ss"秒"', [332, 900]), ([0.0038425926, 0.0104166667], "General", [332, 900]),
    ([timedelta(minutes=5, seconds=32), timedelta(minutes=75)], "[mm]:ss", [332, 4500]), ([time(0, 5, 32), time(0, 12)], "h:mm:ss", [332, 720]),
])
def test_durations_as_their_number_format_shows_them(save, cells, code, want):
    path = save({"表": [[*NAMES, "対応時間"], *(row(f"A{i}", 4, cell) for i, cell in enumerate(cells))]}, {"E2": code, "E3": code})
    checked = read_checked(path)
    assert (values(checked, "handle_seconds"), codes(checked)) == (want, [])


def test_formats_of_ids_percent_eras_and_plain_serial_numbers(save):
    rows = [[*NAMES, "満足度"], [123, datetime(2026, 4, 3, 9, 15), "電話", "返金", 0.8], [124, 46116.25, "電話", "遅い", 1]]
    era = '[$-411]ggge"年"m"月"d"日";@'
    checked = read_checked(save({"表": rows}, {"A2": "000000", "A3": "000000", "B2": era, "E2": "0%", "E3": "0%"}))
    assert ids(checked) == ["000123", "000124"]
    assert values(checked, "csat") == [4.2, 5]
    assert checked.contacts["created_at"].dt.strftime("%m-%d %H:%M").tolist() == ["04-03 00:15", "04-03 21:00"]


def test_days_counted_from_1904(save):
    def old_mac(workbook, sheet):
        workbook.epoch = CALENDAR_MAC_1904

    assert read_checked(save({"表": [NAMES, row("A1")]}, change=old_mac)).contacts["created_at"].dt.year.tolist() == [2026]


def test_a_day_and_a_clock_in_two_columns(save):
    head = ["番号", "対応日", "開始時刻", "終了時刻", "チャネル", "内容"]
    rows = [head, [1, date(2026, 4, 3), time(9, 15), time(9, 20), "電話", "返金"], [2, date(2026, 4, 25), time(14, 0), time(14, 12), "電話", "遅い"]]
    checked = read_checked(save({"表": rows}))
    assert checked.contacts["created_at"].dt.strftime("%m-%d %H:%M").tolist() == ["04-03 00:15", "04-25 05:00"]


@pytest.mark.parametrize(("head", "merged"), [
    ([["応対記録", None, None, None], NAMES], ["A1:D1"]),
    ([["受付", None, "内容", None], ["番号", "日時", "チャネル", "本文"]], ["A1:B1", "C1:D1"]),
    ([["受付番号", "受付日時", "内容", None], [None, None, "チャネル", "本文"]], ["A1:A2", "B1:B2", "C1:D1"]),
])
def test_titles_and_names_in_two_rows(save, head, merged):
    def merge(workbook, sheet):
        for cells in merged:
            sheet.merge_cells(cells)

    checked = read_checked(save({"表": [*head, row("A1"), row("A2")]}, change=merge))
    assert (ids(checked), codes(checked)) == (["A1", "A2"], [])


def test_units_below_the_names(save):
    rows = [[*NAMES, "対応時間", "待ち時間"], [None] * 4 + ["(分)", "(秒)"], row("A1", 4, 5, 30), row("A2", 4, 12, 45)]
    checked = read_checked(save({"表": rows}))
    assert (ids(checked), values(checked, "handle_seconds"), values(checked, "wait_seconds")) == (["A1", "A2"], [300, 720], [30, 45])


def test_merged_days_count_for_all_their_rows_and_blank_ones_for_none(save):
    rows = [["受付日", "受付番号", "チャネル", "内容"], ["2026/04/03", "A1", "電話", "返金"], [None, "A2", "電話", "返品"], ["2026/04/04", "A3", "電話", "遅い"]]
    merged = read_checked(save({"表": rows}, change=lambda workbook, sheet: sheet.merge_cells("A2:A3")))
    assert merged.contacts["created_at"].dt.day.tolist() == [2, 2, 3]
    assert merged.reading.facts["merged cells filled"] == "1"
    blank = read_checked(save({"表": rows}))
    assert (ids(blank), blank.rejected["code"].tolist()) == (["A1", "A3"], ["bad_date"])


def test_hidden_rows_are_read_and_told(save):
    def hide(workbook, sheet):
        sheet.row_dimensions[3].hidden = True

    checked = read_checked(save({"表": [NAMES, row("A1"), row("A2"), row("A3")]}, change=hide))
    assert (ids(checked), checked.reading.facts["hidden rows read"]) == (["A1", "A2", "A3"], "1")


@pytest.mark.parametrize("second", [
    ["受付番号", "受付日時", "チャネル", "お問い合わせ内容"], ["受付番号", "受付日時", "受付方法", "内容", "備考"], ["受付番号", "受付日時", "チャネル", "内容", "対応時間(分)"],
])
def test_sheets_of_a_series_with_slightly_different_names_are_one_table(save, second):
    checked = read_checked(save({"4月": [NAMES, row("A1")], "5月": [second, row("B1", 5, *[7] * (len(second) - 4))]}))
    assert (ids(checked), codes(checked)) == (["A1", "B1"], [])
    assert checked.contacts["text"].tolist() == ["返金の件"] * 2


def test_other_sheets_are_told_and_never_mixed_in_another_unit(save):
    sheets = {"4月": [[*NAMES, "対応時間(分)"], row("A1", 4, 5)], "5月": [[*NAMES, "対応時間(秒)"], row("B1", 5, 300)]}
    path = save(sheets)
    checked = read_checked(path)
    assert (ids(checked), values(checked, "handle_seconds"), codes(checked)) == (["A1"], [300], ["sheets_left_out"])
    with pytest.raises(ContactError, match="different units"):
        read_checked(path, yaml.safe_load(checked.reading.doubts[0].line))
    assert values(read_checked(path, {"sheets": ["5月"]}), "handle_seconds") == [300]
    cover = read_checked(save({"集計": [["月", "件数"], ["4月", 2]], "明細": [NAMES, row("A1")]}))
    assert (ids(cover), cover.reading.doubts[0].line) == (["A1"], "sheets: [明細]")
    towns = save({"東京": [NAMES, row("A1")], "大阪": [[*NAMES[:3], "お問い合わせ内容"], row("B1")]})
    left = read_checked(towns)
    assert (ids(left), codes(left)) == (["A1"], ["sheets_left_out"])
    assert ids(read_checked(towns, yaml.safe_load(left.reading.doubts[0].line))) == ["A1", "B1"]


def test_dates_that_a_spreadsheet_half_understood_are_told(save):
    rows = [NAMES, row("A1"), ["A2", "13/04/2026 9:15", "電話", "遅い"], row("A3", 5)]
    assert codes(read_checked(save({"表": rows}))) == ["dates_half_converted"]


def test_totals_errors_formulas_and_tables_beside(save):
    rows = [[*NAMES, "満足度", None, "担当", "件数"], row("A1", 4, "#N/A", None, "佐藤", 3), row("A2", 4, 5, None, "鈴木", 5), ["合計", None, None, 2]]
    checked = read_checked(save({"表": rows}))
    assert (ids(checked), values(checked, "csat"), checked.rejected["code"].tolist()) == (["A1", "A2"], [None, 5], ["total_row"])
    formulas = read_checked(save({"表": [[*NAMES, "対応時間（秒）"], row("A1", 4, "=5*60")]}))
    assert codes(formulas) == ["formulas_without_values"]


def test_the_same_id_in_two_sheets_is_rejected_and_ids_beyond_15_digits_are_refused(save):
    twice = read_checked(save({"4月": [NAMES, row(1)], "5月": [NAMES, row(1, 5)]}))
    assert twice.rejected["code"].tolist() == ["duplicate_id"]
    with pytest.raises(ContactError, match="destroyed the ids"):
        read_checked(save({"表": [NAMES, row(12345678901234567), row(12345678901234568)]}))


def test_typed_columns_of_a_frame():
    frame = pd.DataFrame({
        "id": [1.0, 2.0], "created_at": pd.to_datetime(["2026-05-14 00:00", "2026-05-14 09:30"]).tz_localize("America/New_York"),
        "channel": ["email"] * 2, "text": ["refund please", "late parcel"], "duration": pd.to_timedelta([300, 90], unit="s"),
    })
    checked = read_checked(frame, {"duration": "handle_seconds"})
    assert (ids(checked), values(checked, "handle_seconds"), codes(checked)) == (["1", "2"], [300, 90], [])
    assert checked.contacts["created_at"].dt.hour.tolist() == [4, 13]
