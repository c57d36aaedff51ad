"""Contacts by week: the sheet and the panels show the weeks of the summary."""

from __future__ import annotations

from vocmine.report import build_report


def test_the_sheet_of_weeks_has_all_contacts_and_each_issue(book, full_report):
    lang, _, made = book
    rows = list(made[made.sheetnames[4]].iter_rows(min_row=2, values_only=True))
    summary = full_report(lang).summary
    assert [row[0].date() for row in rows] == list(summary.weeks)
    assert [row[1] for row in rows] == list(summary.weekly)
    lines = [line for line in summary.issues if sum(line.weekly)]
    for i, line in enumerate(lines, 2):
        assert [row[i] for row in rows] == list(line.weekly)


def test_a_few_days_have_no_weeks(centre):
    page = build_report(centre.contacts.head(60), centre.tags, centre.costs, "en").html
    assert 'id="trend"' not in page
    assert 'href="#trend"' not in page
