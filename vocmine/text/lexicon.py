"""Reads the word lists of `vocmine/text/data`: UTF-8, one entry a line, `#` begins a remark, columns by tabs."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """Read a file of `data` as rows of columns.

    Examples
    --------
    >>> read_table("marks.tsv")[0]
    ('name', '氏名', 'NAME')
    """
    text = (resources.files("vocmine.text") / "data" / name).read_text(encoding="utf-8")
    lines = (line.rstrip() for line in text.splitlines())
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def read_words(name: str) -> frozenset[str]:
    """Read a file of `data` as a set of words, any number a line.

    Examples
    --------
    >>> "する" in read_words("stop_ja.txt")
    True
    """
    return frozenset(word for row in read_table(name) for cell in row for word in cell.split())
