"""Discovered topics: those that the list of reasons lacks come first."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.report import Extras, build_report


def test_topics_that_the_list_of_reasons_lacks_come_first(full_report):
    rows = full_report().summary.section("discovered").grid("discovered").rows
    assert [row[0] for row in rows] == ["説明書・テレビ", "パスワード・ログイン", "配送"]
    assert rows[0][2].value == 19 / 20
    assert full_report().summary.section("discovered").sentences[0].values[0][2] == 1


def test_frames_without_their_columns_are_refused(centre, made):

    bad = replace(Extras(), discovered=pd.DataFrame({"topic_id": [1], "title": ["x"]}))
    with pytest.raises(SettingsError, match="discovered"):
        build_report(centre.contacts, centre.tags, centre.costs, extras=bad)
