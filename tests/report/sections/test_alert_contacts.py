"""The sheet of the contacts of alerts."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

TABS = {"ja": "アラートのお問い合わせ", "en": "Contacts of alerts"}


def test_each_alert_lists_its_contacts_with_id_day_and_masked_text(book, centre):
    lang, _, made = book
    rows = list(made[TABS[lang]].iter_rows(min_row=2, values_only=True))
    named = {i for ids in centre.alerts.contact_ids for i in ids}
    assert {row[2] for row in rows} == named
    texts = centre.contacts.set_index("contact_id")["text_clean"]
    assert all(row[5] == texts[row[2]] for row in rows)
    assert all(row[3].date() == centre.contacts.set_index("contact_id").created_at[row[2]].tz_convert("Asia/Tokyo").date() for row in rows)


def test_a_workbook_without_contacts_has_none_of_these_sheets(full_report, tmp_path, centre):
    full_report("en").to_xlsx(tmp_path / "r.xlsx", contacts=False)
    made = load_workbook(tmp_path / "r.xlsx")
    assert not {"Contacts of alerts", "Contacts behind it", "Reason not known", "Ledger"} & set(made.sheetnames)
    held = {cell for sheet in made for row in sheet.iter_rows(values_only=True) for cell in row}
    assert len(held & set(centre.contacts.contact_id)) < 30  # only those of quotes


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_sheet_without_alerts(counted, tmp_path, lang):
    counted(lang).to_xlsx(tmp_path / "r.xlsx")
    assert TABS[lang] not in load_workbook(tmp_path / "r.xlsx").sheetnames
