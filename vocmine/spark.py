"""Spark: the same Tagger and TopicModel over a Spark data frame, chunk by chunk, with `mapInPandas`.

What goes to the workers is a recipe (parameters and small arrays); engines are made there, on first use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine.errors import ContactError, missing_extra
from vocmine.frames import CONTACTS, TAGS, Column

if TYPE_CHECKING:
    from vocmine.tagger import Tagger

_TYPES = {
    "string": "string",
    "category": "string",
    "datetime": "timestamp",
    "float": "double",
    "int": "int",
    "bool": "boolean",
    "ids": "array<string>",
}


def spark_schema(columns: tuple[Column, ...] = CONTACTS) -> str:
    """Give the Spark schema of a column table, as Spark's own words for it.

    Examples
    --------
    >>> from vocmine.frames import TAGS
    >>> spark_schema(TAGS)
    'contact_id string, kind string, label string, score double, source string, evidence string'
    """
    return ", ".join(f"{column.name} {_TYPES[column.dtype]}" for column in columns)


def tag(contacts: Any, tagger: Tagger) -> Any:
    """Tag a Spark data frame of contacts.

    Parameters
    ----------
    contacts : pyspark.sql.DataFrame
        With `contact_id` and `text` at least.
    tagger : Tagger
        The same object as in a notebook; its tags are the same.

    Returns
    -------
    pyspark.sql.DataFrame
        The tags table.

    Raises
    ------
    ContactError
        If a needed column is missing.
    MissingExtraError
        If PySpark is not installed.
    """
    _need(contacts, ("contact_id", "text"))

    def work(chunks: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for chunk in chunks:
            yield tagger.tag(chunk)

    return contacts.mapInPandas(work, schema=spark_schema(TAGS))


def assign_topics(contacts: Any, model: Any) -> Any:
    """Assign each contact of a Spark data frame to a topic of a fitted model.

    Parameters
    ----------
    contacts : pyspark.sql.DataFrame
        With `contact_id` and `text` at least.
    model : TopicModel
        Fitted; gives the same topics as in a notebook.

    Returns
    -------
    pyspark.sql.DataFrame
        ``contact_id, topic_id``; -1 for none near enough.
    """
    _need(contacts, ("contact_id", "text"))

    def work(chunks: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for chunk in chunks:
            topic = pd.Series(model.assign(chunk), dtype="int32")
            yield pd.DataFrame({"contact_id": chunk["contact_id"].to_numpy(), "topic_id": topic})

    return contacts.mapInPandas(work, schema="contact_id string, topic_id int")


def _need(frame: Any, columns: tuple[str, ...]) -> None:
    try:
        import pyspark  # noqa: F401
    except ImportError:
        raise missing_extra("pyspark", "spark", "tagging on Spark") from None
    missing = [name for name in columns if name not in getattr(frame, "columns", ())]
    if missing:
        raise ContactError(
            "columns are missing", where="the Spark data frame", got=", ".join(missing), expected=", ".join(columns)
        )
