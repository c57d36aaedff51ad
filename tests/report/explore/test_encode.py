"""The block of data: any text goes in and comes out, nothing of it is markup, and the bytes are the same."""

from __future__ import annotations

import base64
import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.report.explore.encode import decode, encode, number, numbers, shown

HOSTILE = ["</script><script>alert(1)</script>", "\u2028\u2029", "<!--", "]]>", "\u202egnp.exe", "a\x00\x1b\x7f", "\ud800", "\ufeff\ufffe", "'\"`${x}", "x" * 1_000_000]


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(HOSTILE), max_size=8))
def test_any_text_goes_through_and_ends_no_element(texts):
    safe = [shown(text, 200) for text in texts]
    block = encode({"text": safe})
    assert re.fullmatch("[A-Za-z0-9+/=]+", block)
    assert decode(block) == {"text": safe}
    for text in safe:
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
        assert len(text) <= 201


def test_the_block_is_gzip_without_a_time_and_the_same_each_time():
    block = encode({"a": [1, None, "あ"]})
    assert block == encode({"a": [1, None, "あ"]})
    packed = base64.b64decode(block)
    assert packed[:4] == b"\x1f\x8b\x08\x00"
    assert packed[4:8] == bytes(4)
    assert gzip.decompress(packed).decode() == '{"a":[1,null,"あ"]}'


def test_what_is_no_number_is_refused_and_told_as_null():
    with pytest.raises(ValueError, match="Out of range"):
        encode({"a": float("nan")})
    assert numbers([float("nan"), float("-inf"), 1.005, 2.0], 2) == [None, None, 1.0, 2]
    assert str(number(-0.001, 2)) == "0"  # no minus before a zero


def test_a_cut_says_so():
    assert shown("あ" * 5, 3, "（略）") == "あああ（略）"
    assert shown(float("nan"), 3) == ""
