"""A day far from all others of its source is doubted; old contacts, rare contacts and small sources are not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts import check_contacts, iter_chunks
from vocmine.contacts.judges.date_bulk import MICROS, DateBulk

DAY = 20_728  # 2026-10-02


def bounds(days, chunks=1):
    bulk = DateBulk()
    for part in np.array_split(np.asarray(days, dtype=np.int64) * MICROS, chunks):
        bulk.add(part)
    return bulk.bounds()


@pytest.mark.parametrize(("days", "doubted"), [
    ([*range(DAY, DAY + 30), DAY + 13_149], [DAY + 13_149]),  # 2062
    ([*range(DAY, DAY + 30), DAY + 365], [DAY + 365]),  # the next year
    ([DAY] * 25 + [DAY + 60], [DAY + 60]),
    ([DAY] * 25 + [0], [0]),  # a blank written as 1970
    ([0, *range(DAY, DAY + 300), DAY + 9_000, DAY + 9_001], [0, DAY + 9_000, DAY + 9_001]),
    ([*range(DAY, DAY + 30), DAY + 40], []),
    ([DAY - 900, *range(DAY, DAY + 30)], []),  # an old contact, touched again
    ([*range(DAY, DAY + 18), DAY + 9_000], []),  # too few to tell
    ([*range(DAY, DAY + 3_000, 90)], []),  # one a quarter
    ([*range(DAY, DAY + 3_000, 90), DAY + 3_500], []),
    ([DAY] * 60 + [DAY + 400] * 40, []),  # two of a kind
    ([DAY] * 40, []),
])
def test_days_that_stand_apart(days, doubted):
    found = bounds(days)
    days = np.asarray(days)
    told = found.doubted(days * MICROS) if found else np.zeros(len(days), bool)
    assert days[told].tolist() == doubted
    assert bounds(days[::-1], chunks=7) == found


@given(st.lists(st.integers(0, 40), min_size=20, max_size=200), st.integers(0, 30_000))
def test_days_that_lie_close_are_all_believed(days, first):
    assert bounds([first + day for day in days]) is None


@given(st.lists(st.integers(0, 40), min_size=20, max_size=60), st.integers(500, 20_000), st.integers(1, 9))
def test_one_day_far_ahead_is_always_told_whatever_the_chunks(days, far, chunks):
    all_days = [*(DAY + day for day in days), DAY + 40 + far]
    told = bounds(all_days, chunks)
    assert told is not None and told.doubted(np.array(all_days) * MICROS).tolist() == [False] * len(days) + [True]


@pytest.mark.parametrize("write", [
    lambda day: day.strftime("%Y-%m-%d %H:%M"), lambda day: f"{day.year}年{day.month}月{day.day}日", lambda day: day.strftime("%d/%m/%Y"),
    lambda day: day.strftime("%Y%m%d"), lambda day: str(int(day.timestamp())),
], ids=["iso", "ja", "day first", "digits", "unix"])
def test_such_a_row_is_rejected_with_its_code_in_any_writing(tmp_path, write):
    days = [*pd.date_range("2026-10-01", periods=30, freq="D"), pd.Timestamp("2062-10-15")]
    lines = [f"c{i},{write(day)},call,返金がまだありません" for i, day in enumerate(days)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["contact_id,created_at,channel,text", *lines]), encoding="utf-8")
    checked = check_contacts(path)
    assert len(checked.contacts) == 30
    assert checked.rejected[["row", "contact_id", "column", "code"]].to_numpy().tolist() == [[32, "c30", "created_at", "doubtful_date"]]
    for rows in (1, 7):
        parts = list(iter_chunks(path, chunk_rows=rows))
        assert sum(len(part.contacts) for part in parts) == 30
        assert [code for part in parts for code in part.rejected["code"]] == ["doubtful_date"]


def test_typed_dates_are_looked_at_too():
    frame = pd.DataFrame({
        "contact_id": [f"c{i}" for i in range(31)], "channel": "call", "text": "late refund",
        "created_at": [*pd.date_range("2026-10-01", periods=30, freq="D", tz="UTC"), pd.Timestamp("2062-10-15", tz="UTC")],
    })
    assert check_contacts(frame).rejected["code"].tolist() == ["doubtful_date"]
