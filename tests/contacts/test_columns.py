"""The optional columns: types, cells left empty, people who are nobody."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import check_contacts, read_contacts
from vocmine.contacts.columns import Typed, string_series
from vocmine.frames import CONTACT_COLUMNS

GOOD = {"contact_id": "a1", "created_at": "2026-11-21 09:00", "channel": "電話", "text": "つながらない"}


def raw(*rows):
    return pd.DataFrame([{**GOOD, "contact_id": f"a{i}", **row} for i, row in enumerate(rows)], dtype=object)


@pytest.mark.parametrize(("column", "value", "code"), [
    ("csat", "abc", "bad_number"), ("transfers", -3, "out_of_range"), ("transfers", 1.5, "bad_number"),
    ("resolved", "たぶん", "bad_boolean"), ("lang", "クリンゴン語", "unknown_language"), ("handle_seconds", "abc", "bad_number"),
    ("nps", 11, "out_of_range"), ("nps", "-1", "out_of_range"), ("nps", "勧めたい", "bad_number"), ("first_response_seconds", -1, "out_of_range"),
    ("wait_seconds", "-5", "out_of_range"), ("cost_extra", "-1,200円", "negative_amount"), ("cost_extra", "(1,200)", "bad_number"),
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


@pytest.mark.parametrize(("cell", "known"), [("0", False), ("000000", False), ("-1", False), ("99999999", False), ("ゲスト", False), ("Anonymous", False), ("非会員", False), ("K10", True), ("10", True), ("9999", True)])
def test_an_id_that_stands_for_nobody_is_no_customer(cell, known):
    frame = pd.DataFrame({"contact_id": ["1"], "created_at": ["2026-11-21"], "channel": ["call"], "text": ["返金"], "customer_id": [cell], "product": [cell]})
    contacts = read_contacts(frame)
    assert contacts["customer_id"].notna().tolist() == [known]
    assert contacts["product"].tolist() == [cell]


def test_known_columns_go_first_in_the_order_of_the_table():
    typed = Typed(pd.RangeIndex(2))
    for name in ("memo", "url", "shop", "lang"):
        typed.put(name, np.array(["x", None], dtype=object))
    names = list(typed.ordered())
    assert names == [*(name for name in CONTACT_COLUMNS if name in ("lang", "url")), "memo", "shop"]
    typed.warn("lang", "unknown_language", np.array([False, False]))
    typed.warn("url", "bad", np.array([False, True]))
    assert [(name, code, where.tolist()) for name, code, where in typed.warnings] == [("url", "bad", [1])]


def test_a_column_of_texts_has_one_type_whatever_is_in_it():
    kinds = {string_series(np.array(cells, dtype=object), pd.RangeIndex(2)).dtype for cells in (["a", None], [None, None], ["a", "b"])}
    assert len(kinds) == 1


@pytest.mark.parametrize(("header", "cells", "read"), [
    ("NPS", ["0", "７", "10", "11"], [0, 7, 10, None]), ("推奨度", [9, 3, None, 0], [9, 3, None, 0]), ("おすすめ度（0〜10）", ["10", "6", "", "2"], [10, 6, None, 2]),
    ("Likelihood to recommend", [8, 10, 1, 4], [8, 10, 1, 4]),
])
def test_marks_of_recommendation_are_read_as_they_are_and_never_as_satisfaction(header, cells, read):
    frame = pd.DataFrame({"contact_id": list("abcd"), "created_at": "2026-11-21 10:00", "channel": "survey", "text": "返金", header: cells, "満足度": [1, 2, 3, 5]})
    contacts = read_contacts(frame)
    assert contacts["nps"].astype(object).where(contacts["nps"].notna(), None).tolist() == read
    assert contacts["csat"].tolist() == [1, 2, 3, 5]


@pytest.mark.parametrize(("header", "cells", "seconds"), [
    ("初回応答時間(分)", ["5", "90"], [300, 5400]), ("初回返信時間", ["00:05:00", "26:30:00"], [300, 95_400]), ("First reply time in minutes", [2, 30], [120, 1800]),
])
def test_the_time_to_the_first_answer_stands_apart_from_the_wait(header, cells, seconds):
    frame = pd.DataFrame({"contact_id": ["a", "b"], "created_at": "2026-11-21 10:00", "channel": "email", "text": "返金", header: cells, "待ち時間(秒)": [10, 20]})
    contacts = read_contacts(frame)
    assert contacts["first_response_seconds"].tolist() == seconds
    assert contacts["wait_seconds"].tolist() == [10, 20]
