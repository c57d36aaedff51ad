"""Taxonomy files as people save them: each mistake with its file and place, none passed over."""

from __future__ import annotations

import pytest

from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.errors import SettingsError

GOOD = "reasons:\n  - {id: refund, name: 返金}\n  - {id: cancel, name: 解約}\n"

BROKEN = [
    ("", ["got nothing", "'reasons'"]),
    ("- {id: a, name: 返金}\n", ["got list"]),
    ("reasons:\n\t- id: a\n", ["line 2", "blanks, not tabs"]),
    ("reasons:\n  - id: a\n    name: 返金\n   parent: b\n", ["not YAML", "line 4"]),
    ("reasons: !!python/object/apply:os.getcwd []\n", ["not YAML", "line 1"]),
    ("reasons:\n  - id: a\n    name: 返金\n    id: b\n", ["line 4: the key 'id' stands in line 2 already"]),
    (GOOD + "reasons: []\n", ["line 4: the key 'reasons'", "2 mistakes"]),
    ("reasons:\n  - {id: no, name: 1}\n", ["'id' must be a text, got False, put it in quotes", "got 1, put it in quotes"]),
    ("reasons:\n  - {id: a, name: {jp: 返金}}\n", ["reason 'a'", "ja, en", "jp"]),
    ("reasons:\n  - {id: a, name: 返金, parant: b}\n", ["did you mean 'parent'?"]),
]


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_what_is_wrong_is_said_with_its_place(tmp_path, text, said):
    path = tmp_path / "reasons.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        Taxonomy.from_yaml(path)
    message = str(caught.value)
    assert "reasons.yaml" in message
    assert [part for part in said if part not in message] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_with_and_without_its_mark_is_read(tmp_path, encoding):
    path = tmp_path / "reasons.yaml"
    path.write_text(GOOD, encoding=encoding)
    assert Taxonomy.from_yaml(path).leaves == ("refund", "cancel")


def test_another_encoding_is_told_with_its_line(tmp_path):
    path = tmp_path / "reasons.yaml"
    path.write_text(GOOD, encoding="cp932")
    with pytest.raises(SettingsError, match=r"not UTF-8; where: .*reasons\.yaml, line 2; save it as UTF-8"):
        Taxonomy.from_yaml(path)


def test_no_file_and_a_folder(tmp_path):
    with pytest.raises(SettingsError, match="no such taxonomy file"):
        Taxonomy.from_yaml(tmp_path / "none.yaml")
    with pytest.raises(SettingsError, match="can't be read"):
        Taxonomy.from_yaml(tmp_path)


def test_anchors_and_merged_mappings_are_no_double_keys(tmp_path):
    path = tmp_path / "reasons.yaml"
    path.write_text("reasons:\n  - &base {id: a, name: 返金, team: 請求}\n  - {<<: *base, id: b, name: 解約}\n", "utf-8")
    assert Taxonomy.from_yaml(path).teams() == {"a": "請求", "b": "請求"}


def test_yaml_errors_say_where(tmp_path):
    path = tmp_path / "t.yaml"
    path.write_text("reasons:\n- {id: a, name: [}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="line 2"):
        Taxonomy.from_yaml(path)
    with pytest.raises(SettingsError, match="no such"):
        Taxonomy.from_yaml(tmp_path / "none.yaml")
    path.write_text("reasons:\n- {id: a, name: {ja: あ, en: A}}\n", encoding="utf-8")
    assert Taxonomy.from_yaml(path).names("en") == {"a": "A"}
