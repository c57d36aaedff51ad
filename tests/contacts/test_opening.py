"""Sources opened: the same chunks each time, systems recognised, rows that are turns, dotted names."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import ContactMapping, check_contacts, read_contacts
from vocmine.contacts.formats import choose_source
from vocmine.contacts.opening import open_source, raw_table, split_frame
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

TURNS = "conversation_id,speaker,text,created_at\na,user,hi,2026-11-21\nb,user,yo,2026-11-21\na,agent,hm,2026-11-21\n"


def opened(path, mapping=None, told=None, chunk_rows=2, notes=None):
    return open_source(choose_source(path, told), chunk_rows, ContactMapping.of(mapping), None, notes or Notes())


@pytest.mark.parametrize(("n", "size"), [(0, 3), (1, 3), (3, 3), (4, 3), (7, 1)])
def test_a_frame_is_cut_without_loss_and_rows_count_from_one(n, size):
    frame = pd.DataFrame({"a": range(n)})
    parts = list(split_frame(frame, size))
    assert all(len(part.frame) <= size for part in parts)
    assert pd.concat([part.frame for part in parts])["a"].tolist() == list(range(n))
    assert np.concatenate([part.rows for part in parts]).tolist() == list(range(1, n + 1))


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json", "parquet", "xlsx", "frame"])
def test_chunks_are_the_same_each_time(tmp_path, kind):
    frame = pd.DataFrame({"id": ["1", "2", "3"], "text": ["ab", "cd", "ef"]})
    path = tmp_path / f"a.{kind}"
    if kind == "frame":
        path = frame
    elif kind in ("json", "jsonl"):
        frame.to_json(path, orient="records", lines=kind == "jsonl", force_ascii=False)
    else:
        {"csv": frame.to_csv, "parquet": frame.to_parquet, "xlsx": frame.to_excel}[kind](path, index=False)
    source = opened(path)
    first, second = ([chunk.frame.values.tolist() for chunk in source.chunks(Notes())] for _ in range(2))
    assert first == second == [[["1", "ab"], ["2", "cd"]], [["3", "ef"]]]


def test_rows_of_a_folded_source_are_those_of_the_file(tmp_path):
    path = tmp_path / "chat.csv"
    path.write_text(TURNS + "c,user,,2026-11-21\n", "utf-8")
    assert opened(path).rows_are == "turns"
    checked = check_contacts(path)
    assert checked.contacts["contact_id"].tolist() == ["a", "b"]
    assert checked.rejected[["row", "code"]].values.tolist() == [[5, "empty_text"]]


def test_told_formats_win(tmp_path):
    path = tmp_path / "chat.csv"
    path.write_text(TURNS, "utf-8")
    assert opened(path, told="social").rows_are == "posts"
    assert opened(path, {"conversation_id": "contact_id"}).rows_are == "turns"  # whatever its id is called
    assert opened(path, {"ignore": ["speaker"]}).rows_are == "contacts"
    with pytest.raises(ContactError, match="columns are missing: channel"):
        read_contacts(path, format="zendesk")


def test_zone_of_a_transcript_counts(tmp_path):
    path = tmp_path / "chat.csv"
    path.write_text(TURNS.replace("created_at", "created_at (UTC)").replace("2026-11-21", "2026-11-21 09:00"), "utf-8")
    assert read_contacts(path)["created_at"].dt.hour.tolist() == [9, 9]


NESTED = [{"id": i, "at": "2026-11-21", "who": {"id": f"u{i}"}, "note": {"body": "請求が二重", "tags": ["a", "b"]}} for i in (1, 2, 3)]
DOTTED = {"columns": {"at": "created_at", "note.body": "text", "who.id": "customer_id"}, "constants": {"channel": "call"}}


@pytest.mark.parametrize("kind", ["json", "jsonl", "wrapped", "parquet", "frame"])
def test_dotted_names_reach_into_objects(tmp_path, kind):
    path = tmp_path / ("a.parquet" if kind == "parquet" else "a.jsonl" if kind == "jsonl" else "a.json")
    if kind == "parquet":
        pd.DataFrame(NESTED).to_parquet(path)
    elif kind == "frame":
        path = pd.DataFrame(NESTED)
    elif kind == "jsonl":
        path.write_text("\n".join(map(json.dumps, NESTED)), "utf-8")
    else:
        path.write_text(json.dumps({"data": {"rows": NESTED}, "n": 3} if kind == "wrapped" else NESTED), "utf-8")
    contacts = read_contacts(path, DOTTED)
    assert contacts[["contact_id", "text", "customer_id"]].values.tolist() == [[str(i), "請求が二重", f"u{i}"] for i in (1, 2, 3)]


def test_several_lists_are_refused_or_told(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"agents": [{"name": "x"}], "calls": NESTED}), "utf-8")
    with pytest.raises(ContactError, match=r"several lists of objects.*records: agents"):
        read_contacts(path, DOTTED)
    assert len(read_contacts(path, {**DOTTED, "records": "calls"})) == 3


def test_a_raw_table_is_as_it_stands(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("会員番号,氏名\n01,山田\n", "cp932")
    assert raw_table(path, 10).values.tolist() == [["01", "山田"]]


def test_a_query_is_run_once_to_be_judged_and_once_to_be_read(tmp_path, monkeypatch):
    import sqlalchemy as sa

    from vocmine.contacts import opening

    address = f"sqlite:///{tmp_path / 'calls.db'}"
    engine = sa.create_engine(address)
    pd.DataFrame({"id": ["1", "2", "3"], "date": "2026-11-21", "channel": "chat", "text": ["ab c", "d e", "f g"]}).to_sql("calls", engine, index=False)
    engine.dispose()
    run = []
    monkeypatch.setattr(opening, "sql_chunks", lambda *args, real=opening.sql_chunks: run.append(args) or real(*args))
    assert read_contacts(address, query="select * from calls")["contact_id"].tolist() == ["1", "2", "3"]
    assert len(run) == 2
