"""What a group of reasons says of demand and team holds for the reasons in it."""

from __future__ import annotations

import pandas as pd

from vocmine import tagger as tagger_room
from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.tagger import Tagger

LIST = Taxonomy.from_dict({"reasons": [
    {"id": "stay", "name": "宿泊", "demand": "value", "team": "予約"}, {"id": "stay.room", "name": "部屋", "parent": "stay"},
    {"id": "stay.noise", "name": "騒音", "parent": "stay", "demand": "failure", "team": "施設"}, {"id": "stay.noise.night", "name": "夜の騒音", "parent": "stay.noise"},
    {"id": "food", "name": "食事"},
]})


def test_reasons_have_what_their_group_says():
    names = Tagger(ReasonClassifier(LIST)).names()
    assert names.demand == {"stay": "value", "stay.room": "value", "stay.noise": "failure", "stay.noise.night": "failure"}
    assert names.teams == {"stay": "予約", "stay.room": "予約", "stay.noise": "施設", "stay.noise.night": "施設"}


def test_the_shipped_list_names_no_team_of_yours():
    names = Tagger().names()
    assert names.teams == {}
    assert names.demand == Taxonomy.default().demand()


TEXTS = [
    "先月分の料金が二重に引き落とされています。返金してください。", "My router keeps disconnecting since Monday.", "荷物がまだ届きません。",
    "ありがとうございました", "あ", "解約したいのですが手続きを教えてください", "アプリが落ちて使えません(´;ω;`)",
]


def contacts_of(n):
    return pd.DataFrame(
        {
            "contact_id": [f"c{i:03d}" for i in range(n)], "created_at": pd.Timestamp("2026-11-20 03:00", tz="UTC"), "channel": "chat",
            "text": [TEXTS[i % len(TEXTS)] for i in range(n)],
        }
    )


def test_pieces_give_the_tags_of_the_whole(monkeypatch):
    made, contacts = Tagger(), contacts_of(23)
    whole = made.tag(contacts)
    monkeypatch.setattr(tagger_room, "_PIECE", 5)
    pieces = made.tag(contacts)
    pd.testing.assert_frame_equal(pieces, whole)
    assert made.tag(contacts.iloc[:0]).empty


def test_effort_and_harassment_are_kinds_of_their_own():
    texts = ["三回も電話しました。「殺すぞ」と怒鳴られ終話", "一発で解決しました", "住所を変更したい"]
    tags = Tagger().tag(pd.DataFrame({"contact_id": ["a", "b", "c"], "text": texts}))
    own = tags[tags["kind"].isin(["effort", "harassment"])]
    assert own[["contact_id", "kind", "label", "source"]].values.tolist() == [
        ["a", "effort", "2", "rule"], ["a", "harassment", "threat", "rule"], ["b", "effort", "-2", "rule"]
    ]
    assert own["evidence"].str.len().min() > 0
    assert set(tags.loc[(tags["kind"] == "signal") & (tags["contact_id"] == "a"), "label"]) >= {"effort", "harassment"}
    assert set(tags.loc[tags["kind"] == "signal", "source"]) == {"rule"}
    assert not set(Tagger(signals=False).tag(pd.DataFrame({"contact_id": ["a"], "text": texts[:1]}))["kind"]) & {"effort", "harassment"}
