"""Nested records: the list among the keys, dotted names, lists joined or refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.objects import dotted_names, flatten, joined_lists, json_records, reach
from vocmine.errors import ContactError

RECORDS = [
    {"id": 9007199254740993, "source": {"body": "届かない", "author": {"type": "user"}}, "tags": ["急ぎ", "返金"]},
    {"source": {"body": None}, "parts": [{"body": "a", "by": {"id": 1}}, {"body": "b"}], "x.y": "点のある名前"},
]


def test_flatten_keeps_long_ids_lists_and_broken_characters():
    frame = flatten([*RECORDS, {"source": {"body": "欠け\ud83d"}}])
    assert frame["id"].tolist() == [9007199254740993, None, None]
    assert frame["source.body"].tolist() == ["届かない", None, "欠け\ud83d"]
    assert frame["tags"].tolist()[0] == ["急ぎ", "返金"]
    assert frame["source.author.type"].tolist() == ["user", None, None]


@given(st.dictionaries(st.text(alphabet="abc", min_size=1, max_size=3), st.integers() | st.sampled_from(["", "届かない", "1"])))
def test_flatten_leaves_flat_records_alone(record):
    frame = flatten([record])
    assert {name: frame[name].iloc[0] for name in frame} == record


@pytest.mark.parametrize(("path", "values"), [
    ("source.body", ["届かない", None]), ("source.author.type", ["user", None]), ("tags", ["急ぎ\n返金", None]),
    ("parts.body", [None, "a\nb"]), ("parts.by.id", [None, "1"]), ("x.y", [None, "点のある名前"]), ("id", [9007199254740993, None]),
])
def test_dotted_names_reach_into_records(path, values):
    assert reach(RECORDS, path) == values


@pytest.mark.parametrize(("path", "message"), [
    ("source.bdoy", "did you mean source.body"), ("sourcebody", "did you mean source.body"), ("parts", "list of objects.*parts.body"),
    ("source", r"source is an object.*source\.body, source\.author\.type"), ("nothing.like.it", "no record has"),
])
def test_what_cannot_be_reached_is_named(path, message):
    with pytest.raises(ContactError, match=message):
        reach(RECORDS, path, "a.json")


def test_lists_in_cells_are_joined():
    assert joined_lists([np.array(["返品", "はい"], dtype=object), [], [float("nan"), 2], "x", None], "text") == ["返品\nはい", None, "2", "x", None]
    with pytest.raises(ContactError, match="list of lists"):
        joined_lists([[["a"]]], "text")


@pytest.mark.parametrize(("document", "key"), [
    ([{"a": 1}], None), ({"rows": [{"a": 1}], "n": 2, "next": []}, None), ({"data": {"items": [{"a": 1}]}}, None),
    ({"x": [{"b": 1}], "y": [{"a": 1}]}, "y"), ({"x": {"y": [{"a": 1}]}, "z": [{}]}, "x.y"), ([{"y": [{"a": 1}]}, {"y": []}], "y"),
])
def test_the_list_of_records(document, key):
    assert json_records(document, "a.json", key) == [{"a": 1}]


@pytest.mark.parametrize(("document", "key", "message"), [
    ({"calls": [{}], "chats": [{}, {}]}, None, r"calls \(1\), chats \(2\).*records: calls"),
    ({"a": 1}, None, "an object with a"), ([1], None, "a list of int"), ("x", None, "no list of objects"), ([], None, "no list"),
    ({"calls": [{}]}, "chats", "records: calls"), ({"calls": [1]}, "calls", "no list of objects under calls"),
])
def test_no_list_or_several(document, key, message):
    with pytest.raises(ContactError, match=message):
        json_records(document, "a.json", key)


def test_names_go_through_lists():
    assert dotted_names(RECORDS) == ["id", "source.body", "source.author.type", "tags", "parts.body", "parts.by.id", "x.y"]
