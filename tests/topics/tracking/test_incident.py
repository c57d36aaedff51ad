"""Incidents as objects and as a frame are the same thing twice."""

from __future__ import annotations

import pandas as pd

from vocmine.frames import INCIDENT_COLUMNS
from vocmine.stats import Estimate
from vocmine.topics.tracking.incident import Apart, Incident, incidents_frame, incidents_of, open_ids

DAY = pd.Timestamp("2026-10-12", tz="UTC")
ONE = Incident(
    "i-20261016-1", "QR決済の画面が真っ白になる", "QR payment screen turns white", "growing", DAY, DAY, DAY, DAY, 3, 2, 0.1,
    Estimate(30.0, 10.0, 90.0), Estimate(1.5, 1.1, 2.0), {"call": 2, "chat": 1},
    (Apart("product_version", "5.2.0", 3, 3, 0.04, 1e-4),), Estimate(900.0, 800.0, 1000.0), Estimate(0.0, 0.0, 0.0),
    Estimate(9.0, 5.0, 20.0), Estimate(2700.0, 1500.0, 6000.0), DAY + pd.Timedelta(days=19), (4, 7),
    ("technical.app_crash",), ("真っ白",), ("画面が真っ白です",), ("i-20261017-1",), ("a", "b", "c"), 0.0, 2.0, 4.5,
)


def test_a_frame_gives_back_what_it_was_made_of() -> None:
    frame = incidents_frame([ONE])
    assert tuple(frame.columns) == INCIDENT_COLUMNS
    assert incidents_of(frame) == (ONE,)


def test_no_incident_is_an_empty_frame_with_all_columns() -> None:
    frame = incidents_frame([])
    assert tuple(frame.columns) == INCIDENT_COLUMNS and len(frame) == 0
    assert incidents_of(frame) == () == incidents_of(None)


def test_only_incidents_that_go_on_set_contacts_aside() -> None:
    over = Incident("i-2", "a", "b", "over", DAY, DAY, DAY, DAY, 1, 1, 0.1, contact_ids=("z",))
    assert open_ids([ONE, over]) == {"a", "b", "c"}
    assert ONE.name("ja").startswith("QR") and ONE.is_open and not over.is_open
