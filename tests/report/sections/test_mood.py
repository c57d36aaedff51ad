"""Reasons by sentiment add up to all contacts."""

from __future__ import annotations

from openpyxl import load_workbook


def test_reasons_by_sentiment_add_up_to_all_contacts(book, centre):
    _, path, made = book
    rows = list(load_workbook(path, data_only=True)[made.sheetnames[4]].iter_rows(min_row=2, values_only=True))
    assert rows[-1][5] == sum(row[5] for row in rows[:-1]) == len(centre.contacts)
    assert rows[-1][1] == sum(row[1] for row in rows[:-1]) == ((centre.tags.kind == "sentiment") & (
        centre.tags.label == "negative")).sum()


def test_harassment_stands_beside_churn_in_both_languages(book, full_report, centre):
    lang, path, made = book
    head, *rows = load_workbook(path, data_only=True)[made.sheetnames[4]].iter_rows(min_row=1, values_only=True)
    word = {"ja": "カスハラ", "en": "Harassing agents"}[lang]
    shown = sum(row[head.index(word)] or 0 for row in rows)
    tags = centre.tags
    hit = tags["contact_id"].isin(tags.loc[tags["label"] == "harassment", "contact_id"])
    under = hit & (tags["kind"] == "reason") & (tags["label"] != "unknown")
    assert 0 < shown <= under.sum()  # a contact with two reasons counts under each
    page = full_report(lang).html
    assert word in page
    assert {"ja": "カスタマーハラスメント", "en": "harassment of agents"}[lang] in page
