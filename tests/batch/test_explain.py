"""`vocmine explain`: from a results folder to sentences that add up, in both languages."""

from __future__ import annotations

import re
import shutil

import pandas as pd
import pytest
from typer.testing import CliRunner

from vocmine.batch import explain_results
from vocmine.batch.costing import LEDGER_FILE, cost_period, write_costs
from vocmine.batch.explain import totals_sentence
from vocmine.batch.period import write_names
from vocmine.cli import app
from vocmine.cost import CostModel
from vocmine.errors import ContactError, SettingsError
from vocmine.results import ReasonInfo
from vocmine.settings import Settings

MODEL = CostModel(rate_per_minute={"call": 61.3, "social": 20.0}, currency="JPY")
NAMES = ReasonInfo(names={"ja": {"bill": "請求"}, "en": {"bill": "Billing"}})


@pytest.fixture
def home(tmp_path, period):
    paid = period.contacts.assign(cost_extra=[300.0 if i % 50 == 0 else 0.0 for i in range(len(period.contacts))])
    write_costs(tmp_path, cost_period(type(period)(paid, period.tags, period.first, period.last), Settings(), MODEL), period)
    write_names(tmp_path, NAMES)
    return tmp_path


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_steps_are_told_and_add_up(home, lang):
    lines = explain_results(home, "bill", lang)
    table = pd.read_csv(home / "issue_costs.csv").set_index("issue")
    text = "\n".join(lines)
    assert NAMES.name("bill", lang) in lines[0]
    assert f"{table.cost['bill']:,.0f}" in text and f"{table.payout['bill']:,.0f}" in text
    by_channel = [float(found[1].replace(",", "")) for found in re.finditer(r"= ([\d,.]+)", text)]
    rounding = float(next(re.search(r"-?[\d,.]+$", line)[0] for line in lines if line.startswith("6.")))
    assert len(by_channel) == 2 and sum(by_channel) + rounding == pytest.approx(table.cost["bill"], abs=0.02)


@pytest.mark.parametrize("issue", ["bill", "請求", "billing", " Billing "])
def test_an_issue_is_found_by_id_or_name(home, issue):
    assert "bill" in explain_results(home, issue, "en")[0]


def test_mistakes_are_one_sentence(home, tmp_path):
    with pytest.raises(SettingsError, match=r"no such issue.*got: bil;.*expected: bill"):
        explain_results(home, "bil")
    table = (home / "issue_costs.csv").read_text(encoding="utf-8-sig")
    other = re.sub(r"(?m)^(bill,[\d.]+,[\d.]+,[\d.]+,[\d.]+,)[\d.]+", r"\g<1>999.0", table)
    assert other != table
    (home / "issue_costs.csv").write_text(other, encoding="utf-8-sig")
    with pytest.raises(ContactError, match=r"not that of the table.*vocmine cost again"):
        explain_results(home, "bill")
    (home / LEDGER_FILE).unlink()
    with pytest.raises(ContactError, match="no costs to explain"):
        explain_results(home, "bill")


def test_without_rates_hours_are_explained(tmp_path, period):
    write_costs(tmp_path, cost_period(period, Settings(), None), period)
    lines = explain_results(tmp_path, "bill", "en")
    assert "no amounts" in lines[-1] and len(lines) == 4
    assert totals_sentence(cost_period(period, Settings(), None), "ja") == ""


def test_the_command_prints_it(home):
    found = CliRunner().invoke(app, ["explain", "--out", str(home), "--issue", "bill", "--lang", "en"])
    assert found.exit_code == 0 and found.output.splitlines() == explain_results(home, "bill", "en")


def test_the_ledger_adds_up_to_the_table_and_its_bytes_repeat(home, period):
    table = pd.read_csv(home / "issue_costs.csv").set_index("issue")
    ledger = pd.read_parquet(home / LEDGER_FILE)
    sums = ledger.groupby("issue")[["cost", "payout_share"]].sum().reindex(table.index)
    assert sums["cost"].to_numpy() == pytest.approx(table["cost"].to_numpy(), abs=0.01)
    assert sums["payout_share"].to_numpy() == pytest.approx(table["payout"].to_numpy(), abs=0.01)
    assert set(ledger["contact_id"]) == set(period.contacts["contact_id"])
    first = (home / LEDGER_FILE).read_bytes()
    again = home / "again"
    again.mkdir()
    shutil.copy(home / "issue_costs.csv", again)
    paid = period.contacts.assign(cost_extra=[300.0 if i % 50 == 0 else 0.0 for i in range(len(period.contacts))])
    write_costs(again, cost_period(type(period)(paid, period.tags, period.first, period.last), Settings(), MODEL), period)
    assert (again / LEDGER_FILE).read_bytes() == first
