from __future__ import annotations

import pytest

from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.errors import SettingsError

NAMES = {"id": "a", "name": "A"}


def _make(*reasons, **more):
    return Taxonomy.from_dict({"reasons": list(reasons), **more})


def test_shipped_taxonomy_is_whole():
    taxonomy = Taxonomy.default()
    assert len(taxonomy.leaves) == 34 and len(taxonomy) == 40
    assert {taxonomy.path(leaf)[0] for leaf in taxonomy.leaves} == {
        "billing", "delivery", "account", "technical", "contract", "service"}
    for leaf in taxonomy.leaves:
        reason = taxonomy[leaf]
        assert set(reason.names) == set(reason.descriptions) == set(reason.examples) == {"ja", "en"}
        assert min(map(len, reason.examples.values())) >= 6
        assert reason.patterns and reason.demand in {"value", "failure"} and reason.team
    examples = [text for leaf in taxonomy.leaves for texts in taxonomy[leaf].examples.values() for text in texts]
    assert len(set(examples)) == len(examples)


def test_one_language_only():
    japanese = Taxonomy.default("ja")
    assert set(japanese["billing.refund"].examples) == {"ja"} and japanese.names("en")["billing.refund"] == "返金"
    with pytest.raises(SettingsError, match="ja, en or None"):
        Taxonomy.default("fr")


def test_round_trip_and_frame():
    taxonomy = Taxonomy.default()
    assert Taxonomy.from_dict(taxonomy.to_dict()) == taxonomy
    assert taxonomy.to_frame().set_index("id").loc["billing.refund", "demand"] == "failure"
    assert taxonomy.demand()["contract.cancel"] == "value" and "billing" not in taxonomy.demand()


def test_history_and_explain_are_public():
    from vocmine import classify

    assert {"diff", "migrate", "gaps", "explain", "uncovered_groups"} <= set(classify.__all__)
    assert classify.explain("返金.{0,3}希望", "返金を希望").matched
