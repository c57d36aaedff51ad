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


def test_evaluate_by_hand():
    tags = pd.DataFrame({"contact_id": list("abcdef"), "kind": "reason", "label": ["x", "x", "y", "y", "unknown", "x"],
                         "score": [0.9, 0.8, 0.7, 0.6, 0.3, 0.2]})
    truth = pd.Series({"a": "x", "b": "y", "c": "y", "d": ["y", "x"], "e": "x", "zz": "x"})
    result = evaluate(truth, tags)
    overall = result.overall.set_index("figure")
    assert overall.loc["accuracy", "value"] == pytest.approx(3 / 5) and overall.loc["coverage", "value"] == pytest.approx(4 / 5)
    row = result.reasons.set_index("label").loc["x"]
    assert (row.precision, row.recall, row.n_true) == (0.5, 0.5, 2)
    assert (result.reasons.f1_low <= result.reasons.f1).all() and (result.reasons.f1 <= result.reasons.f1_high).all()
    assert result.confused().iloc[0].tolist()[2] == 1
    assert result.coverage.precision.iloc[0] == 1 and result.coverage.coverage.is_monotonic_increasing
    assert set(result.figures()) == {"calibration", "coverage", "reasons", "confusion"}


def test_evaluate_weighs_a_drawn_sample():
    tags = pd.DataFrame({"contact_id": ["a", "b"], "label": ["x", "y"], "score": 0.9})
    checked = pd.DataFrame({"contact_id": ["a", "b"], "label": ["x", "x"], "prob": [1.0, 0.25]})
    assert evaluate(checked, tags).overall.set_index("figure").loc["accuracy", "value"] == pytest.approx(0.2)


@pytest.mark.parametrize(("y", "tags"), [
    (["x"], pd.DataFrame({"contact_id": ["a"], "label": ["x"], "score": [1.0]})),
    (pd.Series({"b": "x"}), pd.DataFrame({"contact_id": ["a"], "label": ["x"], "score": [1.0]})),
    (pd.Series({"a": "x"}), pd.DataFrame({"contact_id": ["a"]})),
])
def test_evaluate_wrong_use(y, tags):
    with pytest.raises(AuditError):
        evaluate(y, tags)
