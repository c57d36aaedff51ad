"""Reviews of Google Play."""

from __future__ import annotations

import pandas as pd

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.google_play import ADAPTER, tidy_google_play
from vocmine.contacts.reading import Notes

HEADER = ["Package Name", "App Version Code", "App Version Name", "Reviewer Language", "Device", "Review Submit Date and Time", "Review Submit Millis Since Epoch", "Review Last Update Date and Time", "Review Last Update Millis Since Epoch", "Star Rating", "Review Title", "Review Text", "Developer Reply Date and Time", "Developer Reply Millis Since Epoch", "Developer Reply Text", "Review Link"]


def test_the_link_is_the_id_and_ratings_without_one_have_the_app_and_the_time():
    frame = pd.DataFrame({"Package Name": ["jp.example.kaku"] * 3, "Review Link": [" https://play.google.com/r?reviewid=gp:A ", None, ""], "Review Submit Millis Since Epoch": ["1", "2", ""]})
    notes = Notes()
    assert tidy_google_play(frame, notes)["contact_id"].tolist() == ["https://play.google.com/r?reviewid=gp:A", "jp.example.kaku:2", ""]
    tidy_google_play(frame, notes)
    assert notes.facts == {"ratings without a link": "4"}
    own = frame.assign(contact_id="mine")
    assert tidy_google_play(own, notes) is own
    assert tidy_google_play(frame[["Review Link"]], notes)["contact_id"].tolist() == ["https://play.google.com/r?reviewid=gp:A", "", ""]


def test_recognised_by_its_columns_whatever_their_case():
    assert ADAPTER.recognises(Probe("r.csv", "table", columns=tuple(HEADER)))
    assert ADAPTER.recognises(Probe("r.csv", "table", columns=tuple(name.upper() for name in HEADER if name != "Review Link")))
    assert not ADAPTER.recognises(Probe("r.csv", "table", columns=("Star Rating", "Review Text")))
    assert {name for name in HEADER if name not in ADAPTER.columns} == set()
    assert [ADAPTER.columns[name] for name in ("Star Rating", "Review Title", "Review Text", "Developer Reply Text")] == ["csat", "text", "text", "agent_text"]
