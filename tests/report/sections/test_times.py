"""Times by channel, and the base of what counts as solved."""

from __future__ import annotations

import pandas as pd

from vocmine.report.sections.times import base_sentences, time_grid


def test_each_channel_has_its_own_times(full_report):
    report = full_report()
    rows = {row[0]: row[1:] for row in report.summary.section("journeys").grid("times").rows}
    assert list(rows) == ["call", "chat"]
    assert rows["call"][0] == 300 and rows["call"][1].value == 615 / 60 and rows["call"][2].value == 8
    assert rows["call"][3] is None and not rows["call"][4].known
    assert rows["chat"][4].value == 0.75
    assert "平均応対時間 AHT（分）" in report.html


def test_the_base_is_said_with_its_size(full_report):
    assert "どれも同じ200件を母数" in full_report().html
    table = pd.DataFrame({"measure": ["csat"], "n": [9]})
    assert base_sentences(table) == () == base_sentences(None)


def test_no_channel_gives_no_rows():
    assert time_grid(pd.DataFrame(columns=["channel", "measure", "n", "value", "low", "high"])).rows == ()
