"""Encodings of files: detected, told, mixed."""

from __future__ import annotations

import io

import pytest

from vocmine.contacts import check_contacts, read_contacts
from vocmine.contacts.encodings import canonical_encoding, detect_encoding, encoding_of
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

NOTES = ["1,2026/11/21 14:30,電話,先月分の請求が二重に引き落とされている。返金希望。,5:32", "2,2026年11月22日,メール,ありがとうございました~,"]
ENCODINGS = ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16", "utf-16-le", "utf-16-be", "iso2022_jp"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("told", [False, True])
def test_encodings_are_detected_or_told(write_csv, encoding, told):
    path = write_csv(NOTES, encoding)
    contacts = read_contacts(path, encoding=encoding if told else None)
    assert contacts["text"].tolist()[0] == "先月分の請求が二重に引き落とされている。返金希望。"
    assert contacts["handle_seconds"].tolist()[0] == 332


SHORT = ["解約", "料金プラン変更", "ネットが遅い", "ヨヤク ヘンコウ", "問合せ"]
CASES = [(encoding, line) for encoding in ("cp932", "euc_jp", "utf-8") for line in SHORT]


@pytest.mark.parametrize(("encoding", "line"), [*CASES, ("cp932", "髙橋様より入電"), ("cp932", "①返金"), ("euc_jis_2004", "①返金")])
def test_one_short_line_is_enough(write_csv, encoding, line):
    path = write_csv([f"1,2026-11-21,call,{line},"], encoding, header="id,date,channel,text,handle_seconds")
    assert read_contacts(path)["text"].tolist() == [line]


def test_late_japanese_is_seen(write_csv):
    rows = [f"{i},2026-11-21,call,plain text {'x' * 200},1" for i in range(8000)]
    path = write_csv([*rows, "z,2026-11-21,call,解約したい,1"], "cp932", header="id,date,channel,text,handle_seconds")
    assert detect_encoding(path) == "cp932"


def test_a_western_file_is_read(write_csv):
    rows = [f"{i},2026-11-21,call,Le café est fermé depuis l'été dernier à Genève; où êtes-vous passés,1" for i in range(20)]
    path = write_csv(rows, "latin-1", header="id,date,channel,text,handle_seconds")
    assert "café est fermé" in read_contacts(path)["text"].iloc[0]


@pytest.mark.parametrize(("name", "found"), [("SJIS", "cp932"), ("Windows-31J", "cp932"), ("shift_jis", "cp932"), ("EUC-JP", "euc_jp"), ("UTF-8", "utf-8")])
def test_names_of_encodings(name, found):
    assert canonical_encoding(name) == found


@pytest.mark.parametrize(("written", "told"), [("cp932", "utf-8"), ("euc_jp", "utf-8"), ("utf-8", "cp932"), ("cp932", "utf-16")])
def test_a_wrong_encoding_told_is_said(write_csv, written, told):
    with pytest.raises(ContactError) as error:
        read_contacts(write_csv(NOTES, written), encoding=told)
    str(error.value).encode("utf-8")


def test_unknown_encoding_is_an_error(write_csv):
    with pytest.raises(ContactError, match="unknown encoding"):
        read_contacts(write_csv(NOTES), encoding="sjis-2099")


@pytest.mark.parametrize(("main", "other"), [("utf-8", "cp932"), ("cp932", "utf-8")])
def test_a_line_in_another_encoding_costs_that_line_only(write_csv, main, other):
    path = write_csv([f"{i},2026-11-21,電話,つながらないので確認してほしい,1" for i in range(20)], main)
    path.write_bytes(path.read_bytes() + "x,2026-11-21,電話,請求書が届かないとのこと,1\n".encode(other))
    checked = check_contacts(path)
    assert len(checked.contacts) == 20
    assert checked.rejected["row"].tolist() == [22]
    assert checked.rejected["code"].iloc[0] in {"wrong_encoding", "mojibake", "unknown_channel"}


ENGLISH = "id,date,channel,text"
# Text and encodings it is read right in though one cell is all there is.
ONE_CELL = [
    ("It cost £15 and I’m cross", ["cp1252"]), ("we’re – as ever – waiting…", ["cp1252"]), ("crème brûlée", ["cp1252", "latin-1"]),
    ("größer als gedacht", ["cp1252", "latin-1"]), ("el año pasado", ["cp1252", "latin-1"]), ("a 20 € voucher", ["cp1252"]),
    ("﨑野", ["cp932"]), ("髙松様", ["cp932"]), ("濵本", ["cp932"]), ("ﾊﾟｿｺﾝ", ["cp932", "euc_jp"]), ("ﾌﾟﾘﾝﾄｱｳﾄ不可", ["cp932", "euc_jp"]),
    ("ｾｯﾃｲ ﾎｳﾎｳ ｶﾞ ﾜｶﾗﾅｲ", ["cp932", "euc_jp"]), ("㈱サンプル", ["cp932", "euc_jis_2004"]), ("①と②", ["cp932", "euc_jis_2004"]), ("９時～５時", ["cp932"]),
    ("催促", ["cp932", "euc_jp"]), ("PC 故障", ["cp932", "euc_jp"]), ("café", ["cp1252", "latin-1"]), ("遅い😡", ["utf-16-le", "utf-16-be"]),
]


