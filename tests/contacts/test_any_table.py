"""Any table a contact centre has is read right, or refused or told with the line to add; never read wrong in silence.

Each kind of the files of real exports, with rows made up here: zones, dates, pairs of date and time, durations,
scales, ids, encodings, headers, shapes of text files, channels and texts. Workbooks are in `test_any_workbook.py`.
"""

from __future__ import annotations

import zipfile

import pandas as pd
import pytest
import yaml

from vocmine.contacts.readers import read_checked
from vocmine.errors import ContactError, SettingsError

HEAD = "受付番号,受付日時,チャネル,本文"
TWO = "A1,2026/04/03 9:15,電話,返品したい\nA2,2026/04/04 9:15,電話,届かない\n"
WORDS = ("返品したいとのお申し出", "請求書が届かないとのこと", "アプリにログインできない", "配送が遅いとのご指摘")


def read(tmp_path, text, mapping=None, name="記録.csv", encoding="utf-8", **options):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    return read_checked(path, mapping, **options)


def column(header, *cells):
    """A table with one more column."""
    rows = (f"{i},2026/04/{i:02d} 9:0{i},電話,相談{i},{cell}\n" for i, cell in enumerate(cells, 1))
    return f"{HEAD},{header}\n" + "".join(rows)


def times(header, *cells):
    """A table whose times are these."""
    rows = (f'{i},"{cell}",電話,相談{i}\n' for i, cell in enumerate(cells, 1))
    return f'受付番号,"{header}",チャネル,本文\n' + "".join(rows)


def pair(day, time, *cells):
    """A table with the day and the time of day in two columns."""
    rows = (f"{i},{one},{other},電話,相談{i}\n" for i, (one, other) in enumerate(cells, 1))
    return f"受付番号,{day},{time},チャネル,本文\n" + "".join(rows)


def clocks(checked):
    return checked.contacts["created_at"].dt.strftime("%m-%d %H:%M").tolist()


def values(checked, name):
    if name not in checked.contacts:
        return "not there"
    return [None if pd.isna(value) else round(value, 2) for value in checked.contacts[name].tolist()]


def codes(checked):
    return [doubt.code for doubt in checked.reading.doubts]


@pytest.mark.parametrize(("header", "cells", "want"), [
    ("created_utc", ["2026-05-01 09:30"], ["05-01 09:30"]),
    ("受付日時_JST", ["2026-05-01 09:30"], ["05-01 00:30"]),
    ("受付日時（協定世界時）", ["2026/05/01 09:30"], ["05-01 09:30"]),
    ("受付日時（ＧＭＴ＋９）", ["2026/05/01 09:30"], ["05-01 00:30"]),
    ("受付日時[UTC-3]", ["2026/05/01 09:30"], ["05-01 12:30"]),
    ("Created at [Pacific Time (US & Canada)]", ["2026-07-01 09:30", "2026-01-15 09:30"], ["07-01 16:30", "01-15 17:30"]),
    ("Created at (America/New_York)", ["2026-07-01 09:30", "2026-01-15 09:30"], ["07-01 13:30", "01-15 14:30"]),
    ("受付日時（米国東部時間）", ["2026/05/01 09:30"], ["05-01 13:30"]),
    ("受付日時", ["2026-05-01T09:30:00+0900", "2026-05-01T09:30:00Z"], ["05-01 00:30", "05-01 09:30"]),
    ("受付日時", ["5/14/2026 9:30 AM PDT", "5/20/2026 11:15 PM PDT"], ["05-14 16:30", "05-21 06:15"]),
    ("受付日時", ["2026-05-14 09:30 (GMT+09:00)"], ["05-14 00:30"]),
    ("受付日時", ["2026/05/14 09:30（日本時間）"], ["05-14 00:30"]),
    ("受付日時", ["2026/05/01 午後1:30 GMT+9"], ["05-01 04:30"]),
    ("受付日時", ["Thu May 14 2026 09:30:00 GMT+0900 (日本標準時)"], ["05-14 00:30"]),
    ("Date", ["Thu, 14 May 2026 09:30:00 +0900", "Fri, 15 May 2026 09:30:00 GMT"], ["05-14 00:30", "05-15 09:30"]),
    ("timestamp_ms", ["1778000000000"], ["05-05 16:53"]),
])
def test_zones_in_names_and_cells_count(tmp_path, header, cells, want):
    checked = read(tmp_path, times(header, *cells), timezone="Africa/Nairobi")
    assert (clocks(checked), codes(checked)) == (want, [])


