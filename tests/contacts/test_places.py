"""What a user may name, and what is left behind: nothing."""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from vocmine.contacts.places import ending_of, resolve
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

TEXT = b"id,text\n1,a\n"


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    """Have temporary files where a test can look for them."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "in"

    def write(*names, data=TEXT):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return folder

    return write


def places(source, notes=None):
    with resolve(source, notes or Notes()) as found:
        return [(place.name, place.ending, place.path.read_bytes()) for place in found]


def test_a_file_is_read_where_it_is(files, scratch):
    path = files("Calls.CSV") / "Calls.CSV"
    with resolve(path, Notes()) as (place,):
        assert (place.path, place.name, place.ending) == (path, "Calls.CSV", ".csv")
        assert not [file for file in scratch.rglob("*") if file.is_file()]


def test_a_folder_in_order_without_what_is_no_contact_file(files):
    notes = Notes()
    folder = files("b.csv", "a.tsv", "10.csv", "columns.yaml", "notes.docx", ".DS_Store", "~$b.xlsx", "Thumbs.db", "deep/c.csv")
    assert [name for name, _, _ in places(folder, notes)] == ["10.csv", "a.tsv", "b.csv"]
    assert [(d.code, d.rows, d.shown) for d in notes.doubts] == [("files_left_out", 2, "columns.yaml, notes.docx")]
    assert "2" in notes.doubts[0].sentence("ja")


def test_a_folder_with_nothing_to_read(files):
    with pytest.raises(ContactError, match="no contact files"):
        places(files("readme.md"))


def test_patterns(files):
    folder = files("a.csv", "b.csv", "c.tsv", "x/d.csv", ".hidden.csv")
    assert [name for name, _, _ in places(f"{folder}/*.csv")] == ["a.csv", "b.csv"]
    assert [name for name, _, _ in places(f"{folder}/**/*.csv")] == ["a.csv", "b.csv", "x/d.csv"]
    with pytest.raises(ContactError, match=r"no such file|no contact files"):
        places(f"{folder}/*.xlsx")


def test_a_name_that_looks_like_a_pattern_is_a_name(files):
    folder = files("[LINE] お客様.txt")
    assert [name for name, _, _ in places(folder / "[LINE] お客様.txt")] == ["[LINE] お客様.txt"]


def test_no_such_file(tmp_path):
    with pytest.raises(ContactError, match="no such file"):
        places(tmp_path / "none.csv")


def test_standard_input(monkeypatch, scratch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(TEXT))))
    assert places("-") == [("stdin", "", TEXT)]
    assert not list(scratch.iterdir())


@pytest.mark.parametrize("name", ["a.csv.gz", "a.csv", "a.xlsx"])
def test_packed_files_whatever_they_are_called(files, name):
    notes = Notes()
    folder = files(name, data=gzip.compress(TEXT))
    assert places(folder / name, notes) == [(name, "." + name.split(".")[1], TEXT)]
    assert notes.facts == {"compression": "gzip"}


def test_what_is_called_packed_and_is_not(files):
    assert places(files("a.csv.gz") / "a.csv.gz") == [("a.csv.gz", ".csv", TEXT)]


def archive(*members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name, content in members:
            made.writestr(name, content)
    return data.getvalue()


def test_members_of_an_archive_are_sources(files):
    notes = Notes()
    folder = files("4月.zip", data=archive(("in/b.csv", TEXT), ("a.csv", TEXT), ("image.png", b"\x89PNG")))
    assert places(folder, notes) == [("4月.zip/a.csv", ".csv", TEXT), ("4月.zip/in/b.csv", ".csv", TEXT)]
    assert [d.shown for d in notes.doubts] == ["image.png"]


@pytest.mark.parametrize(("data", "said"), [
    (archive(("b.zip", archive(("a.csv", TEXT)))), "archive in an archive"), (archive(("b.csv.gz", gzip.compress(TEXT))), "archive in an archive"),
    (gzip.compress(gzip.compress(TEXT)), "archive in an archive"), (archive(("a.png", b"\x89PNG")), "no contact files in the archive"), (archive(), "no contact files"),
], ids=["zip in zip", "gz in zip", "gz in gz", "no contacts", "nothing"])
def test_archives_that_are_refused(files, data, said, scratch):
    folder = files("a.zip", data=data)
    with pytest.raises(ContactError, match=said):
        places(folder / "a.zip")
    assert not list(scratch.iterdir())


def test_temporary_files_are_private_and_go_also_after_an_error(files, scratch):
    folder = files("a.csv.gz", data=gzip.compress(TEXT))

    def use():
        with resolve(folder / "a.csv.gz", Notes()) as (place,):
            assert stat.S_IMODE(place.path.parent.stat().st_mode) == 0o700
            assert scratch in place.path.parents
            raise KeyError

    with pytest.raises(KeyError):
        use()
    assert not list(scratch.iterdir())


def test_a_pipe_is_spooled(tmp_path):
    reading, writing = os.pipe()
    os.write(writing, TEXT)
    os.close(writing)
    path = Path(f"/dev/fd/{reading}")
    if not path.exists():
        pytest.skip("no /dev/fd here")
    assert [data for _, _, data in places(path)] == [TEXT]
    os.close(reading)


@pytest.mark.parametrize(("name", "ending"), [("a.csv", ".csv"), ("A.CSV.GZ", ".csv"), ("a.tar.gz", ".tar"), ("a.gz", ""), ("a", ""), ("x/y.z/a.jsonl.bz2", ".jsonl")])
def test_endings(name, ending):
    assert ending_of(name) == ending


@pytest.mark.parametrize(("names", "read"), [
    (["users.json", "channels.json", "help/2026-05-01.json"], ["help/2026-05-01.json"]),
    (["data/tweets.js", "data/follower.js", "Your archive.html"], ["data/tweets.js"]), (["users.json", "a.json"], ["a.json", "users.json"]),
])
def test_what_stands_beside_messages_is_not_read(tmp_path, names, read):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "[1]")
    notes = Notes()
    with resolve(tmp_path / "a.zip", notes) as places:
        assert [place.name.removeprefix("a.zip/") for place in places] == read
    assert notes.doubts == () and ("files beside the messages, not read" in notes.facts) is (len(read) < 2)


def test_a_folder_of_folders_names_one(tmp_path):
    (tmp_path / "help").mkdir()
    with pytest.raises(ContactError, match=r"name a folder in it, such as .*help, or a pattern"), resolve(tmp_path, Notes()):
        pass
