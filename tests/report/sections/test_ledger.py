"""The ledger on a sheet: live sums over its rows, ids as text, and no sheet that is too long."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from vocmine.cost import CostModel, CostOptions, issue_costs
from vocmine.errors import SettingsError
from vocmine.report import Extras, build_report
from vocmine.report.sections import ledger as ledgers

NASTY = ["=1+1", "+81", "-2", "@cmd", "=HYPERLINK(\"http://x\")", "<5", "*", "?"]


@pytest.fixture(scope="module")
def made():
    """Costs whose contact ids and reasons are made to be taken for something else."""
    rng = np.random.default_rng(1)
    n = 80
    ids = [f"{NASTY[i % len(NASTY)]}{i}" for i in range(n)]
    contacts = pd.DataFrame({
        "contact_id": ids, "channel": rng.choice(["call", "chat"], n), "handle_seconds": rng.lognormal(5, 1, n),
        "cost_extra": np.where(rng.random(n) < 0.3, 700.5, 0.0), "created_at": pd.Timestamp("2026-11-02T01:00Z"),
    })
    labels = rng.choice(["*", "<5", "bill?", "bill", "=1"], n)
    tags = pd.DataFrame({"contact_id": ids, "kind": "reason", "label": labels, "score": 0.9, "evidence": ""})
    more = tags.iloc[::5].assign(label="login")
    tags = pd.concat([tags, more], ignore_index=True)
    costs = issue_costs(contacts, tags, CostModel({"call": 60.0, "chat": 31.7}, "JPY"), options=CostOptions(ledger=True))
    return contacts, tags, costs


def sumifs(sheet, formula):
    """Work out a SUMIFS over one column with a number as what is looked for."""
    found = re.fullmatch(r"=SUMIFS\(\$(\w)\$(\d+):\$\w\$(\d+),\$A\$(\d+):\$A\$(\d+),\$A(\d+)\)", formula)
    letter, first, last, *_, line = found.groups()
    assert found[4] == first and found[5] == last
    wanted = sheet[f"A{line}"].value
    rows = range(int(first), int(last) + 1)
    return sum(sheet[f"{letter}{row}"].value for row in rows if sheet[f"A{row}"].value == wanted)


@pytest.mark.parametrize(("lang", "tab"), [("ja", "明細"), ("en", "Ledger")])
def test_the_sums_of_the_sheet_are_the_lines(made, tmp_path, lang, tab):
    contacts, tags, costs = made
    build_report(contacts, tags, costs, lang=lang, extras=Extras(ledger=costs.ledger)).to_xlsx(tmp_path / "r.xlsx")
    sheet = load_workbook(tmp_path / "r.xlsx")[tab]
    values = load_workbook(tmp_path / "r.xlsx", data_only=True)[tab]
    lines = costs.table.set_index("issue")
    for row in range(2, len(lines) + 2):
        line = lines.loc[sheet.cell(row, 2).value if sheet.cell(row, 2).value in lines.index else "unknown"]
        for column, name in ((3, "cost"), (4, "payout")):
            assert sumifs(sheet, sheet.cell(row, column).value) == pytest.approx(line[name], abs=1e-6)
            assert values.cell(row, column).value == pytest.approx(line[name], abs=1e-6)
    total = len(lines) + 2
    assert sheet.cell(total, 3).value == f"=SUM(C2:C{total - 1})"
    assert values.cell(total, 3).value == pytest.approx(lines["cost"].sum())


def test_ids_are_text_and_the_only_formulas_are_ours(made, tmp_path):
    contacts, tags, costs = made
    build_report(contacts, tags, costs, extras=Extras(ledger=costs.ledger)).to_xlsx(tmp_path / "r.xlsx")
    sheet = load_workbook(tmp_path / "r.xlsx")["明細"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.column_letter for cell in cells if cell.data_type == "f"} == {"C", "D"}
    shown = {cell.value for cell in cells if cell.column_letter == "C" and cell.data_type == "s"}
    assert set(contacts["contact_id"]) <= shown
    assert not any(cell.hyperlink for cell in cells)


def test_a_long_ledger_is_pointed_to(made, tmp_path, monkeypatch):
    contacts, tags, costs = made
    monkeypatch.setattr(ledgers, "_MOST", 50)
    build_report(contacts, tags, costs, lang="en", extras=Extras(ledger=costs.ledger)).to_xlsx(tmp_path / "r.xlsx")
    sheet = load_workbook(tmp_path / "r.xlsx")["Ledger"]
    assert sheet.max_row == 1 and "ledger.parquet" in sheet["A1"].value and f"{len(costs.ledger)} rows" in sheet["A1"].value


def test_there_is_a_sheet_only_with_a_ledger_in_money(made, tmp_path):
    contacts, tags, costs = made
    with pytest.raises(SettingsError, match="columns are missing"):
        build_report(contacts, tags, costs, extras=Extras(ledger=costs.ledger.drop(columns="share")))
    hours = replace(costs, currency="", table=costs.table.assign(cost=np.nan, cost_low=np.nan, cost_high=np.nan))
    for given, extras in ((costs, Extras()), (hours, Extras(ledger=costs.ledger))):
        build_report(contacts, tags, given, extras=extras).to_xlsx(tmp_path / "r.xlsx")
        assert "明細" not in load_workbook(tmp_path / "r.xlsx").sheetnames
