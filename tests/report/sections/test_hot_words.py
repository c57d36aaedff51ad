"""Hot words: the more contacts the larger, and only clear growth is coloured."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from openpyxl import load_workbook

from vocmine.report import Extras, build_report
from vocmine.report.sections.hot_words import HotWordRecord, cloud


def test_the_size_of_a_word_never_falls_as_its_contacts_grow():
    rng = np.random.default_rng(0)
    lines = [HotWordRecord(int(n), 0.1, 1.0, 0.9, 1.0) for n in rng.integers(1, 5000, 200)]
    views = cloud(lines, [f"w{i}" for i in range(200)], most=None)
    sizes = [v.size for v in sorted(views, key=lambda v: v.n_contacts)]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (1, 6)
    assert {v.size for v in cloud(lines[:1], ["a"])} == {1}


def test_growing_words_are_told_with_range_mark_and_quote(full_report):
    page = full_report().html
    table = page[page.index('id="h-words"'):]
    row = table[table.index("<tr><th scope=\"row\"><bdi>QR決済") :].split("</tr>")[0]
    assert "新しい言葉" in row and "6.2倍（3.90〜9.80倍）" in row and "QR決済の件です。" in row
    other = table[table.index("<tr><th scope=\"row\"><bdi>アプリ") :].split("</tr>")[0]
    assert "新しい言葉" not in other and "アプリの件です。" in other


def test_the_sheet_has_every_word_with_its_numbers(full_report, tmp_path):
    full_report("en").to_xlsx(tmp_path / "r.xlsx")
    rows = list(load_workbook(tmp_path / "r.xlsx")["Hot words"].iter_rows(values_only=True))
    named = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    qr = next(row for row in named if row["Word"] == "QR決済")
    assert (qr["Contacts before"], qr["Expected now"], qr["At most"], qr["Change"]) == (0, 0, 9.8, "new")
    assert qr["As a customer puts it"] == "QR決済の件です。"
    assert [row["Change"] for row in named].count("growing") == 2


def test_words_and_quotes_are_text_and_nothing_else(centre):
    words = pd.DataFrame({
        "word": ["<b>x</b>"], "n_contacts": [9], "growth": [3.0], "growth_low": [2.0], "growth_high": [4.0],
        "p_adjusted": [0.01], "is_new": [True], "quotes": [("<script>alert(1)</script>",)],
    })
    page = build_report(centre.contacts, centre.tags, centre.costs, "en", extras=Extras(hot_words=words)).html
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page and "<b>x" not in page


def test_more_growing_words_than_shown_are_counted(centre):
    n = 15
    words = pd.DataFrame({
        "word": [f"w{i}" for i in range(n)], "n_contacts": 9, "growth": 3.0, "growth_low": 2.0, "p_adjusted": 0.01,
    })
    page = build_report(centre.contacts, centre.tags, centre.costs, "en", extras=Extras(hot_words=words)).html
    assert "3 more growing words are in the Excel file." in page


def test_only_sure_growth_is_coloured(full_report):
    page = full_report().html
    assert set(re.findall(r'hot"><bdi>(.*?)</bdi>', page)) == {"アプリ", "QR決済", "画面"}
