"""Bits that describe a text: plausible text takes few."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.encoding_evidence import (
    decoded,
    description_bits,
    encoding_table,
    narrow_candidates,
    wide_candidates,
)


@pytest.mark.parametrize(("plausible", "odd"), [
    ("解約したい", "隗｣邏ｄ"), ("ﾊﾞｽ", "ｽﾞﾞ"), ("I’m", "I知"), ("£20", "｣20"), ("café au lait", "cafﾃｩ au lait"), ("São", "SÃ£o"),
    ("カード", "ｰｶﾞﾟ"), ("3½ h", "3ｽ h"), ("﨑山", "핎R"), ("😀", "ð\x9f\x98\x80"), ("abc", "a\udce9c"), ("電話", "儻"  "齷齪"),
])
def test_plausible_text_takes_fewer_bits(plausible, odd):
    assert description_bits(plausible) < description_bits(odd)


def test_no_text_takes_none():
    assert description_bits("") == 0


def test_languages_have_their_own_frequent_characters():
    assert description_bits("我们", "chinese") < description_bits("我们")
    assert description_bits("ありがとう") < description_bits("ありがとう", "korean")


@given(st.text(max_size=20), st.text(max_size=20))
def test_bits_of_lines_add_up(first, second):
    both = description_bits(f"{first}\n{second}")
    assert both == pytest.approx(description_bits(f"{first}\n") + description_bits(second))


@given(st.binary(max_size=40))
def test_any_bytes_are_ranked(data):
    found = narrow_candidates(data)
    assert [c.bits for c in found] == sorted(c.bits for c in found)
    assert {c.encoding for c in found} == {name for name, _, _ in encoding_table()["candidates"]}
    assert wide_candidates(data)[0].bits <= found[0].bits


@given(st.binary(max_size=40), st.sampled_from(["utf-8", "cp932", "euc_jp", "cp1252"]))
def test_no_byte_is_lost(data, encoding):
    assert len(decoded(data, encoding).encode("utf-8", "surrogatepass")) > 0 or not data


def test_the_table_names_its_classes():
    table = encoding_table()
    names = set(table["classes"]) | set(table["groups"])
    assert {group for first, second, _ in table["follows"] for group in (first, second)} <= names
    assert {name for group in table["groups"].values() for name in group} <= set(table["classes"])
    assert set(table["groups"]["any_kind"]) == set(table["classes"])
    assert set(table["languages"]) == {language for _, language, _ in table["candidates"]} - {"any"}
