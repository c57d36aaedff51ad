"""What follows what: only beyond chance, never a reason after itself; examples are masked, cut and one a customer."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.report import Extras, build_report


@pytest.fixture
def report(centre, made):
    def make(lang="ja", **changes):
        tables = {**made.reach(), **changes}
        return build_report(centre.contacts, centre.tags, centre.costs, lang, extras=Extras(journeys=tables, timelines=made.timelines()))

    return make


def test_only_other_reasons_beyond_chance_are_shown(report):
    rows = report().summary.section("flows").grid("reason_flows").rows
    assert [row[:3] for row in rows] == [("delivery.late", "contract.cancel", 9)]


def test_that_nothing_stands_out_is_said(report, made):
    calm = made.reach()["reason_flows"].assign(p_adjusted=0.4)
    section = report(reason_flows=calm).summary.section("flows")
    assert section.grid("reason_flows") is None
    assert [sentence.key for sentence in section.sentences] == ["flows_single", "flows_none"]


def test_paths_of_one_contact_are_a_sentence(report):
    section = report().summary.section("flows")
    assert {name: value for name, _, value in section.sentences[0].values} == {"n": 100, "share": 0.92}
    assert [row[0] for row in section.grid("paths").rows] == [("delivery.late", "contract.cancel"), ("delivery.late", "delivery.late")]


@pytest.mark.parametrize(("lang", "path"), [("ja", "配送遅延 → 解約"), ("en", "Late delivery → Cancel the contract")])
def test_paths_are_written_in_the_language(report, lang, path, tmp_path, centre, made):
    from openpyxl import load_workbook

    from vocmine.results import ReasonInfo

    names = ReasonInfo(names={"ja": {"delivery.late": "配送遅延", "contract.cancel": "解約"}, "en": {"delivery.late": "Late delivery", "contract.cancel": "Cancel the contract"}})
    told = build_report(centre.contacts, centre.tags, centre.costs, lang, names=names, extras=Extras(journeys=made.reach()))
    assert path in told.html
    told.to_xlsx(tmp_path / "r.xlsx")
    assert path in {str(cell.value) for sheet in load_workbook(tmp_path / "r.xlsx") for row in sheet for cell in row}


def test_examples_are_data_cut_and_under_a_pseudonym(report, tmp_path):
    from openpyxl import load_workbook

    told = report()
    grid = told.summary.section("flows").grid("timelines")
    assert grid.folded and len(grid.shown) == 6 and {row[0] for row in grid.rows} == {"9f9f9f9f", "0a0a0a0a"}
    assert max(len(row[-1]) for row in grid.rows) == 121
    assert "<script>alert" not in told.html and "&lt;script&gt;alert" in told.html and "9f" * 16 not in told.html
    told.to_xlsx(tmp_path / "r.xlsx")
    cells = [cell for sheet in load_workbook(tmp_path / "r.xlsx") for row in sheet for cell in row]
    assert {cell.data_type for cell in cells if "calc" in str(cell.value)} == {"s"}


def test_one_customer_fills_one_example(made, centre):
    lines = pd.concat([made.timelines().head(3).assign(chain_id=f"x{i}") for i in range(3)] + [made.timelines().tail(3)])
    section = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(timelines=lines)).summary.section("flows")
    grid = section.grid("timelines")
    assert [row[0] for row in grid.shown] == ["9f9f9f9f"] * 3 + ["0a0a0a0a"] * 3 and grid.more == 6
