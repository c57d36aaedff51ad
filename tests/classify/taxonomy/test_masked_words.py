"""A user's list of reasons: its words are masked before anything reads or stores them, its keys stay."""

from __future__ import annotations

import json

import pytest

from vocmine.classify import Taxonomy
from vocmine.classify.taxonomy.masked_words import with_masked_words
from vocmine.errors import SettingsError

SECRET = "090-1234-5678"
DATA = {
    "reasons": [
        {"id": "late", "name": {"ja": f"遅配 {SECRET}", "en": "Late taro@example.com"}, "description": f"説明 {SECRET}", "examples": [f"{SECRET}へ電話して", "届かない"], "patterns": ["届か"], "team": f"{SECRET}課"},
        {"id": "bill", "name": "料金", "examples": {"ja": ["料金が高い"], "en": [f"call {SECRET}"]}, "parent": "late"},
    ],
    "uses": ["billing.refund"], "more": [{"id": "billing.refund", "examples": [f"返金 {SECRET}"]}], "version": "1",
}


def test_words_are_masked_and_keys_stay():
    masked = with_masked_words(DATA)
    assert "1234" not in json.dumps(masked) and "taro" not in json.dumps(masked)
    assert masked["reasons"][0]["examples"] == ["[電話番号]へ電話して", "届かない"]
    assert [item["id"] for item in masked["reasons"]] == ["late", "bill"]
    assert masked["reasons"][0]["patterns"] == ["届か"] and masked["uses"] == DATA["uses"] and masked["version"] == "1"
    assert with_masked_words(masked) == masked
    assert SECRET in json.dumps(DATA)  # what was given is not changed


def test_a_taxonomy_has_no_personal_data_in_its_words():
    taxonomy = Taxonomy.from_dict(DATA)
    assert "1234" not in json.dumps(taxonomy.to_dict(), ensure_ascii=False)
    assert taxonomy["late"].name("ja") == "遅配 [電話番号]"
    assert Taxonomy.from_dict(taxonomy.to_dict()) == taxonomy


@pytest.mark.parametrize("data", [{"reasons": [{"id": "a", "name": "あ"}]}, {"uses": ["billing.refund"]}, {"reasons": [{"id": "a", "name": "あ", "examples": []}]}])
def test_lists_without_personal_data_are_made_as_they_stand(data):
    assert with_masked_words(data) == data


def test_mistakes_are_found_before_anything_is_masked():
    with pytest.raises(SettingsError, match="examples"):
        Taxonomy.from_dict({"reasons": [{"id": "a", "name": "あ", "examples": 3}]})
