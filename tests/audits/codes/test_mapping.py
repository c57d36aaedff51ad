"""What codes mean: files that are right, and hostile ones, whose mistakes are all told with line and nearest id."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.audits.codes.mapping import CodeMapping, leaves_below
from vocmine.classify import Taxonomy
from vocmine.errors import SettingsError

REASONS = Taxonomy.from_dict({"reasons": [
    {"id": "bill", "name": "料金"}, {"id": "bill.refund", "name": "返金", "parent": "bill"},
    {"id": "bill.double", "name": "二重請求", "parent": "bill"}, {"id": "login", "name": "ログイン"},
]})


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "codes.yaml"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_file(tmp_path):
    text = 'code_mapping:\n  01: bill.refund\n  "料金＞請求": [bill.refund, bill.double]\n  A: bill\n  No: ignore\n  その他: read_anew\n  Z:\n'
    mapping = CodeMapping.of(written(tmp_path, text), REASONS)
    assert mapping.meaning("1") == ("bill.refund",)
    assert mapping.meaning("料金 > 請求") == mapping.meaning("Ａ") == ("bill.refund", "bill.double")
    assert [mapping.meaning(code) for code in ("no", "その他", "Z", "99 other", "X", " ")] == ["ignore", "read_anew", "open", "read_anew", "unmapped", "no_code"]
    assert CodeMapping.of(mapping.to_dict(), REASONS) == mapping
    assert CodeMapping.of(mapping) is mapping


def test_the_inner_table_alone_will_do(tmp_path):
    assert CodeMapping.of(written(tmp_path, "\ufeff01: login\n"), REASONS).meanings == {"01": ("login",)}


@pytest.mark.parametrize(("text", "told"), [
    ("code_mapping:\n  01: bill.refnd\n", ["line 2: 01: bill.refnd: no such reason, did you mean bill.refund?"]),
    ("code_mapping:\n  01: read_anw\n", ["did you mean read_anew?"]),
    ("code_mapping:\n  01: 5\n", ["5 is no id of a reason"]),
    ("code_mapping:\n  01: true\n", ["True is no id"]),
    ("code_mapping:\n  01: {a: b}\n", ["is no id"]),
    ("code_mapping:\n  01: []\n", ["an empty list"]),
    ("code_mapping:\n  01: [bill.refund, ignore]\n", ["ignore stands alone"]),
    ("code_mapping:\n  01: [bill.refund, null]\n", ["None is no id"]),
    ("code_mapping:\n  '': login\n", ["an empty code"]),
    ("code_mapping:\n  01: login\n  01: bill.refund\n", ["line 3: the key '01' stands in line 2 already"]),
    ("code_mapping:\n  01: login\n  '１': bill.refund\n", ["line 3: １: the same code as 01, with another meaning"]),
    ("code_mapping:\n  01: nothing.like\n  02: 7\n", ["2 mistakes", "line 2", "line 3"]),
    ("code_mapping:\nreasons_from: codes\n", ["unknown key", "reasons_from"]),
    ("code_mapping: [01]\n", ["no table", "list"]),
    ("code_mapping:\n", ["no table", "nothing"]),
    ("- 01: login\n", ["no table", "list"]),
    ("", ["an empty file"]),
    ("code_mapping:\n  01: *x\n", ["not YAML"]),
    ("code_mapping: &a\n  01: *a\n", ["holds itself"]),
])
def test_a_hostile_file_is_told_what_is_wrong(tmp_path, text, told):
    with pytest.raises(SettingsError) as error:
        CodeMapping.of(written(tmp_path, text), REASONS)
    assert "codes.yaml" in str(error.value)
    assert [part for part in told if part not in str(error.value)] == []


def test_no_file_and_no_utf_8(tmp_path):
    with pytest.raises(SettingsError, match="no such code mapping file"):
        CodeMapping.of(tmp_path / "none.yaml")
    with pytest.raises(SettingsError, match="not UTF-8"):
        CodeMapping.of(written(tmp_path, "料金: login\n", "cp932"))


def test_many_mistakes_are_counted(tmp_path):
    text = "code_mapping:\n" + "".join(f"  c{i}: x{i}\n" for i in range(50))
    with pytest.raises(SettingsError, match=r"50 mistakes.*and 30 more"):
        CodeMapping.of(written(tmp_path, text), REASONS)


def test_what_contacts_say():
    mapping = CodeMapping.of({"01:返金": "bill.refund", "9": "ignore"}, REASONS)
    contacts = pd.DataFrame({"contact_id": ["a", "b", "c", "d"], "agent_code": ["０１：返金", None, "9", "?"]}, index=[5, 6, 7, 8])
    read = mapping.read(contacts)
    assert read["state"].tolist() == ["mapped", "no_code", "ignore", "unmapped"] and read.index.tolist() == [5, 6, 7, 8]
    assert read.loc[5, ["code", "reasons"]].tolist() == ["01:返金", ("bill.refund",)]
    assert mapping.read(contacts.drop(columns="agent_code"))["state"].tolist() == ["no_code"] * 4
    assert mapping.read(contacts.iloc[:0]).empty


def test_codes_may_be_written_otherwise():
    mapping = CodeMapping.of({"返金 090-1234-5678": "login", "a 1": "login", "a 2": "ignore"}).rewritten(lambda codes: [re.sub(r"[-\d]+", "*", code) for code in codes])
    assert mapping.meanings == {"返金 *": ("login",), "a *": "open"}


def test_groups_stand_for_the_reasons_below_them():
    assert leaves_below(REASONS) == {"bill": ("bill.refund", "bill.double"), "bill.refund": ("bill.refund",), "bill.double": ("bill.double",), "login": ("login",)}


@given(st.dictionaries(st.text(min_size=1, max_size=12).filter(str.strip), st.sampled_from(["login", "bill", "ignore", "read_anew", None]), max_size=6))
def test_every_code_of_a_mapping_has_its_meaning(table):
    try:
        mapping = CodeMapping.of({"code_mapping": table} if table else {"code_mapping": {}}, REASONS)
    except SettingsError as error:
        assert "the same code as" in str(error)
        return
    expected = {"login": ("login",), "bill": ("bill.refund", "bill.double"), None: "open"}
    assert all(mapping.meaning(code) == expected.get(value, value) for code, value in table.items())
