from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.classify import Reason
from vocmine.proposals.naming import Name
from vocmine.proposals.tree import new_id, parents_of, slug, with_groups_first


def test_ids_are_readable_and_used_once() -> None:
    used = {"delivery.parcel_not_arrived"}
    assert new_id({"en": "Parcel not arrived"}, "delivery", used) == "delivery.parcel_not_arrived_2"
    assert new_id({"ja": "謎"}, "", used) == "g01"
    assert new_id({"ja": "別の謎"}, "", used) == "g02"
    assert slug("A very long name of a reason") == "a_very_long_name"


def test_new_reasons_go_where_known_ones_beside_them_are() -> None:
    names = [Name({"ja": "荷物が届かない"}, ("荷物",)), Name({"ja": "荷物の希望"}, ("荷物",)), Name({"ja": "部屋の広さ"}, ("部屋",))]
    table = pd.DataFrame({"group": [0, 0, 2], "group_name": ["荷物", "荷物", "部屋"]})
    parents, made = parents_of(table, names, {0: "delivery"}, np.array([9, 3, 5]), {"delivery"})
    assert parents == ["delivery", "delivery", "room"]
    assert [(r.id, r.names) for r in made] == [("room", {"ja": "部屋", "en": "Room"})]


def test_a_known_minority_does_not_name_the_group() -> None:
    names = [Name({"ja": "あ"}, ("荷物",)), Name({"ja": "い"}, ("部屋",))]
    table = pd.DataFrame({"group": [0, 0], "group_name": ["部屋", "部屋"]})
    parents, _ = parents_of(table, names, {0: "delivery"}, np.array([1, 9]), {"delivery"})
    assert parents == ["delivery", "room"]


def test_each_reason_stands_after_its_group() -> None:
    some = [Reason("b.x", {"": "x"}, "b"), Reason("a", {"": "a"}), Reason("b", {"": "b"}), Reason("b.y", {"": "y"}, "b")]
    assert [r.id for r in with_groups_first(some)] == ["b", "b.x", "b.y", "a"]
