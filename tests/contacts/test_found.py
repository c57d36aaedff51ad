"""Which column is which: mapping before system before name, several to one, persons and contacts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import ContactMapping
from vocmine.contacts.adapters.adapter import Adapter
from vocmine.contacts.found import FoundColumns, find_columns, rename_columns
from vocmine.errors import ContactError
from vocmine.frames import CONTACT_COLUMNS

SYSTEM = Adapter("x", "X", "", lambda probe: True, columns={"Ref": "contact_id", "Note": "text", "Subject": "text", "Text": ""}, constants={"channel": "email"})


def found(names, mapping=None, adapter=None):
    return find_columns(names, ContactMapping.of(mapping), CONTACT_COLUMNS, "a.csv", adapter)


def test_the_mapping_wins_over_the_system_and_the_system_over_names():
    there = found(["id", "REF", "note", "Subject", "text", "日時", "memo"], {"memo": "text"}, SYSTEM)
    assert there.sources == {"contact_id": ("REF",), "created_at": ("日時",), "text": ("memo",)}
    assert there.why == {"contact_id": "system", "created_at": "name", "text": "mapping", "channel": "constant"}
    assert there.constants == {"channel": "email"}


def test_a_system_may_join_columns_and_forbid_a_name():
    there = found(["Subject", "Note", "Text", "channel"], None, SYSTEM)
    assert there.sources == {"text": ("Subject", "Note")}
    assert there.constants == {"channel": "email"}


def test_a_constant_of_the_mapping_wins_over_a_name():
    there = found(["id", "channel"], {"constants": {"channel": "survey"}})
    assert "channel" not in there.sources
    assert there.constants == {"channel": "survey"}


def test_ignored_columns_are_nothing():
    there = found(["応対時間", "本文"], {"ignore": ["応対時間"]})
    assert there.sources == {"text": ("本文",)}
    with pytest.raises(ContactError, match="応対時刻, did you mean 応対時間"):
        found(["応対時間"], {"ignore": ["応対時刻"]})


def test_a_person_is_no_contact():
    there = found(["Contact ID", "Case Number", "Body"])
    assert (there.sources["contact_id"], there.sources["customer_id"]) == (("Case Number",), ("Contact ID",))
    assert found(["Contact ID", "Body"]).sources["contact_id"] == ("Contact ID",)


def test_columns_move_when_they_are_joined():
    there = FoundColumns({"created_at": ("応対日",), "handle_seconds": ("応対時間",)}, {"created_at": "name"})
    assert there.joined("created_at", "応対時間").sources == {"created_at": ("応対日", "応対時間")}
    assert there.without("created_at").used() == {"応対時間"}


def test_renaming_joins_lists_and_keeps_the_rest():
    frame = pd.DataFrame({"件名": ["請求", ""], "本文": [["二重", "です"], None], "text": ["x", "y"]}, dtype=object)
    there = find_columns(list(frame), ContactMapping.of({"件名": "text", "本文": "text"}), ["text"], "a.csv")
    out = rename_columns(frame, there, "a.csv", np.array([2, 3]))
    assert out["text"].tolist() == ["請求\n二重\nです", ""]
    assert out["text_source"].tolist() == ["x", "y"]
    with pytest.raises(ContactError, match="list of objects"):
        rename_columns(pd.DataFrame({"text": [[{"a": 1}]]}), find_columns(["text"], ContactMapping(), ["text"], "a"), "a", np.array([1]))


def test_a_chunk_without_a_column_has_it_empty():
    there = FoundColumns({"text": ("本文",), "team": ("部署",)})
    out = rename_columns(pd.DataFrame({"本文": ["a"]}), there, "s", np.array([1]))
    assert out["team"].tolist() == [None]
