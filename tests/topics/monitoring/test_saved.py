"""What a saved registry must be: names of topics that there are, counts and memories that go together."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine import store
from vocmine.embed import CharacterEncoder
from vocmine.errors import StoreError
from vocmine.topics import TopicRegistry
from vocmine.topics.monitoring.saved import SavedRegistry, check_registry


@pytest.fixture(scope="module")
def stored(stream, tmp_path_factory):
    home = tmp_path_factory.mktemp("saved")
    registry = TopicRegistry(encoder=CharacterEncoder(16), settle_days=10)
    registry.update(stream.drop(columns=["label", "day"]))
    registry.save(home)
    return store.load(home, "TopicRegistry", 4)


def values_of(stored, **changes):
    return store.checked(SavedRegistry, {**stored.params, **changes}, "folder")


def test_a_saved_registry_passes_and_tells_its_width(stored):
    assert check_registry(stored.arrays, values_of(stored), "folder") == 16 + CharacterEncoder().dimensions


def test_an_empty_one_passes(tmp_path):
    TopicRegistry(encoder=CharacterEncoder(16)).save(tmp_path)
    empty = store.load(tmp_path, "TopicRegistry", 4)
    assert check_registry(empty.arrays, values_of(empty), "folder") is None


def test_values_that_do_not_go_together_are_one_sentence(stored):
    entries = stored.params["entries"]
    for changes in (
        {"entries": entries[1:]}, {"entries": [*entries[1:], entries[0]]}, {"entries": [{**entries[0], "parents": [999]}, *entries[1:]]},
        {"since": {"999": 1}}, {"channels": []}, {"timezone": "Mars/Olympus"}, {"timezone": "../../etc/passwd"},
    ):
        with pytest.raises(StoreError, match="folder"):
            check_registry(stored.arrays, values_of(stored, **changes), "folder")


@pytest.mark.parametrize("changes", [
    {"alpha": 0}, {"memory_days": 0}, {"timezone": 3}, {"entries": [{}]}, {"alerts": [{}]}, {"recuts": [1.5]}, {"since": {"a": 1}},
    {"incidents": {}}, {"incidents": {"records": [], "waiting": [[1, 2]]}}, {"more": 1},
], ids=str)
def test_values_of_another_type_are_one_sentence(stored, changes):
    with pytest.raises(StoreError, match=r"a value of the manifest is wrong; where: folder"):
        values_of(stored, **changes)


@pytest.mark.parametrize(("name", "change"), [
    ("examples", lambda a: a[:-1]), ("examples", lambda a: a[:, 1:]), ("example_topic", lambda a: a + 999), ("radius", lambda a: np.resize(a, 999)),
    ("counts", lambda a: a[:, :3]), ("counts", lambda a: a * 0 - 5), ("counts", lambda a: a * 0 + 10**6), ("seen", lambda a: a[1:]),
    ("memory_day", lambda a: a[1:]), ("memory_topic", lambda a: a + 999), ("memory_text", lambda a: np.zeros(len(a))),
    ("memory_vectors", lambda a: a * np.float16(np.nan)),
])
def test_arrays_that_do_not_go_together_are_one_sentence(stored, name, change):
    with pytest.raises(StoreError, match="folder"):
        check_registry({**stored.arrays, name: change(stored.arrays[name])}, values_of(stored), "folder")
