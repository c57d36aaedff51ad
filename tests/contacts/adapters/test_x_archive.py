"""Archives of X."""

from __future__ import annotations

import json

import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.x_archive import ADAPTER, fold_x_archive
from vocmine.contacts.dates import parse_dates
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

POST = {"id_str": "77", "created_at": "Tue May 12 09:15:00 +0000 2026", "full_text": "割れた &amp; 困った &lt;3", "lang": "ja"}


def archive(*records, part="tweets"):
    return f"window.YTD.{part}.part0 = " + json.dumps(list(records), ensure_ascii=False)


def test_posts_are_decoded_and_retweets_told():
    text = archive({"tweet": POST}, {"tweet": POST | {"id_str": "78", "full_text": "RT @someone: 同じ", "lang": "und"}}, {"tweet": POST | {"id_str": "79", "lang": "und"}})
    notes = Notes()
    folded = fold_x_archive(text, notes)
    assert folded.frame[["contact_id", "text", "lang", "url"]].values.tolist() == [
        ["77", "割れた & 困った <3", "ja", "https://x.com/i/status/77"], ["79", "割れた & 困った <3", "", "https://x.com/i/status/79"],
    ]
    assert folded.rows == (1, 3) and [record["id_str"] for record in folded.records] == ["77", "79"]
    assert notes.facts["retweets left out"] == "1" and "author" in notes.facts and notes.doubts == ()
    assert parse_dates(folded.frame["created_at"]).strftime("%Y-%m-%dT%H:%MZ").tolist() == ["2026-05-12T09:15Z"] * 2


@pytest.mark.parametrize("text", [
    archive({"tweet": POST}), archive(POST), archive({"tweet": POST}, part="tweet") + ";", "\ufeff" + archive({"tweet": POST}, part="community_tweet") + ";\n",
    archive({"noteTweet": {"noteTweetId": "77", "createdAt": "2026-05-12T09:15:00.000Z", "core": {"text": "割れた &amp; 困った &lt;3"}}}, part="note_tweet"),
])
def test_the_forms_of_years(text):
    frame = fold_x_archive(text, Notes()).frame
    assert frame[["contact_id", "text"]].values.tolist() == [["77", "割れた & 困った <3"]]
    assert ADAPTER.recognises(Probe("tweets.js", "text", head=text[:4000]))


def test_long_posts_that_are_cut_are_told():
    notes = Notes()
    fold_x_archive(archive(POST | {"full_text": "あ" * 270 + "… https://t.co/abc"}, POST | {"full_text": "そうか…"}), notes)
    assert [(doubt.code, doubt.rows) for doubt in notes.doubts] == [("long_posts_cut", 1)]


@pytest.mark.parametrize(("text", "wanted"), [
    (archive(part="direct_messages"), "no posts"), ("var a = []", "no posts"), ("window.YTD.tweets.part0 = [{]", "can't be read"),
    ("window.YTD.tweets.part0 = {}", "no list"), ("window.YTD.tweets.part0 = [1]", "no list"),
])
def test_other_parts_are_refused(text, wanted):
    with pytest.raises(ContactError, match=wanted):
        fold_x_archive(text, Notes())
    assert len(fold_x_archive(archive(), Notes()).frame) == 0
