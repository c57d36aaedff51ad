"""Quotes of an issue: none twice, with evidence first, in the reader's language first and in others too."""

from __future__ import annotations

import pandas as pd

from vocmine.report.explore.details.voices import voices


def test_quotes_are_told_apart_and_lead_with_evidence(explored, explore_frames):
    frames = explore_frames()
    report = explored(frames=frames)
    found = voices(report.view, report.source)
    lang = frames.contacts.set_index("contact_id")["lang"]
    for issue, why in (("a.crash", "落ち"), ("b.bill", "")):
        quotes = found[issue]
        assert len(quotes) == 12
        assert len({each["text"] for each in quotes}) == 12
        assert [each["lang"] for each in quotes] == ["ja"] * 9 + ["en"] * 3
        assert all(lang[each["id"]] == each["lang"] and each["evidence"] == why for each in quotes)
    english = explored("en", frames=frames)
    assert [each["lang"] for each in voices(english.view, english.source)["a.crash"]] == ["en"] * 9 + ["ja"] * 3


def test_where_one_language_has_few_the_other_fills(explored, explore_frames):
    frames = explore_frames()
    frames.contacts["lang"] = ["en"] * 5 + ["ja"] * 395
    report = explored("en", frames=frames)
    n = [sum(each["lang"] == "en" for each in rows) for rows in voices(report.view, report.source).values()]
    assert sum(n) == 5
    assert {len(rows) for rows in voices(report.view, report.source).values()} == {12}


def test_short_texts_and_none_at_all(explored, explore_frames):
    frames = explore_frames()
    frames.contacts["text_clean"] = "はい"
    report = explored(frames=frames)
    assert voices(report.view, report.source) == {}
    frames.contacts["text_clean"] = pd.Series(["とても長い" * 100] * 400)
    report = explored(frames=frames)
    assert len(voices(report.view, report.source)["a.crash"]) == 1
    assert len(voices(report.view, report.source)["a.crash"][0]["text"]) <= 161
