"""The first pass: what is decided for a whole source, whatever its chunks, and what is told."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.contacts import check_contacts, iter_chunks, read_contacts
from vocmine.errors import ContactError

GOOD = {"受付番号": "1", "受付日時": "2026/11/21 09:00", "チャネル": "電話", "本文": "つながらない"}


def frame(*rows):
    return pd.DataFrame([{**GOOD, "受付番号": str(i), **row} for i, row in enumerate(rows)], dtype=object)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(1, 28), min_size=3, max_size=30), st.integers(1, 7))
def test_what_is_decided_does_not_depend_on_chunks(days, chunk_rows):
    raw = frame(*({"受付日時": f"{day:02d}/04/2026 10:00"} for day in [*days, 25]))
    whole = list(iter_chunks(raw, chunk_rows=1_000))
    parts = list(iter_chunks(raw, chunk_rows=chunk_rows))
    together = pd.concat([part.contacts for part in parts])["created_at"].tolist()
    assert together == whole[0].contacts["created_at"].tolist()
    assert [time.day for time in together] == [*days, 25]
    assert all(part.reading == whole[0].reading for part in parts)


def test_an_order_that_nothing_proves_is_refused_with_the_line_to_add():
    raw = frame({"受付日時": "03/04/2026"}, {"受付日時": "05/06/2026"})
    with pytest.raises(ContactError, match="day_first: true"):
        check_contacts(raw)
    assert read_contacts(raw, {"day_first": True})["created_at"].dt.month.tolist() == [4, 6]  # 15:00 UTC of the day before
    assert read_contacts(raw, {"day_first": False})["created_at"].dt.month.tolist() == [3, 5]


def test_doubts_stand_in_the_reading_and_in_the_warnings():
    raw = frame({"NPS (0-10)": "9"}, {"NPS (0-10)": "2"}).rename(columns={"NPS (0-10)": "満足度 NPS (0-10)"})
    raw = raw.assign(備考=["二度目の入電、折電希望とのこと", "請求書の再発行を希望している"])
    checked = check_contacts(raw)
    codes = {doubt.code for doubt in checked.reading.doubts}
    assert "texts_left_out" in codes
    assert codes <= set(checked.warnings["code"])
    with pytest.raises(ContactError, match=r"備考: text"):
        list(iter_chunks(raw, strict=True))


def test_a_doubtful_duration_is_left_out_and_said():
    raw = frame(*({"応対時間": value} for value in ("0.31", "0.72", "0.55")))
    checked = check_contacts(raw)
    assert "handle_seconds" not in checked.contacts
    assert "応対時間" in checked.reading.left_out
    told = check_contacts(raw, {"units": {"応対時間": "時間"}})
    assert told.contacts["handle_seconds"].round().tolist() == [1116.0, 2592.0, 1980.0]


def test_keys_that_come_late_are_found(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = ['{"id": 1, "date": "2026-11-21", "text": "hello"}', '{"id": 2, "date": "2026-11-21", "text": "hi", "channel": "chat"}']
    path.write_text("\n".join(rows), "utf-8")
    parts = list(iter_chunks(path, chunk_rows=1))
    assert [len(part.contacts) for part in parts] == [0, 1]
    assert parts[0].rejected["code"].tolist() == ["unknown_channel"]


def test_the_companion_of_a_day_is_joined_unless_ignored():
    raw = frame({}, {}).rename(columns={"受付日時": "受付日"}).assign(受付日=["2026/11/21", "2026/11/22"], 受付時刻=["9:30", "午後2:05"])
    assert check_contacts(raw).contacts["created_at"].dt.strftime("%d %H:%M").tolist() == ["21 00:30", "22 05:05"]
    alone = check_contacts(raw, {"ignore": ["受付時刻"]})
    assert alone.contacts["created_at"].dt.strftime("%H:%M").tolist() == ["15:00", "15:00"]


@pytest.mark.parametrize("chunk_rows", [1, 2, 5, 1_000])
def test_what_the_first_rows_tell_does_not_depend_on_how_many_are_read_at_a_time(chunk_rows, tmp_path):
    raw = frame(*[{}] * 12).rename(columns={"受付日時": "受付日"}).assign(受付日="2026/04/01", 受付時刻=["", "", "", *(f"{9 + i % 8}:{i:02d}" for i in range(9))])
    path = tmp_path / "a.csv"
    raw.to_csv(path, index=False)
    for source in (raw, path):
        times = pd.concat([part.contacts for part in iter_chunks(source, chunk_rows)])["created_at"].dt.strftime("%H:%M").tolist()
        assert times == ["15:00"] * 3 + ["00:00", "01:01", "02:02", "03:03", "04:04", "05:05", "06:06", "07:07", "00:08"]
