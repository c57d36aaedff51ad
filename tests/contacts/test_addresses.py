"""Addresses, by fsspec's own store in memory and its local files; nothing here goes to a network."""

from __future__ import annotations

import itertools

import fsspec
import pytest

from vocmine.contacts.addresses import address_name, fetch_all, is_address
from vocmine.errors import ContactError, MissingExtraError


@pytest.fixture
def fetched(tmp_path):
    numbers = itertools.count()

    def run(address, choose=lambda names: names):
        return [(name, path.read_text()) for path, name in fetch_all(address, lambda: tmp_path / f"{next(numbers)}", choose)]

    return run


@pytest.fixture
def store():
    files = fsspec.filesystem("memory")
    for name in ("in/b.csv", "in/a.csv", "in/deep/c.csv", "in/readme.md"):
        files.pipe(f"/{name}", name.encode())
    yield files
    files.rm("/in", recursive=True)


def test_a_file_a_folder_and_a_pattern(fetched, store):
    assert fetched("memory://in/a.csv") == [("a.csv", "in/a.csv")]
    assert fetched("memory://in", lambda names: [n for n in names if n.endswith("csv")]) == [("a.csv", "in/a.csv"), ("b.csv", "in/b.csv")]
    assert fetched("memory://in/**/*.csv") == [("a.csv", "in/a.csv"), ("b.csv", "in/b.csv"), ("c.csv", "in/deep/c.csv")]


def test_local_files_by_address(fetched, tmp_path):
    (tmp_path / "応対.csv").write_text("x")
    assert fetched(f"file://{tmp_path}/応対.csv") == [("応対.csv", "x")]


@pytest.mark.parametrize("address", ["memory://in/none.csv", "memory://none/*.csv", "file:///none/x.csv"])
def test_nothing_there(fetched, store, address):
    with pytest.raises(ContactError, match="no such file"):
        fetched(address)


@pytest.mark.parametrize(("scheme", "driver"), [("s3", "s3fs"), ("gs", "gcsfs"), ("https", "aiohttp")])
def test_a_missing_driver_has_its_pip_line(fetched, monkeypatch, scheme, driver):
    def missing(address):
        raise ImportError

    monkeypatch.setattr(fsspec.core, "url_to_fs", missing)
    with pytest.raises(MissingExtraError, match=f"pip install {driver}"):
        fetched(f"{scheme}://bucket/calls.csv")


def test_an_error_never_shows_the_address(fetched, monkeypatch):
    def failing(address):
        raise OSError(address)

    monkeypatch.setattr(fsspec.core, "url_to_fs", failing)
    with pytest.raises(ContactError) as caught:
        fetched("https://me:secret@host.example/calls.csv?token=abc")
    assert "https:calls.csv" in str(caught.value)
    assert not any(word in str(caught.value) for word in ("secret", "token", "host"))


@pytest.mark.parametrize(("source", "is_one"), [
    ("s3://b/a.csv", True), ("GS://b/a.csv", True), ("https://h/a.csv", True), ("file:///a.csv", True),
    ("postgresql+psycopg://h/db", False), ("sqlite:///a.db", False), ("C://a.csv", False), ("a.csv", False), ("-", False),
])
def test_addresses_and_databases(source, is_one):
    assert is_address(source) is is_one


def test_names():
    assert address_name("https://h/%E5%BF%9C%E5%AF%BE.csv?x=1") == "応対.csv"
    assert address_name("https://h") == "address"
