"""The sheet that sums all up: period, totals, findings and where to look first."""

from __future__ import annotations

from vocmine.report.words import Words


def test_the_first_sheet_has_period_totals_and_findings(book, full_report):
    lang, _, made = book
    sheet, report = made[made.sheetnames[1]], full_report(lang)
    assert sheet.cell(1, 1).value == Words(lang)("title")
    cells = [row[1] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert cells[0].endswith("(Asia/Tokyo)")
    assert cells[1] == 1800
    assert [cell for cell in cells if cell in report.findings] == report.findings
    assert len([cell for cell in cells if cell not in report.findings]) == 15  # with what the ranges rest on and what would narrow them
