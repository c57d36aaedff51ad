"""The tagger works in pieces, and a chunk on disk tells its outcome without its contacts."""

from __future__ import annotations

import pandas as pd

from vocmine import tagger as tagger_room
from vocmine.batch.chunks import Spool, tag_chunk
from vocmine.batch.contact_store import ContactStore
from vocmine.tagger import Tagger

TEXTS = [
    "先月分の料金が二重に引き落とされています。返金してください。", "My router keeps disconnecting since Monday.", "荷物がまだ届きません。",
    "ありがとうございました", "あ", "解約したいのですが手続きを教えてください", "アプリが落ちて使えません(´;ω;`)",
]


def contacts_of(n):
    return pd.DataFrame(
        {
            "contact_id": [f"c{i:03d}" for i in range(n)], "created_at": pd.Timestamp("2026-11-20 03:00", tz="UTC"), "channel": "chat",
            "text": [TEXTS[i % len(TEXTS)] for i in range(n)],
        }
    )


def test_pieces_give_the_tags_of_the_whole(monkeypatch):
    made, contacts = Tagger(), contacts_of(23)
    whole = made.tag(contacts)
    monkeypatch.setattr(tagger_room, "_PIECE", 5)
    pieces = made.tag(contacts)
    pd.testing.assert_frame_equal(pieces, whole)
    assert made.tag(contacts.iloc[:0]).empty


def test_a_chunk_tells_its_outcome(tmp_path):
    spool = Spool(tmp_path / "w" / "x", ContactStore(tmp_path, "UTC"))
    chunk = tag_chunk(contacts_of(14), Tagger(), "t", key="a key of many letters")
    spool.put("0", chunk)
    unknown, failed = spool.outcome("0")
    assert unknown == ((chunk.tags["kind"] == "reason") & (chunk.tags["label"] == "unknown")).sum() > 0
    assert failed.empty
    assert len(spool.get("0").contacts) == 14
