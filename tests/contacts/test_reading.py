"""How a source was read: facts, uses, doubts, and their sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vocmine.contacts.reading import ColumnUse, Doubt, Notes, Reading, doubt_sentences
from vocmine.errors import ContactError

PACKAGE = Path(__file__).resolve().parents[2] / "vocmine"


def test_every_doubt_has_both_languages_and_only_known_gaps():
    for code, sentences in doubt_sentences().items():
        assert set(sentences) == {"en", "ja"}, code
        gaps = [set(re.findall(r"{(\w*)}", sentence)) for sentence in sentences.values()]
        assert gaps[0] == gaps[1] <= {"column", "rows", "shown"}, code
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", sentences["ja"]) and sentences["en"].isascii() | ("“" in sentences["en"]), code


def test_every_code_that_is_noted_has_sentences_and_the_other_way_round():
    source = "".join(path.read_text("utf-8") for path in (PACKAGE / "contacts").rglob("*.py") if path.name != "reading.py")
    noted = set(re.findall(r"\.doubt\(\s*\"(\w+)\"", source))
    assert noted
    assert noted <= set(doubt_sentences())
    unused = {code for code in doubt_sentences() if f'"{code}"' not in source}
    assert not unused


def test_the_same_doubt_adds_up_and_keeps_its_first_line():
    notes = Notes()
    notes.doubt("unknown_speaker", "話者", rows=2, shown="A", line="speakers: {A: customer}")
    notes.doubt("unknown_speaker", "話者", rows=3, shown="B, A", line="speakers: {B: customer}")
    notes.doubt("unknown_speaker", "speaker", rows=1)
    assert [(d.column, d.rows, d.shown, d.line) for d in notes.doubts] == [
        ("話者", 5, "A, B", "speakers: {A: customer}"), ("speaker", 1, "", ""),
    ]


def test_lines_say_facts_uses_what_is_left_and_doubts():
    doubt = Doubt("texts_left_out", shown="備考", line="備考: text")
    reading = Reading("a.csv", {"encoding": "cp932"}, (ColumnUse("受付日", "created_at", "name", "zone UTC"),), ("備考",), (doubt,), 3)
    assert reading.lines() == [
        "a.csv: encoding cp932, 3 rows", "  created_at <- 受付日 (name, zone UTC)", "  not used: 備考",
        "  doubt: columns that hold texts and were not used: 備考 -> 備考: text",
    ]
    assert reading.lines("ja")[-1] == "  要確認: 文章が入っているのに使わなかった列: 備考 -> 備考: text"
    with pytest.raises(ContactError, match=r"1 doubt about the source; where: a\.csv; got: columns that hold texts"):
        reading.raise_if_doubtful()
    Reading("a.csv").raise_if_doubtful()


def test_counts_add_up_and_nothing_is_noted_of_none():
    notes = Notes()
    notes.count("stickers", 2)
    notes.count("stickers", 3)
    notes.count("albums", 0)
    assert notes.facts == {"stickers": "5"} and notes.doubts == ()
