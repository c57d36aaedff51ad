"""A results folder goes on with the zone, the currency and the key it was begun with, or says why not."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from vocmine.batch import cost_results, report_results, run
from vocmine.batch.folder_identity import FILE, keep_identity, need_identity, need_key
from vocmine.batch.state import KEY_VARIABLE, hash_key
from vocmine.cost import CostModel
from vocmine.errors import SettingsError, StoreError, VocmineError
from vocmine.settings import Settings

TOKYO, YEN = Settings(timezone="Asia/Tokyo"), CostModel(rate_per_minute={"call": 50.0}, currency="JPY")
KEY = "a" * 64


@pytest.fixture(autouse=True)
def no_key(monkeypatch):
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


def test_the_first_run_writes_it_down_and_later_ones_change_nothing(tmp_path):
    keep_identity(tmp_path, TOKYO, None, KEY)
    assert json.loads((tmp_path / FILE).read_text())["currency"] == ""
    keep_identity(tmp_path, TOKYO, YEN, KEY)  # the first rates say the currency
    told = (tmp_path / FILE).read_bytes()
    assert json.loads(told) == {"schema": 1, "timezone": "Asia/Tokyo", "currency": "JPY", "key": json.loads(told)["key"]}
    assert KEY not in told.decode()
    when = (tmp_path / FILE).stat().st_mtime_ns
    keep_identity(tmp_path, TOKYO, None, KEY)
    assert ((tmp_path / FILE).read_bytes(), (tmp_path / FILE).stat().st_mtime_ns) == (told, when)


@pytest.mark.parametrize(("settings", "model", "key", "words"), [
    (Settings(timezone="UTC"), YEN, KEY, ["time zone", "got: UTC", "expected: Asia/Tokyo", "timezone: Asia/Tokyo"]),
    (TOKYO, CostModel(rate_per_minute={"call": 1.0}, currency="USD"), KEY, ["another currency", "got: USD", "expected: JPY"]),
    (TOKYO, YEN, "b" * 64, ["another key", KEY_VARIABLE]),
])
def test_another_zone_currency_or_key_is_refused_and_nothing_is_written(tmp_path, settings, model, key, words):
    keep_identity(tmp_path, TOKYO, YEN, KEY)
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(SettingsError) as told:
        keep_identity(tmp_path, settings, model, key)
    assert all(word in str(told.value) for word in words)
    assert key not in str(told.value)
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "1"}', '{"schema": 1}', '{"schema": 1, "timezone": 3, "currency": "", "key": ""}', '{"schema": 99}'])
def test_a_damaged_or_newer_file_is_one_error(tmp_path, text):
    (tmp_path / FILE).write_text(text)
    with pytest.raises(StoreError, match=r"damaged|newer"):
        need_identity(tmp_path, TOKYO)


@pytest.mark.parametrize("text", [b"", b"abc", b"\x00" * 64, b"a" * 63, "鍵".encode() * 64])
def test_a_damaged_key_is_one_error_and_is_not_replaced(tmp_path, text):
    hash_key(tmp_path)
    (tmp_path / ".hash_key").write_bytes(text)
    with pytest.raises(StoreError, match="holds no key"):
        hash_key(tmp_path)
    assert (tmp_path / ".hash_key").read_bytes() == text


def test_no_new_key_is_made_where_an_old_one_is_gone(tmp_path, monkeypatch):
    need_key(tmp_path)  # a new folder
    key = hash_key(tmp_path)
    keep_identity(tmp_path, TOKYO, None, key)
    (tmp_path / ".hash_key").unlink()
    with pytest.raises(VocmineError, match="is gone"):
        need_key(tmp_path)
    monkeypatch.setenv(KEY_VARIABLE, key)
    need_key(tmp_path)
    keep_identity(tmp_path, TOKYO, None, hash_key(tmp_path))


def test_a_run_and_its_single_steps_ask(tmp_path):
    contacts = pd.DataFrame({
        "contact_id": [f"c{i}" for i in range(12)], "created_at": pd.date_range("2026-10-01", periods=12, freq="6h").astype(str), "channel": "call",
        "text": "返金がまだありません", "customer_id": [f"p{i % 5}" for i in range(12)], "handle_seconds": 300,
    })
    contacts.to_csv(tmp_path / "a.csv", index=False)
    home, quick = tmp_path / "out", Settings(topics=False)
    for _ in run([tmp_path / "a.csv"], home, settings=quick, model=YEN):
        pass
    assert json.loads((home / FILE).read_text())["currency"] == "JPY"
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    other, dollars = quick.model_copy(update={"timezone": "UTC"}), CostModel(rate_per_minute={"call": 1.0}, currency="USD")
    for wrong in (
        lambda: list(run([tmp_path / "a.csv"], home, settings=other)), lambda: list(run([tmp_path / "a.csv"], home, settings=quick, model=dollars)),
        lambda: cost_results(home, quick, dollars), lambda: report_results(home, other),
    ):
        with pytest.raises(SettingsError, match="another"):
            wrong()
    (home / ".hash_key").unlink()
    with pytest.raises(VocmineError, match="is gone"):
        list(run([tmp_path / "a.csv"], home, settings=quick))
    after = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert {path: text for path, text in before.items() if path.name != ".hash_key"} == after
