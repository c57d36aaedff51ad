"""Topics too rare for the texts that discovery reads."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.embed import CharacterEncoder
from vocmine.topics import TopicModel
from vocmine.topics.discovery.rare import add_rare, rare_groups


def unit(x: np.ndarray) -> np.ndarray:
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)


def crowd(rare: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Give 3,000 texts of ten topics, some scattered ones and a rare topic; label -1 for scattered, 10 for rare."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(11, 48))
    label = np.concatenate([rng.integers(10, size=3000), np.full(rare, 10), np.full(100, -1)])
    x = centres[label] + np.where(label == 10, 0.5, 0.8)[:, None] * rng.normal(size=(len(label), 48))
    x[label < 0] = rng.normal(size=(100, 48))
    order = rng.permutation(len(label))
    return unit(x[order]), label[order]


def test_a_rare_topic_is_found_and_scattered_texts_are_none() -> None:
    x, label = crowd(rare=12)
    read = np.flatnonzero((label >= 0) & (label < 10))[:400]
    groups = rare_groups(np.delete(x, read, axis=0), x[read], label[read], 5, 400)
    left = np.delete(label, read)
    assert len(groups) == 1
    assert (left[groups[0]] == 10).mean() == 1.0 and len(groups[0]) >= 10


def test_nothing_is_found_where_all_is_known() -> None:
    x, label = crowd(rare=0)
    read = np.flatnonzero(label >= 0)[:400]
    assert rare_groups(np.delete(x, read, axis=0), x[read], label[read], 5, 400) == []
    assert rare_groups(x[:3], x[read], label[read], 5, 400) == []


def test_the_order_of_texts_makes_no_difference() -> None:
    x, label = crowd(rare=12)
    read = np.flatnonzero((label >= 0) & (label < 10))[:400]
    rest = np.delete(x, read, axis=0)
    back = rare_groups(rest[::-1].copy(), x[read], label[read], 5, 400)
    forth = rare_groups(rest, x[read], label[read], 5, 400)
    assert [sorted(len(rest) - 1 - g) for g in back] == [g.tolist() for g in forth]


def test_new_topics_come_after_those_found() -> None:
    x, label = crowd(rare=12)
    read = np.flatnonzero((label >= 0) & (label < 10))[:400]
    examples, labels, stability = add_rare(x, read, label[read], np.ones(10), 5)
    assert len(examples) == len(labels) and labels.max() == 10 == len(stability) - 1
    assert (labels[:400] == label[read]).all() and np.isnan(stability[10]) and (stability[:10] == 1).all()


def test_a_model_that_reads_a_tenth_finds_what_it_did_not_read(labelled: pd.DataFrame) -> None:
    parts = ["本店", "支店", "駅前", "北口", "南口", "空港", "郊外", "港町", "山手", "新館"]
    texts = [f"{t}({p})" for t in labelled["text"] for p in parts]
    strange = [f"充電ケーブルが発熱して煙が出た{p}" for p in parts]
    model = TopicModel(encoder=CharacterEncoder(128), engine="graph", max_texts=240).fit([*texts, *strange])
    found = model.labels_[-len(strange) :]
    topic = np.bincount(found[found >= 0]).argmax()
    assert (found == topic).mean() >= 0.8
    assert (model.labels_[: len(texts)] == topic).sum() <= 2
    assert "ケーブル" in model.topics_.set_index("topic_id").loc[topic, "name"]
    assert (model.assign(strange) == found).all()
