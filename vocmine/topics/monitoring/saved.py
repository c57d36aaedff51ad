"""What a saved registry must be: its values, and the names, types and sizes of its arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import numpy as np
import pandas as pd
from pydantic import Field, JsonValue

from vocmine.errors import StoreError
from vocmine.store import ArrayRule, Count, Day, Saved, Share, Topic, check_arrays

_Texts = list[str]
_Number = Annotated[str, Field(pattern=r"^\d{1,8}$")]
_Days = Annotated[int, Field(ge=1, le=100_000)]
_Id = Annotated[str, Field(pattern=r"^inc-\d{8}-\d{1,6}$")]
_Amount = Annotated[float, Field(ge=0)]
_DAY, _TOPIC, _CHANNEL, _N = range(4)  # columns of the counts
_LAST_DAY = 100_000
_HINT = "take the folder from where it was saved, or move it away: the next run makes one from the contacts it reads"


class SavedEntry(Saved):
    """A topic of the registry; see `entries.Entry`."""

    topic_id: Topic
    name: str
    first_day: Day
    origin: Literal["first", "emerged", "split", "rest"]
    parents: list[Topic]
    terms: _Texts
    quotes: _Texts
    into: list[Topic]
    is_open: bool
    is_pinned: bool


class SavedAlert(Saved):
    """An alert with what it rests on."""

    topic_id: Topic
    name: str
    day: Day
    n: Count
    expected: _Amount
    ratio: _Amount
    ratio_low: _Amount
    ratio_high: _Amount
    days: _Days
    p_adjusted: Share
    status: Literal["new", "growing", "returning", "ended"]
    contact_ids: _Texts
    words: _Texts
    quotes: _Texts


class SavedIncident(Saved):
    """An incident; see `vocmine.topics.tracking.record.Record`."""

    incident_id: _Id
    told_day: Day
    first_day: Day
    shares: dict[str, _Amount]
    members: list[Annotated[tuple[str, Day, str], Field(strict=False)]]
    topics: list[Topic]
    seeds: _Texts
    learned: Annotated[list[Day], Field(min_length=1)]
    merged: list[_Id]
    names: dict[Literal["ja", "en"], str]
    words: _Texts
    quotes: _Texts
    earlier: dict[Annotated[str, Field(pattern=r"^-?\d{1,6}$")], Count]
    bound: float


class SavedBook(Saved):
    """The incidents of a registry, and the alerts that tell of none yet."""

    records: list[SavedIncident]
    waiting: list[Annotated[tuple[Day, Topic, _Texts], Field(strict=False)]]


class SavedRegistry(Saved):
    """What is saved of a `TopicRegistry` beside arrays."""

    seed: int
    settle_days: Annotated[int, Field(ge=0, le=100_000)]
    memory_days: _Days
    alpha: Annotated[float, Field(gt=0, lt=1)]
    min_ratio: _Amount
    timezone: Annotated[str, Field(max_length=64)]
    encoder: dict[str, JsonValue]
    entries: list[SavedEntry]
    alerts: list[SavedAlert]
    channels: _Texts
    recuts: list[Day]
    since: dict[_Number, Day]
    incidents: SavedBook


def check_registry(arrays: Mapping[str, np.ndarray], values: SavedRegistry, where: str) -> int | None:
    """Check the arrays of a registry beside its values, and give the width of its vectors; None while it has none.

    Raises
    ------
    StoreError
        If a part is missing, of another size or type, or does not go together with the others.
    """
    n, records = len(values.entries), len(values.incidents.records)
    known = {"entries": n, "records": records, "channels": len(values.channels)}
    rules = {
        "examples": ArrayRule("float16", "0 0 | m d", low=-1e3, high=1e3),
        "example_topic": ArrayRule("int64", "m", low=0, below="radii"), "radius": ArrayRule("float32", "radii"),
        "counts": ArrayRule("int64", "counts 4", low=-_LAST_DAY, high=2**53),
        "incident_weights": ArrayRule("float32", "records d" if records else "0 0"),
        "seen_day": ArrayRule("int64", "seen", low=-_LAST_DAY, high=_LAST_DAY), "seen": ArrayRule("uint64", "seen"),
    }
    if any(name.startswith("memory_") for name in arrays):
        rules |= {
            "memory_vectors": ArrayRule("float16", "q d", low=-1e3, high=1e3),
            "memory_day": ArrayRule("int64", "q", low=-_LAST_DAY, high=_LAST_DAY),
            "memory_topic": ArrayRule("int64", "q", low=-1, below="entries"), "memory_key": ArrayRule("uint64", "q"),
            **{f"memory_{name}": ArrayRule("text", "q") for name in ("contact_id", "text", "terms", "lang", "channel")},
        }
    sizes = check_arrays(arrays, rules, where, known)
    if sizes["radii"] > n or len(arrays["example_topic"]) != len(arrays["examples"]):
        raise _apart(where, "examples")
    _check_counts(arrays["counts"], n, len(values.channels), where)
    _check_ids(values, n, where)
    _check_zone(values.timezone, where)
    return sizes.get("d")


def _check_counts(counts: np.ndarray, n_topics: int, n_channels: int, where: str) -> None:
    if not len(counts):
        return
    low, high = counts.min(axis=0), counts.max(axis=0)
    inside = low[_DAY] >= -_LAST_DAY and high[_DAY] <= _LAST_DAY and low[_TOPIC] >= -1 and high[_TOPIC] < n_topics
    if not (inside and low[_CHANNEL] >= 0 and high[_CHANNEL] < n_channels and low[_N] >= 0):
        raise _apart(where, "counts")


def _check_ids(values: SavedRegistry, n: int, where: str) -> None:
    """Check that all that names a topic names one that there is."""
    named = [topic for entry in values.entries for topic in (*entry.parents, *entry.into)]
    named += [alert.topic_id for alert in values.alerts]
    named += [topic for record in values.incidents.records for topic in record.topics]
    named += [topic for _, topic, _ in values.incidents.waiting] + [int(topic) for topic in values.since]
    in_order = [entry.topic_id for entry in values.entries] == list(range(n))
    if not in_order or max(named, default=-1) >= n or any("" not in r.shares for r in values.incidents.records):
        raise _apart(where, "entries")


def _check_zone(name: str, where: str) -> None:
    try:
        pd.Timestamp(0, tz=name)
    except (KeyError, ValueError, TypeError, OSError, IndexError, AttributeError):
        raise StoreError("no such time zone", where=f"{where}, timezone", expected="a name as Asia/Tokyo",
                         hint=_HINT) from None


def _apart(where: str, what: str) -> StoreError:
    return StoreError("the parts of a saved registry do not go together", where=f"{where}, {what}", hint=_HINT)