def test_a_zone_in_a_column_of_its_own_or_above_the_table_counts(tmp_path):
    own = "id,created_at,timezone,channel,text\n1,2026-05-14 09:30,UTC,email,a\n2,2026-05-14 09:30,America/New_York,email,b\n"
    assert clocks(read(tmp_path, own)) == ["05-14 09:30", "05-14 13:30"]
    offset = "id,created_at,utc_offset,channel,text\n1,2026-05-14 09:30,-04:00,email,a\n"
    assert clocks(read(tmp_path, offset)) == ["05-14 13:30"]
    said = f"All times in UTC,,,\n{HEAD}\n1,2026/05/14 09:30,電話,返金\n"
    below = f"{HEAD},対応時間\n,(UTC),,,(秒)\n1,2026/05/14 09:30,電話,返金,300\n"
    assert clocks(read(tmp_path, said)) == clocks(read(tmp_path, below)) == ["05-14 09:30"]
    above = f"出力日時: 2026/05/20 10:00,,,\nタイムゾーン: UTC,,,\n{HEAD}\n1,2026/05/14 09:30,電話,返金\n"
    checked = read(tmp_path, above)
    assert clocks(checked) == ["05-14 09:30"]
    assert checked.reading.facts["zone"] == "UTC"
    assert clocks(read(tmp_path, above, {"timezone": "Asia/Tokyo"})) == ["05-14 00:30"]


@pytest.mark.parametrize(("cells", "want"), [
    (["26/04/03 09:15", "26/04/25 10:00"], ["04-03 00:15", "04-25 01:00"]), (["R8.4.3 9:15"], ["04-03 00:15"]),
    (["2026年4月3日　９時１５分"], ["04-03 00:15"]), (["46115.5"], ["04-03 03:00"]), (["20260403091500"], ["04-03 00:15"]),
    (["2026/04/03(金) 9:15"], ["04-03 00:15"]), (["2026/04/03 午後3:15", "2026/04/25 午前0:10"], ["04-03 06:15", "04-24 15:10"]),
    (["2026/04/03 25:30"], ["04-03 16:30"]), (["03.04.2026 09:15", "05.04.2026 10:00"], ["04-03 00:15", "04-05 01:00"]),
    (["4/3/2026 9:15 PM", "4/25/2026 10:00 AM"], ["04-03 12:15", "04-25 01:00"]),
    (["03/04/2026", "25/04/2026"], ["04-02 15:00", "04-24 15:00"]),
    (["03-Apr-26 09.15.00 PM"], ["04-03 12:15"]), (["3rd April 2026 9:15am"], ["04-03 00:15"]), (["2026.04.03 9:15"], ["04-03 00:15"]),
])
def test_dates(tmp_path, cells, want):
    checked = read(tmp_path, times("受付日時", *cells))
    assert (clocks(checked), codes(checked)) == (want, [])


@pytest.mark.parametrize(("cells", "asks"), [
    (["03/04/2026", "05/06/2026"], "day_first: true"), (["03-04-2026 9:15", "05-06-2026 9:15"], "day_first: true"),
    (["13/04/2026", "04/14/2026", "01/02/2026"], "day_first: true"), (["03/04/05", "04/05/06"], "day_first: true"),
    (["2026-05-14 09:30 CST"], "timezone: America/Chicago"),
])
def test_dates_that_may_be_two_things_are_refused_with_the_line_to_add(tmp_path, cells, asks):
    with pytest.raises(ContactError, match=asks):
        read(tmp_path, times("受付日時", *cells))


def test_single_dates_that_are_none_are_rejected(tmp_path):
    checked = read(tmp_path, times("受付日時", "2026/02/30 9:15", "4/3 9:15", "2026-05-14 09:30 (XQT)", "2026/04/25 10:00"))
    assert checked.rejected["code"].tolist() == ["bad_date"] * 3
    assert clocks(checked) == ["04-25 01:00"]


