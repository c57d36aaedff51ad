"""Encodings of files: detected, told, mixed."""

from __future__ import annotations

import pytest

from vocmine.contacts import check_contacts, read_contacts
from vocmine.contacts.encodings import canonical_encoding, detect_encoding
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


def test_western_files_are_left_to_the_normalizer(write_csv):
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
