"""Every row is accepted or rejected with a code; nothing is lost, whatever is in it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.contacts import CODES, ContactMapping, check_contacts, iter_chunks, read_contacts
from vocmine.errors import ContactError, SettingsError
from vocmine.frames import CONTACT_COLUMNS, REJECTED_COLUMNS

GOOD = {"contact_id": "a1", "created_at": "2026-11-21 09:00", "channel": "電話", "text": "つながらない"}


def raw(*rows):
    return pd.DataFrame([{**GOOD, "contact_id": f"a{i}", **row} for i, row in enumerate(rows)], dtype=object)


def utf8_as(text, wrong, right="utf-8"):
    return text.encode(right).decode(wrong, "replace")


@pytest.mark.parametrize(("code", "column", "row"), [
    ("missing_id", "contact_id", {"contact_id": "  "}), ("missing_id", "contact_id", {"contact_id": None}),
    ("missing_id", "contact_id", {"contact_id": "NULL"}),
    ("bad_date", "created_at", {"created_at": "2026-02-30"}), ("bad_date", "created_at", {"created_at": None}),
    ("unknown_channel", "channel", {"channel": "鳩"}), ("unknown_channel", "channel", {"channel": ""}),
    ("empty_text", "text", {"text": "  \n"}), ("empty_text", "text", {"text": None}), ("empty_text", "text", {"text": "\u200b"}),
    ("text_too_long", "text", {"text": "あ" * 50_001}),
    ("mojibake", "text", {"text": utf8_as("料金が高いので解約したいです。", "cp932")}),
    ("mojibake", "text", {"text": utf8_as("料金が高いので解約したいです。", "latin-1")}),
    ("mojibake", "text", {"text": utf8_as("料金が高いので解約したいです。", "latin-1", "cp932")}),
    ("mojibake", "text", {"text": utf8_as("料金が高いので解約したいです。", "cp932", "euc_jp")}),
    ("mojibake", "text", {"text": utf8_as("I can’t log in – it’s broken", "cp1252")}),
    ("mojibake", "text", {"text": "��������高い"}),
    ("wrong_encoding", "text", {"text": "高い\udc81"}), ("wrong_encoding", "product", {"product": "\udcff"}),
    ("negative_handle_time", "handle_seconds", {"handle_seconds": "-1"}),
    ("absurd_handle_time", "handle_seconds", {"handle_seconds": "24:00:01"}),
    ("duplicate_id", "contact_id", {"contact_id": "a0"}),
])
def test_each_fault_has_its_code(code, column, row):
    checked = check_contacts(raw({}, row))
    assert checked.rejected[["row", "column", "code"]].values.tolist() == [[2, column, code]]
    assert len(checked.contacts) == 1
    assert code in {c.code for c in CODES if not c.cell}


@pytest.mark.parametrize("text", [
    "Wi-Fiがつながらない", "アプリ落ちる", "café à Paris €5", "¥1,000の返金", "(*`д´*)はよ", "譁は珍しい漢字", "髙橋様の件①", "𠮷野家", "👨‍👩‍👧",
    "�1文字だけ欠けた長い長い文章です", "Ça va, Åsa", "null", "なし",
])
def test_odd_but_sound_texts_stay(text):
    checked = check_contacts(raw({"text": text}))
    assert checked.contacts["text"].tolist() == [text]


@pytest.mark.parametrize(("column", "value", "code"), [
    ("csat", "abc", "bad_number"), ("csat", 9, "out_of_range"), ("transfers", -3, "out_of_range"), ("transfers", 1.5, "bad_number"),
    ("resolved", "たぶん", "bad_boolean"), ("lang", "クリンゴン語", "unknown_language"), ("handle_seconds", "abc", "bad_number"),
    ("wait_seconds", "-5", "out_of_range"),
])
def test_cells_that_cannot_be_read_are_left_empty(column, value, code):
    checked = check_contacts(raw({column: value}, {column: ""}))
    assert checked.contacts[column].isna().all()
    assert checked.warnings[["row", "column", "code"]].values.tolist() == [[1, column, code]]
    assert len(checked.rejected) == 0


def test_types_and_order_of_columns():
    frame = raw({"memo": "x", "csat": "4", "transfers": "2", "resolved": "はい", "customer_id": 123.0, "lang": "日本語"})
    contacts = check_contacts(frame.set_index(pd.Index([7]))).contacts
    assert contacts.index.tolist() == [7]
    assert contacts.columns.tolist() == ["contact_id", "created_at", "channel", "text", "lang", "customer_id", "transfers", "csat", "resolved", "memo"]
    assert str(contacts["created_at"].dtype) == "datetime64[us, UTC]"
    assert str(contacts["transfers"].dtype) == "Int64"
    assert str(contacts["resolved"].dtype) == "boolean"
    assert contacts.loc[7, ["customer_id", "lang", "memo"]].tolist() == ["123", "ja", "x"]
    assert set(contacts) - {"memo"} <= set(CONTACT_COLUMNS)


def test_a_mended_row_may_follow_a_broken_one_of_the_same_id():
    checked = check_contacts(raw({"text": ""}, {"contact_id": "a0"}))
    assert checked.contacts["contact_id"].tolist() == ["a0"]


def test_values_of_rejects_are_masked_short_and_on_one_line():
    checked = check_contacts(raw({"channel": "電話番号は\n090-1234-5678です" + "あ" * 200}, {"created_at": "x" * 500}))
    rejected = checked.rejected
    assert list(rejected) == list(REJECTED_COLUMNS)
    assert len(checked.contacts) == 1  # the first one names a call
    assert rejected["value"].str.len().max() == 80
    secret = check_contacts(raw({"channel": "鳩 090-1234-5678"})).rejected["value"].iloc[0]
    assert "1234" not in secret and "\n" not in secret


def test_missing_columns_are_said_at_once():
    with pytest.raises(ContactError, match="columns are missing: channel, text;") as error:
        check_contacts(raw({}).drop(columns=["channel", "text"]).assign(txet="x"))
    assert "txet for text?" in str(error.value)


def test_arguments_are_left_alone():
    frame = raw({}, {"text": ""})
    before = frame.copy(deep=True)
    check_contacts(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_wrong_kinds_of_input():
    with pytest.raises(ContactError, match="DataFrame or a path"):
        check_contacts([1, 2])
    with pytest.raises(SettingsError, match="chunk_rows"):
        next(iter_chunks(raw({}), chunk_rows=0))
    with pytest.raises(ContactError, match="stand twice"):
        check_contacts(pd.DataFrame([[1, 2]], columns=["id", "id"]))


def test_checked_contacts_pass_again_unchanged():
    once = check_contacts(raw({"csat": 3, "resolved": True, "transfers": 1, "handle_seconds": 12.5}, {"is_public": False})).contacts
    again = check_contacts(once)
    assert len(again.rejected) == len(again.warnings) == 0
    pd.testing.assert_frame_equal(again.contacts, once)


def test_read_contacts_lists_what_is_wrong():
    with pytest.raises(ContactError, match=r"2 of 3 rows.*2 empty_text.*row 1 text"):
        read_contacts(raw({"text": ""}, {"text": ""}, {}))


def test_empty_frames():
    checked = check_contacts(raw({}).iloc[:0])
    assert checked.n_read == 0 and list(checked.rejected) == list(REJECTED_COLUMNS)


CELLS = st.one_of(
    st.none(), st.text(alphabet=st.characters(codec=None), max_size=8), st.integers(-10, 10**20), st.floats(), st.booleans(),
    st.sampled_from(["a1", "a2", "電話", "2026-11-21", "つながらない", "x\udc80", "5:32", [1], {"a": 1}, pd.NaT, np.nan, pd.NA]),
)
FRAMES = st.lists(
    st.fixed_dictionaries(
        {"contact_id": CELLS, "created_at": CELLS, "channel": CELLS, "text": CELLS},
        optional={"handle_seconds": CELLS, "csat": CELLS, "resolved": CELLS, "memo": CELLS, "transfers": CELLS},
    ), min_size=1, max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(FRAMES)
def test_accepted_and_rejected_are_what_was_read(rows):
    frame = pd.DataFrame(rows, dtype=object)
    checked = check_contacts(frame)
    assert len(checked.contacts) + len(checked.rejected) == checked.n_read == len(rows)
    kept = set(checked.contacts.index + 1)
    assert kept.isdisjoint(checked.rejected["row"])
    assert checked.contacts["contact_id"].is_unique
    assert checked.contacts[["contact_id", "created_at", "channel", "text"]].notna().all().all()
    assert set(checked.warnings["row"]) <= kept


@settings(max_examples=30, deadline=None)
@given(FRAMES, st.integers(1, 4))
def test_chunks_do_not_matter(rows, chunk_rows):
    frame = pd.DataFrame(rows, dtype=object)
    whole, parts = check_contacts(frame), list(iter_chunks(frame, chunk_rows))
    joined = pd.concat([part.contacts for part in parts], ignore_index=True)
    pd.testing.assert_frame_equal(joined, whole.contacts.reset_index(drop=True))
    assert pd.concat([part.rejected for part in parts])["code"].tolist() == whole.rejected["code"].tolist()


def test_text_limit_can_be_told():
    mapping = ContactMapping.of({"max_text_chars": 3})
    assert check_contacts(raw({"text": "1234"}, {"text": "123"}), mapping).rejected["code"].tolist() == ["text_too_long"]
