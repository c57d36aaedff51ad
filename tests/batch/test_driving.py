"""A run says what moves satisfaction, last month against this one, and holds targets against actuals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch.contact_store import ContactStore
from vocmine.batch.driving import DRIVERS, GAPS, driver_inputs, write_drivers
from vocmine.batch.period import read_period
from vocmine.settings import Settings

ZONE = "Asia/Tokyo"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """September and October; in October logins are rated a point lower."""
    rng = np.random.default_rng(5)
    day = np.repeat(np.arange(61), 25)
    n = len(day)
    login = rng.random(n) < 0.3
    mean = np.where(login, np.where(day < 30, 3.4, 2.4), 4.0)
    contacts = pd.DataFrame({
        "contact_id": [f"c{i:05d}" for i in range(n)], "text": "本文", "terms": "本文", "lang": "ja", "channel": rng.choice(["call", "chat"], n),
        "created_at": pd.Timestamp("2026-09-01 01:00", tz="UTC") + pd.to_timedelta(day, unit="D"), "handle_seconds": 300.0,
        "customer_id": rng.integers(0, 900, n).astype(str), "team": rng.choice(["A", "B", "C"], n), "transfers": (rng.random(n) < 0.1).astype(int),
        "csat": np.where(rng.random(n) < 0.6, 1.0 + rng.binomial(4, (mean - 1) / 4), np.nan), "nps": np.where(rng.random(n) < 0.2, rng.integers(0, 11, n), np.nan),
        "first_response_seconds": rng.exponential(1_000, n),
    })
    tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": np.where(login, "login", rng.choice(["bill", "plan"], n)), "score": 0.9, "source": "model", "evidence": ""})
    path = tmp_path_factory.mktemp("home")
    ContactStore(path, ZONE).upsert(contacts, tags)
    return path


def made(home, out, months=("2026-09", "2026-10"), **changes):
    store = ContactStore(home, ZONE)
    table = pd.DataFrame({"month": list(months), "is_partial": False}) if months else None
    period = read_period(home, store, 30)
    found = driver_inputs(store, Settings(timezone=ZONE, **changes), period, table)
    write_drivers(out, found, period)
    return found


@pytest.fixture(scope="module")
def found(home, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    return made(home, out, targets={"csat": 3.0, "first_response_seconds": 3600, "fcr": 0.5}), out


def test_all_parts_are_there_and_written(found):
    inputs, out = found
    assert set(inputs["drivers"]) == {"contributions", "size", "groups", "parts", "predicted", "answering", "nps"}
    assert set(inputs["drivers"]["contributions"]["outcome"]) == {"csat", "nps", "repeat"}
    table = pd.read_csv(out / DRIVERS, encoding="utf-8-sig")
    assert table["value"].tolist() == pytest.approx(inputs["drivers"]["contributions"]["value"].tolist())
    assert table["first_day"].unique().tolist() == ["2026-10-02"]
    assert set(pd.read_csv(out / GAPS, encoding="utf-8-sig")["first_before"]) == {"2026-09-01"}


def test_logins_are_what_fell(found):
    parts, size = found[0]["drivers"]["parts"], found[0]["drivers"]["size"]
    csat = parts[parts["outcome"] == "csat"]
    assert csat.iloc[0]["name"] == "login" and csat.iloc[0]["rate"] < -0.1
    whole = size[size["outcome"] == "csat"].iloc[0]
    assert csat["value"].sum() == pytest.approx(whole["value"], abs=1e-9)
    groups = found[0]["drivers"]["groups"]
    assert groups[groups["outcome"] == "csat"]["value"].sum() == pytest.approx(whole["value"], abs=1e-9)


def test_targets_use_the_measures_of_journeys(found):
    table = found[0]["targets"].set_index("target")
    assert table.loc["fcr", "n"] > 0 and table.loc["csat", "verdict"] == "met" and table.loc["first_response_seconds", "verdict"] == "met"


def test_the_same_folder_gives_the_same_bytes(home, found, tmp_path):
    made(home, tmp_path)
    for name in (DRIVERS, GAPS):
        assert (tmp_path / name).read_bytes() == (found[1] / name).read_bytes()


def test_without_a_second_month_or_targets_there_is_no_gap_and_no_target(home, tmp_path):
    inputs = made(home, tmp_path, months=("2026-10",))
    assert "parts" not in inputs["drivers"] and inputs["targets"] is None
    assert len(pd.read_csv(tmp_path / GAPS, encoding="utf-8-sig")) == 0


def test_a_folder_without_answers_tells_only_of_repeats(home, tmp_path):
    store = ContactStore(home, ZONE)
    contacts, tags = store.read()
    other = ContactStore(tmp_path / "bare", ZONE)
    other.upsert(contacts.assign(csat=np.nan, nps=np.nan, customer_id=None), tags)
    assert made(tmp_path / "bare", tmp_path, months=None) == {"drivers": None, "targets": None}
