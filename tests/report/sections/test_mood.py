"""Reasons by sentiment add up to all contacts."""

from __future__ import annotations

from openpyxl import load_workbook


def test_reasons_by_sentiment_add_up_to_all_contacts(book, centre):
    _, path, made = book
    rows = list(load_workbook(path, data_only=True)[made.sheetnames[5]].iter_rows(min_row=2, values_only=True))
    assert rows[-1][5] == sum(row[5] for row in rows[:-1]) == len(centre.contacts)
    assert rows[-1][1] == sum(row[1] for row in rows[:-1]) == ((centre.tags.kind == "sentiment") & (
        centre.tags.label == "negative")).sum()


def test_harassment_stands_beside_churn_in_both_languages(book, full_report, centre):
    lang, path, made = book
    head, *rows = load_workbook(path, data_only=True)[made.sheetnames[5]].iter_rows(min_row=1, values_only=True)
    word = {"ja": "カスハラ", "en": "Harassing agents"}[lang]
    shown = sum(row[head.index(word)] or 0 for row in rows)
    tags = centre.tags
    hit = tags["contact_id"].isin(tags.loc[tags["label"] == "harassment", "contact_id"])
    under = hit & (tags["kind"] == "reason") & (tags["label"] != "unknown")
    assert 0 < shown <= under.sum()  # a contact with two reasons counts under each
    page = full_report(lang).html
    assert word in page
    assert {"ja": "カスタマーハラスメント", "en": "harassment of agents"}[lang] in page


def test_what_an_incident_leaves_out_has_a_line_of_its_own(book, full_report, incident_ids, centre):
    lang, path, made = book
    rows = list(load_workbook(path, data_only=True)[made.sheetnames[5]].iter_rows(min_row=2, values_only=True))
    name = {"ja": "QR決済の画面が真っ白", "en": "QR payment screen goes white"}[lang]
    (line,) = [row for row in rows if name in str(row[0])]
    moods = centre.tags[(centre.tags.kind == "sentiment") & centre.tags.contact_id.isin(incident_ids)].label.value_counts()
    assert line[1:6] == (moods.get("negative", 0), moods.get("neutral", 0), moods.get("positive", 0), 0, len(incident_ids))
    section = full_report(lang).html.partition('<section id="mood"')[2].partition("</section>")[0]
    assert name in section and ({"ja": "除いた件数", "en": "Left out"}[lang]) in section
