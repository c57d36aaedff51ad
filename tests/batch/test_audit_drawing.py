"""Contacts to check, drawn from a results folder into a workbook, a page or a table, and read back into costs."""

from __future__ import annotations

import json
import re

import openpyxl
import pandas as pd
import pytest

from vocmine.audits import Audit
from vocmine.batch import period as periods
from vocmine.batch.audit_drawing import draw_audit
from vocmine.batch.audit_files import read_audits
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.steps import cost_results
from vocmine.cost import CostModel
from vocmine.errors import AuditError, SettingsError
from vocmine.results import ReasonInfo
from vocmine.settings import Settings

SETTINGS = Settings(timezone="Asia/Tokyo", lang="en")
YEN = CostModel({"call": 60.0, "social": 60.0}, "JPY")
NAMES = {"ja": {"bill": "請求", "login": "ログイン", "praise": "お礼", "other": "その他"}, "en": {"bill": "Bill", "login": "Login", "praise": "Praise", "other": "Other"}}


@pytest.fixture(scope="module")
def home(tmp_path_factory, stored):
    made = tmp_path_factory.mktemp("drawn")
    ContactStore(made, "Asia/Tokyo").upsert(*stored)
    periods.write_names(made, ReasonInfo(names=NAMES))
    return made


def test_a_table_is_drawn_with_known_probability_and_the_same_again(home, tmp_path):
    said = draw_audit(home, 40, tmp_path / "audit.csv", SETTINGS, YEN)
    assert said.splitlines()[0] == f"40 contacts drawn into {tmp_path / 'audit.csv'}"
    assert re.search(r'40 contacts: the cost of the dearest issue, "Bill", to about ±\d+ % \(assuming that 90% of the tags are right\)', said)
    assert said.splitlines()[-1].endswith(f"vocmine run --audit {tmp_path / 'audit.csv'}")
    table = pd.read_csv(tmp_path / "audit.csv", encoding="utf-8-sig")
    assert list(table.columns) == ["contact_id", "label_tag", "prob", "label", "text", "drawn_on"]
    assert set(table["label_tag"]) == {"bill", "login", "praise"}
    assert table["label"].isna().all() and table["prob"].between(0, 1, inclusive="right").all()
    (tmp_path / "again").mkdir()
    draw_audit(home, 40, tmp_path / "again" / "audit.csv", SETTINGS, YEN)
    assert (tmp_path / "audit.csv").read_bytes() == (tmp_path / "again" / "audit.csv").read_bytes()


def test_a_workbook_is_filled_in_by_name_and_corrects_the_costs(home, tmp_path, caplog):
    path = tmp_path / "audit.xlsx"
    draw_audit(home, 60, path, SETTINGS, YEN)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(3, 53):
        sheet.cell(row, 4).value = "Other" if row % 10 == 0 else "as proposed"
    book.save(path)
    with caplog.at_level("INFO", logger="vocmine"):
        audit = read_audits(path)
    assert caplog.messages == ["audit.xlsx: 50 of 60 contacts checked; the other 10 have no answer yet and are not used"]
    said = cost_results(home, SETTINGS, YEN, audit)
    costs = pd.read_csv(home / "issue_costs.csv", encoding="utf-8-sig").set_index("issue")
    assert said.startswith("4 issues")
    assert costs.loc["other", "cost"] > 0


def test_a_page_holds_the_likeliest_reasons(home, tmp_path):
    said = draw_audit(home, None, tmp_path / "audit.html", SETTINGS, YEN)
    n = int(said.split()[0])
    assert 50 <= n <= 500
    assert said.endswith("save audit.csv, then: vocmine run --audit audit.csv")
    page = (tmp_path / "audit.html").read_text(encoding="utf-8")
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])
    assert len(data["rows"]) == n
    assert data["rows"][0]["likely"][0] in ("bill", "login", "praise")
    assert data["rows"][0]["tag"] not in data["rows"][0]["likely"]
    assert ["bill", "Bill"] in data["reasons"]


def test_too_few_contacts_are_said(home, tmp_path):
    said = draw_audit(home, 2, tmp_path / "audit.csv", SETTINGS, YEN)
    assert re.search(r"reason\(s\) that bear 1 % of the cost or more have no contact in it; --n 4 or more has them all", said)
    assert "have no contact" not in draw_audit(home, 4, tmp_path / "audit.csv", SETTINGS, YEN)


def test_what_can_not_be_drawn_or_used_is_told(home, tmp_path):
    with pytest.raises(SettingsError, match=r"unknown format of the audit.*\.xlsx, \.html, \.csv"):
        draw_audit(home, 10, tmp_path / "audit.doc", SETTINGS)
    draw_audit(home, 40, tmp_path / "audit.csv", SETTINGS)
    drawn = pd.read_csv(tmp_path / "audit.csv", encoding="utf-8-sig")
    drawn.assign(label="Bil", contact_id="x" + drawn["contact_id"]).to_csv(tmp_path / "audit.csv", index=False)
    with pytest.raises(AuditError, match=r"a reason that nobody knows; where: audit.csv, row 2; got: 'Bil'.*perhaps Bill$"):
        cost_results(home, SETTINGS, YEN, Audit.read(tmp_path / "audit.csv"))
    drawn.assign(label="Bill", contact_id="x" + drawn["contact_id"]).to_csv(tmp_path / "audit.csv", index=False)
    with pytest.raises(AuditError, match=r"of another period.*drawn on 2026-10-09, 40 of 40 are not in those of 2026-09-10 to 2026-10-09"):
        cost_results(home, SETTINGS, YEN, Audit.read(tmp_path / "audit.csv"))
