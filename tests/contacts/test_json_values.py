"""JSON within bounds."""

from __future__ import annotations

import json

import pytest

from vocmine.contacts.json_values import clean_value, json_value, nested_over


@pytest.mark.parametrize("text", ["[" * 100_000, "[" * 50 + "]" * 50, '{"a":' * 30 + "1" + "}" * 30, "{", "", '{"a": 1} x'])
def test_what_can_not_be_read_is_a_value_error(text):
    with pytest.raises(ValueError, match=r".+"):
        json_value(text, 20)


def test_halves_of_characters_are_put_right_and_whole_ones_stay():
    text = json.dumps({"k\ud800": ["\udc00x", {"a": "😀"}], "n": 1.5, "none": None})
    assert json_value(text, 20) == {"k\ufffd": ["\ufffdx", {"a": "😀"}], "n": 1.5, "none": None}
    value = {"a": "\\ud800 as it is written"}
    assert json_value(json.dumps(value), 20) == value


def test_a_value_without_escapes_is_not_gone_through():
    value = {"a": ["x"]}
    assert clean_value(value, '{"a": ["x"]}') is value


def test_depth():
    assert not nested_over("x", 1) and not nested_over([], 1) and nested_over([[]], 1) and not nested_over([[]], 2)
