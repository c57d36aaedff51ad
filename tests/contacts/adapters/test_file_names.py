"""Dates and ids from the names of files."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.adapters.file_names import name_turns, stem_of, time_in_name
from vocmine.contacts.dates import parse_dates
from vocmine.errors import ContactError


@pytest.mark.parametrize(("name", "wanted"), [
    ("rec_20260512_1405.vtt", "2026-05-12T14:05:00"), ("2026-05-12T14-05.srt", "2026-05-12T14:05:00"),
    ("x_2026-05-12T14_05_06Z.json", "2026-05-12T14:05:06Z"), ("20260512140506.vtt", "2026-05-12T14:05:06"),
    ("GMT20260512-140506_Recording.transcript.vtt", "2026-05-12T14:05:06Z"),
    ("Weekly-20260512_140506-Meeting Recording.vtt", "2026-05-12T14:05:06"),
    ("2026年5月12日 9時05分.vtt", "2026-05-12T09:05:00"), ("2026.05.12 09.05.vtt", "2026-05-12T09:05:00"),
    ("20260512T140506+0900.vtt", "2026-05-12T14:05:06+0900"), ("a/2026-5-2.vtt", "2026-05-02"),
    ("call_20260512_09012345678.vtt", "2026-05-12"), ("rec_20260512-1.vtt", "2026-05-12"),
    ("call-09012345678.vtt", None), ("20260501_20260531.csv", None), ("20261301.vtt", None), ("20260230.vtt", None),
    ("2026-05-01_2026-05-31.csv", None), ("1700000000.vtt", None), ("4a573372-1f28-000020260401.json", None), ("talk.vtt", None),
])
def test_the_time_in_a_name(name, wanted):
    assert time_in_name(name) == wanted
    assert wanted is None or parse_dates([wanted]).notna().all()


@pytest.mark.parametrize(("name", "stem"), [("a/b.vtt", "b"), ("c.transcript.vtt", "c.transcript"), ("d.json.gz", "d"), (".vtt", ".vtt"), ("会話", "会話")])
def test_stems(name, stem):
    assert stem_of(name) == stem


def test_turns_take_the_name_and_the_time_of_their_file():
    turns = pd.DataFrame({"conversation_id": ["", "-2", "own"], "text": "x"})
    named = name_turns(turns, "r_20260512.vtt")
    assert named["conversation_id"].tolist() == ["r_20260512", "r_20260512-2", "own"] and set(named["created_at"]) == {"2026-05-12"}
    assert set(name_turns(turns, "r.vtt", created_at="2026-01-02")["created_at"]) == {"2026-01-02"}
    assert name_turns(turns.assign(created_at="2026-03-04"), "r_20260512.vtt")["created_at"].tolist() == ["2026-03-04"] * 3
    assert name_turns(turns.drop(columns="conversation_id"), "r_20260512.vtt")["conversation_id"].tolist() == ["r_20260512"] * 3
    with pytest.raises(ContactError, match=r"constants: \{created_at: 2026-04-01\}"):
        name_turns(turns, "r.vtt")
