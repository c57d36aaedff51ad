"""Definitions and notes: the terms that a report of its measure has, and what the numbers rest on."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from vocmine.report.trust_notes import trust_sentences
from vocmine.report.words import Words


def test_the_last_sheet_has_definitions_and_sentences_on_trust(book, full_report):
    lang, _, made = book
    rows = list(made[made.sheetnames[-1]].iter_rows(min_row=2, values_only=True))
    summary, words = full_report(lang).summary, Words(lang, "JPY")
    meanings = [row[1] for row in rows]
    assert words("def_money") in meanings
    assert [text for text in meanings if text in trust_sentences(summary, words, "Asia/Tokyo")] == trust_sentences(summary, words, "Asia/Tokyo")
    assert rows[-1] == (words("code_bad_date"), 4)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_terms_of_money_are_left_out_where_there_is_none(counted, tmp_path, lang):
    counted(lang).to_xlsx(tmp_path / "r.xlsx")
    made, words = load_workbook(tmp_path / "r.xlsx"), Words(lang)
    terms = {row[0] for row in made[made.sheetnames[-1]].iter_rows(min_row=2, values_only=True)}
    assert words("col_n") in terms
    assert not {words("col_money"), words("col_hours"), words("col_per")} & terms
