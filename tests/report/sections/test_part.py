"""A page of a part says what part of the whole it is, on the page, in the workbook and in its heading."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.report.sections.part import SECTION, part_title
from vocmine.report.sections.protocol import SectionData
from vocmine.report.words import Words

TABLE = pd.DataFrame(
    {"what": ["part", "rest", "whole"], "n_contacts": [30.0, 70.0, 100.0], "size": [120.0, 880.0, 1000.0], "payout": [10.0, 0.0, 10.0]}
)


def count(measure="money", table=TABLE):
    return SECTION.count(SectionData(None, {} if table is None else {"part": table}, measure))


def test_shares_of_the_whole():
    (grid,) = count().grids
    assert [row[:5] for row in grid.rows] == [
        ("part_row_part", 30, 0.3, 120.0, 0.12), ("part_row_rest", 70, 0.7, 880.0, 0.88), ("part_row_whole", 100, 1.0, 1000.0, 1.0),
    ]
    assert [col.head for col in grid.cols][-1] == "col_part_payout"


def test_hours_counts_and_nothing():
    assert [col.head for col in count("hours").grids[0].cols] == ["col_part", "col_n", "col_part_of_n", "col_hours", "col_part_of_hours"]
    assert [len(row) for row in count("counts").grids[0].rows] == [3, 3, 3]
    assert count(table=None) is None
    with pytest.raises(SettingsError, match="payout"):
        count(table=TABLE.drop(columns="payout"))


@pytest.mark.parametrize(
    ("values", "lang", "told"),
    [
        ([("product", ["App"])], "ja", "製品・サービス「App」のお問い合わせ：全体の応対費用の12%"),
        ([("product", ["App", "SIM"]), ("channel", ["call"])], "en", "Product “App”, “SIM”, Channel “Phone”: 12% of all handling cost"),
        ([("team", [""])], "ja", "チーム「未記入」のお問い合わせ：全体の応対費用の12%"),
    ],
)
def test_heading(values, lang, told):
    assert part_title(values, {"n": 0.3, "size": 0.12}, "money", Words(lang)) == told


def test_heading_of_counts_and_of_nothing():
    assert part_title([("team", ["A"])], {"n": 0.3, "size": float("nan")}, "counts", Words("en")) == "Team “A”: 30% of all contacts"
    assert part_title([("team", ["A"])], {"n": 0.3, "size": float("nan")}, "money", Words("en")) == "Team “A”"
