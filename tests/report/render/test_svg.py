"""Drawings: bars to scale, labels escaped, nothing where there is nothing to draw."""

from __future__ import annotations

import re
from datetime import date

from vocmine.report.render import svg
from vocmine.report.words import Words
from vocmine.stats import Estimate


def test_a_bar_is_as_long_as_its_share_of_the_widest():
    assert 'width="50"' in svg.interval_bar(Estimate(50), 100)
    band = svg.interval_bar(Estimate(50, 40, 70), 100)
    assert re.findall(r'class="band" x="(\d+)" y="5.5" width="(\d+)"', band) == [("40", "30")]


def test_nothing_is_drawn_of_nothing():
    assert svg.interval_bar(Estimate(), 100) == ""
    assert svg.interval_bar(Estimate(1), 0) == ""
    assert svg.stacked_bar((0, 0), ("a", "b"), "label") == ""


def test_parts_of_a_whole_add_up():
    widths = re.findall(r' width="([\d.]+)"', svg.stacked_bar((1, 2, 1), ("a", "b", "c"), "label"))
    assert [float(width) for width in widths] == [25, 50, 25]


def test_labels_are_escaped():
    drawn = svg.week_bars((1, 2), '"><script>', ("<b>", "c"))
    assert "<script>" not in drawn
    assert "<b>" not in drawn
    assert drawn.count("<title>") == 2


def test_a_day_above_what_is_usual_is_marked():
    drawn = svg.day_bars([(date(2026, 10, 1), 1.0, 1.0, 3.0), (date(2026, 10, 2), 9.0, 1.0, 3.0)], "label", Words("en"))
    assert drawn.count("<title>2 Oct: 9 contacts (usually up to 3)</title>") == 2
    assert (drawn.count('class="bar alarm"'), drawn.count('class="usual"')) == (1, 2)


def test_steps_of_a_bridge_begin_where_the_one_before_ended():
    bars = [("a", Estimate(100), "100", True), ("<b>", Estimate(-40), "-40", False), ("c", Estimate(60), "60", True)]
    drawn = svg.waterfall(bars, "label")
    tops = [(float(y), float(height)) for y, height in re.findall(r'y="([\d.]+)" width="8" height="([\d.]+)"', drawn)]
    assert tops[0][0] == tops[1][0]  # the fall begins at the top of the first
    assert tops[1][0] + tops[1][1] == tops[2][0] and "<b>" not in drawn
    assert svg.waterfall([("a", Estimate(0), "0", True)], "label").startswith("<svg")
    cut = svg.waterfall(bars, "label", 50.0)
    assert 'class="axis"' not in cut and 'class="axis"' in drawn
