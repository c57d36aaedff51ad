"""The workbook to check contacts in: text stays text, only answers can be written, and it comes back."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

from vocmine.audits import Audit
from vocmine.errors import AuditError

NAMES = {"ja": {"bill.refund": "返金", "tech.app": "アプリの不具合", "=x": "=1+1"}, "en": {"bill.refund": "Refund", "tech.app": "App crashes", "=x": "Sum"}}
TEXTS = ["=1+1", "+81 3", "-5", "@SUM(A1)", "</script><img src=x>", "a\x00\x07b\ud800", "https://example.com", "長い" * 20_000, "_x0041_", "改行\nあり"]
IDS = [f"{i:04d}" for i in range(20)]


def drawn() -> Audit:
    tags = pd.DataFrame({"contact_id": IDS, "kind": "reason", "label": ["bill.refund", "tech.app"] * 10, "score": 0.8})
    return Audit.sample(tags, 14, drawn_on="2026-01-31")


@pytest.fixture
def path(tmp_path):
    texts = pd.Series([TEXTS[i % len(TEXTS)] for i in range(len(IDS))], index=IDS, dtype=object)
    drawn().to_excel(tmp_path / "audit.xlsx", names=NAMES, texts=texts, lang="ja")
    return tmp_path / "audit.xlsx"


def fill(path, answers):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for cell, value in answers.items():
        sheet[cell] = value
    book.save(path)
    return path


def test_what_stands_in_it(path):
    book = openpyxl.load_workbook(path)
    sheet, listed, how = book.worksheets
    assert (sheet.title, how.title, listed.sheet_state) == ("理由の確認", "使い方", "hidden")
    assert all(each.protection.sheet and not each.protection.password for each in book.worksheets)
    assert sheet.freeze_panes == "A3"
    assert [sheet.column_dimensions[name].hidden for name in "DH"] == [False, True]
    formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == ["B1"]
    assert sheet["B1"].value == "=COUNTA(D3:D16)"
    assert sheet["B1"].number_format == '"確認済み "0" / 14 件"'
    unlocked = {cell.column_letter for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == set("DEFG")
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.type, rule.formula1) == ("D3:F16", "list", "vocmine_list!$D$2:$D$6")
    shown = [listed.cell(row, 4).value for row in range(2, 7)]
    assert shown == ["提案どおり", "この中にない・わからない", "　=1+1", "返金", "アプリの不具合"]
    said = {str(row[1].value) for row in sheet.iter_rows(min_row=3)}
    assert {"=1+1", "@SUM(A1)", "</script><img src=x>", "ab", "https://example.com"} <= said
    assert max(map(len, said)) == 32_001
    assert any("vocmine run --audit audit.xlsx" in str(cell.value) for cell in how["A"])


def test_the_same_audit_gives_the_same_bytes(path, tmp_path):
    texts = pd.Series([TEXTS[i % len(TEXTS)] for i in range(len(IDS))], index=IDS, dtype=object)
    drawn().to_excel(tmp_path / "again.xlsx", names=NAMES, texts=texts, lang="ja")
    assert (tmp_path / "again.xlsx").name == "again.xlsx"
    drawn().to_excel(tmp_path / "b" / "audit.xlsx", names=NAMES, texts=texts, lang="ja")
    assert (tmp_path / "b" / "audit.xlsx").read_bytes() == path.read_bytes()


def test_what_was_filled_in_comes_back(path):
    with pytest.raises(AuditError, match="no contact has been checked"):
        Audit.read(path)
    answers = ["提案どおり", "返金", "　ＲＥＦＵＮＤ ", "アプリの不具合", "ｱﾌﾟﾘの不具合", "tech.app", "None of these", "　=1+1"]
    fill(path, {f"D{row}": answer for row, answer in enumerate(answers, 3)} | {"E3": "この中にない・わからない", "G4": "=メモ"})
    audit = Audit.read(path)
    tag = drawn().table.set_index("contact_id")["label_tag"]
    first, *rest = audit.table[["contact_id", "label"]].values.tolist()
    assert first == [first[0], tag[first[0]]]
    assert rest[0] == [first[0], "unknown"]
    assert [label for _, label in rest[1:]] == ["bill.refund", "bill.refund", "tech.app", "tech.app", "tech.app", "unknown", "=x"]
    assert (audit.n_contacts, audit.n_empty, audit.drawn_on) == (8, 6, "2026-01-31")
    assert set(audit.table["contact_id"]) <= set(IDS)
    probs = drawn().table.set_index("contact_id")["prob"]
    assert audit.table["prob"].tolist() == pytest.approx([probs[each] * 8 / 14 for each in audit.table["contact_id"]], abs=1e-15)


def test_an_answer_nobody_knows_is_told_with_its_row(path):
    fill(path, {"D3": "返金", "D9": "返金処理"})
    with pytest.raises(AuditError, match=r"a reason that nobody knows; where: .*audit.xlsx, row 9; got: '返金処理'; .*perhaps 返金$"):
        Audit.read(path)


def test_a_workbook_in_english_with_answers_so_far(tmp_path):
    audit = drawn()
    audit = Audit(audit.table.assign(label=["tech.app"] + [""] * 13))
    audit.to_excel(tmp_path / "a.xlsx", names=NAMES, lang="en", reasons=["tech.app", "bill.refund"])
    assert Audit.read(tmp_path / "a.xlsx").table["label"].tolist() == ["tech.app"]
    cells = [cell.value for cell in openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]["D"]]
    assert cells.count("App crashes") == 1
