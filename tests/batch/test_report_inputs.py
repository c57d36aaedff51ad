"""The report has all parts, and the same figures stand in all files."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from vocmine.batch.contact_store import ContactStore
from vocmine.batch.period import write_names
from vocmine.batch.report_inputs import CostInputs, cost_and_report
from vocmine.cost import CostModel, Fix
from vocmine.results import ReasonInfo
from vocmine.settings import Settings

MODEL = CostModel(rate_per_minute={"call": 60.0, "bot": 6.0}, currency="JPY")


@pytest.fixture(scope="module")
def stored():
    """Hundred days; from the seventieth on bills come half as often."""
    rng = np.random.default_rng(5)
    day = np.repeat(np.arange(100), 20)
    reason = np.where(rng.random(len(day)) < np.where(day < 70, 0.6, 0.3), "bill", "login")
    contacts = pd.DataFrame(
        {
            "contact_id": [f"c{i:05d}" for i in range(len(day))], "text": "本文", "terms": "本文", "lang": "ja",
            "created_at": pd.Timestamp("2026-07-01 01:00", tz="UTC") + pd.to_timedelta(day, unit="D"), "channel": "call",
            "handle_seconds": 300.0, "customer_id": rng.integers(0, 500, len(day)).astype(str), "team": rng.choice(["A", "B"], len(day)),
            "transfers": (rng.random(len(day)) < 0.1).astype(int), "csat": rng.integers(1, 6, len(day)).astype(float),
        }
    )
    tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": reason, "score": 0.9, "source": "model", "evidence": ""})
    return contacts, tags


@pytest.fixture
def home(tmp_path, stored):
    ContactStore(tmp_path, "Asia/Tokyo").upsert(*stored)
    return tmp_path


def store_of(home):
    return ContactStore(home, "Asia/Tokyo")


def test_the_report_has_it_all_and_the_same_figures_stand_in_all_files(home):
    inputs = CostInputs(MODEL, None, (Fix("bill", "2026-09-09"),))
    write_names(home, ReasonInfo(names={"ja": {}}, demand={"bill": "failure"}))
    run = {"read": 2000, "accepted": 2000, "rejected": {}}
    cost_and_report(home, store_of(home), Settings(topics=False), inputs, run)
    page = (home / "report.html").read_text(encoding="utf-8")
    for part in ("months", "journeys", "fixes", "quality"):
        assert f'id="{part}"' in page
    from openpyxl import load_workbook

    costs = pd.read_csv(home / "issue_costs.csv")
    rows = list(load_workbook(home / "report.xlsx", data_only=True)["課題別費用"].iter_rows(min_row=2, values_only=True))
    in_book = {row[0]: row[5] for row in rows if row[0] in {"bill", "login"}}
    for issue, cost in zip(costs["issue"], costs["cost"], strict=True):
        assert in_book[issue] == pytest.approx(cost)
        assert f"{cost:,.0f}円" in page
    assert json.loads((home / ".costs_by_day.json").read_text())


def data_of(home):
    from vocmine.report.explore.encode import decode

    page = (home / "report.html").read_text(encoding="utf-8")
    return decode(page.partition('data-encoding="gzip-base64">')[2].partition("<")[0])


def test_the_page_can_be_questioned_with_contacts_or_with_sums(home):
    run = {"read": 2000, "accepted": 2000, "rejected": {}}
    inputs = CostInputs(MODEL, None, (Fix("bill", "2026-09-09"),))
    write_names(home, ReasonInfo(names={"ja": {}}, demand={"bill": "failure"}))
    cost_and_report(home, store_of(home), Settings(topics=False), inputs, run)
    data, costs = data_of(home), pd.read_csv(home / "issue_costs.csv").set_index("issue")
    assert data["contacts"]["n"] == data["contacts"]["of"] == 600
    sums = pd.Series(data["parts"]["cost"]).groupby([data["issues"][i]["id"] for i in data["parts"]["issue"]]).sum()
    assert sums.to_dict() == costs["cost"][sums.index].to_dict()
    bill = data["details"]["bill"]
    assert [mark["kind"] for mark in bill["marks"]] == ["fix"]
    assert len(bill["weeks"]) == 13  # whole ones of hundred days
    assert bill["repeats"]["n"] > 0
    cost_and_report(home, store_of(home), Settings(topics=False, report_contacts=False, fold_below=7), inputs, run)
    bare = data_of(home)
    assert (bare["contacts"], bare["parts"], bare["fold"]) == (None, None, 7)
    assert not any(f"c{i:05d}" in json.dumps(bare) for i in range(2000))
    sums = pd.Series(bare["cube"]["cost"]).groupby([bare["issues"][i]["id"] for i in bare["cube"]["issue"]]).sum()
    assert sums.to_dict() == costs["cost"][sums.index].to_dict()
