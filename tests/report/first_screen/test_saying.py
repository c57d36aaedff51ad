"""What customers say: one quote with the words its tag rests on; none where there is none."""

from __future__ import annotations

from dataclasses import replace

from vocmine.report import build_report
from vocmine.report.first_screen.saying import saying


def test_a_quote_of_the_leader_with_its_evidence_marked(centre, view_of):
    tags = centre.tags.assign(evidence="ログインできません", source="rule")
    report = build_report(centre.contacts, tags, centre.costs, "ja")
    answer = saying(view_of(report))
    assert answer.quote.evidence == "ログインできません" and "「ログインできない」" in answer.notes[0]
    assert "<mark>ログインできません</mark>" in report.html
    assert answer.quote.contact_id in answer.notes[1]


def test_markup_of_a_customer_stays_text(centre, view_of):
    text = "<mark>x</mark><script>ログインできません</script>ので困ります。"
    contacts = centre.contacts.assign(text_clean=text)
    tags = centre.tags.assign(evidence="ログインできません", source="rule")
    page = build_report(contacts, tags, centre.costs, "ja").html
    assert "&lt;mark&gt;x&lt;/mark&gt;&lt;script&gt;<mark>ログインできません</mark>&lt;/script&gt;" in page


def test_without_a_quote_that_proves_it_there_is_none(centre, view_of):
    report = build_report(centre.contacts, centre.tags, centre.costs, "en")
    answer = saying(view_of(replace(report, evidence=replace(report.evidence, voices={}))))
    assert answer.quote is None and answer.text == "There is no quote to show"
