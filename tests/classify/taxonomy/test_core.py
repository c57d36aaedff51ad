from __future__ import annotations

import pytest

from vocmine.classify.taxonomy.core import core_items, with_core
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.errors import SettingsError

OWN = {"id": "stay.noise", "name": {"ja": "騒音", "en": "Noise"}, "patterns": ["うるさ{neg}?"]}


def test_a_list_takes_shared_reasons_with_their_groups_and_words():
    taxonomy = Taxonomy.from_dict({"uses": ["contract.cancel", "billing.refund"], "reasons": [OWN]})
    assert taxonomy.leaves == ("billing.refund", "contract.cancel", "stay.noise")  # in the order of the shared list
    assert taxonomy["billing.refund"] == Taxonomy.default()["billing.refund"]
    assert taxonomy.path("contract.cancel") == ("contract", "contract.cancel")
    assert "ない" in taxonomy["stay.noise"].patterns[0]


def test_a_group_of_the_shared_list_may_be_the_parent_of_an_own_reason():
    taxonomy = Taxonomy.from_dict({"uses": [], "reasons": [{**OWN, "parent": "service"}]})
    assert taxonomy.path("stay.noise") == ("service", "stay.noise") and taxonomy.leaves == ("stay.noise",)


def test_uses_alone_is_a_list():
    assert Taxonomy.from_dict({"uses": ["billing.refund", "billing.points"]}).leaves == (
        "billing.refund", "billing.points")


def test_more_adds_and_loses_nothing():
    more = [{"id": "billing.refund", "examples": {"ja": ["宿泊代を返して"]}, "patterns": ["取消料"], "hints": ["戻して"]}]
    grown = Taxonomy.from_dict({"uses": ["billing.refund"], "more": more, "reasons": [OWN]})["billing.refund"]
    before = Taxonomy.default()["billing.refund"]
    assert grown.examples["ja"] == (*before.examples["ja"], "宿泊代を返して") and grown.examples["en"] == before.examples["en"]
    assert grown.patterns == (*before.patterns, "取消料") and grown.hints == (*before.hints, "戻して")
    assert core_items()["billing.refund"]["patterns"] == Taxonomy.default().to_dict()["reasons"][4]["patterns"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"uses": ["billing.refunds"], "reasons": [OWN]}, "did you mean 'billing.refund'"),
        ({"uses": ["billing"], "reasons": [OWN]}, "is a group"),
        ({"uses": "billing.refund", "reasons": [OWN]}, "expected a list of ids"),
        ({"uses": ["billing.refund"], "reasons": [{"id": "billing.refund", "name": "x"}]}, "comes by 'uses'"),
        ({"uses": ["billing.refund"], "more": [{"id": "billing.points", "patterns": ["x"]}], "reasons": [OWN]},
         "is not among 'uses'"),
        ({"uses": ["billing.refund"], "more": [{"id": "billing.refund", "patterns": ["("]}], "reasons": [OWN]},
         "can't be read"),
        ({"uses": ["billing.refund"], "more": [{"id": "billing.refund", "name": "x"}], "reasons": [OWN]},
         "unknown key 'name'"),
        ({"uses": ["billing.refund"], "more": {"id": "x"}, "reasons": [OWN]}, "expected a list of mappings"),
        ({"reasons": [{**OWN, "parent": "service"}]}, "there is no parent"),
        ({"uses": [], "reasons": []}, "expected a list with one reason or more"),
    ],
)
def test_mistakes_are_named(data, said):
    with pytest.raises(SettingsError, match=said):
        Taxonomy.from_dict(data)


def test_without_uses_nothing_changes():
    data = {"reasons": [{"id": "a", "name": "A"}], "words": {"x": "y"}}
    assert with_core(data) == data
