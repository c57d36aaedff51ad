"""What a saved topic model must be: its values, and the names, types and sizes of its arrays."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from pydantic import Field, JsonValue

from vocmine.errors import StoreError
from vocmine.store import ArrayRule, Count, Saved, Share, Topic, check_arrays
from vocmine.topics.naming._describe import TOPIC_COLUMNS

_Texts = list[str]


class SavedTopic(Saved):
    """A row of `TopicModel.topics_`; a number that there is none of is nothing."""

    topic_id: Topic
    name: str
    n: Count
    share: Share | None
    terms: _Texts
    quotes: _Texts
    stability: float | None
    neighbour: int | None
    differs: _Texts
    name_ja: str
    name_en: str


class SavedTopics(Saved):
    """What is saved of a `TopicModel` beside arrays."""

    seed: Annotated[int, Field(ge=0)]
    engine: Literal["auto", "evoc", "umap", "graph", "levels"]
    min_topic_size: Annotated[int, Field(ge=2)]
    max_texts: Annotated[int, Field(ge=1)]
    encoder: dict[str, JsonValue]
    vocabulary: _Texts
    weight: Annotated[float, Field(ge=0)]
    topics: list[SavedTopic]
    pinned: dict[Annotated[str, Field(pattern=r"^\d{1,8}$")], str]


def topic_rows(topics: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the table of topics as plain values: what is no number is nothing."""
    rows = topics[list(TOPIC_COLUMNS)].to_dict("records")
    return [
        {str(name): None if isinstance(v, float) and math.isnan(v) else v for name, v in row.items()} for row in rows
    ]


def topics_table(values: SavedTopics) -> pd.DataFrame:
    """Give back the table that `topic_rows` gave."""
    table = pd.DataFrame([topic.model_dump() for topic in values.topics], columns=list(TOPIC_COLUMNS))
    return table.astype({"topic_id": "int64", "n": "int64", "share": "float64", "stability": "float64"})


def check_topics(arrays: Mapping[str, np.ndarray], values: SavedTopics, where: str) -> int:
    """Check the arrays of a topic model, and give the width of the sentence vectors that it reads.

    Raises
    ------
    StoreError
        If a part is missing, of another size or type, or does not go together with the others.
    """
    words = len(values.vocabulary)
    rules = {
        "examples": ArrayRule("float16", "m d", low=-1e3, high=1e3),
        "example_topic": ArrayRule("int64", "m", low=0, below="topics"), "radius": ArrayRule("float32", "topics"),
        "labels": ArrayRule("int64", "n", low=-1, below="topics"),
        "projection": ArrayRule("float16", "words p" if words else "0 0"),
        "middle": ArrayRule("float32", "2 d", optional=True), "sharpen": ArrayRule("float16", "d d", optional=True),
        "sharpen_offset": ArrayRule("float32", "d", optional="sharpen" not in arrays),
    }
    sizes = check_arrays(arrays, rules, where, {"words": words})
    ids = [topic.topic_id for topic in values.topics]
    told = set(arrays["example_topic"].tolist())
    if len(set(ids)) != len(ids) or max(ids, default=-1) >= sizes["topics"] or not told or not set(ids) >= told:
        raise StoreError("the topics of a saved model are not those of its examples", where=where,
                         hint="fit and save it again")
    if len(set(values.vocabulary)) != words or not {int(t) for t in values.pinned} <= set(ids):
        raise StoreError("the parts of a saved topic model do not go together", where=where,
                         hint="fit and save it again")
    return sizes["d"] - sizes.get("p", 0)
