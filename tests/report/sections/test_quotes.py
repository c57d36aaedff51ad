"""The sheet of quotes has those of the evidence."""

from __future__ import annotations

from vocmine.report import build_report
from vocmine.report.sections.protocol import ReportView
from vocmine.report.sections.quotes import SECTION
from vocmine.report.words import Words


def test_the_sheet_of_quotes_has_all_of_the_evidence(book, full_report):
    lang, _, made = book
    rows = list(made[made.sheetnames[-4]].iter_rows(min_row=2, values_only=True))
    report = full_report(lang)
    quotes = [q for line in report.summary.issues for q in report.evidence.quotes.get(line.issue, ())]
    assert [(row[1], row[2]) for row in rows] == [(q.text, q.contact_id) for q in quotes]


def test_without_masked_texts_there_is_no_sheet(centre):
    report = build_report(centre.contacts.drop(columns="text_clean"), centre.tags, centre.costs)
    assert SECTION.sheet.build(ReportView(report.summary, report.evidence, Words("ja"))) is None
