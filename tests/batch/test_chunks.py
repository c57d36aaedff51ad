"""A chunk on disk tells its outcome without its contacts."""

from __future__ import annotations

import pandas as pd

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


def test_a_chunk_tells_its_outcome(tmp_path):
    spool = Spool(tmp_path / "w" / "x", ContactStore(tmp_path, "UTC"))
    chunk = tag_chunk(contacts_of(14), Tagger(), "t", key="a key of many letters")
    spool.put("0", chunk)
    unknown, failed = spool.outcome("0")
    assert unknown == ((chunk.tags["kind"] == "reason") & (chunk.tags["label"] == "unknown")).sum() > 0
    assert failed.empty
    assert len(spool.get("0").contacts) == 14


def test_a_chunk_tells_whose_ids_it_has(tmp_path):
    spool = Spool(tmp_path / "w" / "x", ContactStore(tmp_path, "UTC"))
    for name, systems in (("0", ["crm", "calls"]), ("1", None)):
        contacts = contacts_of(2) if systems is None else contacts_of(2).assign(source_system=systems)
        spool.put(name, tag_chunk(contacts, Tagger(), "t", key="a key of many letters"))
    assert (spool.system("0"), spool.system("1")) == ("calls", "")
