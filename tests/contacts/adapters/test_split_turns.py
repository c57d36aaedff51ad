"""Whole transcripts in one text."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.adapters.split_turns import has_turns, split_speakers
from vocmine.errors import ContactError


@pytest.mark.parametrize(("transcript", "speakers", "wanted"), [
    ("［００:１０］ お客様：解約\n(0:30) オペレーター : はい", {}, [("お客様", 10.0, "解約"), ("オペレーター", 30.0, "はい")]),
    ("お客様（ご家族）: 一\nAgent 2 (Tanaka): 二\nhttps://x: 三", {}, [("お客様（ご家族）", None, "一"), ("Agent 2 (Tanaka)", None, "二\nhttps://x: 三")]),
    ("お客様：一\n甲野：二\nお客様：三\n甲野：四", {}, [("お客様", None, "一"), ("甲野", None, "二"), ("お客様", None, "三"), ("甲野", None, "四")]),
    ("お客様: 一\n住所: 架空区", {}, [("お客様", None, "一\n住所: 架空区")]),
    ("甲野: 一\n乙野: 二", {"甲野": "agent", "乙野": "customer"}, [("甲野", None, "一"), ("乙野", None, "二")]),
    ("[0:01] 甲野: 一\n[0:02] 乙野: 二", {}, [("甲野", 1.0, "一"), ("乙野", 2.0, "二")]),
])
def test_where_turns_begin(transcript, speakers, wanted):
    found = split_speakers(transcript, speakers)
    assert [(who, None if pd.isna(seconds) else seconds, text) for who, seconds, text in found.itertuples(index=False)] == wanted


@pytest.mark.parametrize("text", ["なし", "ご担当者様：お世話になります", "料金の担当: 変わりました", "10:30 に届く: はい", ""])
def test_a_text_without_turns_is_refused(text):
    assert not has_turns(text)
    with pytest.raises(ContactError, match="no turns"):
        split_speakers(text)