@pytest.mark.parametrize(("text", "encoding"), [(text, name) for text, names in ONE_CELL for name in (*names, "utf-8", "utf-16-le", "utf-32")])
def test_one_cell_is_read_right(write_csv, text, encoding):
    path = write_csv([f"1,2026-04-01,call,{text}"], encoding, header=ENGLISH)
    assert read_contacts(path)["text"].tolist() == [text]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_characters_without_a_mark_though_hardly_a_byte_is_null(encoding):
    text = "本文\n" + "返金はいつになるのでしょうか。" * 300
    assert encoding_of(io.BytesIO(text.encode(encoding))) == encoding


def test_null_bytes_alone_do_not_make_wide_characters():
    assert encoding_of(io.BytesIO("1,電話,返金\0\0\0\n2,電話,解約\0\n".encode("cp932"))) == "cp932"


@pytest.mark.parametrize(("text", "encoding", "found"), [
    ("ﾊﾝｶｸ", "iso2022_jp_ext", "iso2022_jp_ext"), ("半角 ﾃｽﾄ", "iso2022_jp_ext", "iso2022_jp_ext"), ("①番", "iso2022_jp_2004", "iso2022_jp_2004"),
    ("確認", "iso2022_jp", "iso2022_jp_2"),
])
def test_kinds_of_iso_2022(text, encoding, found):
    data = f"id,text\n1,{text}\n".encode(encoding)
    assert encoding_of(io.BytesIO(data)) == found
    assert data.decode(found) == f"id,text\n1,{text}\n"


def test_late_escapes_are_seen():
    data = b"1,2026-04-01,plain text\n" * 60_000 + "2,2026-04-01,解約".encode("iso2022_jp")
    assert encoding_of(io.BytesIO(data)) == "iso2022_jp_2"


@pytest.mark.parametrize("cut", [1, 2])
def test_a_file_cut_inside_a_character_stays_what_it_is(cut):
    data = ("1,確認してください\n" * 5 + "2,つながらない").encode()
    assert encoding_of(io.BytesIO(data[:-cut])) == "utf-8"


def test_a_line_across_two_blocks_is_whole():
    line = "9,確認してほしいとのこと\n".encode()
    data = b"x" * ((1 << 20) - 7) + b"," + line
    assert encoding_of(io.BytesIO(data)) == "utf-8"


@pytest.mark.parametrize(("text", "encoding"), [
    ("我的快递还没有到，请退款", "gb18030"), ("我的訂單還沒有到，請退款", "big5"), ("배송이 너무 늦어요 환불해 주세요", "cp949"),
    ("Верните деньги, заказ не пришёл вовремя", "cp1251"), ("สินค้ายังไม่มาส่งเลยค่ะ", "cp874"), ("Η παραγγελία δεν ήρθε ποτέ", "cp1253"),
])
def test_other_languages(text, encoding):
    data = f"1,{text}\n".encode(encoding) * 4
    assert data.decode(encoding_of(io.BytesIO(data))) == f"1,{text}\n" * 4


def test_the_encoding_is_a_fact_and_a_close_one_a_doubt():
    notes = Notes()
    assert encoding_of(io.BytesIO("本文\n料金が高い\n".encode("cp932")), notes) == "cp932"
    assert (notes.facts, notes.doubts) == ({"encoding": "cp932"}, ())
    close = Notes()
    found = encoding_of(io.BytesIO("id,text\n1,don’t\n".encode("cp1252")), close)
    (doubt,) = close.doubts
    assert (found, doubt.code, doubt.line) == ("cp1252", "encoding_close", "--encoding cp1252")
    assert "don’t" in doubt.shown
    assert "don稚" in doubt.shown


def test_a_doubt_shows_no_personal_data():
    notes = Notes()
    encoding_of(io.BytesIO("id,text\n1,don’t%090-1234-5678\n".encode("cp1252")), notes)
    assert "1234" not in "".join(doubt.shown for doubt in notes.doubts)


def test_other_code_points_of_one_character_are_no_doubt():
    notes = Notes()
    assert encoding_of(io.BytesIO("本文\n10時～12時にお願いします\n".encode("cp932")), notes) == "cp932"
    assert not notes.doubts


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(ContactError, match="can't be read"):
        detect_encoding(tmp_path / "none.csv")