@pytest.mark.parametrize(("day", "time", "cells", "want"), [
    ("入電日", "入電時刻", [("2026/04/03", "9:15"), ("2026/04/25", "14:00")], ["04-03 00:15", "04-25 05:00"]),
    ("Date", "Time", [("2026-04-03", "09:15:30"), ("2026-04-25", "2:00 PM")], ["04-03 00:15", "04-25 05:00"]),
    ("着信日", "着信時間", [("2026/04/03", "9:15"), ("2026/04/25", "14:00")], ["04-03 00:15", "04-25 05:00"]),
    ("受付年月日", "受付時分", [("20260403", "0915"), ("20260425", "1400")], ["04-03 00:15", "04-25 05:00"]),
    ("受付日", "時間帯", [("2026/04/03", "9時台"), ("2026/04/25", "14時台")], ["04-03 00:00", "04-25 05:00"]),
    ("受付日", "受付時", [("2026/04/03", "9"), ("2026/04/25", "14")], ["04-03 00:00", "04-25 05:00"]),
    ("Date", "Time (UTC)", [("2026-04-03", "09:15")], ["04-03 09:15"]),
    ("Start Date", "Start Time", [("2026-04-03", "09:15"), ("2026-04-04", "14:15")], ["04-03 00:15", "04-04 05:15"]),
    ("Call Date", "Call Start Time", [("4/13/2026", "9:15:01 AM"), ("4/14/2026", "2:15:09 PM")], ["04-13 00:15", "04-14 05:15"]),
    ("Date Opened", "Time Opened", [("4/13/2026", "9:30 AM"), ("4/14/2026", "2:05 PM")], ["04-13 00:30", "04-14 05:05"]),
])
def test_the_day_and_the_time_of_day_in_two_columns(tmp_path, day, time, cells, want):
    checked = read(tmp_path, pair(day, time, *cells))
    assert (clocks(checked), codes(checked)) == (want, [])


def test_a_date_in_parts(tmp_path):
    text = "番号,年,月,日,時,分,チャネル,内容\n1,2026,4,3,9,15,電話,返金\n2,2026,4,25,14,0,電話,遅い\n"
    assert clocks(read(tmp_path, text)) == ["04-03 00:15", "04-25 05:00"]


@pytest.mark.parametrize(("header", "cells", "want"), [
    ("通話時間[分]", [5, 12], [300, 720]), ("対応時間_秒", [332, 900], [332, 900]), ("処理時間(h)", [0.25, 1.5], [900, 5400]),
    ("対応時間（分：秒）", ["5:32", "12:00"], [332, 720]), ("AHT (mm:ss)", ["5:32", "12:00"], [332, 720]),
    ("対応時間 H:MM", ["0:05", "1:30"], [300, 5400]), ("handle_time_min", [5.5, 12], [330, 720]), ("対応時間（単位：分）", [5, 15], [300, 900]),
    ("対応時間", [332, 900, 451], [332, 900, 451]), ("対応時間", ["5:32", "12:00", "0:03:41"], [332, 720, 221]),
    ("通話時間", ["5分32秒", "1時間2分"], [332, 3720]), ("Handle Time", ["5m 32s", "PT1H2M"], [332, 3720]),
    ("処理時間（日）", ["0.003842593", "0.010416667"], [332, 900]), ("対応時間（秒）", ['"1,332"', 900], [1332, 900]),
    ("talk_time_millis", [45000, 332000], [45, 332]), ("handle_time (µs)", [332000000], [332]),
    ("AHT in seconds", [332, 900], [332, 900]), ("対応時間", ["0 days 00:05:32", "1 days 00:00:00"], [332, 86400]), ("対応時間", ["0d 0h 5m 32s"], [332]),
    ("対応時間", ["332秒", "5分", "451秒"], [332, 300, 451]), ("対応時間(min)", ['"5,5"', '"12,25"'], [330, 735]),
])
def test_durations_in_all_units(tmp_path, header, cells, want):
    checked = read(tmp_path, column(header, *cells))
    assert (values(checked, "handle_seconds"), codes(checked)) == (want, [])


