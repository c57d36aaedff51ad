"""A part: which contacts belong to it, by the first contact of their chain; names of files; wrong values are said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch.contact_store import ContactStore
from vocmine.batch.parts import MARK, ContactPart, PartSource, cut, need_key, part_of, part_rows, values_of
from vocmine.errors import SettingsError
from vocmine.settings import Settings

SETTINGS = Settings()
CONTACTS = pd.DataFrame(
    {
        "contact_id": list("abcd"), "created_at": pd.to_datetime(["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-03"], utc=True),
        "channel": "call", "customer_id": ["k", "k", "m", None], "product": ["アプリ", "SIM", "SIM", None], "team": ["A", "B", "B", "A"],
        "text": "本文", "terms": "本文", "lang": "ja", "handle_seconds": 60.0,
    }
)
TAGS = pd.DataFrame({"contact_id": list("abcd"), "kind": "reason", "label": "bill", "score": 0.9, "source": "model", "evidence": ""})


def test_a_repeat_belongs_where_the_first_contact_does():
    rows = {value: part_rows(CONTACTS, TAGS, ContactPart((("product", (value,)),)), SETTINGS).tolist() for value in ("アプリ", "SIM", "")}
    assert rows == {"アプリ": [True, True, False, False], "SIM": [False, False, True, False], "": [False, False, False, True]}
    assert np.sum(list(rows.values()), axis=0).tolist() == [1, 1, 1, 1]


def test_several_values_and_several_columns():
    both = ContactPart((("product", ("アプリ", "SIM")), ("team", ("A",))))
    assert both.label == "+"
    assert part_rows(CONTACTS, TAGS, both, SETTINGS).tolist() == [True, True, False, False]


def test_values_are_found_whatever_their_width_and_case():
    assert part_of(CONTACTS, {"product": ["ｱﾌﾟﾘ", "sim"], "team": None}).values == (("product", ("アプリ", "SIM")),)
    assert part_of(CONTACTS, {"product": ""}).values == (("product", ("",)),)
    assert values_of(CONTACTS, "product") == ["SIM", "アプリ", ""]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"product": "アプ"}, "did you mean アプリ"), ({"team": ["C"]}, "expected: A, B"), ({"segment": "x"}, "no contact of the period has a segment"),
        ({"agent": "x"}, "reports are not cut by this"), ({}, "no part was named"), ({"product": []}, "no part was named"),
    ],
)
def test_what_is_not_there_is_said(asked, told):
    with pytest.raises(SettingsError, match=told):
        part_of(CONTACTS, asked)
    with pytest.raises(SettingsError):
        need_key(CONTACTS, "plan")


def test_file_names_are_safe_and_differ():
    names = [ContactPart((("product", (value,)),)).file_name for value in ("SIM", "a/b", "a b", "../x", "", "CON", "あ" * 300, "あ" * 301)]
    assert len(set(names)) == len(names)
    assert all(not set("/\\:*?\"<>|. ") & set(name) and len(name) < 80 for name in names)
    assert names[0] == "product-SIM" and names[4] == "product-none"


def test_a_source_of_a_part_reads_its_contacts_alone(tmp_path):
    store = ContactStore(tmp_path, "Asia/Tokyo")
    store.upsert(CONTACTS, TAGS)
    source = PartSource(store, ContactPart((("product", ("アプリ",)),)), SETTINGS)
    contacts, tags = source.read(columns=("contact_id", "channel"))
    assert contacts.columns.tolist() == ["contact_id", "channel"]
    assert contacts["contact_id"].tolist() == ["a", "b"] == tags["contact_id"].tolist()
    assert source.days() == store.days() and len(source.read(kinds=("signal",))[1]) == 0
    assert len(source.read()[0]) == 2 and "text_clean" in source.read()[0]


def test_lines_are_cut_out_by_their_mark():
    table = pd.DataFrame({MARK: ["=a", "=", "=a"], "cost": [1.0, 2.0, 3.0]})
    assert cut(table, ContactPart((("product", ("a",)),))).to_dict("list") == {"cost": [1.0, 3.0]}
