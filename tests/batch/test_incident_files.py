"""Incidents come back from their file as they were; the table beside it runs nothing and is read by people."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.batch.incident_files import read_incidents, write_incidents
from vocmine.errors import StoreError
from vocmine.frames import INCIDENT_COLUMNS
from vocmine.stats import Estimate
from vocmine.topics.tracking.incident import STATES, Apart, Incident

DAY = pd.Timestamp("2026-10-12", tz="UTC")
ONE = Incident(
    "i-20261016-1", "QR決済の画面が真っ白になる", "QR payment screen turns white", "growing", DAY, DAY, DAY, DAY, 3, 2, 0.1,
    Estimate(30.0, 10.0, 90.0), Estimate(1.5, 1.1, 2.0), {"call": 2, "chat": 1},
    (Apart("product_version", "5.2.0", 3, 3, 0.04, 1e-19),), Estimate(900.0, 800.0, 1000.0), Estimate(0.0, 0.0, 0.0),
    Estimate(9.0, 5.0, 20.0), Estimate(2700.0, 1500.0, 6000.0), DAY + pd.Timedelta(days=19), (4, 7),
    ("technical.app_crash",), ("真っ白",), ("画面が真っ白です",), ("i-20261017-1",), ("a", "b", "c"), 0.0, 2.0, 4.5,
)
BARE = Incident("i-2", "", "", "over", DAY, DAY, DAY, DAY, 0, 0, 0.0)

numbers = st.one_of(st.floats(-1e9, 1e9).map(lambda x: round(x, 6) + 0.0), st.just(math.nan), st.just(math.inf))
estimates = st.builds(Estimate, numbers, numbers, numbers)
words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Cf")), max_size=12)
some = st.lists(words, max_size=3).map(tuple)
days = st.dates(pd.Timestamp("2000-01-01").date(), pd.Timestamp("2100-01-01").date()).map(lambda d: pd.Timestamp(d, tz="UTC"))
counts = st.integers(0, 10**9)
aparts = st.builds(Apart, words, words, counts, counts, st.floats(0, 1).map(lambda x: round(x, 6)), st.floats(1e-300, 1).map(lambda x: float(f"{x:.5e}")))
incidents = st.builds(
    Incident, words, words, words, st.sampled_from(STATES), days, days, days, days, counts, counts, st.floats(0, 1e6).map(lambda x: round(x, 6)),
    estimates, estimates, st.dictionaries(words, counts, max_size=3).map(lambda d: dict(sorted(d.items()))), st.lists(aparts, max_size=3).map(tuple), estimates, estimates, estimates, estimates,
    st.none() | days, st.lists(counts, max_size=3).map(tuple), some, some, some, some, some, numbers, numbers, numbers,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(incidents, max_size=4))
def test_what_is_read_is_what_was_written(tmp_path_factory, made):
    home = tmp_path_factory.mktemp("home")
    write_incidents(home, made)
    read = read_incidents(home)
    assert repr(read) == repr(tuple(made))  # NaN is not equal to NaN, but reads the same
    first = {path.name: path.read_bytes() for path in home.iterdir()}
    write_incidents(home, read)
    assert {path.name: path.read_bytes() for path in home.iterdir()} == first


def test_an_incident_with_everything_and_one_with_nothing(tmp_path):
    write_incidents(tmp_path, [ONE, BARE])
    one, bare = read_incidents(tmp_path)
    assert one == ONE
    assert repr(bare) == repr(replace(BARE, channels={}))
    data = json.loads((tmp_path / "incidents.json").read_text(encoding="utf-8"))
    assert data["schema"] == 1
    assert data["incidents"][0]["first_day"] == "2026-10-12" and data["incidents"][1]["growth"] is None
    assert "画面が真っ白です" in (tmp_path / "incidents.json").read_text(encoding="utf-8")


def test_a_file_from_before_counts_had_a_range_is_read(tmp_path):
    write_incidents(tmp_path, [ONE])
    path = tmp_path / "incidents.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for row in data["incidents"]:
        del row["n_low"], row["n_high"]
    path.write_text(json.dumps(data), encoding="utf-8")
    (one,) = read_incidents(tmp_path)
    assert math.isnan(one.n_low) and not one.n.ranged
    assert replace(one, n_low=2.0, n_high=4.5) == ONE


def test_the_table_is_flat_rounded_and_in_the_order_of_the_frame(tmp_path):
    write_incidents(tmp_path, [replace(ONE, expected=1 / 3)])
    table = pd.read_csv(tmp_path / "incidents.csv", dtype=str, keep_default_na=False)
    assert tuple(table.columns) == INCIDENT_COLUMNS
    row = table.iloc[0]
    assert (row.first_day, row.until, row.expected, row.n_contacts) == ("2026-10-12", "2026-10-31", "0.333333", "3")
    assert (row.contact_ids, row.topic_ids, json.loads(row.channels)) == ("a | b | c", "4 | 7", {"call": 2, "chat": 1})
    assert json.loads(row.apart)[0]["p_adjusted"] == 1e-19


def test_no_cell_is_a_formula_and_no_character_breaks_a_file(tmp_path):
    hostile = replace(ONE, name_ja="=cmd|' /C calc'!A0", name_en="+1", quotes=("@SUM(A1)", "a\ud800b\x00"), words=("-2",))
    write_incidents(tmp_path, [hostile])
    row = pd.read_csv(tmp_path / "incidents.csv", dtype=str).iloc[0]
    assert all(cell.startswith("'") for cell in (row.name_ja, row.name_en, row.quotes, row.words))
    assert read_incidents(tmp_path)[0].quotes == ("@SUM(A1)", "ab")


def test_no_incidents_and_no_file(tmp_path):
    assert read_incidents(tmp_path) == ()
    write_incidents(tmp_path, [ONE])
    write_incidents(tmp_path, [])
    assert read_incidents(tmp_path) == ()
    assert tuple(pd.read_csv(tmp_path / "incidents.csv").columns) == INCIDENT_COLUMNS


def damaged(**changes):
    return lambda data: {**data, "incidents": [{**data["incidents"][0], **changes}]}


@pytest.mark.parametrize("harm", [
    lambda data: [data], lambda data: {"incidents": []}, lambda data: {"schema": 1}, lambda data: {**data, "incidents": [3]}, lambda data: {**data, "incidents": [{}]}, damaged(state="worse"),
    damaged(first_day="soon"), damaged(first_day=None), damaged(n_contacts="many"), damaged(quotes=[1]), damaged(apart=[{"column": "a"}]), damaged(channels=[1]), damaged(name_ja=None), damaged(expected=[]),
])
def test_a_damaged_file_is_one_sentence(tmp_path, harm):
    write_incidents(tmp_path, [ONE])
    path = tmp_path / "incidents.json"
    path.write_text(json.dumps(harm(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    with pytest.raises(StoreError, match=r"^the incidents are damaged; where: .*incidents\.json; delete the file"):
        read_incidents(tmp_path)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 100])
def test_a_file_that_is_no_json(tmp_path, data):
    (tmp_path / "incidents.json").write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):
        read_incidents(tmp_path)


def test_a_newer_file_is_not_guessed_at(tmp_path):
    (tmp_path / "incidents.json").write_text('{"schema": 2, "incidents": []}')
    with pytest.raises(StoreError, match="newer vocmine"):
        read_incidents(tmp_path)
