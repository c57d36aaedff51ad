"""Archives: what is in them, and what they may not do."""

from __future__ import annotations

import bz2
import gzip
import io
import itertools
import lzma
import zipfile

import pytest

from vocmine.contacts import archives
from vocmine.contacts.archives import unpack
from vocmine.errors import ContactError

TEXT = "id,本文\n1,解約したい\n".encode()


@pytest.fixture
def unpacked(tmp_path):
    numbers = itertools.count()

    def run(data, kind, choose=lambda names: names):
        path = tmp_path / "packed"
        path.write_bytes(data)
        return [(name, file.read_bytes()) for file, name in unpack(path, "in.pack", kind, lambda: tmp_path / f"{next(numbers)}", choose)]

    return run


def zipped(members, **options):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", **options) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(("data", "kind"), [(gzip.compress(TEXT), "gzip"), (gzip.compress(TEXT[:5]) + gzip.compress(TEXT[5:]), "gzip"), (bz2.compress(TEXT), "bzip2"), (lzma.compress(TEXT), "xz")])
def test_one_packed_file(unpacked, data, kind):
    assert unpacked(data, kind) == [("in.pack", TEXT)]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_of_a_zip_in_order_of_their_names(unpacked, method):
    data = zipped([("b.csv", b"b"), ("in/a.csv", TEXT), ("in/", b""), ("__MACOSX/in/._a.csv", b"x")], compression=method)
    assert unpacked(data, "zip") == [("in.pack/b.csv", b"b"), ("in.pack/in/a.csv", TEXT)]
    assert unpacked(data, "zip", lambda names: [n for n in names if n == "b.csv"]) == [("in.pack/b.csv", b"b")]


def test_a_name_never_leads_out_of_the_folder(unpacked, tmp_path):
    assert unpacked(zipped([("../../evil.csv", b"x"), ("/etc/evil.csv", b"y")]), "zip") == [("in.pack/../../evil.csv", b"x"), ("in.pack//etc/evil.csv", b"y")]
    assert not list(tmp_path.parent.rglob("evil.csv"))


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_japanese_names_without_a_flag(unpacked, encoding):
    raw = "応対履歴.csv".encode(encoding)
    data = zipped([("x" * len(raw), TEXT)]).replace(b"x" * len(raw), raw)
    assert unpacked(data, "zip") == [("in.pack/応対履歴.csv", TEXT)]


@pytest.mark.parametrize(("data", "kind"), [
    (gzip.compress(TEXT * 99)[:-20], "gzip"), (gzip.compress(TEXT)[:-8] + b"\x00" * 8, "gzip"), (bz2.compress(TEXT)[:-9], "bzip2"), (lzma.compress(TEXT)[:-9], "xz"),
    (zipped([("a.csv", TEXT)])[:-9], "zip"), (zipped([("a.csv", TEXT)]).replace(TEXT, b"?" * len(TEXT)), "zip"),
])
def test_damaged_archives(unpacked, data, kind):
    with pytest.raises(ContactError, match="damaged or breaks off"):
        unpacked(data, kind)


def test_a_password(unpacked):
    data = bytearray(zipped([("a.csv", TEXT)]))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ContactError, match="has a password"):
        unpacked(bytes(data), "zip")


def test_a_way_of_packing_nobody_has(unpacked):
    data = bytearray(zipped([("a.csv", TEXT)]))
    data[8] = data[data.rindex(b"PK\x01\x02") + 10] = 97
    with pytest.raises(ContactError, match="way of packing"):
        unpacked(bytes(data), "zip")


@pytest.mark.parametrize(("data", "kind"), [(gzip.compress(b"\x00" * 3_000_000), "gzip"), (zipped([("a.csv", b"\x00" * 2_000_000), ("b.csv", b"\x00" * 2_000_000)], compression=zipfile.ZIP_DEFLATED), "zip")])
def test_bombs(unpacked, monkeypatch, data, kind):
    monkeypatch.setattr(archives, "UNCHECKED_BYTES", 1_000_000)
    with pytest.raises(ContactError, match="far more than its size"):
        unpacked(data, kind)
