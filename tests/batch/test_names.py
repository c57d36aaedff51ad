"""What a group of reasons says of demand and team holds for the reasons in it."""

from __future__ import annotations

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
