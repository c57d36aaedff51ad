from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.topics.naming._describe import TOPIC_COLUMNS, describe, differences, neighbours


def test_difference_leaves_out_what_all_contacts_say() -> None:
    told = differences(["連絡先 返金", "連絡先 返金", "交換", "交換"], np.array([0, 0, 1, 1]), np.array([1, 0]))
    assert told == [["返金"], ["交換"]]


def table_of(**more: object) -> pd.DataFrame:
    texts = ["返金が遅い", "返金はまだ", "返金の方法", "画面が暗い", "画面が割れた", "画面の色"]
    terms = ["返金 遅い", "返金", "返金 方法", "画面 暗い", "画面 割れる", "画面 色"]
    distinct = pd.DataFrame({"text_clean": texts, "terms": terms, "lang": "ja"})
    topic = np.repeat([0, 1], 3)
    vectors = np.eye(2, dtype=np.float32)[topic]
    return describe(distinct, vectors, topic, np.array([9, 3]), np.array([1.0, np.nan]), **more)  # type: ignore[arg-type]


def test_the_table_has_name_share_words_and_quotes_of_each_topic() -> None:
    table = table_of()
    assert tuple(table.columns) == TOPIC_COLUMNS and table["topic_id"].tolist() == [0, 1]
    assert table["share"].tolist() == [0.75, 0.25] and table["neighbour"].tolist() == [1, 0]
    assert "返金" in table["name"][0] and "画面" in table["name"][1]
    assert table["terms"][0][0] == "返金" and all("画面" in q for q in table["quotes"][1])
    assert set(table_of(used=table["name"])["name"]).isdisjoint(table["name"])


def test_a_name_from_outside_is_taken_only_if_it_is_of_the_texts() -> None:
    own = table_of()["name"].tolist()
    names = table_of(namer=lambda quotes, terms: f"{terms[0]}の相談" if terms[0] == "返金" else "宇宙旅行")["name"].tolist()
    assert names[1] == own[1] and names[0] in ("返金の相談", own[0])


def test_the_neighbour_is_the_nearest_other_topic() -> None:
    x = np.array([[1, 0], [0.9, 0.1], [0, 1]], dtype=np.float32)
    assert neighbours(x, np.array([0, 1, 2]), 3).tolist() == [1, 0, 1]
    assert neighbours(x, np.zeros(3, dtype=np.int64), 1).tolist() == [-1]
