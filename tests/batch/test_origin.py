"""Files and database addresses as sources of contacts; no password is ever shown."""

from __future__ import annotations

import pytest

from vocmine.batch.origin import Origin, origins_of, read_chunks
from vocmine.errors import ContactError
from vocmine.settings import Settings


def test_a_file_and_an_address_are_told_apart(tmp_path):
    assert Origin.of("postgresql://ann:secret@db/crm").name == "postgresql://ann:***@db/crm"
    with pytest.raises(ContactError, match="no database address"):
        Origin.of("://")
    with pytest.raises(ContactError, match="no such file"):
        Origin.of(tmp_path).check()
    assert Origin.of("s3://bucket/in/notes.csv?x=secret").name == "notes.csv"


def test_folders_and_patterns_are_their_files_and_tell_what_they_leave_out(tmp_path):
    for name in ("b.csv", "a.csv", "readme.md"):
        (tmp_path / name).write_text("contact_id,created_at,channel,text\n1,2026-11-21,call,解約したい\n", encoding="utf-8")
    found = origins_of([tmp_path])
    assert [origin.name for origin in found] == ["a.csv", "b.csv"]
    assert [doubt.shown for doubt in found[0].doubts] == ["readme.md"]
    assert [origin.name for origin in origins_of([str(tmp_path / "b*.csv")])] == ["b.csv"]
    first = next(iter(read_chunks(found[0], Settings(), None)))
    assert "files_left_out" in {doubt.code for doubt in first.reading.doubts}
    with pytest.raises(ContactError, match="readme"):
        next(iter(read_chunks(found[0], Settings(strict=True), None)))
    (tmp_path / "none").mkdir()
    with pytest.raises(ContactError, match="no contact files"):
        origins_of([tmp_path / "none"])


def test_chunks_are_as_long_as_the_settings_say(tmp_path):
    rows = [f"c{i},2026-11-21,call,荷物が届きません" for i in range(5)]
    (tmp_path / "in.csv").write_text("contact_id,created_at,channel,text\n" + "\n".join(rows), encoding="utf-8")
    chunks = read_chunks(Origin.of(tmp_path / "in.csv"), Settings(chunk_rows=2), None)
    assert [len(checked.contacts) for checked in chunks] == [2, 2, 1]