@pytest.mark.parametrize(("header", "cells", "code", "target"), [
    ("対応時間", [5, 12, 7], "unit_doubtful", "handle_seconds"), ("対応時間", [0.5, 1.5, 0.25], "unit_doubtful", "handle_seconds"),
    ("対応時間（1/100時間）", [25, 50], "unit_doubtful", "handle_seconds"), ("対応時間", ["1:05", "0:50"], "clock_unit_unknown", "handle_seconds"),
    ("対応時間（分）", ["0:05", "0:12"], "clock_unit_unknown", "handle_seconds"), ("通話時間（分.秒）", ["5.32", "12.00"], "duration_outliers", "handle_seconds"),
    ("満足度", [9, 10, 2, 7], "scale_from_values", "csat"), ("満足度", [100, 80, 45, 60], "scale_from_values", "csat"),
])
def test_what_may_be_two_things_is_told_with_a_line_that_settles_it(tmp_path, header, cells, code, target):
    text = column(header, *cells)
    checked = read(tmp_path, text)
    assert codes(checked) == [code]
    again = read(tmp_path, text, yaml.safe_load(checked.reading.doubts[0].line))
    assert codes(again) == []
    assert None not in values(again, target)
    with pytest.raises(ContactError, match="1 doubt about the source"):
        read(tmp_path, text, strict=True)


def test_units_in_a_row_below_the_names(tmp_path):
    text = f"{HEAD},対応時間,待ち時間\n,,,,（分）,（秒）\nA1,2026/04/01 9:00,電話,返金,5,30\n"
    checked = read(tmp_path, text)
    assert (values(checked, "handle_seconds"), values(checked, "wait_seconds"), checked.n_read) == ([300], [30], 1)


@pytest.mark.parametrize(("header", "cells", "want"), [
    ("満足度(100点満点)", [100, 50, 0], [5, 3, 1]), ("満足度（1～7）", [7, 4, 1], [5, 3, 1]), ("評価", ["★★★☆☆", "★☆☆☆☆"], [3, 1]),
    ("満足度", ["大変満足", "どちらともいえない", "大変不満"], [5, 3, 1]), ("満足度（1:大変満足～5:大変不満）", [1, 5, 3], [5, 1, 3]),
    ('"CSAT (1=best, 5=worst)"', [1, 5, 2], [5, 1, 4]), ("満足度", ["80%", "100%", "0%"], [4.2, 5, 1]), ("CSAT", ["8/10", "10/10"], [4.11, 5]),
    ("満足度", ["😀", "😐", "😡"], [5, 3, 1]), ("Satisfaction", ["Good", "Bad", "Offered"], [5, 1, None]), ("満足度（3段階）", [3, 2, 1], [5, 3, 1]),
    ("満足度（５段階評価）", ["５", "１"], [5, 1]), ("CSAT (0-4)", [4, 0], [5, 1]), ("How satisfied were you?", ["Very satisfied", "Neutral"], [5, 3]),
    ("評価", ["5★", "1★"], [5, 1]), ("Rating", ["4.0 / 5.0", "5.0 / 5.0"], [4, 5]), ("満足度（0～10の11段階）", [10, 0, 5], [5, 1, 3]), ("CSAT", ["1 - Very satisfied", "5 - Very dissatisfied"], [5, 1]),
])
def test_scales(tmp_path, header, cells, want):
    checked = read(tmp_path, column(header, *cells))
    assert (values(checked, "csat"), codes(checked)) == (want, [])


def test_a_mark_beyond_its_scale_and_a_recommendation_are_no_satisfaction(tmp_path):
    checked = read(tmp_path, column("満足度", 5, 4, 3, 2, 1, 5, 4, 10))
    assert (codes(checked), values(checked, "csat")[-1]) == (["scale_outliers"], None)
    assert values(read(tmp_path, column("推奨度（NPS 0-10）", 10, 0)), "csat") == "not there"


@pytest.mark.parametrize(("cell", "want"), [
    ("'000123", "000123"), ('"\t000123"', "000123"), ('="000123"', "000123"), ("50012", "50012"), ("Ａ００１", "Ａ００１"),
    ('"=HYPERLINK(""https://ex.test/t/77"",""77"")"', "77"),
])
def test_ids_as_a_spreadsheet_wraps_them(tmp_path, cell, want):
    checked = read(tmp_path, f"{HEAD}\n{cell},2026/04/03 9:15,電話,返金\n")
    assert (checked.contacts["contact_id"].tolist(), codes(checked)) == ([want], [])


