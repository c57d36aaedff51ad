"""The sheet of contacts without a reason."""

from __future__ import annotations

from vocmine.report.sections import unknown

TABS = {"ja": "理由を判定できず", "en": "Reason not known"}


def test_every_contact_without_a_reason_is_listed_with_its_masked_text(book, full_report, centre):
    lang, _, made = book
    rows = list(made[TABS[lang]].iter_rows(min_row=2, values_only=True))
    assert len(rows) == full_report(lang).summary.n_unknown
    texts = centre.contacts.set_index("contact_id")["text_clean"]
    assert all(row[4] == texts[row[0]] for row in rows)


def test_a_cut_list_says_that_it_is_cut(full_report, monkeypatch):
    from dataclasses import replace

    report = full_report("en")
    view = report.view
    few = replace(view, evidence=replace(view.evidence, unknown_contacts=view.evidence.unknown_contacts[:5]))
    sheet = unknown._sheet(few)
    assert sheet.n_rows == 5
    assert f"of {report.summary.n_unknown} contacts" in sheet.parts[-1].value
    none = replace(view, evidence=replace(view.evidence, unknown_contacts=()))
    assert unknown._sheet(none) is None
