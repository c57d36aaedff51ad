"""What was told when and what it came to, from the book of incidents and the stored contacts."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from vocmine.batch.replay import Replay, Sensitivity
from vocmine.batch.replay_rows import rows_of_replays
from vocmine.topics.tracking.book import IncidentBook
from vocmine.topics.tracking.record import Record
from vocmine.topics.tracking.rule import MemberRule

FIRST = (pd.Timestamp("2026-09-01") - pd.Timestamp(0)).days
NOWHERE = MemberRule(np.zeros(2, dtype=np.float32), 1.0)


class Days:
    """Ten contacts a day for ten days; from the sixth on two tell of the fault, one of them twice."""

    def __init__(self):
        self.days = tuple(f"2026-09-{d:02d}" for d in range(1, 11))

    def read(self, day):
        number = int(day[-2:])
        ids = [f"{number}-{i}" for i in range(10)]
        text = ["画面が白い" if i < 2 and number >= 6 else "受注の確認" + i * "。" for i in range(10)]
        text[3] = text[0]  # the same person again
        return pd.DataFrame({
            "contact_id": ids, "created_at": pd.Timestamp(day, tz="UTC"), "channel": "chat", "text_clean": text,
            "customer_id": ["a", *[f"p{i}" for i in range(1, 3)], "a", *[f"p{i}" for i in range(4, 10)]], "lang": "ja", "terms": text,
        })


def fault(**changed):
    record = Record("inc-20260907-1", FIRST + 6, NOWHERE, FIRST + 5, {"": 0.001})
    record.members = {f"{d}-{i}": (FIRST + d - 1, "chat") for d in range(6, 11) for i in range(2)}
    record.topics, record.names = [4], {"ja": "画面が白くなる", "en": "Screen goes white"}
    for name, value in changed.items():
        setattr(record, name, value)
    return record


def replayed(records, alerts=(), opened=None):
    volume = {FIRST + d: {"chat": 10} for d in range(10)}
    columns = ["topic_id", "name", "day", "status", "days", "n"]
    frame = pd.DataFrame(list(alerts), columns=columns)
    frame["day"] = pd.to_datetime(frame["day"], utc=True)
    registry = SimpleNamespace(book=IncidentBook(records, volume), evidence=lambda: frame, alerts=lambda: frame)
    return Replay(Sensitivity.in_use(), registry, "2026-09-03", "2026-09-10", {} if opened is None else opened)


def rows(replay):
    (found,) = rows_of_replays([replay], Days(), "UTC")
    return found


def test_an_incident_is_told_with_what_it_came_to():
    (row,) = rows(replayed([fault()], opened={"inc-20260907-1": ("2026-09-07", 5)}))
    assert (row.day, row.kind, row.status, row.incident_id) == ("2026-09-07", "incident", "opened", "inc-20260907-1")
    assert (row.name("ja"), row.name("en")) == ("画面が白くなる", "Screen goes white")
    assert (row.n, row.first_day, row.delay_days) == (5, "2026-09-06", 1)
    assert row.n_contacts == 15 and row.n_by_then == 6  # two a day, and what one of them said twice
    assert row.state in ("open", "growing", "easing")


def test_an_alert_belongs_to_its_incident_or_to_none():
    alerts = [(4, "白い画面", "2026-09-07", "new", 2, 4), (9, "受注の確認", "2026-09-05", "growing", 3, 21), (4, "白い画面", "2026-09-10", "ended", 7, 2)]
    alone, of_fault, ended = rows(replayed([fault()], alerts))
    assert (of_fault.incident_id, of_fault.status, of_fault.n, of_fault.n_contacts) == ("inc-20260907-1", "new", 4, 15)
    assert (of_fault.delay_days, ended.delay_days) == (1, None)
    assert (alone.incident_id, alone.name_en, alone.first_day, alone.delay_days) == ("", "受注の確認", "2026-09-03", 2)
    assert (alone.n_by_then, alone.n_contacts, alone.state) == (21, None, "")


def test_an_incident_that_was_another_one_is_told_as_that_one():
    opened = {"inc-20260907-1": ("2026-09-07", 5), "inc-20260908-1": ("2026-09-08", 6)}
    first, second = rows(replayed([fault(merged=["inc-20260908-1"])], opened=opened))
    assert (first.incident_id, second.incident_id) == ("inc-20260907-1",) * 2
    assert (second.day, second.delay_days, second.n, second.n_by_then) == ("2026-09-08", 2, 6, 9)


def test_without_a_name_the_topic_names_it_and_nothing_hides_in_it():
    alerts = [(4, "白い\u202e画面", "2026-09-07", "new", 2, 4)]
    found = rows(replayed([fault(names={})], alerts, {"inc-20260907-1": ("2026-09-07", 5)}))
    assert [row.kind for row in found] == ["incident", "alert"]  # the incident first
    assert {row.name_ja for row in found} == {row.name_en for row in found} == {"白い画面"}


@pytest.mark.parametrize("records", [[], [fault()]])
def test_several_replays_are_told_one_by_one(records):
    quiet, loud = replayed(records), replayed([fault()], opened={"inc-20260907-1": ("2026-09-07", 5)})
    found = rows_of_replays([quiet, loud], Days(), "UTC")
    assert [len(told) for told in found] == [0, 1]
