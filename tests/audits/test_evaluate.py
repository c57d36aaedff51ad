"""Checked labels as people hand them in: half filled, twice, with numbers for ids."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.audits import evaluate
from vocmine.errors import AuditError, SettingsError

IDS = [f"c{i}" for i in range(40)]


TRUE = pd.Series(["返金", "配送"] * 20, index=IDS)


TAGS = pd.DataFrame({"contact_id": IDS, "label": ["返金", "配送"] * 19 + ["配送", "返金"], "score": np.linspace(0.5, 1, 40)})


def _accuracy(y, tags=TAGS):
    return evaluate(y, tags).overall.set_index("figure").loc["accuracy", ["value", "n"]].tolist()


@pytest.mark.parametrize("missing", [None, np.nan, "", " "])
def test_contacts_not_checked_yet_are_passed_over(missing):
    half = TRUE.astype(object).where(np.arange(40) < 30, missing)
    assert _accuracy(half) == [1.0, 30.0]
    assert evaluate(half, TAGS).reasons["label"].tolist() == ["返金", "配送"]


def test_a_contact_checked_twice_counts_once_with_all_its_labels():
    assert _accuracy(pd.concat([TRUE, TRUE])) == pytest.approx([0.95, 40])
    other = pd.Series({"c39": "返金"})
    assert _accuracy(pd.concat([TRUE, other])) == pytest.approx([0.975, 40])


def test_ids_as_numbers_and_as_texts_are_the_same():
    numbers = TRUE.set_axis(range(40))
    texts = [str(i) for i in range(40)]
    assert _accuracy(numbers, TAGS.assign(contact_id=range(40))) == _accuracy(numbers, TAGS.assign(contact_id=texts))


def test_tags_without_a_score_stand_in_no_curve():
    scores = TAGS.assign(score=TAGS["score"].where(np.arange(40) < 25))
    result = evaluate(TRUE, scores)
    assert result.calibration["n"].sum() == 25 == len(result.coverage)
    assert result.coverage["coverage"].max() == pytest.approx(25 / 40)


@pytest.mark.parametrize("prob", [0.0, -0.1, 1.5, np.nan])
def test_a_probability_that_is_none_is_told(prob):
    checked = pd.DataFrame({"contact_id": IDS, "label": TRUE.to_numpy(), "prob": [0.5] * 39 + [prob]})
    with pytest.raises(AuditError, match="in row 40, 1 such rows; keep the column prob"):
        evaluate(checked, TAGS)


@pytest.mark.parametrize("wrong", [{"level": 95}, {"level": 0}, {"bins": 0}])
def test_levels_and_bins_that_make_no_sense(wrong):
    with pytest.raises(SettingsError, match="level lies between 0 and 1"):
        evaluate(TRUE, TAGS, **wrong)
