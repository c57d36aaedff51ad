"""Names of columns, each once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.column_names import distinct_names


@pytest.mark.parametrize(("names", "wanted"), [
    (["a", "b"], ["a", "b"]),
    (["a", "a", "a"], ["a", "a (2)", "a (3)"]),
    (["a", "a", "a (2)"], ["a", "a (3)", "a (2)"]),
    (["", "x", " "], ["column_1", "x", "column_3"]),
    (["\ufeffid", "id"], ["id", "id (2)"]),
    (["column_2", ""], ["column_2", "column_2 (2)"]),
])
def test_names(names, wanted):
    assert distinct_names(names) == wanted


@given(st.lists(st.sampled_from(["a", "a (2)", "a (3)", "", " ", "b"]), max_size=12))
def test_each_name_is_there_once_and_the_first_keeps_its_own(names):
    out = distinct_names(names)
    assert len(set(out)) == len(out) == len(names)
    assert all(new == name for i, (new, name) in enumerate(zip(out, names, strict=True)) if name.strip() and name not in names[:i])
