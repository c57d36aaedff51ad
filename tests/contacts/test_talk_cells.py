"""Whole talks in the cells of a table."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.talk_cells import holds_talks, talks_in

TALK = "オペレーター：はい\nお客様：届かない"


@pytest.mark.parametrize(("texts", "share"), [
    ([TALK, TALK], 1.0), ([TALK, "届かない", ""], 0.5), (["お客様：届かないとのこと\n対応：調査"], 0.0), ([], 0.0), ([None], 0.0),
])
def test_the_share_of_talks(texts, share):
    assert talks_in(pd.Series(texts, dtype=object), ContactMapping()) == share


@pytest.mark.parametrize(("frame", "mapping", "expected"), [
    ({"id": ["1"], "本文": [TALK]}, {}, True), ({"id": ["1"], "本文": ["届かない"]}, {}, False), ({"id": ["1"], "x": [TALK]}, {}, False),
    ({"id": ["1"], "x": [TALK]}, {"x": "text"}, True), ({"id": ["1"], "本文": [TALK]}, {"format": "csv"}, False),
    ({"id": ["1"], "本文": ["甲野：はい\nお客様：届かない"]}, {"speakers": {"甲野": "agent"}}, True), ({"id": ["1"], "本文": [TALK]}, {"y": "text"}, False),
])
def test_tables_of_talks(frame, mapping, expected):
    assert holds_talks(pd.DataFrame(frame), "a.csv", ContactMapping.of(mapping)) is expected
