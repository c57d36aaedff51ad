"""Sentences: ordered, nothing lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.text import sentences

SENTENCES = [
    ("画面が固まる。返金して!", ["画面が固まる。", "返金して!"]),
    ("「遅い。」と言われた。困る", ["「遅い。」と言われた。", "困る"]),
    ("えっ?!本当ですか?", ["えっ?!", "本当ですか?"]),
    ("一行目\n二行目\n\n三行目", ["一行目", "二行目", "三行目"]),
    ("Mr. Smith paid 3.50. It failed. Why?", ["Mr. Smith paid 3.50.", "It failed.", "Why?"]),
    ("Version 4.12.7 crashes, e.g. on start.", ["Version 4.12.7 crashes, e.g. on start."]),
    ("遅い...でも良い。", ["遅い...でも良い。"]),
    ("", []), ("。", ["。"]), ("   ", []), ("句点なし", ["句点なし"]),
]


@pytest.mark.parametrize(("text", "parts"), SENTENCES)
def test_sentences(text, parts):
    assert [text[a:b] for a, b in sentences(text)] == parts


@given(st.text(alphabet="あ。!?」)\n .aA", max_size=40))
def test_sentences_are_ordered_and_lose_nothing(text):
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(x[1] <= y[0] for x, y in pairwise(spans))
    assert "".join(text[a:b] for a, b in spans).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")
