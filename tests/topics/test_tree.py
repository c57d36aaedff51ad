from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.exceptions import NotFittedError

from vocmine.embed import CharacterEncoder
from vocmine.errors import SettingsError
from vocmine.topics import TopicModel
from vocmine.topics.graph import settle, together


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


def test_one_group_holds_all(model: TopicModel) -> None:
    assert len(set(model.hierarchy(1)["group"])) == 1
    with pytest.raises(SettingsError, match="n_groups"):
        model.hierarchy(0)
    with pytest.raises(NotFittedError):
        TopicModel().hierarchy()


def test_settling_mends_misplaced_rows_and_leaves_strangers_out() -> None:
    truth = np.repeat([0, 1, 2], 10)
    agreement = together([truth, truth, truth])
    agreement[29], agreement[:, 29] = 0, 0  # agrees with nobody
    start = truth.copy()
    start[[0, 12]], start[[5, 29]] = [1, 0], -1
    settled = settle(agreement, start, 3)
    assert settled[29] == -1
    assert len({(int(a), int(b)) for a, b in zip(settled[:29], truth[:29], strict=True)}) == 3
    assert (settled[:29] >= 0).all()
