"""Candidates among the tags as chances by contact."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.cost.attribution import pair_reasons
from vocmine.cost.candidates import candidate_labels, read_candidates
from vocmine.errors import ContactError

ODD = ["=1+1", "a,b", "返金\n", "<b>", " ", "'", "é", "unknown"]


def tags_of(rows, **more):
    return pd.DataFrame(rows, columns=["contact_id", "kind", "label", "score"]).assign(**more)


def read(ids, tags):
    pairs = pair_reasons(pd.Series(ids, dtype=object), tags, candidate_labels(tags))
    found = read_candidates(pd.Index(ids, dtype=object), tags, pairs)
    if found is None:
        return None
    chances = found.chances
    names = [pairs.issues[i] for i in chances.issue]
    return found.basis, [(int(r), name, round(float(c), 4)) for r, name, c in zip(chances.row, names, chances.chance, strict=True)]


def test_a_contact_without_candidates_has_what_its_tags_say():
    tags = tags_of([("a", "reason", "x", 0.9), ("a", "candidate", "x", 0.6), ("a", "candidate", "unknown", 0.2), ("b", "reason", "y", 0.9), ("b", "reason", "x", 0.8)], evidence="texts")
    basis, entries = read(["a", "b", "c"], tags)
    assert basis == "texts"
    assert entries == [(0, "unknown", 0.25), (0, "x", 0.75), (1, "x", 0.5), (1, "y", 0.5), (2, "unknown", 1.0)]


def test_tags_without_candidates_have_none():
    for tags in (tags_of([("a", "reason", "x", 0.9)]), pd.DataFrame({"contact_id": ["a"], "label": ["x"]})):
        assert candidate_labels(tags) == ()
        assert read(["a"], tags) is None


def test_tags_may_lack_evidence_and_scores_may_be_missing():
    tags = tags_of([("a", "candidate", "x", 0.5), ("a", "candidate", "y", np.nan), ("b", "candidate", "x", None)])
    basis, entries = read(["a", "b"], tags)
    assert basis == "names"
    assert entries == [(0, "x", 1.0), (1, "unknown", 1.0)]
    assert read(["a", "b"], tags.assign(evidence=None))[0] == "names"


def test_candidates_of_other_contacts_are_left_out():
    tags = tags_of([("a", "candidate", "x", 0.5), ("gone", "candidate", "y", 0.5)], evidence="names")
    assert read(["a"], tags)[1] == [(0, "x", 1.0)]


def test_the_reserved_label_is_refused():
    with pytest.raises(ContactError, match="reserved label"):
        candidate_labels(tags_of([("a", "candidate", "unallocated", 0.5)]))


def test_ids_that_are_numbers_and_stored_columns_fit():
    tags = tags_of([(1, "candidate", "x", 0.5), (1, "candidate", "unknown", 0.5)], evidence="names")
    stored = tags.astype({"kind": "category", "label": "category"})
    assert read(["1"], tags) == read(["1"], stored) == ("names", [(0, "unknown", 0.5), (0, "x", 0.5)])


def test_what_most_contacts_rest_on_is_the_basis():
    tags = tags_of([(c, "candidate", "x", 0.5) for c in "abc"], evidence=["labels", "names", "labels"])
    assert read(list("abc"), tags)[0] == "labels"


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["reason", "candidate", "signal"]), st.sampled_from(ODD), st.floats(-0.5, 1.5)), max_size=20), st.randoms())
def test_any_tags_in_any_order(rows, random):
    ids, tags = list("abcde"), tags_of(rows).drop_duplicates(["contact_id", "kind", "label"])
    found = read(ids, tags)
    mixed = list(tags.index)
    random.shuffle(mixed)
    assert read(ids, tags.loc[mixed]) == found
    if found is None:
        assert not (tags["kind"] == "candidate").any()
        return
    total = pd.DataFrame(found[1], columns=["row", "label", "chance"]).groupby("row")["chance"].sum()
    assert total.index.tolist() == [0, 1, 2, 3, 4]
    assert total.tolist() == pytest.approx([1.0] * 5, abs=1e-3)
    assert "unknown" in candidate_labels(tags)
