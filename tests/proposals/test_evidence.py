from __future__ import annotations

import numpy as np
import pytest

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.embed import default_encoder
from vocmine.proposals.evidence import Mood, covered, moods, named_by


@pytest.mark.parametrize(
    ("texts", "kind", "demand"),
    [
        (["荷物が届かなくて困っています", "壊れていて最悪です", "ひどい対応でした"], "complaint", "failure"),
        (["駐車場はありますか", "朝食は何時からですか", "予約はできますか"], "question", "value"),
        (["Please send me an invoice", "I would like to change my address", "Please cancel my order"], "request", "value"),
    ],
)
def test_what_contacts_are_after(texts: list[str], kind: str, demand: str) -> None:
    found = moods([texts])[0]
    assert (found.kind, found.demand, found.n) == (kind, demand, 3)


def test_no_groups_have_no_mood() -> None:
    assert moods([]) == []


def test_a_share_near_the_border_is_unsure() -> None:
    assert Mood("", "value", 1, 40).is_sure
    assert not Mood("", "value", 15, 40).is_sure


def test_the_shipped_list_covers_what_it_surely_names() -> None:
    texts = ["返金してください", "返金はまだですか", "返金の手続きをお願いします", "犬を連れて泊まりたい", "ペットと泊まれる部屋", "犬と泊まれますか"]
    groups, encoder = np.array([0, 0, 0, 1, 1, 1]), default_encoder()
    named = named_by(ReasonClassifier(), texts, groups, np.ones(6, dtype=int))
    assert named[0] == ("billing.refund", 1.0)
    found = covered(Taxonomy.default(), named, encoder.encode(texts), groups, encoder)
    assert found == {0: "billing.refund"}


def test_no_sure_group_asks_nothing() -> None:
    assert covered(Taxonomy.default(), [("billing.refund", 0.1)], np.zeros((1, 3)), np.array([0]), default_encoder()) == {}
