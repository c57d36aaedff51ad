"""Handle time of one column, or of talk, hold and after-call work."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import ContactMapping, check_contacts
from vocmine.contacts.handle_time import with_handle_time
from vocmine.errors import SettingsError


def source(**columns):
    n = len(next(iter(columns.values())))
    return pd.DataFrame({"受付番号": [f"a{i}" for i in range(n)], "受付日時": "2026/11/21 9:00", "チャネル": "電話", "本文": "解約したい", **columns})


def times(checked):
    return [None if pd.isna(value) else float(value) for value in checked.contacts["handle_seconds"]]


@pytest.mark.parametrize(
    ("columns", "handle", "work", "code"),
    [
        ({"処理時間": ["300", "200"], "後処理時間": ["60", ""]}, [300, 200], [60, None], "after_call_included"),
        ({"通話時間": ["3:00", "4:00"], "保留時間": ["30", ""], "後処理時間(分)": ["1", "0.5"]}, [270, 270], [60, 30], "handle_time_added_up"),
        ({"通話時間": ["180", ""], "後処理": ["60", "60"]}, [240, None], [60, 60], "handle_time_added_up"),
        ({"talk_time": ["180"], "hold_time": ["20"], "ACW": ["40"]}, [240], [40], "handle_time_added_up"),
        ({"AHT": ["180"], "wrap-up": ["40"]}, [180], [40], "after_call_included"),
        ({"talk_time": ["180"]}, [180], None, "handle_time_added_up"),
        ({"AHT": ["180"]}, [180], None, None),
    ],
)
def test_after_call_work_counts_once(columns, handle, work, code):
    checked = check_contacts(source(**columns))
    assert times(checked) == handle
    assert work is None or [None if pd.isna(x) else x for x in checked.contacts["after_call_seconds"]] == work
    assert (set(checked.warnings["code"]) - {"bad_number"}) == ({code} if code else set())


def test_a_mapping_says_that_handle_time_leaves_it_out():
    frame = source(AHT=["180", "200"], ACW=["40", ""])
    checked = check_contacts(frame, {"handle_includes_after_call": False})
    assert times(checked) == [220, 200]
    assert checked.warnings["code"].tolist() == ["after_call_added"]
    with pytest.raises(SettingsError, match="handle_includes_after_call: must be true or false"):
        ContactMapping.of({"handle_includes_after_call": "no"})


def test_a_mapping_names_the_parts():
    checked = check_contacts(source(A=["100"], B=["20"], C=["30"]), {"A": "talk_seconds", "B": "hold_seconds", "C": "after_call_seconds"})
    assert times(checked) == [150]


def test_a_part_below_zero_rejects_the_row():
    checked = check_contacts(source(talk_time=["100", "100"], hold_time=["-20", "5"]))
    assert checked.rejected["code"].tolist() == ["negative_handle_time"] and times(checked) == [105]


def test_nothing_to_make_it_of_leaves_the_columns_alone():
    columns = pd.DataFrame({"after_call_seconds": ["30"]})
    found, code = with_handle_time(columns)
    assert found is columns and code == ""
    empty, code = with_handle_time(pd.DataFrame({"talk_seconds": [np.nan]}))
    assert np.isnan(empty["handle_seconds"].iloc[0]) and code == "handle_time_added_up"
