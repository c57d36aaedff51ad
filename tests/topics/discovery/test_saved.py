"""What a saved topic model must be; a number that there is none of survives as such."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine import store
from vocmine.errors import StoreError
from vocmine.topics import TopicModel
from vocmine.topics.discovery.saved import SavedTopics, check_topics, topic_rows, topics_table


@pytest.fixture(scope="module")
def stored(labelled, tmp_path_factory):
    from vocmine.embed import CharacterEncoder

    home = tmp_path_factory.mktemp("saved")
    TopicModel(encoder=CharacterEncoder(16)).fit(labelled["text"].tolist()).save(home)
    return store.load(home, "TopicModel")


def values_of(stored, **changes):
    return store.checked(SavedTopics, {**stored.params, **changes}, "folder")


def test_a_saved_model_passes_and_tells_the_width_of_its_encoder(stored):
    assert check_topics(stored.arrays, values_of(stored), "folder") == 16


def test_the_table_comes_back_with_what_is_no_number(stored):
    table = topics_table(values_of(stored))
    table["stability"] = np.nan
    rows = topic_rows(table)
    assert {row["stability"] for row in rows} == {None}
    pd.testing.assert_frame_equal(topics_table(values_of(stored, topics=rows)), table)


def test_values_that_do_not_go_together_are_one_sentence(stored):
    topics, words = stored.params["topics"], stored.params["vocabulary"]
    for changes in (
        {"topics": topics[1:]}, {"topics": [*topics, topics[0]]}, {"topics": [*topics, {**topics[0], "topic_id": 99}]},
        {"vocabulary": words[1:]}, {"vocabulary": [words[1], *words[1:]]}, {"pinned": {"99": "x"}},
    ):
        with pytest.raises(StoreError, match="folder"):
            check_topics(stored.arrays, values_of(stored, **changes), "folder")


@pytest.mark.parametrize(("name", "change"), [
    ("examples", lambda a: a[:-1]), ("examples", lambda a: a[:, :-1]), ("examples", lambda a: a * np.float16(np.nan)), ("example_topic", lambda a: a + 99),
    ("example_topic", lambda a: a - 1), ("radius", lambda a: a * np.nan), ("radius", lambda a: a[:1]), ("labels", lambda a: a - 2),
    ("projection", lambda a: a[:-1]), ("sharpen", lambda a: a[:-1]), ("sharpen_offset", lambda a: a[:-1]),
])
def test_arrays_that_do_not_go_together_are_one_sentence(stored, name, change):
    with pytest.raises(StoreError, match="folder"):
        check_topics({**stored.arrays, name: change(stored.arrays[name])}, values_of(stored), "folder")
