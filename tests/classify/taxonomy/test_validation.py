"""Mistakes of a taxonomy, each named."""

from __future__ import annotations

import pytest

from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.errors import SettingsError

NAMES = {"id": "a", "name": "A"}


def _make(*reasons, **more):
    return Taxonomy.from_dict({"reasons": list(reasons), **more})


@pytest.mark.parametrize(("data", "words"), [
    ({}, ["reasons", "one reason or more"]),
    ({"reasons": []}, ["one reason or more"]),
    ([], ["got list"]),
    ({"reasons": [NAMES], "reason": 1}, ["unknown key 'reason', did you mean 'reasons'?"]),
    ({"reasons": [{"id": "a"}]}, ["'name' must be a text"]),
    ({"reasons": [{"name": "A"}]}, ["reason 1", "'id' must be a text"]),
    ({"reasons": [NAMES, NAMES]}, ["'a'", "given 2 times"]),
    ({"reasons": [{**NAMES, "parent": "b"}, {"id": "bb", "name": "B"}]}, ["no parent 'b'", "did you mean 'bb'?"]),
    ({"reasons": [{**NAMES, "parent": "b"}, {"id": "b", "name": "B", "parent": "a"}]}, ["circle", "'a', 'b'"]),
    ({"reasons": [{**NAMES, "parent": "a"}]}, ["circle"]),
    ({"reasons": [{**NAMES, "exampels": []}]}, ["did you mean 'examples'?"]),
    ({"reasons": [{**NAMES, "examples": "x"}]}, ["'examples' must be a list"]),
    ({"reasons": [{**NAMES, "examples": {"fr": ["x"]}}]}, ["'examples' must be a list"]),
    ({"reasons": [{**NAMES, "demand": "valeu"}]}, ["value, failure", "did you mean 'value'?"]),
    ({"reasons": [{**NAMES, "patterns": ["("]}]}, ["can't be read"]),
    ({"reasons": [{**NAMES, "patterns": ["x*"]}]}, ["matches the empty text"]),
    ({"reasons": [{**NAMES, "patterns": ["{wrod}"]}], "words": {"word": "x"}}, ["did you mean 'word'?"]),
    ({"reasons": [{"id": "unknown", "name": "A"}]}, ["choose another"]),
    ({"reasons": ["a"]}, ["reason 1: got str"]),
])
def test_mistakes_are_named(data, words):
    with pytest.raises(SettingsError) as caught:
        Taxonomy.from_dict(data, where="mine.yaml")
    for word in [*words, "mine.yaml"]:
        assert word in str(caught.value)


def test_all_mistakes_at_once():
    with pytest.raises(SettingsError, match="3 mistakes"):
        _make({"id": "a", "nmae": "A"}, {"id": "b", "name": "B", "parent": "c"})
