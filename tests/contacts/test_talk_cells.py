"""Whole talks in the cells of a table."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts import check_contacts
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.talk_cells import holds_talks, talks_in, with_talks_split

TALK = "オペレーター：はい\nお客様：届かない"


@pytest.mark.parametrize(("texts", "share"), [
    ([TALK, TALK], 1.0), ([TALK, "届かない", ""], 0.5), (["お客様：届かないとのこと\n対応：調査"], 0.0), ([], 0.0), ([None], 0.0),
])
def test_the_share_of_talks(texts, share):
    assert talks_in(pd.Series(texts, dtype=object), ContactMapping()) == share


@pytest.mark.parametrize(("frame", "mapping", "expected"), [
    ({"id": ["1"], "本文": [TALK]}, {}, True), ({"id": ["1"], "本文": ["届かない"]}, {}, False), ({"id": ["1"], "x": [TALK]}, {}, False),
    ({"id": ["1"], "x": [TALK]}, {"x": "text"}, True), ({"id": ["1"], "本文": [TALK]}, {"format": "csv"}, False),
    ({"id": ["1"], "本文": ["甲野：はい\nお客様：届かない"]}, {"speakers": {"甲野": "agent"}}, True), ({"id": ["1"], "本文": [TALK]}, {"y": "text"}, False),
])
def test_tables_of_talks(frame, mapping, expected):
    assert holds_talks(pd.DataFrame(frame), "a.csv", ContactMapping.of(mapping)) is expected


def test_each_talk_is_split_whatever_the_other_rows_hold():
    frame = pd.DataFrame({"text": [TALK, "届かない", None, TALK], "agent_text": ["先の回答", "", None, None]}, index=[4, 2, 9, 1])
    out = with_talks_split(frame, {})
    assert out.index.tolist() == [4, 2, 9, 1]
    assert out["text"].tolist() == ["届かない", "届かない", "", "届かない"]
    assert out["agent_text"].tolist() == ["はい\n先の回答", "", "", "はい"] and out["customer_turns"].tolist() == ["1", "", "", "1"]
    assert with_talks_split(frame.iloc[1:3], {}) is not None and "customer_turns" not in with_talks_split(frame.iloc[1:3], {})
    told = with_talks_split(pd.DataFrame({"text": ["甲野：明日はいますか\n乙野：はい、おります"]}), {"乙野": "agent", "甲野": "customer"})
    assert told["text"].tolist() == ["明日はいますか"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl", "frame"])
def test_every_reader_gives_the_customers_words(tmp_path, kind):
    frame = pd.DataFrame({"contact_id": ["1", "2"], "created_at": "2026-04-01 09:00", "channel": "chat", "text": [TALK, "届かないです"]})
    path = tmp_path / f"a.{kind}"
    if kind == "csv":
        frame.to_csv(path, index=False)
    elif kind == "xlsx":
        frame.to_excel(path, index=False)
    elif kind == "jsonl":
        frame.to_json(path, orient="records", lines=True, force_ascii=False)
    contacts = check_contacts(frame if kind == "frame" else path).contacts
    assert contacts["text"].tolist() == ["届かない", "届かないです"]
    assert contacts["agent_text"].iloc[0] == "はい"
