"""What a person gets to check: one row a contact, in an order that says nothing, reasons told apart."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.audits.sheet import CheckSheet
from vocmine.errors import SettingsError

NAMES = {"ja": {"bill": "請求", "g": "その他", "h": "その他"}, "en": {"bill": "Billing"}}
AUDIT = pd.DataFrame({
    "contact_id": ["b", "a", "a", "c"], "label_tag": ["bill", "unknown", "unknown", "odd"], "prob": [0.5, 1.0, 1.0, 0.25],
    "label": ["", "bill", "odd", None], "text": ["x\x00y", "<b>", "<b>", None],
})


def test_a_sheet_has_a_row_a_contact_and_the_answers_so_far():
    sheet = CheckSheet.of(AUDIT, names=NAMES, lang="ja")
    rows = sheet.rows.set_index("contact_id")
    assert sorted(rows.index) == ["a", "b", "c"]
    assert rows.loc["a", ["label", "label_2", "label_3"]].tolist() == ["bill", "odd", ""]
    assert rows["text"].to_dict() == {"a": "<b>", "b": "xy", "c": ""}
    assert sheet.reasons == {"bill": "請求", "g": "その他 (g)", "h": "その他 (h)", "odd": "odd"}
    assert (sheet.proposed("bill"), sheet.proposed("unknown"), sheet.proposed("x")) == ("請求", "この中にない・わからない", "x")


def test_the_order_is_that_of_no_column_and_always_the_same():
    audit = pd.DataFrame({"contact_id": [f"c{i:03d}" for i in range(200)], "label_tag": "x", "prob": 0.5, "label": ""})
    first = CheckSheet.of(audit, lang="en").rows["contact_id"].tolist()
    again = CheckSheet.of(audit.iloc[::-1], lang="en").rows["contact_id"].tolist()
    assert first == again != sorted(first)
    assert abs(pd.Series(first[:50]).str[1:].astype(int).mean() - 99.5) < 25


def test_reasons_stand_in_the_order_given_and_texts_come_from_where_they_are():
    sheet = CheckSheet.of(AUDIT, names=NAMES, lang="en", reasons=["h", "bill"], texts=pd.Series({"a": "あ"}))
    assert list(sheet.reasons) == ["h", "bill", "odd"]
    assert sheet.rows.set_index("contact_id").loc["a", "text"] == "あ"
    with pytest.raises(SettingsError, match="unknown language"):
        CheckSheet.of(AUDIT, lang="fr")
