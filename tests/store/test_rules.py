"""Arrays against their rules: names, types, sizes that go together, values."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.errors import StoreError
from vocmine.store import ArrayRule, check_arrays

RULES = {
    "w": ArrayRule("float32 float64", "m d", low=-1, high=1), "of": ArrayRule("int64", "m", low=0, below="d"),
    "t": ArrayRule("text", "m"), "one": ArrayRule("float64"), "more": ArrayRule("float32", "m d | 0", optional=True),
}
GOOD = {"w": np.zeros((3, 2)), "of": np.array([0, 1, 1]), "t": np.array(["a", "b", "c"]), "one": np.array(1.0)}


def test_good_arrays_give_their_sizes():
    assert check_arrays(GOOD, RULES, "folder") == {"m": 3, "d": 2}
    for more in (np.zeros((3, 2), np.float32), np.zeros(0, np.float32)):
        assert check_arrays({**GOOD, "more": more}, RULES, "folder", {"d": 2}) == {"m": 3, "d": 2}
    assert check_arrays({}, {}, "folder") == {}


@pytest.mark.parametrize(("name", "array"), [
    ("w", np.zeros((2, 2))), ("w", np.zeros((3, 3))), ("w", np.zeros(3)), ("w", np.zeros((3, 2), int)),
    ("w", np.full((3, 2), np.nan)), ("w", np.full((3, 2), np.inf)), ("w", np.full((3, 2), 1.5)), ("w", np.full((3, 2), -1.5)),
    ("of", np.array([0, 1, 2])), ("of", np.array([-1, 1, 1])), ("of", np.zeros(3)), ("t", np.zeros(3)),
    ("one", np.ones(1)), ("one", np.array("a")), ("more", np.zeros((3, 1), np.float32)), ("more", np.zeros(1, np.float32)),
    ("other", np.zeros(1)),
])
def test_an_array_that_is_otherwise_is_one_sentence(name, array):
    with pytest.raises(StoreError, match=r"folder"):
        check_arrays({**GOOD, name: array}, RULES, "folder", {"d": 2})


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_array_is_named(name):
    with pytest.raises(StoreError, match=f"no {name}"):
        check_arrays({key: value for key, value in GOOD.items() if key != name}, RULES, "folder")
