from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.classify import sample_audit
from vocmine.errors import AuditError


def _tags(sizes: list[int], seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    labels = np.repeat([f"r{i}" for i in range(len(sizes))], sizes)
    return pd.DataFrame({
        "contact_id": [f"c{i:05d}" for i in range(len(labels))], "kind": "reason", "label": labels,
        "score": rng.uniform(0.2, 1, len(labels)),
    })


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=12), st.integers(1, 500), st.integers(0, 5))
def test_draws_n_with_probabilities_that_sum_to_the_population(sizes, n, seed):
    tags = _tags(sizes)
    drawn = sample_audit(tags, n, seed)
    assert list(drawn.columns) == ["contact_id", "label", "prob"]
    assert len(drawn) == min(n, len(tags)) and drawn.contact_id.is_unique
    assert drawn.prob.between(0, 1, inclusive="right").all()
    assert (1 / drawn.prob).sum() == pytest.approx(len(tags))


def test_probability_is_what_it_says():
    tags = _tags([200, 50, 20])
    seen, said = pd.Series(0, index=tags.contact_id), pd.Series(np.nan, index=tags.contact_id)
    for seed in range(150):
        drawn = sample_audit(tags, 60, seed)
        seen[drawn.contact_id] += 1
        said[drawn.contact_id] = drawn.prob.to_numpy()
    known = said.notna()
    assert known.mean() > 0.95
    for prob, rows in said[known].groupby(said.round(6)):
        assert seen[rows.index].mean() / 150 == pytest.approx(prob, abs=0.03)


def test_same_seed_same_draw_whatever_the_row_order():
    tags = _tags([100, 30])
    shuffled = tags.sample(frac=1, random_state=3).reset_index(drop=True)
    pd.testing.assert_frame_equal(sample_audit(tags, 40, 7), sample_audit(shuffled, 40, 7))
    assert set(sample_audit(tags, 40, 7).contact_id) != set(sample_audit(tags, 40, 8).contact_id)


def test_rare_reasons_and_costly_reasons_are_drawn_more():
    tags = _tags([2000, 60])
    drawn = sample_audit(tags, 200).groupby("label").prob.mean()
    assert drawn["r1"] > drawn["r0"]
    equal = _tags([500, 500, 500])
    costs = pd.Series(np.where(equal.label == "r2", 50.0, 1.0), index=equal.contact_id)
    equal["score"] = 0.9
    priced = sample_audit(equal, 200, costs=costs).label.value_counts()
    assert priced["r2"] > priced["r0"]


def test_a_contact_with_several_reasons_counts_once_by_its_likeliest():
    tags = pd.DataFrame({"contact_id": ["a", "a", "b"], "kind": ["reason", "reason", "signal"],
                         "label": ["x", "y", "z"], "score": [0.4, 0.6, 0.9]})
    assert sample_audit(tags, 10).to_dict("list") == {"contact_id": ["a"], "label": ["y"], "prob": [1.0]}


@pytest.mark.parametrize(("tags", "n"), [
    (pd.DataFrame({"contact_id": ["a"]}), 3),
    ("tags", 3),
    (_tags([3]), 0),
    (_tags([3]).assign(kind="sentiment"), 1),
])
def test_what_cannot_be_drawn_from(tags, n):
    with pytest.raises(AuditError):
        sample_audit(tags, n)


IDS = [f"c{i}" for i in range(40)]


TAGS = pd.DataFrame({"contact_id": IDS, "label": ["返金", "配送"] * 19 + ["配送", "返金"], "score": np.linspace(0.5, 1, 40)})


@pytest.mark.parametrize("cost", [0.0, np.nan])
def test_costs_that_say_nothing_are_equal_costs(cost):
    drawn = sample_audit(TAGS, 10, costs=pd.Series(cost, index=IDS))
    pd.testing.assert_frame_equal(drawn, sample_audit(TAGS, 10))


@pytest.mark.parametrize("n", ["10", 2.5, 0])
def test_sizes_of_a_sample_that_are_none(n):
    with pytest.raises(AuditError, match="a whole number of 1 or more"):
        sample_audit(TAGS, n)


def test_negative_costs_are_told():
    with pytest.raises(AuditError, match="negative; where: sample_audit, costs; got: 40 such contacts"):
        sample_audit(TAGS, 10, costs=pd.Series(-1.0, index=IDS))
