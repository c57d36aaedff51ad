"""What incidents cost in a span comes from the ledger, contact by contact."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from vocmine.report.incident_costs import SpanPart, merged_parts
from vocmine.report.summary import AsidePart

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)


@pytest.fixture
def ledger() -> pd.DataFrame:
    """Contact b has two reasons, d is before October, e is of no incident that goes on."""
    return pd.DataFrame(
        {"contact_id": ["a", "b", "b", "d", "e", None], "day": ["2026-10-01", "2026-10-31", "2026-10-31", "2026-09-30", "2026-10-05", None],
         "issue": ["crash", "crash", "login", "crash", "crash", "unallocated"], "share": [1.0, 0.25, 0.75, 1.0, 1.0, None],
         "minutes": [6.0, 12.0, 12.0, 6.0, 6.0, None], "cost": [600.0, 300.0, 900.0, 600.0, 600.0, 50.0]}
    )


@pytest.fixture
def incidents() -> pd.DataFrame:
    return pd.DataFrame({"incident_id": ["i", "k"], "state": ["open", "over"], "contact_ids": [("a", "b", "d"), ("e",)]})


@pytest.mark.parametrize(
    ("issue", "measure", "n", "size"),
    [("", "money", 2, 1_800.0), ("crash", "money", 2, 900.0), ("login", "money", 1, 900.0), ("crash", "counts", 2, 1.25), ("crash", "hours", 2, 0.15)],
)
def test_a_part_is_the_sum_of_its_rows(ledger, incidents, issue, measure, n, size):
    found = SpanPart.of(ledger, incidents, OCTOBER, issue, measure)
    assert found.parts == (AsidePart("i", n),)
    assert found.cost == pytest.approx(size)


def test_without_ledger_or_incident_there_is_no_part(ledger, incidents):
    assert SpanPart.of(None, incidents, OCTOBER) == SpanPart() == SpanPart.of(ledger, None, OCTOBER)
    assert SpanPart.of(ledger, incidents.assign(state="over"), OCTOBER) == SpanPart()


def test_parts_of_two_spans_are_added_up():
    assert merged_parts((), (AsidePart("i", 1),), (AsidePart("i", 4), AsidePart("k", 5))) == (AsidePart("i", 5), AsidePart("k", 5))
