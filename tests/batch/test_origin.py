"""Files and database addresses as sources of contacts; no password is ever shown."""

from __future__ import annotations

import pytest

from vocmine.batch.origin import Origin, read_chunks
from vocmine.errors import ContactError
from vocmine.settings import Settings


def test_a_file_and_an_address_are_told_apart(tmp_path):
    assert Origin.of("postgresql://ann:secret@db/crm").name == "postgresql://ann:***@db/crm"
    with pytest.raises(ContactError, match="no database address"):
        Origin.of("://")
    with pytest.raises(ContactError, match="this is a folder"):
        Origin.of(tmp_path).check()


def test_chunks_are_as_long_as_the_settings_say(tmp_path):
    rows = [f"c{i},2026-11-21,call,荷物が届きません" for i in range(5)]
    (tmp_path / "in.csv").write_text("contact_id,created_at,channel,text\n" + "\n".join(rows), encoding="utf-8")
    chunks = read_chunks(Origin.of(tmp_path / "in.csv"), Settings(chunk_rows=2), None)
    assert [len(checked.contacts) for checked in chunks] == [2, 2, 1]
