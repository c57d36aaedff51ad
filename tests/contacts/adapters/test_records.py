"""Whole sources as records: JSON documents, lines, chunks put together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts.adapters.records import join_chunks, json_records, parse_json, read_json
from vocmine.contacts.lines import RawChunk
from vocmine.errors import ContactError


def test_chunks_are_joined_in_order_with_their_rows_and_broken_lines():
    chunks = [
        RawChunk(pd.DataFrame({"a": []}), np.array([], dtype="int64"), [(2, "bad_json", "{x")]),
        RawChunk(pd.DataFrame({"a": ["x"]}), np.array([3])), RawChunk(pd.DataFrame({"a": ["y"], "b": [1]}), np.array([5]), [(4, "bad_json", "")]),
    ]
    whole = join_chunks(iter(chunks))
    assert whole.frame["a"].tolist() == ["x", "y"]
    assert whole.rows.tolist() == [3, 5]
    assert [line[0] for line in whole.broken] == [2, 4]
    assert join_chunks(iter(chunks[:1])).frame.columns.tolist() == ["a"]


@pytest.mark.parametrize("document", [[{"a": 1}, {"b": 2}], {"rows": [{"a": 1}, {"b": 2}], "n": 2, "next": []}])
def test_a_list_of_objects_may_stand_in_an_object(document):
    frame = json_records(document, "a.json")
    assert set(frame) == {"a", "b"}
    assert len(frame) == 2


@pytest.mark.parametrize("document", [{"a": 1}, {"a": [{}], "b": [{}]}, [1], [[{}]], "x", None, 5, [{}, "x"]])
def test_what_is_no_list_of_objects_is_named(document):
    with pytest.raises(ContactError, match=r"no list of objects; where: a\.json"):
        json_records(document, "a.json")


def test_broken_json_is_named_with_its_line(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[\n{"a": 1},\n{oops}]', "utf-8")
    with pytest.raises(ContactError, match=r"a\.json, line 3.*jsonl"):
        read_json(path, None)
    path.write_text("[" * 100_000, "utf-8")
    with pytest.raises(ContactError, match="no JSON that can be read"):
        read_json(path, None)
    path.write_bytes('{"a": "電話"}'.encode("cp932"))
    assert read_json(path, None) == {"a": "電話"}


def test_one_line_of_json():
    assert parse_json('{"a": 1}', "a.jsonl", 7) == {"a": 1}
    with pytest.raises(ContactError, match=r"a\.jsonl, line 7"):
        parse_json("{", "a.jsonl", 7)
