"""What is held back where most contacts have no reason, on the page and in the workbook alike."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest
from openpyxl import load_workbook

from vocmine.report import Extras, build_report
from vocmine.report.holding import held_back
from vocmine.report.trust_notes import unfounded_sentences
from vocmine.report.words import Words

SELF = pd.DataFrame({"reason": ["billing.invoice"], "n_human": 40, "human_share": 0.9, "handle_ratio": 0.6, "return_share": 0.05})


@pytest.fixture
def reports(centre, made):
    """The same report with a list that fits, and with most reasons unknown."""
    tags = centre.tags.copy()
    rest = tags["contact_id"].isin(sorted(set(tags["contact_id"]))[::10])
    tags.loc[(tags["kind"] == "reason") & ~rest, "label"] = "unknown"
    table = centre.costs.table.assign(avoidable_cost=centre.costs.table.cost / 2, avoidable_payout=1.0, repeat_share=0.1)
    ranking = pd.DataFrame({"issue": centre.ids, "rank": range(1, 8), "rank_low": 1, "rank_high": 7})
    extras = Extras(journeys={**made.journeys(), "self_service": SELF}, narrowing=made.narrowing(), discovered=made.discovered(), ranking=ranking)
    return [build_report(centre.contacts, t, centre.costs.with_table(table), "ja", extras=extras) for t in (centre.tags, tags)]


def test_nothing_is_held_back_where_the_list_fits(reports):
    fits, _ = reports
    assert held_back(fits.summary) is fits.summary
    assert 'id="digest"' in fits.html and "自己解決に向きそうな理由" in fits.html


def test_priorities_savings_and_advice_are_held_back_and_it_is_said_once_why(reports, tmp_path):
    _, report = reports
    page = report.html
    assert 'id="digest"' not in page and "減らせる見込み" not in page.replace("優先度、減らせる見込み", "", 1)
    assert page.count("自己解決") == 1 and page.count("判定できた一部だけで比べると見誤る") == 1
    assert all(math.isnan(line.avoidable) and math.isnan(line.repeat_share) and not line.rank.known for line in report.summary.lines)
    assert report.narrowing == "" and not report.summary.ranked
    keys = {grid.key for section in report.summary.sections for grid in section.grids}
    assert not keys & {"solved", "self_service"} and {"discovered", "moves"} <= keys
    report.to_xlsx(tmp_path / "r.xlsx")
    said = " ".join(str(cell) for sheet in load_workbook(tmp_path / "r.xlsx") for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert "自己解決" not in said


def test_costs_of_all_lines_still_add_up(reports):
    fits, report = reports
    assert report.summary.total_cost == fits.summary.total_cost
    assert sum(line.cost.value for line in report.summary.lines) == pytest.approx(report.summary.total_cost)


def test_an_order_given_later_is_held_back_too(reports, centre):
    _, report = reports
    assert report.ranked(pd.DataFrame({"issue": centre.ids, "rank": range(1, 8)})) is report


def test_topics_stand_before_the_table_of_issues_that_answers(reports):
    fits, report = reports
    assert report.html.index('id="discovered"') < report.html.index('id="explore"')
    assert fits.html.index('id="explore"') < fits.html.index('id="digest"')


def test_figures_by_reason_are_folded_and_said_to_be_unfounded_where_the_list_does_not_fit(reports):
    fits, unfit = reports
    told = "ほかのお問い合わせで学んだ誤りからの推定にすぎず"
    assert '<section id="costs" aria-labelledby="h-costs">\n<h2' in fits.html and told not in fits.html
    assert '<section id="costs" aria-labelledby="h-costs">\n<details class="part">' in unfit.html
    assert (told in unfit.html) == (unfit.summary.basis == "prior")
    prior = replace(unfit.summary, basis="prior")
    assert told in unfounded_sentences(prior, Words("ja"))[0]
    assert unfounded_sentences(replace(prior, basis="audit"), Words("ja")) == []
    assert unfounded_sentences(replace(fits.summary, basis="prior"), Words("ja")) == []
