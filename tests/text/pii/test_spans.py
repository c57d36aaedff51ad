"""Overlapping finds become one, and marks are written in the place of each."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.text import find_pii, mask_pii
from vocmine.text.pii.spans import (
    PiiSpan,
    mark_pattern,
    marks,
    moved_back,
    outside_marks,
    replace_spans,
    veiled,
    without_overlaps,
)

KINDS = ("name", "phone", "email", "card", "postal_code", "address", "my_number", "account", "birth_date", "url", "ip")
SPANS = st.builds(
    lambda start, size, kind, score: PiiSpan(start, start + size, kind, score, "r"), st.integers(0, 30), st.integers(1, 9), st.sampled_from(KINDS), st.sampled_from([0.5, 0.8, 0.9])
)


def test_marks_follow_the_language():
    assert mask_pii(["電話は03-1234-5678", "call 415-555-0132 now"]) == ["電話は[電話番号]", "call [PHONE] now"]


def test_spans_are_ordered_apart_and_named():
    text = "佐藤様、〒100-0001 東京都千代田区千代田1-1、090-1234-5678、taro@example.com、カード4111111111111111"
    spans = find_pii(text)
    assert [s.kind for s in spans] == ["name", "postal_code", "address", "phone", "email", "card"]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(s.rule and 0 < s.score <= 1 for s in spans)


def covered(spans):
    return {place for span in spans for place in range(span.start, span.end)}


@given(st.lists(SPANS, max_size=8))
def test_joined_spans_cover_the_same_places_in_order_and_apart(spans):
    joined = without_overlaps(spans)
    assert covered(joined) == covered(spans)
    assert all(a.end <= b.start for a, b in pairwise(joined))
    assert without_overlaps(joined) == joined
    assert without_overlaps(spans[::-1]) == joined
    for span in joined:
        inside = [s for s in spans if span.start <= s.start and s.end <= span.end]
        assert (span.kind, span.score) in {(s.kind, s.score) for s in inside if s.score == max(t.score for t in inside)}


@given(st.lists(SPANS, max_size=6), st.sampled_from(["ja", "en", "mixed", "other"]))
def test_what_is_outside_of_spans_stays(spans, lang):
    text = "".join(chr(0x3400 + i) for i in range(40))
    joined = without_overlaps(spans)
    shown = replace_spans(text, joined, lang)
    assert mark_pattern().sub("", shown) == "".join(c for i, c in enumerate(text) if i not in covered(spans))
    assert mark_pattern().findall(shown) == [marks()[lang][span.kind] for span in joined]


@pytest.mark.parametrize("lang", ["ja", "en", "mixed", "other"])
def test_each_kind_has_a_mark_of_its_own(lang):
    assert set(marks()[lang]) == set(KINDS)
    assert len(set(marks()[lang].values())) == len(KINDS)


def test_a_span_moves_as_a_whole():
    assert PiiSpan(1, 3, "name", 0.9, "r").moved(10) == PiiSpan(11, 13, "name", 0.9, "r")


def test_a_veil_hides_what_a_mark_says_and_moves_nothing():
    text = "a[電話番号]は[NAME][x][電話"
    hidden = veiled(text)
    assert len(hidden) == len(text)
    assert [i for i, (a, b) in enumerate(zip(text, hidden, strict=True)) if a != b] == [2, 3, 4, 5, 9, 10, 11, 12]
    assert not any(char.isalnum() for char in hidden[2:6])
    assert veiled("料金") == "料金"


def test_what_lies_on_both_sides_of_a_mark_is_kept_in_parts():
    text = "港区[氏名]、1-2 [住所]"
    (whole,) = outside_marks(text, [PiiSpan(0, 2, "address", 0.9, "r")])
    assert whole == PiiSpan(0, 2, "address", 0.9, "r")
    parts = outside_marks(text, [PiiSpan(0, len(text), "address", 0.9, "r")])
    assert [text[s.start : s.end] for s in parts] == ["港区", "1-2"]
    assert outside_marks(text, [PiiSpan(3, 5, "name", 0.9, "r"), PiiSpan(7, 8, "name", 0.9, "r")]) == [PiiSpan(7, 8, "name", 0.9, "r")]


@given(st.lists(SPANS, max_size=6), st.sampled_from(["ja", "en"]), st.data())
def test_places_after_masking_are_found_in_the_text_before(spans, lang, data):
    text = "".join(chr(0x3400 + i) for i in range(40))
    joined = without_overlaps(spans)
    shown = replace_spans(text, joined, lang)
    kept = [i for i, char in enumerate(shown) if char in text]
    if kept:
        start = data.draw(st.sampled_from(kept))
        end = next((i for i in range(start, len(shown)) if shown[i] == "["), len(shown))
        (back,) = moved_back([PiiSpan(start, end, "name", 0.9, "r")], joined, lang)
        assert text[back.start : back.end] == shown[start:end]
