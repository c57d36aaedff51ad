"""Tags and topics on Spark are those of a notebook."""

from __future__ import annotations

import os
import shutil
import sys

import pandas as pd
import pytest

from vocmine import spark
from vocmine.embed import CharacterEncoder
from vocmine.errors import ContactError
from vocmine.frames import ALERTS, CONTACTS
from vocmine.tagger import Tagger
from vocmine.topics import TopicModel

# PySpark itself warns of pandas 3
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

TEXTS = ["料金が二重に請求された", "アプリが落ちる", "荷物が届かない", "I want a refund", "ありがとうございました", "パスワードを忘れました"]


def test_schemas_name_every_column():
    assert spark.spark_schema(CONTACTS).startswith("contact_id string, created_at timestamp, channel string, text string")
    assert spark.spark_schema(ALERTS).endswith("contact_ids array<string>")


@pytest.fixture(scope="module")
def session():
    pytest.importorskip("pyspark", reason="needs the extra spark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime on the PATH")
    os.environ["PYSPARK_PYTHON"] = sys.executable  # the workers run in this environment too
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("vocmine-tests")
    for key, value in {
        "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.ui.enabled": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "7", "spark.sql.shuffle.partitions": "2",
        "spark.driver.memory": "1g",
    }.items():
        builder = builder.config(key, value)
    made = builder.getOrCreate()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def contacts():
    return pd.DataFrame({"contact_id": [f"c{i:03d}" for i in range(42)], "text": [f"{TEXTS[i % 6]} その{i}" for i in range(42)]})


def test_tags_on_spark_are_those_of_a_notebook(session, contacts):
    tagger = Tagger()
    expected = tagger.tag(contacts)
    got = spark.tag(session.createDataFrame(contacts), tagger).toPandas()
    order = ["contact_id", "kind", "label"]
    left = got.sort_values(order).reset_index(drop=True).astype({"score": float})
    right = expected.sort_values(order).reset_index(drop=True)
    assert left[order].to_numpy().tolist() == right[order].to_numpy().tolist()
    assert left["score"].tolist() == right["score"].tolist()
    assert left["evidence"].tolist() == right["evidence"].tolist()


def test_topics_on_spark_are_those_of_a_notebook(session, contacts):
    model = TopicModel(seed=0, encoder=CharacterEncoder(64)).fit(contacts)
    got = spark.assign_topics(session.createDataFrame(contacts), model).toPandas()
    expected = pd.Series(model.assign(contacts), index=contacts["contact_id"])
    assert got.set_index("contact_id")["topic_id"].sort_index().tolist() == expected.sort_index().tolist()


def test_a_frame_without_texts_is_refused(session):
    with pytest.raises(ContactError, match="columns are missing"):
        spark.tag(session.createDataFrame(pd.DataFrame({"contact_id": ["a"]})), Tagger())
