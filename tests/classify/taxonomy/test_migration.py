"""Changes of a taxonomy, old tags under the new one, gaps."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.classify.taxonomy.migration import diff, gaps, migrate
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.errors import SettingsError


def _make(*reasons, **more):
    return Taxonomy.from_dict({"reasons": list(reasons), **more})
OLD = _make({"id": "a", "name": "返金"}, {"id": "b", "name": "解約"}, {"id": "c", "name": "配送"}, {"id": "d", "name": "旧"})
NEW = _make({"id": "r", "name": "返金"}, {"id": "b", "name": "退会"}, {"id": "c1", "name": "遅延"}, {"id": "c2", "name": "破損"},
            {"id": "n", "name": "新"})
MAPPING = {"c": ["c1", "c2"], "d": "b"}


def test_diff_names_every_kind_of_change():
    found = {(r.change, r.old, r.new) for r in diff(OLD, NEW, MAPPING).itertuples()}
    assert found == {("renumbered", "a", "r"), ("split", "c", "c1, c2"), ("merged", "b, d", "b"), ("added", "", "n")}
    assert {(r.change, r.old) for r in diff(OLD, NEW).itertuples()} >= {("removed", "c"), ("renamed", "b")}


def test_migrate_keeps_history():
    tags = pd.DataFrame({"contact_id": list("123455"), "kind": ["reason"] * 5 + ["sentiment"],
                         "label": ["a", "b", "c", "c", "d", "negative"], "score": [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]})
    again = pd.DataFrame({"contact_id": ["3", "3"], "label": ["c2", "c1"], "score": [0.8, 0.3]})
    moved = migrate(tags, OLD, NEW, MAPPING, again)
    assert moved["label"].tolist() == ["r", "b", "c2", "unknown", "b", "negative"]
    assert tags["label"].tolist()[0] == "a"
    both = pd.DataFrame({"contact_id": ["1", "1"], "label": ["b", "d"], "score": [0.2, 0.6]})
    assert migrate(both, OLD, NEW, MAPPING)[["label", "score"]].values.tolist() == [["b", 0.6]]
    with pytest.raises(SettingsError, match="zzz"):
        migrate(tags, OLD, NEW, {"a": "zzz"})


def candidates(**chances):
    rows = [(contact, label, score) for contact, given in chances.items() for label, score in given.items()]
    return pd.DataFrame(rows, columns=["contact_id", "label", "score"]).assign(kind="candidate", source="model", evidence="names")


def test_chances_of_candidates_follow_their_reasons():
    tags = candidates(x={"a": 0.5, "b": 0.2, "d": 0.1, "unknown": 0.2}, y={"d": 0.7, "c": 0.2, "unknown": 0.1}, z={"b": 0.6, "d": 0.5})
    again = candidates(x={"c1": 0.9}, y={"c1": 0.3, "c2": 0.4, "n": 0.3})
    moved = migrate(tags, OLD, NEW, MAPPING, again)
    assert moved[["contact_id", "label", "score"]].values.tolist() == [
        ["x", "r", 0.5], ["x", "b", 0.3], ["x", "unknown", 0.2], ["y", "b", 0.7], ["y", "c2", 0.2], ["y", "unknown", 0.1], ["z", "b", 1.0]]
    without = migrate(tags, OLD, NEW, MAPPING)
    assert without.loc[without.contact_id == "y", ["label", "score"]].values.tolist() == [["b", 0.7], ["unknown", 0.3]]
    assert set(moved.columns) == set(tags.columns) and tags["label"].tolist()[0] == "a"


def test_candidates_and_reasons_of_a_contact_are_moved_apart():
    tags = pd.concat([pd.DataFrame({"contact_id": ["x", "x"], "label": ["b", "d"], "score": [0.4, 0.6], "kind": "reason"}), candidates(x={"b": 0.4, "d": 0.35, "unknown": 0.25})])
    moved = migrate(tags, OLD, NEW, MAPPING)
    assert moved[["kind", "label", "score"]].values.tolist() == [["reason", "b", 0.6], ["candidate", "b", 0.75], ["candidate", "unknown", 0.25]]


@given(st.lists(st.tuples(st.sampled_from("pqr"), st.sampled_from(["a", "b", "c", "d", "unknown", "?"]), st.floats(0.01, 0.2)), min_size=1, max_size=20))
def test_no_chance_is_lost_when_reasons_move(rows):
    tags = pd.DataFrame(rows, columns=["contact_id", "label", "score"]).drop_duplicates(["contact_id", "label"]).assign(kind="candidate")
    moved = migrate(tags, OLD, NEW, MAPPING)
    assert not moved.duplicated(["contact_id", "label"]).any()
    before, after = (each.groupby("contact_id")["score"].sum() for each in (tags, moved))
    pd.testing.assert_series_equal(after, before.clip(upper=1.2), atol=1e-3)
    assert set(moved["label"]) <= {"r", "b", "unknown"}


def test_gaps():
    tags = pd.DataFrame({"contact_id": [f"c{i}" for i in range(20)] * 2, "label": ["a"] * 20 + ["b"] * 20, "score": 0.6})
    found = gaps(tags, OLD)
    assert set(found.loc[found.gap == "unused", "label"]) == {"c", "d"}
    assert found.loc[found.gap == "together", "label"].tolist() == ["a, b"]
    assert set(found.loc[found.gap == "doubtful", "label"]) == {"a", "b"}


def test_from_the_default_list_to_that_of_a_trade_shared_reasons_stay():
    old, new = Taxonomy.default(), Taxonomy.for_trade("hotel")
    changes = diff(old, new)
    shared = {leaf for leaf in old.leaves if leaf in new}
    assert len(shared) >= 12 and not shared & set(changes.loc[changes["change"].isin(["removed", "renamed", "moved"]), "old"])
    assert set(changes.loc[changes["change"] == "removed", "old"]) & set(old.leaves) == set(old.leaves) - shared
    assert "stay.noise" in set(changes.loc[changes["change"] == "added", "new"])
    tags = pd.DataFrame({"contact_id": ["1", "2"], "label": ["billing.refund", "delivery.late"], "score": 0.9})
    assert migrate(tags, old, new)["label"].tolist() == ["billing.refund", "unknown"]
