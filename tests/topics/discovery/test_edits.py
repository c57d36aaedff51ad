from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from vocmine.embed import CharacterEncoder
from vocmine.errors import SettingsError
from vocmine.topics import TopicModel


@pytest.fixture
def model(labelled: pd.DataFrame) -> TopicModel:
    return TopicModel(encoder=CharacterEncoder(128)).fit(labelled["text"])


def test_merge_takes_all_contacts_and_new_ones(model: TopicModel, labelled: pd.DataFrame) -> None:
    before = model.assign(labelled["text"])
    n = model.topics_.set_index("topic_id")["n"]
    model.merge([0, 2], name="まとめ")
    after = model.assign(labelled["text"])
    assert set(after[(before == 0) | (before == 2)]) <= {0, -1}
    row = model.topics_.set_index("topic_id").loc[0]
    assert row["n"] == n[0] + n[2] and row["name"] == "まとめ"
    assert 2 not in set(model.topics_["topic_id"]) and 2 not in set(model.labels_)


def test_split_makes_new_ids(model: TopicModel, labelled: pd.DataFrame) -> None:
    before = model.assign(labelled["text"])
    ids = model.split(0, labelled["text"], parts=2)
    after = model.assign(labelled["text"])
    assert len(ids) == 2 and min(ids) > before.max()
    assert set(after[before == 0]) - {-1} <= set(ids) | set(before)
    assert (after == ids[0]).any() and (after == ids[1]).any()
    assert model.topics_["name"].is_unique and model.topics_["topic_id"].is_unique


def test_changes_by_hand_survive_the_next_fit(model: TopicModel, labelled: pd.DataFrame, tmp_path: Path) -> None:
    refund = int(model.labels_[0])
    model.rename(refund, "返金のこと")
    model.save(tmp_path)
    own = TopicModel.load(tmp_path, encoder=CharacterEncoder(128)).set_params(engine="graph")
    own.fit(pd.concat([labelled["text"], labelled["text"] + "!"]))
    names = own.topics_.set_index("topic_id")["name"]
    assert names.is_unique
    was = model.assign(labelled["text"]) == refund
    now = names.reindex(own.assign(labelled["text"])[was])
    assert (now == "返金のこと").mean() > 0.9


def test_a_fresh_fit_forgets_nothing_it_never_knew(labelled: pd.DataFrame) -> None:
    a = TopicModel(encoder=CharacterEncoder(128)).fit(labelled["text"])
    b = a.fit(labelled["text"])
    assert b.pinned_ == {}


def test_wrong_changes_are_named(model: TopicModel, labelled: pd.DataFrame) -> None:
    with pytest.raises(SettingsError, match="no such topic"):
        model.rename(999, "x")
    with pytest.raises(SettingsError, match="new and not empty"):
        model.rename(0, str(model.topics_["name"].iloc[1]))
    with pytest.raises(SettingsError, match="two topics"):
        model.merge([0])
    with pytest.raises(SettingsError, match="too few texts"):
        model.split(0, labelled["text"].head(1))


def test_a_change_that_is_refused_changes_nothing(model: TopicModel, labelled: pd.DataFrame) -> None:
    table, labels, topic = model.topics_.copy(), model.labels_.copy(), model.assign(labelled["text"])
    taken = str(table["name"].iloc[3])
    with pytest.raises(SettingsError, match="new and not empty"):
        model.merge([0, 1], name=taken)
    pd.testing.assert_frame_equal(model.topics_, table)
    assert (model.labels_ == labels).all() and (model.assign(labelled["text"]) == topic).all() and model.pinned_ == {}