def test_ids_that_are_lost_are_refused_or_told(tmp_path):
    with pytest.raises(ContactError, match="destroyed the ids"):
        read(tmp_path, f"{HEAD}\n2.02604E+11,2026/04/03,電話,返金\n2.02605E+11,2026/04/04,電話,遅い\n")
    rounded = "".join(f"500100000012{n}500,2026/04/0{n},電話,相談{n}\n" for n in (3, 4)).replace("500,2026", "50000,2026")
    assert codes(read(tmp_path, f"{HEAD}\n{rounded}")) == ["destroyed_ids"]
    with pytest.raises(ContactError, match="destroyed the ids"):
        read(tmp_path, f"{HEAD}\n########,2026/04/03,電話,返金\n########,2026/04/04,電話,遅い\n")
    assert codes(read(tmp_path, f"{HEAD}\n4月3日,2026/04/03,電話,返金\n4月4日,2026/04/04,電話,遅い\n")) == ["destroyed_ids"]
    people = column("顧客ID", "1.00012E+11", "1.00012E+11")
    assert codes(read(tmp_path, people)) == ["destroyed_ids"]
    twice = read(tmp_path, f"{HEAD}\nA1,2026/04/03,電話,返金\nA1,2026/04/04,電話,遅い\n")
    assert twice.rejected["code"].tolist() == ["duplicate_id"]


@pytest.mark.parametrize(("text", "encoding"), [
    ("It’s a café – naïve… €15", "cp1252"), ("Die Größe ist falsch", "latin-1"), ("返金の件", "utf-16"), ("返金の件", "utf-16-le"),
    ("返金の件でお電話しました", "euc-jp"), ("返金の件でお電話しました", "iso-2022-jp"), ("ﾍﾝｷﾝ ﾃﾞﾝﾜ", "cp932"), ("髙橋㈱①", "cp932"),
    ("10～20日―ずっと－待ち", "cp932"), ("我要退款，订单没有到", "gb18030"), ("환불해 주세요", "euc-kr"), ("返金の件", "utf-8-sig"),
])
def test_encodings(tmp_path, text, encoding):
    checked = read(tmp_path, f"id,created_at,channel,text\n1,2026-04-01,call,{text}\n2,2026-04-02,call,my order\n", encoding=encoding)
    assert checked.contacts["text"].tolist() == [text, "my order"]


def test_bytes_of_two_encodings_and_a_text_that_was_broken_before_are_rejected(tmp_path):
    both = f"{HEAD}\nA1,2026/04/03,電話,返金の件です\n".encode("cp932") + "A2,2026/04/04,電話,返品の件です\n".encode()
    assert read(tmp_path, both).rejected["code"].tolist() == ["wrong_encoding"]
    broken = read(tmp_path, f"{HEAD}\nA1,2026/04/03,電話,Iâ€™m unhappy\nA2,2026/04/03,電話,ok then\n")
    assert broken.rejected["code"].tolist() == ["mojibake"]


@pytest.mark.parametrize(("text", "rejected"), [
    (f"コールセンター月報\n期間：2026年4月\n\n{HEAD}\n{TWO}", []),
    (f"受付,,顧客の声,\n番号,日時,チャネル,本文\n{TWO}", []),
    (f"# exported by tool v1.2\n{HEAD}\n{TWO}", []),
    (f"条件,期間,2026/04/01～2026/04/30,拠点\n{HEAD}\n{TWO}", []),
    (f'受付番号,"受付\n日時",チャネル,本文\n{TWO}', []),
    (f' 受付番号 ,受付日時　,"チャネル", 本文\n{TWO}', []),
    (f"{HEAD}\n" + TWO.replace("A2", f"{HEAD}\nA2"), ["repeated_header"]),
    (f"Contact ID,Created,Channel,Text\n{HEAD}\n{TWO}", ["repeated_header"]),
    (f"{HEAD}\n" + TWO.replace("A2", "小計,,,1件\nA2") + "総計,,,2件\n", ["total_row", "total_row"]),
    (f"{HEAD}\n{TWO}※電話は録音しています,,,\n", ["bad_date"]),
    (f"sep=\t\n{HEAD}\n{TWO}".replace(",", "\t"), []), (f"{HEAD}\n{TWO}".replace(",", "|"), []),
    (f"{HEAD}\n{TWO}".replace(",", ";"), []), (f"{HEAD}\n{TWO}".replace("\n", "\r"), []),
    (f"{HEAD}\n{TWO}".replace("\n", ",\n"), []), (f'{HEAD}\n{TWO}A3,2026/04/04,電話,"開いたまま\n', ["wrong_column_count"]),
    (f"{HEAD}\n{TWO}A3,2026/04/04,電話,返品したい,急ぎ\n", ["wrong_column_count"]),
    (f"{HEAD}\n{TWO}A3,2026/04/04 9:15,電話,NULL\n", ["empty_text"]), (f"{HEAD}\n{TWO},2026/04/04 9:15,電話,返品\n", ["missing_id"]),
], ids=range(19))
def test_headers_totals_and_shapes_of_text_files(tmp_path, text, rejected):
    checked = read(tmp_path, text)
    assert checked.contacts["contact_id"].tolist() == ["A1", "A2"]
    assert clocks(checked) == ["04-03 00:15", "04-04 00:15"]
    assert checked.rejected["code"].tolist() == rejected
    assert codes(checked) == []


