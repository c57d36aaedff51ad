"""Customer tables: keys after normalising, ids that belong to their system, conflicts told, nothing guessed."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.customers import customer_columns, customer_names, email_keys, phone_keys, read_customers
from vocmine.contacts.headers import fold_header
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError, SettingsError

TABLE = pd.DataFrame({
    "会員番号": ["M1", "M2", "M3", "M4"],
    "LINE ユーザーID": ["U1", "", "U3", None],
    "zendesk_requester_id": ["9001", "9002", "", ""],
    "メールアドレス": ["hana@example.jp", "taro@example.jp; taro.y@example.com", "", "family@example.jp"],
    "電話番号": ["090-1111-2222", "03-3333-4444", "090-5555-6666", "０９０（１１１１）２２２３"],
    "会員ランク": ["gold", "silver", "gold", "—"],
    "料金プラン": ["S", "M", "L", "M"],
    "年間売上": ["12,000円", "0", "", "3000"],
    "入会日": ["2020/4/1", "2021年5月2日", "", "R4.1.1"],
})
CUSTOMERS = read_customers(TABLE)


def contact(**cells):
    return pd.DataFrame({"contact_id": ["c1"], **{name: [value] for name, value in cells.items()}})


def linked(**cells):
    return CUSTOMERS.link(contact(**cells))["customer_id"].fillna("").iloc[0]


@pytest.mark.parametrize(("cells", "person"), [
    ({"source_system": "line", "customer_id": "U1"}, "M1"),
    ({"source_system": "line", "customer_id": "U9"}, "line:U9"),
    ({"source_system": "zendesk", "customer_id": "9002"}, "M2"),
    ({"source_system": "zendesk", "customer_id": "M2"}, "zendesk:M2"),
    ({"source_system": "intercom", "customer_id": "M2"}, "intercom:M2"),
    ({"source_system": "calls", "customer_id": "M2"}, "M2"),
    ({"source_system": "calls", "customer_id": "M7"}, "M7"),
    ({"customer_id": "Ｍ３"}, "M3"),
    ({"email": "Taro.Y@Example.COM"}, "M2"),
    ({"メール": "“太郎” <ｔａｒｏ@example.jp>"}, "M2"),
    ({"email": "taro+news@example.jp"}, ""),
    ({"発信者番号": "+819011112222"}, "M1"),
    ({"電話": "9055556666"}, "M3"),
    ({"tel": "(090) 1111-2223"}, "M4"),
    ({"customer_id": "hana@example.jp"}, "M1"),
    ({"customer_id": "03-3333-4444"}, "M2"),
    ({"customer_id": None, "phone": "非通知"}, ""),
    ({"source_system": "line", "customer_id": "U1", "email": "hana@example.jp", "phone": "090 1111 2222"}, "M1"),
])
def test_a_contact_is_linked_by_exact_keys(cells, person):
    assert linked(**cells) == person


def test_what_the_table_knows_stands_beside_it_and_addresses_are_gone():
    contacts = pd.DataFrame({
        "contact_id": ["a", "b", "c"], "email": ["hana@example.jp", "taro@example.jp", "who@example.jp"],
        "電話番号": ["", "", "090-0000-0000"], "plan": [None, "XL", None], "memo": ["1", "2", "3"],
    }, index=[5, 6, 9])
    out = CUSTOMERS.link(contacts)
    assert out.index.tolist() == [5, 6, 9]
    assert not {"email", "電話番号"} & set(out)
    assert out["plan"].fillna("").tolist() == ["S", "XL", ""]
    assert out["segment"].fillna("").tolist() == ["gold", "silver", ""]
    assert out["revenue"].fillna(-1).tolist() == [12_000, 0, -1]
    assert out["customer_since"].iloc[0] == pd.Timestamp("2020-03-31T15:00Z")
    assert out["customer_id"].fillna("").tolist() == ["M1", "M2", ""]


def test_keys_of_two_people_link_to_neither_and_are_told():
    notes = Notes()
    contacts = pd.DataFrame({"contact_id": ["a", "b"], "customer_id": ["M1", "M1"], "email": ["taro@example.jp", ""]})
    assert CUSTOMERS.link(contacts, notes)["customer_id"].tolist() == ["M1", "M1"]
    assert CUSTOMERS.link(contacts, notes)["segment"].fillna("").tolist() == ["", "gold"]
    assert [(doubt.code, doubt.rows) for doubt in notes.doubts] == [("customer_conflict", 2)]


def test_a_key_of_two_customers_is_no_key():
    table = pd.DataFrame({"id": ["1", "2", "3"], "email": ["x@example.jp", "X@example.jp", "y@example.jp"]})
    customers = read_customers(table)
    out = customers.link(pd.DataFrame({"contact_id": ["a", "b"], "email": ["x@example.jp", "y@example.jp"]}))
    assert out["customer_id"].fillna("").tolist() == ["", "3"]
    assert [(doubt.code, doubt.column, doubt.rows) for doubt in customers.notes.doubts] == [("customer_key_shared", "email", 1)]


def test_rows_with_one_id_are_one_person_and_rows_without_keys_are_told():
    table = pd.DataFrame({"顧客ID": ["1", "1", "", "-"], "メール": ["a@example.jp", "b@example.jp", "c@example.jp", ""], "プラン": ["", "S", "M", "L"]})
    customers = read_customers(table)
    out = customers.link(pd.DataFrame({"contact_id": list("abc"), "email": ["a@example.jp", "b@example.jp", "c@example.jp"]}))
    assert out["plan"].tolist() == ["S", "S", "M"]
    assert out["customer_id"].iloc[:2].tolist() == ["1", "1"]
    assert out["customer_id"].iloc[2].startswith("person:")
    assert "c@example.jp" not in out["customer_id"].iloc[2]
    assert [(doubt.code, doubt.rows) for doubt in customers.notes.doubts] == [("customer_without_key", 1)]


def test_columns_are_found_or_told_and_unknown_ids_are_not_taken():
    notes = Notes()
    found = customer_columns(pd.DataFrame(columns=["顧客ID", "会員番号", "店舗ID", "LINE ID", "salesforce_contact_id", "備考"]), None, notes)
    assert found == {"customer_id": "顧客ID", "line_id": "LINE ID", "salesforce_id": "salesforce_contact_id"}
    assert [(doubt.code, doubt.shown) for doubt in notes.doubts] == [("customer_columns_left_out", "会員番号, 店舗ID, 備考")]
    told = customer_columns(pd.DataFrame(columns=["コード", "窓口番号"]), {"コード": "customer_id", "窓口番号": "desk_id"})
    assert told == {"customer_id": "コード", "desk_id": "窓口番号"}


def test_ids_of_a_system_told_in_the_mapping(tmp_path):
    (tmp_path / "customers.csv").write_text("コード,窓口番号\n00012,77\n00013,78\n", encoding="cp932")
    (tmp_path / "names.yaml").write_text("コード: customer_id\n窓口番号: desk_id\n", encoding="utf-8")
    customers = read_customers(tmp_path / "customers.csv", tmp_path / "names.yaml")
    out = customers.link(pd.DataFrame({"contact_id": ["a", "b"], "source_system": ["desk", "crm"], "customer_id": ["78", "00012"]}))
    assert out["customer_id"].tolist() == ["00013", "00012"]


@pytest.mark.parametrize(("table", "mapping", "error", "match"), [
    ({"備考": ["x"]}, None, ContactError, "no column that a customer is known by"),
    ({"顧客": ["x"]}, {"顧客番号": "customer_id"}, SettingsError, "顧客番号"),
    ({"顧客": ["x"]}, {"顧客": "custmer"}, SettingsError, "SYSTEM_id"),
])
def test_wrong_tables_are_refused(table, mapping, error, match):
    with pytest.raises(error, match=match):
        read_customers(pd.DataFrame(table), mapping)


def test_shipped_names_mean_one_thing():
    names = customer_names()
    folded = [(fold_header(word), target) for target, words in names.items() if target != "systems" for word in words]
    assert len({name for name, _ in folded}) == len(set(folded))
    for system, words in names["systems"].items():
        assert f"{system}_id" in customer_columns(pd.DataFrame(columns=[f"{words[0]}_id"])), system


@given(st.integers(10_000_000, 99_999_999), st.sampled_from(["070", "080", "090"]))
def test_ways_of_writing_a_number_are_one(number, head):
    a, b = f"{number:08d}"[:4], f"{number:08d}"[4:]
    ways = [f"{head}{a}{b}", f"{head}-{a}-{b}", f"({head}) {a} {b}", f"+81 {head[1:]} {a} {b}", f"{head[1:]}{a}{b}", f"{head}ー{a}ー{b}"]
    wide = "".join(chr(ord(c) + 0xFEE0) for c in ways[1])
    assert {phone_keys(way) for way in (*ways, wide)} == {(f"+81{head[1:]}{a}{b}",)}


@given(st.text(max_size=30))
def test_any_cell_is_read_without_error(cell):
    assert all("@" in key and key == key.casefold() for key in email_keys(cell))
    assert all(key.startswith("+") for key in phone_keys(cell))
