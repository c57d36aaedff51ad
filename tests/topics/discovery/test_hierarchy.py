from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.exceptions import NotFittedError

from vocmine.embed import CharacterEncoder
from vocmine.errors import SettingsError
from vocmine.topics import TopicModel
from vocmine.topics.discovery._hierarchy import hierarchy


@pytest.fixture(scope="module")
def model(labelled: pd.DataFrame) -> TopicModel:
    return TopicModel(encoder=CharacterEncoder(128)).fit(labelled["text"])


def test_every_topic_is_in_one_group_and_nothing_is_lost(model: TopicModel) -> None:
    table = model.hierarchy()
    assert table["topic_id"].tolist() == model.topics_["topic_id"].tolist()
    assert table["group"].nunique() <= max(1, round(np.sqrt(len(table))))
    assert table.drop_duplicates("group")["group_n"].sum() == model.topics_["n"].sum()
    for group, rows in table.groupby("group"):
        assert group in set(rows["topic_id"]) and rows["group_n"].eq(rows["n"].sum()).all()
        assert rows.loc[rows["topic_id"] == group, "n"].item() == rows["n"].max()
    assert table.groupby("group")["group_name"].nunique().eq(1).all()


def test_the_hierarchy_outlives_saving_and_changes_by_hand(model: TopicModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    own = TopicModel.load(tmp_path, encoder=CharacterEncoder(128))
    pd.testing.assert_frame_equal(own.hierarchy(), model.hierarchy(), check_dtype=False)
    own.merge([0, 1])
    assert own.hierarchy()["topic_id"].tolist() == own.topics_["topic_id"].tolist()


def test_the_table_of_topics_has_the_level_above(model: TopicModel, tmp_path: Path) -> None:
    table, groups = model.topics_, model.hierarchy()
    assert table["parent"].tolist() == groups["group"].tolist()
    assert table["parent_name"].tolist() == groups["group_name"].tolist()
    assert table.groupby("parent_name")["parent"].nunique().eq(1).all()
    alone = table.groupby("parent")["topic_id"].transform("size").eq(1)
    assert (table.loc[alone, "parent_name"] == table.loc[alone, "name"]).all()
    model.save(tmp_path)
    own = TopicModel.load(tmp_path, encoder=CharacterEncoder(128))
    pd.testing.assert_frame_equal(own.topics_, table)
    own.rename(0, "まったく別の名").merge([0, 1])
    assert set(own.topics_["parent"]) <= set(own.topics_["topic_id"])


def test_groups_are_named_by_what_their_topics_share_and_never_alike() -> None:
    names = ["風呂・広い", "風呂の掃除", "朝食・パン", "朝食の時間", "駅・近い", "コンビニ・近い"]
    terms = [["風呂", "広い"], ["掃除", "風呂"], ["朝食", "パン"], ["時間", "朝食"], ["駅", "歩く"], ["コンビニ", "夜"]]
    table = pd.DataFrame({"topic_id": range(6), "name": names, "n": [9, 8, 7, 6, 5, 4], "terms": terms})
    means = np.array([[1, 0, 0], [1, 0.1, 0], [0, 1, 0], [0, 1, 0.1], [0, 0, 1], [0.1, 0, 1]], dtype=np.float32)
    found = hierarchy(table, means, np.arange(6), 3)["group_name"].tolist()
    assert found == ["風呂", "風呂", "朝食", "朝食", "駅・コンビニ", "駅・コンビニ"]
    same = table.assign(name=[f"風呂 {i}" for i in range(6)], terms=[["風呂"]] * 6)
    assert hierarchy(same, means, np.arange(6), 3).groupby("group")["group_name"].first().is_unique


def test_one_group_holds_all(model: TopicModel) -> None:
    assert len(set(model.hierarchy(1)["group"])) == 1
    with pytest.raises(SettingsError, match="n_groups"):
        model.hierarchy(0)
    with pytest.raises(NotFittedError):
        TopicModel().hierarchy()