def test_a_table_without_names_is_refused_and_read_when_told(tmp_path):
    with pytest.raises(ContactError, match="header_row: 0"):
        read(tmp_path, TWO)
    told = {"header_row": 0, "column_1": "contact_id", "column_2": "created_at", "column_3": "channel", "column_4": "text"}
    assert read(tmp_path, TWO, told).contacts["text"].tolist() == ["返品したい", "届かない"]


def test_packed_and_misnamed_tables(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("記録.csv", f"{HEAD}\n{TWO}".encode("cp932"))
    assert read_checked(tmp_path / "a.zip").contacts["text"].tolist() == ["返品したい", "届かない"]
    lines = f"{HEAD}\n{TWO}".splitlines()
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split(",")) + "</tr>" for line in lines)
    page = read(tmp_path, f"<html><table>{cells}</table></html>", name="a.xls")
    assert (clocks(page), codes(page)) == (["04-03 00:15", "04-04 00:15"], ["ending_and_content_differ"])


@pytest.mark.parametrize(("word", "channel"), [
    ("フリーダイヤル", "call"), ("インバウンド", "call"), ("公式LINE", "social"), ("Eメール", "email"), ("チャットボット", "bot"),
    ("X（旧Twitter）", "social"), ("電話番号変更フォーム", "email"), ("Telegram", "chat"), ("TELなし（メール）", "email"), ("FAX", "email"),
    ("Recall notice form", "email"), ("電話（発信）", "call"), ("Web Chat", "chat"), ("アプリ", None), ("ケータイサイト", None),
    ("Headphone shop", None), ("来店", None), ("1", None), ("□電話 ■メール", "email"), ("■電話 □メール", "call"), ("01:電話", "call"), ("ﾃﾞﾝﾜ", "call"),
])
def test_channels_by_words(tmp_path, word, channel):
    text = f"受付番号,受付日時,受付経路,本文\n1,2026/04/03 9:15,メール,返品\n2,2026/04/03 9:15,{word},返金\n"
    checked = read(tmp_path, text)
    assert checked.contacts["channel"].tolist() == ["email", *([channel] if channel else [])]
    assert codes(checked) == ([] if channel else ["unknown_channels"])
    if channel is None:
        line = checked.reading.doubts[0].line
        assert ": call}" not in line  # the dearest channel is never proposed
        again = read(tmp_path, text, yaml.safe_load(line.replace("call|chat|email|social|survey|bot", "email")))
        assert (len(again.contacts), codes(again)) == (2, [])


@pytest.mark.parametrize(("head", "cells", "want", "line"), [
    ("お客様のお声,回答内容", "返品したいのですが方法は,手順をご案内しました", "返品したいのですが方法は", "ignore: [回答内容]"),
    ("対応内容,申告内容", "手順をご案内いたしました,電源が入らないとの申告", "電源が入らないとの申告", "columns: {申告内容: text, 対応内容: text}"),
    ("customer_comment,agent_comment", "I want a refund for this,We refunded the customer", "I want a refund for this", "ignore: [agent_comment]"),
    ("本文,備考", "返品したいのですが方法は,二度目の入電で折電希望です", "返品したいのですが方法は", "columns: {本文: text, 備考: text}"),
    ("件名,本文", "返品の件,返品したいのですが方法は", "返品したいのですが方法は", None),
])
def test_the_words_of_the_customer_among_several_texts(tmp_path, head, cells, want, line):
    text = f"受付番号,受付日時,チャネル,{head}\nA1,2026/04/03 9:15,電話,{cells}\n"
    checked = read(tmp_path, text)
    assert checked.contacts["text"].tolist() == [want]
    assert [doubt.line for doubt in checked.reading.doubts] == ([line] if line else [])
    if line:
        again = read(tmp_path, text, yaml.safe_load(line))
        assert again.contacts["text"].tolist()[0].startswith(want)
        assert codes(again) == []


