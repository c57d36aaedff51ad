"""JSON as it lies on disk: one document, pages, objects a line, and what is none."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.records import parse_lines, read_document
from vocmine.errors import ContactError


@pytest.mark.parametrize(("text", "document"), [
    ('{"a": 1}', {"a": 1}), ("[1, 2]", [1, 2]), ('{"id": 1}\n{"id": 2}\n', [{"id": 1}, {"id": 2}]), ('{"id": 1},\n\n{"id": 2},', [{"id": 1}, {"id": 2}]),
    ('{"rows": [1], "next_page": "x"}\n{"rows": [2, 3], "next_page": null}', {"rows": [1, 2, 3], "next_page": "x"}),
    ('{"ContactId": "a", "Transcript": [1]}\n{"ContactId": "b", "Transcript": [2]}', [{"ContactId": "a", "Transcript": [1]}, {"ContactId": "b", "Transcript": [2]}]),
    ('[{"a": 1}]\n[{"a": 2}]', [{"a": 1}, {"a": 2}]), ('{"rows": [1]}\n{"n": 2}', [{"rows": [1]}, {"n": 2}]),
    ('{"id": 1, "tags": ["a"]}\n{"id": 2, "tags": ["b"]}', [{"id": 1, "tags": ["a"]}, {"id": 2, "tags": ["b"]}]),
])
def test_documents(tmp_path, text, document):
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8")
    assert read_document(path, None) == document


def test_broken_json_is_named_with_its_line(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[\n{"a": 1},\n{oops}]', "utf-8")
    with pytest.raises(ContactError, match=r"a\.json, line 3.*jsonl"):
        read_document(path, None)
    for text, what in (("[" * 100_000, "no JSON that can be read"), (" \n", "the file is empty")):
        path.write_text(text, "utf-8")
        with pytest.raises(ContactError, match=what):
            read_document(path, None)
    path.write_bytes('{"a": "電話"}'.encode("cp932"))
    assert read_document(path, None) == {"a": "電話"}


def test_lines_that_are_no_objects_are_left_out(tmp_path):
    assert parse_lines(['{"a": 1}', "{", "[1]", "", '{"b": 2}']) == [{"a": 1}, {"b": 2}]
    path = tmp_path / "a.json"
    path.write_text('{"a": 1}\n{broken\n', "utf-8")
    assert read_document(path, None, lines=True) == [{"a": 1}]
