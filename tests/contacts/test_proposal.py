"""A mapping proposed for whole files, as the command writes it."""

from __future__ import annotations

import pandas as pd
import pytest
import yaml

from vocmine.contacts import ContactMapping, check_contacts, suggest_mapping
from vocmine.errors import ContactError

ROWS = "番号,当日,窓口,内容詳細\n1,03/04/2026,iPadアプリ,請求が二重に来ています\n2,05/06/2026,電話,ログインできないので困っています\n"


@pytest.fixture
def notes(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text(ROWS, "cp932")
    return path


def test_what_stops_reading_stands_in_the_proposal(notes):
    with pytest.raises(ContactError):
        check_contacts(notes)
    text = suggest_mapping(notes)
    assert "day_first: true" in text
    assert "iPadアプリ" in text
    assert "請求が" not in text
    told = ContactMapping.of(yaml.safe_load(text + "day_first: true\nchannels: {iPadアプリ: chat}\n"))
    checked = check_contacts(notes, told)
    assert checked.contacts["created_at"].dt.strftime("%m-%d").tolist() == ["04-02", "06-04"]  # UTC of midnight in Japan
    assert checked.contacts["channel"].tolist() == ["chat", "call"]


def test_the_time_of_day_goes_with_its_day():
    frame = pd.DataFrame({"受付番号": ["1", "2"], "受付日": ["2026/11/21", "2026/11/22"], "受付時刻": ["9:30", "14:05"], "チャネル": "電話", "本文": ["解約したい", "届かない"]})
    told = ContactMapping.of(yaml.safe_load(suggest_mapping(frame)))
    assert (told.columns["受付日"], told.columns["受付時刻"]) == ("created_at", "created_at")
    for mapping in (told, {"受付日": "created_at"}):
        assert check_contacts(frame, mapping).contacts["created_at"].dt.strftime("%H:%M").tolist() == ["00:30", "05:05"]


def test_known_columns_are_said_to_be_known():
    text = suggest_mapping(pd.DataFrame({"受付番号": ["1"], "受付日時": ["2026-11-21"], "チャネル": ["電話"], "本文": ["解約"]}))
    assert text.count("recognised by its name") == 4


def test_an_empty_folder_has_no_mapping(tmp_path):
    with pytest.raises(ContactError):
        suggest_mapping(str(tmp_path))
