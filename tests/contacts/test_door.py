"""What no text has is taken out at the door, once, and counted; emoji and all else stay."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from vocmine.contacts import ContactMapping, read_contacts
from vocmine.contacts.door import FACT, clean_frame, clean_text, short_cells, within_limits
from vocmine.contacts.formats import Source
from vocmine.contacts.lines import RawChunk
from vocmine.contacts.readers import read_checked
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError
from vocmine.limits import ReadingLimits


@pytest.mark.parametrize(
    ("text", "clean"),
    [("A\u202e12\u202c", "A12"), ("\ufeffid", "id"), ("a\u200bb\u2060", "ab"), ("x\ud83dy", "x\ufffdy"), ("🧑\u200d🦰", "🧑\u200d🦰"),
     ("می\u200cخواهم", "می\u200cخواهم"), ("\udc85", "\udc85"), ("返品\n", "返品\n"), ("", "")],
)
def test_marks_go_and_words_stay(text, clean):
    assert clean_text(text) == clean


def test_a_frame_is_cleaned_and_counted_and_names_stay_apart():
    notes = Notes()
    frame = pd.DataFrame({"a": ["x\u200e", "y", None], "a\u200b": [1, 2, 3], "b": ["\u202ez", "\u202e", "z"]})
    clean = clean_frame(frame, notes)
    assert list(clean.columns) == ["a", "a (2)", "b"]
    assert clean["a"].tolist()[:2] == ["x", "y"] and clean["b"].tolist() == ["z", "", "z"] and notes.facts[FACT] == "3"


def test_a_clean_frame_is_left_as_it_is():
    notes, frame = Notes(), pd.DataFrame({"a": ["x", "🧑\u200d🦰"], "n": [1, 2]})
    assert clean_frame(frame, notes) is frame and not notes.facts


def test_an_id_with_a_mark_is_the_same_id_and_half_a_character_does_not_stop_a_file(tmp_path):
    rows = [{"id": "A1\u200b", "date": "2026-04-01", "channel": "chat", "text": "\ud800 my parcel came late and it is damaged"},
            {"id": "A1", "date": "2026-04-01", "channel": "chat", "text": "again"}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(rows))
    checked = read_checked(path)
    assert checked.contacts["contact_id"].tolist() == ["A1"] and checked.contacts["text"].tolist() == ["\ufffd my parcel came late and it is damaged"]
    assert checked.rejected["code"].tolist() == ["duplicate_id"] and checked.reading.facts[FACT] == "1"


def test_limits_of_rows_columns_and_cells():
    source = Source(None, "csv", "a.csv", limits=ReadingLimits(rows=10, columns=4, cell_chars=100))
    assert within_limits(source, 10, 4) == 10
    with pytest.raises(ContactError, match=r"more rows than a source may have; where: a\.csv; got: 11 rows; expected: at most 10"):
        within_limits(source, 11, 4)
    with pytest.raises(ContactError, match="more columns"):
        within_limits(source, 1, 5)
    raw = RawChunk(pd.DataFrame({"a": ["x" * 101, "y"]}), pd.Series([7, 8]).to_numpy())
    short = short_cells(raw, source)
    assert short.rows.tolist() == [8] and short.broken == [(7, "line_too_long", "")]


@pytest.mark.parametrize(("limits", "what"), [({"rows": 3}, "more rows"), ({"columns": 4}, "more columns")])
def test_limits_come_with_the_mapping(tmp_path, limits, what):
    path = tmp_path / "a.csv"
    path.write_text("id,date,channel,text,team\n" + "".join(f"{i},2026-04-01,chat,late,x\n" for i in range(5)))
    assert len(read_contacts(path)) == 5
    with pytest.raises(ContactError, match=what):
        read_contacts(path, ContactMapping(limits=ReadingLimits(**limits)))
