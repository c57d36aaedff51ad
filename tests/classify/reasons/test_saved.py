"""What a saved reason classifier must be: parts that do not go together are refused."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine import store
from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons.saved import SavedReasons, check_stage
from vocmine.embed import CharacterEncoder
from vocmine.errors import StoreError

NAMES = {"refund": "返金", "crash": "不具合", "late": "遅配"}
TAXONOMY = Taxonomy.from_dict({"reasons": [{"id": name, "name": words} for name, words in NAMES.items()]})
TEXTS = [f"{words}{tail}" for words in NAMES.values() for tail in ("してほしい", "の件", "です", "はまだ", "で困る", "は?", "について", "とは")]
LABELS = [name for name in NAMES for _ in range(8)]


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    home = tmp_path_factory.mktemp("saved")
    ReasonClassifier(TAXONOMY, CharacterEncoder(16)).fit(TEXTS, LABELS).save(home)
    return store.load(home, "ReasonClassifier", 6)


def stage_of(stored, **changes):
    values = {**stored.params, "stage": {**stored.params["stage"], **changes}}
    return store.checked(SavedReasons, values, "folder").stage


def test_a_saved_model_passes_and_tells_its_width(stored):
    assert check_stage(stored.arrays, stage_of(stored), TAXONOMY, "folder") == 16


@pytest.mark.parametrize("changes", [
    {"taxonomy": None}, {"classes": None}, {"classes": []}, {"classes": ["refund", "crash"]}, {"classes": ["refund", "refund", "late"]},
    {"classes": ["refund", "crash", "other"]}, {"figures": None}, {"student_first": True}, {"prior_figures": {"n": 1.0}},
], ids=str)
def test_values_that_do_not_go_with_the_arrays_are_one_sentence(stored, changes):
    if changes == {"student_first": stored.params["stage"]["student_first"]}:
        changes = {"student_first": False, "student": False}
    with pytest.raises(StoreError, match="folder"):
        check_stage(stored.arrays, stage_of(stored, **changes), TAXONOMY, "folder")


@pytest.mark.parametrize(("name", "change"), [
    ("ngrams", lambda a: a[:-1]), ("ngrams", lambda a: a * 0 + 10), ("ngrams", lambda a: a * 0 + 255), ("idf", lambda a: a[:-1]),
    ("head.rows", lambda a: a + 1), ("head.rows", lambda a: a[:0]), ("head.vectors", lambda a: a[:-1]), ("head.weights", lambda a: a[:, :-1]),
    ("head.weights", lambda a: a * np.nan), ("head.sparse_weights", lambda a: a[:-1]), ("head.margin_offset", lambda a: a[:-1]),
    ("calibration.temperature", lambda a: a * 0), ("calibration.threshold", lambda a: a + 2), ("calibration.centre", lambda a: a[:0]),
    ("calibration.scale", lambda a: a * 0), ("calibration.several", lambda a: np.ones(2)), ("prior_weight", lambda a: a - 99),
    ("texts", lambda a: a[:2]),
])
def test_arrays_that_do_not_go_together_are_one_sentence(stored, name, change):
    with pytest.raises(StoreError, match="folder"):
        check_stage({**stored.arrays, name: change(stored.arrays[name])}, stage_of(stored), TAXONOMY, "folder")
