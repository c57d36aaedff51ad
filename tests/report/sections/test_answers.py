"""Teams that do different things, and reasons for self-service: shown where there is something to show."""

from __future__ import annotations

import pandas as pd
import pytest
from openpyxl import load_workbook

from vocmine.report import Extras, build_report

ANSWERS = pd.DataFrame({
    "reason": ["delivery.late", "delivery.late"], "team": ["大阪<b>", "東京"], "kind": ["paid", "word"], "word": ["", "返金"], "n": [80, 80], "hits": [40, 30],
    "share": [0.5, 0.4], "expected": [0.1, 0.1], "excess": [32.0, 24.0], "difference": [0.4, 0.3], "low": [0.3, 0.2], "high": [0.5, 0.4],
    "stands_out": True,
})


SIMPLE = pd.DataFrame({
    "reason": ["account.login"], "n": [120], "n_human": [100], "human_share": [0.83], "handle_ratio": [0.6], "return_share": [0.05], "complexity": [0.1], "is_candidate": [True],
})


@pytest.fixture(scope="module")
def made(centre):
    def make(lang="ja", **extras):
        return build_report(centre.contacts, centre.tags, centre.costs, lang, extras=Extras(**extras))

    return make


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_teams_do_differently_is_said_and_shown(made, lang, tmp_path):
    report = made(lang, journeys={"answers": ANSWERS, "self_service": SIMPLE})
    page = report.html
    assert "大阪&lt;b&gt;" in page
    assert "大阪<b>" not in page
    said = "返金・補償など" if lang == "ja" else "refunded or compensated"
    assert said in page
    assert ("自己解決に向きそうな理由" if lang == "ja" else "Candidates for self-service") in page
    assert page.count('id="g-answers"') == 1
    report.to_xlsx(tmp_path / "r.xlsx")
    cells = {str(cell.value) for sheet in load_workbook(tmp_path / "r.xlsx") for row in sheet for cell in row}
    assert said in cells
    assert "東京" not in cells  # another way of writing notes is no other answer


def test_without_anything_that_stands_out_nothing_is_said(made):
    page = made(journeys={"answers": ANSWERS.iloc[:0], "self_service": SIMPLE.iloc[:0]}).html
    assert 'id="journeys"' not in page
