"""The word lists: rows of columns and sets of words."""

from __future__ import annotations

from importlib import resources

import pytest

from vocmine.text.lexicon import read_table, read_words

FILES = sorted(file.name for file in (resources.files("vocmine.text") / "data").iterdir() if file.name.endswith((".txt", ".tsv")))


@pytest.mark.parametrize("name", FILES)
def test_every_list_has_entries_and_no_remark_or_empty_line_is_one(name):
    rows = read_table(name)
    assert rows
    assert all(row[0] and not row[0].startswith("#") for row in rows)
    assert all(cell == cell.rstrip() for row in rows for cell in row[-1:])
    assert read_table(name) is rows  # read once


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".txt")])
def test_words_are_those_of_all_rows(name):
    words = read_words(name)
    assert words == {word for row in read_table(name) for cell in row for word in cell.split()}
    assert not any(" " in word or "\t" in word for word in words)


def test_a_list_that_is_not_there():
    with pytest.raises(FileNotFoundError):
        read_table("none.txt")
