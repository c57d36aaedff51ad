"""Which character stands between fields."""

from __future__ import annotations

import csv

import pytest

from vocmine.contacts.delimiters import DELIMITERS, choose_delimiter, told_delimiter
from vocmine.contacts.header_rows import HeadRow


def chosen(text, known=()):
    def head_of(mark):
        return [HeadRow(n, n, tuple(row)) for n, row in enumerate(csv.reader(text.splitlines(), delimiter=mark), 1)]

    return choose_delimiter(head_of, frozenset(known))


@pytest.mark.parametrize("mark", DELIMITERS)
def test_the_one_that_cuts_all_rows_alike(mark):
    rows = ["id*when*what", "1*2026-04-01*a", "2*2026-04-02*b"]
    assert chosen("\n".join(rows).replace("*", mark)) == mark


@pytest.mark.parametrize(("text", "mark"), [
    ("title, with, many, commas\nid;a;b;c\n1;x;y;z\n2;x;y;z\n3;x;y;z", ";"),
    ("id\ttext\n1\thello, you, and, me\n2\ta, b\n3\tc", "\t"),
    ("id,text\n1,a|b|c\n2,x|y\n3,z", ","),
    ('id,text\n1,"a;b;c"\n2,"x;y;z"\n3,"x;y;z"', ","),
    ("本文\n解約したい\n返品したい", ","),
    ("", ","),
])
def test_odd_samples(text, mark):
    assert chosen(text) == mark


def test_known_names_win_over_marks_in_the_text():
    text = "本文;受付番号\n" + "\n".join(f"a, b, c, d, e, f, g;{i}" for i in range(9))
    assert chosen(text, {"本文", "受付番号"}) == ";"


@pytest.mark.parametrize(("line", "mark"), [
    ("sep=;\r\n", ";"), ("SEP=,\n", ","), ("\ufeffsep=|\r", "|"), ('"sep=\t"\n', "\t"), ("sep=;;;;\n", ";"), ("sep=\t", "\t"),
    ("sep=ab\n", None), ("separator;x\n", None), ("", None),
])
def test_the_line_of_excel(line, mark):
    assert told_delimiter(line) == mark
