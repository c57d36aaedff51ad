"""Names of channels that nobody knows: counted over chunks, named with the line to add."""

from __future__ import annotations

import pandas as pd
import pytest
import yaml

from vocmine.contacts import ContactMapping, check_contacts
from vocmine.contacts.judges.channels import ChannelJudge
from vocmine.contacts.reading import Notes
from vocmine.errors import SettingsError

FRAME = pd.DataFrame({"id": ["1", "2", "3"], "date": "2026-11-21", "channel": ["電話", "伝書鳩: 赤", "のろし"], "text": ["a", "b", "c"]})


def test_chunks_add_up_and_known_ones_are_silent():
    notes, judge = Notes(), ChannelJudge("経路", {"鳩": "email"})
    for chunk in (["電話", "鳩", "狼煙"], ["狼煙", None, "メール", "笛"]):
        judge.add(pd.Series(chunk, dtype=object))
    judge.note(notes)
    assert [(doubt.column, doubt.rows, doubt.shown) for doubt in notes.doubts] == [("経路", 3, "狼煙, 笛")]
    silent = Notes()
    ChannelJudge("経路", {}).note(silent)
    assert silent.doubts == ()


def test_the_line_can_be_added_once_a_channel_is_chosen():
    checked = check_contacts(FRAME)
    assert checked.rejected["code"].tolist() == ["unknown_channel"] * 2
    line = next(doubt.line for doubt in checked.reading.doubts if doubt.code == "unknown_channels")
    with pytest.raises(SettingsError, match="unknown channel"):
        ContactMapping.of(yaml.safe_load(line))
    told = ContactMapping.of(yaml.safe_load(line.replace("call|chat|email|social|survey|bot", "call")))
    assert check_contacts(FRAME, told).contacts["channel"].tolist() == ["call"] * 3