def test_notes_of_the_house_are_never_proposed_as_the_customers_text(tmp_path):
    with pytest.raises(ContactError, match="columns are missing: text") as caught:
        read(tmp_path, "受付番号,受付日時,チャネル,回答内容\nA1,2026/04/03 9:15,電話,手順をご案内いたしました\n")
    assert "回答内容: text" not in str(caught.value)


@pytest.mark.parametrize(("mapping", "error", "says"), [
    ({"本分": "text"}, ContactError, "did you mean 本文"), ({"units": {"本文": "ふん"}}, SettingsError, "unknown unit"),
    ({"受付番号": "contact_id", "チャネル": "contact_id"}, SettingsError, "2 columns go to contact_id"),
    ({"timezone": "Tokyo/Asia"}, SettingsError, "no time zone"), ({"channels": {"電話": "phone"}}, SettingsError, "unknown channel"),
    ({"ignore": ["備考欄"]}, ContactError, "備考欄"), ({False: "contact_id"}, SettingsError, "quote the key"),
])
def test_mistakes_in_a_mapping_are_said(tmp_path, mapping, error, says):
    with pytest.raises(error, match=says):
        read(tmp_path, f"{HEAD}\n{TWO}", mapping)


def test_other_values_as_people_write_them(tmp_path):
    head = f"{HEAD},一次解決,返金額,顧客ID\n"
    text = head + 'A1,2026/04/03 9:15,電話,返品,○,"¥1,200",NULL\nA2,2026/04/03 9:15,電話,返金,×,￥３０００,-\nA3,2026/04/03 9:15,電話,解約,,500円,C7\n'
    checked = read(tmp_path, text)
    assert values(checked, "resolved") == [True, False, None]
    assert values(checked, "cost_extra") == [1200, 3000, 500]
    assert checked.contacts["customer_id"].isna().tolist() == [True, True, False]
    with pytest.raises(ContactError, match="more than one currency"):
        read(tmp_path, column("返金額", "500円", "$30"))


@pytest.mark.parametrize(("head", "row"), [
    ("お問い合わせID,受付日時,完了日時,受付チャネル,お名前,電話番号,住所,お問い合わせ内容,対応時間（分）,満足度（5段階）", "T{i},2026/04/0{i} 9:0{i},2026/04/0{i} 9:30,電話,山田太郎,090-1234-5678,東京都千代田区丸の内1-{i},{w},{i}5,{i}"),
    ("call_id,start_time,end_time,queue,talk_time_sec,hold_time_sec,acw_sec,channel,notes", "c{i},2026-04-01T09:0{i}:00+09:00,2026-04-01T09:4{i}:00+09:00,billing,{i}13,1{i},3{i},voice,{w}"),
    ("id,created_at,channel,user_agent,tags,message", 'x{i},2026-04-0{i}T09:00:00Z,chat,Mozilla/5.0 (Windows NT 10.0) v{i},"billing,refund",{w}'),
    ("回答番号,回答日時,チャネル,満足度（1～5）,NPS（0～10）,ご意見", "{i},2026/04/0{i} 10:00,アンケート,{i},{i},{w}"),
    ("受付番号,受付日,開始時刻,終了時刻,チャネル,本文", "{i},2026/04/0{i},{i}:05,{i}:40,電話,{w}"),
])
def test_ordinary_tables_give_no_doubt(tmp_path, head, row):
    rows = [row.format(i=i, w=word) for i, word in enumerate(WORDS, 1)]
    checked = read(tmp_path, "\n".join([head, *rows]), strict=True)
    assert (len(checked.contacts), len(checked.rejected)) == (4, 0)
    assert checked.contacts["text"].tolist() == list(WORDS)
