"""The section of agents' codes: figures with their intervals, in both languages, and nothing where there are no codes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.audits import code_agreement, other_contents
from vocmine.cost import CostModel, code_costs, issue_costs
from vocmine.errors import SettingsError
from vocmine.report import Extras, build_report

TABLE = {"01": "billing.refund", "02": "account.login"}


@pytest.fixture(scope="module")
def coded():
    rng = np.random.default_rng(2)
    n = 200
    code = rng.choice(["01", "02", "その他", None], n, p=[0.4, 0.3, 0.2, 0.1])
    text = np.where((code == "01") ^ (rng.random(n) < 0.2), "billing.refund", "account.login")
    contacts = pd.DataFrame({
        "contact_id": [f"c{i}" for i in range(n)], "created_at": pd.Timestamp("2026-09-01", tz="UTC") + pd.to_timedelta(np.arange(n) * 4, unit="h"),
        "channel": "call", "handle_seconds": 300.0, "agent_code": code, "team": rng.choice(["A", "<b>B</b>"], n),
    })
    tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": text, "score": 0.9, "source": "model", "evidence": ""})
    return contacts, tags


def report(coded, lang, reasons_from="codes", **changes):
    contacts, tags = coded
    model = CostModel(rate_per_minute={"call": 60}, currency="JPY")
    codes = {
        "agreement": code_agreement(contacts, tags, TABLE, by=("code", "team")), "other": other_contents(contacts, tags, TABLE), "topics": None,
        "states": {"mapped": 140, "read_anew": 40, "ignore": 0, "open": 0, "unmapped": 0, "no_code": 20}, "n_suspects": 3, "reasons_from": reasons_from,
    }
    extras = Extras(codes={**codes, **changes}, code_costs=code_costs(contacts, tags, model))
    return build_report(contacts, tags, issue_costs(contacts, tags, model), lang=lang, extras=extras)


@pytest.mark.parametrize(("lang", "told"), [
    ("en", ["Agents' codes against the text", "kappa", "code_check.csv", "What “other” holds", "not corrected"]),
    ("ja", ["対応区分と読み取りの一致", "カッパ係数", "code_check.csv", "「その他」の内訳", "補正していません"]),
])
def test_the_page_says_it(coded, lang, told):
    html = report(coded, lang).html.replace("&#39;", "'")
    assert [words for words in told if words not in html] == []
    assert "<b>B</b>" not in html and "{" not in html.split('id="codes"')[1].split("</section>")[0]


def test_the_figures_are_those_of_the_tables(coded, tmp_path):
    made = report(coded, "en")
    section = made.summary.section("codes")
    row = {cells[0]: cells for cells in section.grid("codes").rows}["01"]
    table = code_agreement(*coded, TABLE).set_index("group")
    assert row[1] == table.loc["01", "n_contacts"] and row[3].value == table.loc["01", "agreement"] and row[4].low == table.loc["01", "kappa_low"]
    assert sum(cells[2] for cells in section.grid("code_costs").rows) == 200
    assert section.grid("codes_by_team").rows[0][0] in ("A", "<b>B</b>")
    made.to_xlsx(tmp_path / "r.xlsx")
    sheets = pd.read_excel(tmp_path / "r.xlsx", sheet_name=None, engine="openpyxl")
    assert "Agents' codes" in sheets


@pytest.mark.parametrize("reasons_from", ["codes", "both", "tagger"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_who_decides_is_said(coded, lang, reasons_from):
    assert "codes_from" not in report(coded, lang, reasons_from).html


def test_nothing_where_there_are_no_codes(coded):
    contacts, tags = coded
    costs = issue_costs(contacts, tags, CostModel(rate_per_minute={"call": 60}, currency="JPY"))
    made = build_report(contacts, tags, costs, lang="en")
    assert made.summary.section("codes") is None and "Agents" not in made.html


def test_a_bare_table_is_refused(coded):
    with pytest.raises(SettingsError, match="codes agreement"):
        report(coded, "en", agreement=pd.DataFrame({"by": ["all"]}))
