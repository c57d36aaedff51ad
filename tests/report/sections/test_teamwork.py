"""From team to team: moves to others first, no ranking by chance, no agents unless they are among the tables."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.report import Extras, build_report
from vocmine.stats import Estimate


@pytest.fixture
def section(centre, made):
    def make(**changes):
        tables = {**made.reach(), **changes}
        return build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(journeys=tables)).summary.section("teamwork")

    return make


def test_moves_to_other_teams_come_first_and_no_move_is_none(section):
    rows = section().grid("handoffs").rows
    assert [row[:2] for row in rows] == [("A", "=B"), ("A", "A")]
    assert rows[1][-1] == Estimate(1.6, 1.0, 2.2)  # 96 minutes
    assert not rows[0][-1].ranged  # a single timed contact has no range
    assert len(rows[0]) == 6  # no rates, no column of money


def test_money_has_a_column_where_there_are_rates(section, made):
    paid = made.reach()["handoffs"].assign(money=[float("nan"), 6_307.0, 5_256.0], money_low=[float("nan"), 3_942.0, float("nan")], money_high=[float("nan"), 8_672.0, float("nan")])
    assert [col.head for col in section(handoffs=paid).grid("handoffs").cols][-1] == "col_again_money"


def test_all_contacts_and_unknown_ones_are_no_reason(section):
    assert [row[0] for row in section().grid("misroutes").rows] == ["delivery.late"]


def test_teams_are_said_to_differ_only_where_ranges_are_apart(section, made):
    keys = [sentence.key for sentence in section().sentences]
    assert keys == ["team_astray", "team_touch_alike"]
    apart = made.reach()["one_touch_teams"].assign(adjusted_low=[0.7, 0.5], adjusted_high=[0.8, 0.6])
    assert section(one_touch_teams=apart).sentences[-1].key == "team_touch_apart"


def test_agents_stand_by_team_under_the_beginning_of_a_hash(section, made):
    assert section().grid("one_touch_agents") is None
    agents = made.reach()["one_touch_teams"].drop(columns="team").assign(agent_id=["ab" * 16, "cd" * 16], team=["A", None])
    grid = section(one_touch_agents=agents).grid("one_touch_agents")
    assert grid.folded and [row[:2] for row in grid.rows] == [("abababab", "A"), ("cdcdcdcd", "")]


@pytest.mark.parametrize(("lang", "words"), [("ja", ("チーム間の引き継ぎ", "どのチームからどのチームへ")), ("en", ("From team to team", "From which team to which"))])
def test_the_page_and_the_workbook_have_it(full_report, lang, words, tmp_path):
    from openpyxl import load_workbook

    report = full_report(lang)
    assert all(word in report.html for word in words)
    report.to_xlsx(tmp_path / "r.xlsx")
    sheets = load_workbook(tmp_path / "r.xlsx")
    cells = {str(cell.value) for sheet in sheets for row in sheet for cell in row}
    assert words[1] in cells


def test_nothing_without_tables(centre):
    extras = Extras(journeys={"handoffs": pd.DataFrame()})
    assert build_report(centre.contacts, centre.tags, centre.costs, extras=extras).summary.section("teamwork") is None


def test_where_nothing_came_again_there_is_no_table_of_moves(section, made):
    assert section(handoffs=made.reach()["handoffs"].iloc[:1]).grid("handoffs") is None
