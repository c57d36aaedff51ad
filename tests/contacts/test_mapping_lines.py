"""Lines to add to a mapping: they can be copied, and are read back as what they say."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.mapping_lines import is_answer, left_out_line, lines_of, mapping_key, may_be_words

NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20)


@given(NAMES)
def test_a_name_of_any_kind_is_read_back(name):
    assert yaml.safe_load(f"{{{mapping_key(name)}: text}}") in ({name: "text"}, {yaml.safe_load(mapping_key(name)): "text"})
    assert str(yaml.safe_load(f"[{mapping_key(name)}]")[0]) == name


@pytest.mark.parametrize("names", [("備考",), ("本文", "備考"), ("What, else?", "No: 1", "a #b")])
def test_a_line_is_a_mapping(names):
    told = ContactMapping.of(yaml.safe_load(lines_of("text", *names)))
    assert told.columns == dict.fromkeys(names, "text")


@pytest.mark.parametrize(("name", "answer"), [
    ("回答内容", True), ("対応結果", True), ("社内メモ", True), ("agent_notes", True), ("Reply", True), ("お客様の声", False), ("備考", False), ("comment", False),
])
def test_what_is_an_answer(name, answer):
    assert is_answer(name) is answer


@pytest.mark.parametrize(("name", "words"), [("住所", False), ("お名前", False), ("file_path", False), ("備考", True), ("What went well?", True)])
def test_what_may_be_words(name, words):
    assert may_be_words(name) is words


def test_texts_left_out_stand_beside_those_that_are_used():
    assert left_out_line(["備考", "社内メモ"], ["件名", "本文"]) == "columns: {件名: text, 本文: text, 備考: text}"
    assert yaml.safe_load(left_out_line(["回答: 1", "reply"], ["本文"])) == {"ignore": ["回答: 1", "reply"]}
