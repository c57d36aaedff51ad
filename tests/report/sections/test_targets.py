"""Targets against actuals on the page, in both languages."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest

from vocmine.frames import TARGET_BOUNDS
from vocmine.report import Extras, build_report
from vocmine.report.words import Words

NAN = float("nan")


def targets():
    rows = [
        ("csat", 4.2, 300, 3.9, 3.8, 4.0, "missed", NAN, NAN, NAN), ("fcr", 0.75, 400, 0.77, 0.73, 0.81, "open", NAN, NAN, NAN),
        ("first_response_seconds", 3600.0, 200, 1800.0, 1500.0, 2100.0, "met", 0.9, 0.85, 0.93), ("wait_seconds", 60.0, 0, NAN, NAN, NAN, "unknown", NAN, NAN, NAN),
    ]
    return pd.DataFrame(rows, columns=["target", "wanted", "n", "value", "low", "high", "verdict", "within", "within_low", "within_high"])


def shown(centre, lang, table):
    page = build_report(centre.contacts, centre.tags, centre.costs, lang, extras=Extras(targets=table)).html
    part = re.search(r'<section id="targets".*?</section>', page, re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part[0])).split()) if part else ""


def test_met_missed_and_what_cannot_be_told(centre):
    ja, en = shown(centre, "ja", targets()), shown(centre, "en", targets())
    assert "達成は1項目、未達は1項目、判断保留は1項目" in ja and "Targets met: 1; missed: 1; can't be told: 1." in en
    assert "平均初回応答時間 200 60.0 30.0 25.0〜35.0 90% 85〜93% 達成" in ja
    assert "Mean satisfaction (1 to 5) 300 4.20 3.90 3.80 to 4.00 Missed" in en
    assert "「平均待ち時間」は、この期間に記録がなく" in ja


def test_no_target_no_section(centre):
    assert shown(centre, "ja", None) == "" and shown(centre, "ja", targets().head(0)) == ""


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_target_has_a_name(lang):
    assert all(Words(lang).has(f"target_{name}") for name in TARGET_BOUNDS)
