"""What a file is, whatever its name says."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import openpyxl
import pandas as pd
import pytest

from vocmine.contacts.content_kinds import content_kind, file_format, refuse_kind
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError


def zipped(**members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return data.getvalue()


def workbook():
    data = io.BytesIO()
    openpyxl.Workbook().save(data)
    return data.getvalue()


def tar():
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"))
    return data.getvalue()


def parquet():
    data = io.BytesIO()
    pd.DataFrame({"a": [1]}).to_parquet(data)
    return data.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
CASES = [
    (workbook(), "xlsx"), (OLE + "Workbook".encode("utf-16-le"), "xls"), (OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
    (OLE + "WordDocument".encode("utf-16-le"), "ole"), (zipped(**{"a.csv": "x"}), "zip"), (zipped(**{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
    (zipped(**{"[Content_Types].xml": "", "word/document.xml": ""}), "docx"), (zipped(**{"[Content_Types].xml": "", "xl/workbook.bin": ""}), "xlsb"),
    (zipped(**{"mimetype": "application/vnd.oasis.opendocument.text"}), "docx"),
    (gzip.compress(b"a"), "gzip"), (bz2.compress(b"a"), "bzip2"), (lzma.compress(b"a"), "xz"), (tar(), "tar"), (parquet(), "parquet"),
    (b"%PDF-1.7", "pdf"), (b"SQLite format 3\x00", "sqlite"), (b"\x89PNG\r\n", "image"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a", "rar"),
    (b"", "empty"), (b"\xef\xbb\xbf \r\n", "empty"),
    (b'{"id": 1}', "json"), (b'{"id": 1}\n{"id": 2}\n', "jsonl"), (b'{\n "id": 1\n}\n', "json"),
    ('\ufeff[{"id": 1}]'.encode(), "json"), (b"[]", "json"), ('[{"a": "あ"}]'.encode("utf-16"), "json"),
    (b"<!DOCTYPE html><html>", "html"), (b"\r\n<HTML xmlns:x='a'>", "html"), (b"<table border=1><tr>", "html"),
    (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', "xml"), (b'<?xml version="1.0"?><html>', "html"),
    ("WEBVTT - 通話\n\n".encode(), "vtt"), ("1\r\n00:00:01,000 --> 00:00:02,000\r\nはい".encode(), "srt"),
    ("[LINE] Aとのトーク履歴\r\n保存日時：2026/04/03 10:00".encode(), "line"), ("\ufeff[LINE] Chat history with A".encode(), "line"),
    (b"window.YTD.tweets.part0 = [\n", "js"),
    ("id,本文\n1,a\n".encode(), "text"), ("受付番号,本文\n1,解約\n".encode("cp932"), "text"), ("受付番号\t本文\n".encode("utf-16"), "text"),
    ("受付番号\t本文\n".encode("utf-16-le"), "text"), ("[ID],[本文]\n1,a\n".encode(), "text"), (b"<id>,<text>\n1,a\n", "text"), ("PK,本文\n1,a".encode(), "text"),
]


@pytest.mark.parametrize(("data", "kind"), CASES, ids=[f"{i}-{kind}" for i, (_, kind) in enumerate(CASES)])
def test_kinds(tmp_path, data, kind):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    assert content_kind(path) == kind


@pytest.mark.parametrize(("data", "name", "chosen", "doubts"), [
    (workbook(), "a.csv", "xlsx", ["xlsx"]), (workbook(), "a.xls", "xlsx", ["xlsx"]), (workbook(), "a.xlsx", "xlsx", []), (workbook(), "a", "xlsx", []),
    (b"id,text\n", "a.csv", "csv", []), (b"id\ttext\n", "a.TSV", "tsv", []), (b"id,text\n", "a.xls", "csv", ["CSV"]), (b"id,text\n", "a.dat", "csv", []),
    (b'{"a": 1}\n{"a": 2}\n', "a.json", "jsonl", []), (b'[{"a": 1}]', "a.jsonl", "json", []), (b'[{"a": 1}]', "a.csv", "json", ["json"]), (b'[{"a": 1}]', "a.txt", "json", []),
    (b"<table><tr><td>1", "a.xls", "xlsx", ["HTML"]), (b"WEBVTT\n", "a.txt", "vtt", []), (b"00:01 --> 00:02\nhi", "a.vtt", "vtt", []), (parquet(), "a.csv", "parquet", ["parquet"]),
])
def test_content_wins_over_the_name_and_the_difference_is_told(tmp_path, data, name, chosen, doubts):
    path, notes = tmp_path / "file", Notes()
    path.write_bytes(data)
    ending = "." + name.lower().partition(".")[2] if "." in name else ""
    assert file_format(path, name, ending, notes) == chosen
    assert [(d.code, d.shown) for d in notes.doubts] == [("ending_and_content_differ", shown) for shown in doubts]


@pytest.mark.parametrize(("data", "said"), [
    (b"%PDF-1.7", "PDF"), (OLE + "EncryptedPackage".encode("utf-16-le"), "password"), (b"", "empty"), (b"7z\xbc\xaf\x27\x1c", "7z archive; .*unpack"), (tar(), "tar archive"),
    (b"<?xml version='1.0'?><Workbook><a/>", "save it as .xlsx"), (b"SQLite format 3\x00", "sqlite:///"), (zipped(**{"[Content_Types].xml": "", "ppt/a.xml": ""}), "not a workbook"),
])
def test_what_can_not_be_read_is_refused_with_what_to_do(tmp_path, data, said):
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(ContactError, match=said):
        file_format(path, "a.xlsx", ".xlsx", Notes())


def test_what_can_be_read_is_not_refused():
    assert refuse_kind("text", "a.csv") is None


def test_no_file(tmp_path):
    with pytest.raises(ContactError, match="can't be read"):
        content_kind(tmp_path / "none.csv")


@pytest.mark.parametrize(("text", "kind"), [
    ("From a@example.com Fri May  1 09:30:00 2026\nSubject: x\n\nlate", "mail"), ("From: A\nTo: B\nSubject: C\nDate: D\n\nlate", "mail"),
    ("差出人: 甲\n宛先: 乙\n件名: 丙\n\n遅い", "mail"), ("From: A\nlate\n", "text"), ("From,To,Subject,Date\na,b,c,d\n", "text"),
    ("[2026/05/01 9:30:15] 甲: 遅い", "text"), ("[1, 2]", "json"), ("[-1.5]", "json"),
])
def test_mails_and_what_only_looks_like_json(tmp_path, text, kind):
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    assert content_kind(path) == kind
