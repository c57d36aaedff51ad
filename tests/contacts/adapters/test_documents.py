"""What adapters share."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.adapters.documents import (
    is_page,
    join_words,
    label_of,
    note_unknown,
    rows_frame,
    set_apart,
    utc_time,
)
from vocmine.contacts.reading import Notes


@pytest.mark.parametrize(("value", "written"), [
    (1775001600, "2026-04-01T00:00:00+00:00"), (1775001600123, "2026-04-01T00:00:00.123000+00:00"),
    ("1775002500.000200", "2026-04-01T00:15:00.000200+00:00"), ("2026-04-01 09:00", "2026-04-01 09:00"), (None, None), (True, True), (20260401, 20260401),
])
def test_times_since_1970(value, written):
    assert utc_time(value) == written


@pytest.mark.parametrize(("document", "page"), [
    ({"results": [{}], "paging": {"next": {}}}, True), ({"records": [], "done": True, "totalSize": 0}, True),
    ({"Transcript": [], "Channel": "VOICE"}, False), ({"conversationId": "a", "transcripts": []}, False), ({"next_page": None}, False), ([], False),
])
def test_pages_have_nothing_of_their_own(document, page):
    assert is_page(document) is page


def test_parts_are_joined_each_once():
    assert join_words(["請求", " 請求 ", "", "二重"]) == "請求\n二重"


def test_empty_columns_leave_room_for_constants():
    frame = rows_frame([{"contact_id": "1", "created_at": None, "channel": None, "text": "x", "team": None}])
    assert list(frame) == ["contact_id", "text", "team"]
    assert list(rows_frame([], ("contact_id", "text"))) == ["contact_id", "text"]


def test_a_column_is_found_once_or_not_at_all():
    frame = pd.DataFrame([[1, 2, 3]], columns=["Status", "status", "Group"])
    assert label_of(frame, "group") == "Group"
    assert label_of(frame, "status") is None


def test_unknown_roles_are_told_masked():
    notes = Notes()
    note_unknown([("customer", "a"), ("agent", "b"), ("", "c"), ("taro@example.com", "d"), ("ghost", " ")], notes)
    assert [(doubt.code, doubt.rows) for doubt in notes.doubts] == [("unknown_speaker", 1)]
    assert "taro" not in notes.doubts[0].shown


def test_deleted_records_keep_their_numbers():
    kept, numbers, broken = set_apart([{"d": 1}, {"d": 0}, {"d": 1}], lambda record: record["d"] == 1, "d")
    assert (kept, numbers, broken) == ([{"d": 0}], (2,), [(1, "deleted_ticket", "d"), (3, "deleted_ticket", "d")])
