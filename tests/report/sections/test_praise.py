"""What customers like, on page and sheet."""

from __future__ import annotations

import pandas as pd
import pytest
from openpyxl import load_workbook

from vocmine.report import Extras, build_report


def frames():
    products = pd.DataFrame({
        "product": ["<b>A</b>", "B"], "n": [200, 300], "n_praise": [60, 15], "share": [0.3, 0.05], "low": [0.24, 0.03], "high": [0.37, 0.08],
        "n_others": [300, 200], "others_share": [0.05, 0.3], "change_low": [0.17, -0.32], "change_high": [0.32, -0.17], "stands_out": [True, False],
    })
    things = pd.DataFrame({
        "group": "A", "kind": ["word", "word", "reason"], "thing": ["店員", "kao_joy", "delivery.late"], "n_with": [30, 9, 12], "n_praise": 60, "share": 0.5, "low": 0.4,
        "high": 0.6, "n_rest": 140, "rest_share": 0.01, "change_low": 0.3, "change_high": 0.6,
    })
    loyalty = pd.DataFrame({
        "outcome": ["satisfied"] * 2 + ["leaving"] * 2, "part": [1, 2] * 2, "minutes": [3.0, 12.0] * 2, "n": [80, 81, 200, 201], "hits": [60, 30, 10, 12], "share": [0.75, 0.37, 0.05, 0.06],
        "low": [0.64, 0.27, 0.03, 0.03], "high": [0.83, 0.48, 0.09, 0.1], "change": [None, -0.38, None, 0.01], "change_low": [None, -0.54, None, -0.05], "change_high": [None, -0.2, None, 0.07],
    })
    return {"praise_products": products, "praise_things": things, "loyalty": loyalty}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_praise_is_told_with_n_and_range_and_no_mark_of_our_own(centre, lang, tmp_path):
    report = build_report(centre.contacts, centre.tags, centre.costs, lang, extras=Extras(**frames()))
    part = report.html.partition('<section id="praise"')[2].partition("</section>")[0]
    assert "&lt;b&gt;A&lt;/b&gt;" in part and "<b>A</b>" not in part
    assert ("24〜37%" if lang == "ja" else "24 to 37%") in part
    assert "kao_joy" not in part and "店員" in part
    assert "delivery.late" not in part
    report.to_xlsx(tmp_path / "r.xlsx")
    sheet = load_workbook(tmp_path / "r.xlsx")["好評と満足" if lang == "ja" else "Praise and loyalty"]
    values = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {0.3, 0.24, 0.37, 60, 200} <= values


def test_only_a_difference_beyond_chance_is_said(centre):
    said = build_report(centre.contacts, centre.tags, centre.costs, "en", extras=Extras(**frames())).summary.section("praise").sentences
    assert [sentence.key for sentence in said] == ["praise_first", "loyalty_satisfied"]
    calm = frames()
    calm["loyalty"] = calm["loyalty"].assign(change_low=-0.5, change_high=0.5)
    calm["praise_products"] = calm["praise_products"].assign(stands_out=False)
    said = build_report(centre.contacts, centre.tags, centre.costs, "en", extras=Extras(**calm)).summary.section("praise").sentences
    assert [sentence.key for sentence in said] == ["loyalty_none"]


def test_without_tables_there_is_no_section(full_report):
    assert full_report("en").summary.section("praise") is None
