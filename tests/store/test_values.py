"""Values of a manifest: exact types and ranges, no texts in messages."""

from __future__ import annotations

from typing import Literal

import pytest
from pydantic import JsonValue

from vocmine.errors import StoreError
from vocmine.store import Count, Day, Saved, Share, Topic, checked


class Thing(Saved):
    n: Count
    day: Day = 0
    share: Share = 0.5
    topic: Topic = 0
    way: Literal["a", "b"] = "a"
    names: dict[str, str] | None = None
    more: JsonValue = None


@pytest.mark.parametrize("values", [
    {}, {"n": -1}, {"n": True}, {"n": "1"}, {"n": 1.0}, {"n": 2**70}, {"n": None}, {"n": [1]}, {"n": {"n": 1}},
    {"n": 1, "day": 10**9}, {"n": 1, "share": 1.5}, {"n": 1, "share": float("nan")}, {"n": 1, "share": float("inf")},
    {"n": 1, "topic": -1}, {"n": 1, "way": "c"}, {"n": 1, "other": 1}, {"n": 1, "names": {"a": 1}}, {"n": 1, "names": []},
], ids=str)
def test_a_wrong_value_is_one_sentence(values):
    with pytest.raises(StoreError, match=r"a value of the manifest is wrong; where: folder, .*; got: .*; expected: "):
        checked(Thing, values, "folder")


def test_right_values_stay_what_they_are():
    assert checked(Thing, {"n": 3, "share": 1, "way": "b", "names": {"返金": "x"}}, "folder").names == {"返金": "x"}


def test_no_text_is_shown():
    for values in ({"n": "返金してください"}, {"n": 1, "names": {"返金してください": 1}}, {"n": 1, "返金してください": 1}):
        with pytest.raises(StoreError) as error:
            checked(Thing, values, "folder")
        assert "返金" not in str(error.value)


def test_deep_nesting_is_one_sentence():
    deep: list = []
    for _ in range(50_000):
        deep = [deep]
    with pytest.raises(StoreError, match=r"wrong|deeply"):
        checked(Thing, {"n": 1, "more": deep}, "folder")
