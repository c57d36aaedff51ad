"""Aspects: what is praised and what is not adds up."""

from __future__ import annotations

import pandas as pd

from vocmine.report import Extras, build_report


def test_aspects_add_up_over_products_and_months(full_report):
    whole = {row[0]: row[1:4] for row in full_report().summary.section("aspects").grid("aspects").rows}
    assert whole == {"画面": (15, 14, 1), "対応": (16, 3, 13)}
    for key in ("aspects_product", "aspects_month"):
        rows = full_report().summary.section("aspects").grid(key).rows
        assert sum(row[2] for row in rows if row[0] == "画面") == 15


def test_aspects_of_which_none_is_enough_make_no_section(centre):
    few = pd.DataFrame({"aspect": ["画面"], "negative": [1], "positive": [0]})
    few["n_read"] = 30
    assert 'id="aspects"' not in build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(aspects=few)).html
