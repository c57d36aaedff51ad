"""Changes of a taxonomy, old tags under the new one, gaps."""

from __future__ import annotations

import pandas as pd
import pytest

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


def test_gaps():
    tags = pd.DataFrame({"contact_id": [f"c{i}" for i in range(20)] * 2, "label": ["a"] * 20 + ["b"] * 20, "score": 0.6})
    found = gaps(tags, OLD)
    assert set(found.loc[found.gap == "unused", "label"]) == {"c", "d"}
    assert found.loc[found.gap == "together", "label"].tolist() == ["a, b"]
    assert set(found.loc[found.gap == "doubtful", "label"]) == {"a", "b"}
