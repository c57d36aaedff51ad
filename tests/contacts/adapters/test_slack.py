"""Exports of Slack."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.slack import ADAPTER
from vocmine.contacts.adapters.systems import adapter_of
from vocmine.contacts.objects import reach
from vocmine.contacts.reading import Notes

MESSAGES = [
    {"type": "message", "user": "U1", "text": "<@U2> 返金 &gt; 3件", "ts": "1777600000.000100", "client_msg_id": "m-1", "user_profile": {"display_name": "", "real_name": "佐藤"}},
    {"type": "message", "user": "U2", "text": "<@U1> 了解", "ts": "1777600060.000200", "thread_ts": "1777600000.000100", "edited": {"user": "U2", "ts": "1777600070.000000"}},
    {"type": "message", "subtype": "channel_topic", "user": "U1", "text": "変えた", "ts": "1777600120.000300"},
    {"type": "message", "subtype": "channel_join", "user": "U3", "text": "<@U3> has joined", "ts": "1777600121.000300"},
    {"type": "message", "subtype": "channel_join", "user": "U4", "text": "<@U4> has joined", "ts": "1777600122.000300"},
    {"type": "message", "subtype": "bot_message", "bot_id": "B1", "text": "障害を検知", "ts": "1777600180.000400"},
    {"type": "message", "user": "U1", "text": "", "files": [{"name": "a.png"}], "ts": "1777600240.000500"},
]


@pytest.fixture
def folded():
    notes = Notes()
    assert ADAPTER.fold is not None
    return ADAPTER.fold(MESSAGES, notes), notes


def test_messages_are_contacts(folded):
    out, _ = folded
    assert out.frame[["contact_id", "channel", "text"]].values.tolist() == [
        ["m-1", "chat", "@U2 返金 > 3件"], ["1777600060.000200", "chat", "@佐藤 了解"], ["1777600180.000400", "bot", "障害を検知"],
    ]
    assert out.frame["created_at"].iloc[0] == "2026-05-01T01:46:40.000100+00:00"
    assert out.frame["thread_ts"].tolist() == [None, "1777600000.000100", None]
    assert out.rows == (1, 2, 6)


def test_what_was_left_out_is_told(folded):
    assert folded[1].facts == {
        "messages of the system left out (channel_topic)": "1", "messages of the system left out (channel_join)": "2",
        "messages without words": "1",
    }
    assert folded[1].doubts == ()


def test_words_of_apps_stand_in_their_cards():
    cards = {"type": "message", "bot_id": "B2", "user": "U9", "bot_profile": {"name": "フォーム"}, "ts": "1777600300.000600", "text": "",
             "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "評価 &lt; 2"}}, {"type": "divider"}], "attachments": [{"text": "遅い"}, {"fallback": "遅い"}]}
    assert ADAPTER.fold is not None
    assert ADAPTER.fold([cards], Notes()).frame[["channel", "text"]].values.tolist() == [["bot", "評価 < 2\n遅い"]]


def test_dotted_names_reach_plain_text(folded):
    assert reach(folded[0].records, "text")[0] == "@U2 返金 > 3件"


@pytest.mark.parametrize("document", [MESSAGES, {"ok": True, "messages": MESSAGES, "has_more": False}])
def test_slack_is_recognised(document):
    assert adapter_of(Probe("a.json", "json", document=document)) is ADAPTER


@pytest.mark.parametrize("document", [
    [{"type": "message", "text": "x", "ts": "2026-05-01"}], [{"text": "x", "ts": "1777600000.000100"}], {"messages": [{"role": "user", "content": "x"}]}, [MESSAGES[0], {"id": 1}], [],
])
def test_other_documents_are_not(document):
    assert adapter_of(Probe("a.json", "json", document=document)) is not ADAPTER
