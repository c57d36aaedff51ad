"""Which contacts to label next, and which labels are wrong."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.classify import ReasonClassifier, find_label_errors, suggest_labels
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.errors import SettingsError


def test_suggests_doubtful_and_different(small_classifier):
    texts = ["返金してほしい", "よくわからない件", "よくわからない件", "xyz", "ログインできない"]
    picked = suggest_labels(texts, small_classifier, n=2)
    assert set(picked.row) == {1, 3} and picked.row.is_unique
    frame = pd.DataFrame({"contact_id": list("abcde"), "text": texts})
    assert set(suggest_labels(frame, small_classifier, 2).contact_id) == {"b", "d"}
    with pytest.raises(SettingsError):
        suggest_labels(texts, small_classifier, 0)


def test_finds_planted_label_errors(reason_texts):
    texts, labels = reason_texts
    wrong = list(labels)
    wrong[2], wrong[15] = "late", "refund"
    found = find_label_errors(texts, wrong)
    assert {2, 15} <= set(found.row) and len(found) <= 5
    assert found.set_index("row").loc[15, "suggested"] == "login"


def test_first_labels_are_typical_ones_of_each_group():
    """With names alone nothing is known of doubt: one text of each group, none of the odd ones."""
    groups = [[f"{start}{end}" for end in ("ください", "お願いします", "したいです", "希望です", "できますか")]
              for start in ("返金を", "ログインを", "予約の変更を")]
    texts = [text for group in groups for text in group]
    names = Taxonomy.from_dict({"reasons": [{"id": "a", "name": "支払い"}, {"id": "b", "name": "その他"}]})
    rows = suggest_labels(texts, ReasonClassifier(names), n=3)["row"].to_numpy()
    assert sorted(rows // 5) == [0, 1, 2]
