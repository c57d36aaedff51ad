"""Labels that may name who speaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.text.labels import speaker_labels


@pytest.mark.parametrize(("text", "names"), [
    ("お客様: 甲\nOP：乙", ["お客様", "OP"]), ("[10:23] 客: 甲\n(10:24) OP: 乙", ["客", "OP"]), ("【顧客】甲\n＜弊社＞乙", ["顧客", "弊社"]),
    ("お客様「甲」\n担当「乙」", ["お客様", "担当"]), ("客）甲\nOP）乙", ["客", "OP"]), ("10:02\t客\t甲\n10:03\tOP\t乙", ["客", "OP"]),
    ("●お客様\n甲\n●担当\n乙", ["お客様", "担当"]), ("**Customer:** a\n**Agent:** b", ["Customer", "Agent"]), ("客> 甲\nOP＞ 乙", ["客", "OP"]),
    ("Customer (10:23 AM): a\nAgent (10:24 AM): b", ["Customer", "Agent"]), ("Guest 10:23\na\nAgent 10:24\nb", ["Guest", "Agent"]),
    ("客：甲 OP：乙", ["客", "OP"]), ("客：甲。OP：乙", ["客", "OP"]), ("2026/04/02 09:15:01 客: 甲\n2026/04/02 09:16 OP: 乙", ["客", "OP"]),
    ("客：伝票に 担当：甲野 とある\nOP：はい", ["客", "OP"]), ("お客様「解約したい」とのこと\nお客様「急ぎ」とのこと", []), ("https://a.example: b\n10:30: c", []),
    ("[氏名]様より入電\n[電話番号]へ折返し", []), ("届かない", []), ("客：届かない", []), ("", []),
])
def test_labels(text, names):
    assert [label.who for label in speaker_labels(text)] == names


@given(st.text(alphabet="客OP：:「」【】()<>|\n \t●甲a10。", max_size=60))
def test_labels_stand_in_order_and_apart(text):
    found = speaker_labels(text, least=1)
    assert all(0 <= label.start < label.end <= len(text) for label in found)
    assert [label.start for label in found] == sorted(label.start for label in found)
    assert all(label.who.strip() for label in found)
