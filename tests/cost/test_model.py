from __future__ import annotations

import dataclasses
import pickle

import pytest

from vocmine.cost import CostModel, built_up_rate
from vocmine.errors import SettingsError

GOOD = """currency: JPY
rate_per_minute:
  call: 65.7
  call/二次: 90
built_up:
  chat: {annual_cost: 4500000, paid_hours: 1920, shrinkage: 0.30, occupancy: 0.85}
fixed_per_contact: {call: 12}
fiscal_month_start: 21
"""


def test_yaml(tmp_path):
    path = tmp_path / "costs.yaml"
    path.write_text(GOOD, encoding="utf-8")
    model = CostModel.from_yaml(path)
    assert model.rate("call", "二次") == 90 and model.rate("call", "一次") == 65.7
    assert model.rate("chat", None) == pytest.approx(4_500_000 / (1920 * 0.7 * 0.85 * 60))
    assert model.rate("email", None) is None
    assert pickle.loads(pickle.dumps(model)) == model
    with pytest.raises(dataclasses.FrozenInstanceError):
        model.currency = "USD"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("- a", "no mapping"),
        ("currency: [", "line"),
        ("currency: JPY\n", "no rates"),
        ("currency: JPY\nrate_per_minute: {call: 60}\nprice: 3\n", "price"),
        ("rate_per_minute: {call: 60}\n", "ISO 4217"),
        ("currency: yen\nrate_per_minute: {call: 60}\n", "ISO 4217"),
        ("currency: JPY\nrate_per_minute: {fax: 60}\n", "fax"),
        ("currency: JPY\nrate_per_minute: {call: '60'}\n", "at least 0"),
        ("currency: JPY\nrate_per_minute: {call: -1}\n", "at least 0"),
        ("currency: JPY\nrate_per_minute: {call: .nan}\n", "at least 0"),
        ("currency: JPY\nrate_per_minute: {call: true}\n", "at least 0"),
        ("currency: JPY\nrate_per_minute: 60\n", "not a mapping"),
        ("currency: JPY\nrate_per_minute: {call: 60}\nnumerator: all\n", "unknown numerator"),
        ("currency: JPY\nrate_per_minute: {call: 60}\nnumerator: absorbed\n", "ledger_total"),
        ("currency: JPY\nrate_per_minute: {call: 60}\nledger_total: 5\n", "absorbed"),
        ("currency: JPY\nrate_per_minute: {call: 60}\nfiscal_month_start: 31\n", "1 to 28"),
        ("currency: JPY\nrate_per_minute: {call: 60}\ntimezone: Tokio\n", "time zone"),
        ("currency: JPY\nrate_per_minute: {call: 60}\nconcurrency: {chat: 0.5}\n", "at least 1"),
        ("currency: JPY\nbuilt_up: {call: {annual_cost: 1}}\n", "paid_hours"),
        ("currency: JPY\nrate_per_minute: {call: 60}\nbuilt_up: {call: {annual_cost: 1, paid_hours: 1, shrinkage: 0, occupancy: 1}}", "twice"),
    ],
)
def test_wrong_files(tmp_path, text, words):
    path = tmp_path / "costs.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=words) as error:
        CostModel.from_yaml(path)
    assert "costs.yaml" in str(error.value)


def test_missing_file(tmp_path):
    with pytest.raises(SettingsError, match=r"none\.yaml"):
        CostModel.from_yaml(tmp_path / "none.yaml")


def test_no_default_price():
    with pytest.raises(SettingsError, match=r"rate_per_minute:\n  call: 65\.7"):
        CostModel(currency="JPY")


@pytest.mark.parametrize("wrong", [{"shrinkage": 1.0}, {"occupancy": 0.0}, {"paid_hours": 0}, {"annual_cost": -1}])
def test_built_up_rate_refuses(wrong):
    parts = {"annual_cost": 4.5e6, "paid_hours": 1920, "shrinkage": 0.3, "occupancy": 0.85} | wrong
    with pytest.raises(SettingsError):
        built_up_rate(**parts)
