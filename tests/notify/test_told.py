"""The record of what was told: by address, on disk at once, the same bytes each time."""

from __future__ import annotations

import json

import pytest

from vocmine.errors import StoreError
from vocmine.notify import Told
from vocmine.notify.told import NAME


def test_each_address_has_its_own(tmp_path):
    told = Told.read(tmp_path)
    assert not (tmp_path / NAME).exists()
    told.mark("a", "i-1", "open")
    told.mark("b", "i-1", "over")
    again = Told.read(tmp_path)
    assert again.states("a") == {("i-1", "open")} and again.states("b") == {("i-1", "over")} and again.states("c") == set()


def test_the_order_of_telling_does_not_show(tmp_path):
    files = []
    for name, order in (("x", [1, 2, 3]), ("y", [3, 1, 2])):
        (tmp_path / name).mkdir()
        told = Told.read(tmp_path / name)
        for i in order:
            told.mark("a", f"i-{i}", "open")
        files.append((tmp_path / name / NAME).read_bytes())
    assert files[0] == files[1]


def test_what_waits_waits_until_it_is_told(tmp_path):
    told = Told.read(tmp_path)
    told.keep_waiting("a", ["i-1", "i-2"])
    told.keep_waiting("b", ["i-1"])
    told.mark("a", "i-1", "open")
    again = Told.read(tmp_path)
    assert again.waits("a") == {"i-2"} and again.waits("b") == {"i-1"}
    before = (tmp_path / NAME).stat().st_mtime_ns
    again.keep_waiting("a", ["i-2"])
    assert (tmp_path / NAME).stat().st_mtime_ns == before
    again.keep_waiting("a", [])
    assert Told.read(tmp_path).waits("a") == set()


@pytest.mark.parametrize("harm", [
    lambda d: [d], lambda d: {**d, "schema": 2}, lambda d: {"schema": 1}, lambda d: {**d, "sent": [{"incident_id": "i"}]}, lambda d: {**d, "waiting": [{"address": 1, "incident_id": "i"}]}, lambda d: {**d, "sent": 3}, lambda d: None,
])
def test_a_damaged_record_is_not_guessed_at(tmp_path, harm):
    Told.read(tmp_path).mark("a", "i-1", "open")
    path = tmp_path / NAME
    path.write_text(json.dumps(harm(json.loads(path.read_text()))))
    with pytest.raises(StoreError, match="record of what was told is damaged"):
        Told.read(tmp_path)


def test_half_a_record(tmp_path):
    (tmp_path / NAME).write_bytes(b'{"schema": 1, "se')
    with pytest.raises(StoreError, match=r"where: .*\.notified\.json"):
        Told.read(tmp_path)
