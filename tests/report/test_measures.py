"""What a report speaks of: money, hours or numbers of contacts; and longer trends, orders and assumed savings."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from vocmine.report import Extras, build_report
from vocmine.results import IssueCosts, Note

MONEY = r"円|¥|料率を|費用の|時間の中央値|応対時間[^の]|cost us|handling cost|a month|Median"


def untimed_costs(centre) -> IssueCosts:
    gone = dict.fromkeys(("cost", "cost_low", "cost_high", "handle_hours", "cost_per_contact", "share"), np.nan)
    table = centre.costs.table.assign(**gone).drop(index=8)
    table["n_low"] = table["n_high"] = table["n_contacts"]
    notes = (Note.of("attribution_minutes"), Note.of("untimed", channels="social"))
    return IssueCosts(table, currency="XXX", notes=notes, untimed_channels=("social",))


@pytest.fixture(scope="module")
def counted(centre):
    def make(lang: str, **extras):
        contacts = centre.contacts.drop(columns=["handle_seconds"])
        return build_report(contacts, centre.tags, untimed_costs(centre), lang, extras=Extras(**extras))

    return make


def seen_text(page: str) -> str:
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.S)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_without_times_everything_is_a_number_of_contacts(counted, lang):
    report = counted(lang)
    assert report.summary.measure == "counts"
    text = seen_text(report.html)
    said = re.sub(r"<blockquote.*?</blockquote>|<section id=.trust.*", "", report.html, flags=re.S)
    assert not re.findall(MONEY, seen_text(said))
    assert not re.search(r"nan|\bNone\b|約–|0\.0 ?(時間|h\b)", text)
    assert ("60日間で" if lang == "ja" else "in 60 days") in report.findings[0]
    assert not any(re.search("円|¥|–", sentence) for sentence in report.findings)


def test_without_times_issues_stand_by_contacts(counted):
    summary = counted("ja").summary
    sizes = [x.contacts.value for x in summary.issues]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(x.share for x in summary.lines) == pytest.approx(1)
    assert summary.issues[0].share == pytest.approx(sizes[0] / sum(x.contacts.value for x in summary.lines))


@pytest.mark.parametrize(("lang", "tab"), [("ja", "課題別件数"), ("en", "Contacts by issue")])
def test_without_times_the_workbook_has_no_empty_columns_of_money(counted, tmp_path, lang, tab):
    counted(lang).to_xlsx(tmp_path / "r.xlsx")
    sheet = load_workbook(tmp_path / "r.xlsx")[tab]
    heads = [cell.value for cell in sheet[1]]
    assert not [head for head in heads if re.search("費用|時間|下限$|Cost|Hours|saved", head) and "件数" not in head]
    assert sheet.cell(sheet.max_row, 2).value.startswith("=SUM(B2")
    assert len(heads) == len(set(heads)) == 6


def test_the_range_of_a_corrected_number_is_told(centre):
    table = untimed_costs(centre).table.assign(n_low=lambda t: t.n_contacts * 0.9, n_high=lambda t: t.n_contacts * 1.1)
    costs = IssueCosts(table, n_checked=200, basis="audit")
    report = build_report(centre.contacts, centre.tags, costs, "ja")
    assert "420件（推定の幅378〜462件）" in report.findings[0]


def test_figures_draw_contacts_where_there_is_nothing_else(counted):
    figure = counted("en").cost_figure()
    assert list(figure.data[0].x)[:2] == [420, 350]
    assert "Contacts by issue" in figure.layout.title.text


def test_costs_of_nothing_are_no_costs(centre):
    table = centre.costs.table.assign(cost=0.0, cost_low=0.0, cost_high=0.0, handle_hours=np.nan)
    costs = centre.costs.with_table(table)
    assert build_report(centre.contacts, centre.tags, costs).summary.measure == "counts"


@pytest.mark.parametrize(("lang", "said"), [("ja", "SNS、アンケートには処理時間の記録が1件もない"), ("en", "recorded for Social media, Survey")])
@pytest.mark.parametrize("rates", [True, False])
def test_channels_without_any_time_are_named_in_words(centre, lang, said, rates):
    table = centre.costs.table if rates else centre.costs.table.assign(cost=np.nan, cost_low=np.nan, cost_high=np.nan)
    costs = replace(centre.costs, table=table, untimed_channels=("social", "survey"))
    costs = costs.with_notes(Note.of("untimed", channels="social, survey"))
    page = build_report(centre.contacts, centre.tags, costs, lang).html
    assert page.count(said) == 2
    assert "untimed" not in page


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_assumed_part_of_a_saving_is_said_wherever_it_is_shown(centre, lang):
    table = centre.costs.table.assign(avoidable_cost=centre.costs.table.cost * 0.5)
    costs = replace(centre.costs, table=table, fix_rate=0.5).with_notes(Note.of("avoidable", share=0.5))
    report = build_report(centre.contacts, centre.tags, costs, lang)
    assumed = "原因の半分を取り除けたと仮定すると" if lang == "ja" else "assuming that half of its cause were removed"
    assert any(assumed in sentence for sentence in report.findings)
    assert seen_text(report.html).count(assumed) >= 4
    assert ("半分を減らせた場合" if lang == "ja" else "Saved if half were removed") in report.html
    assert ("原因の50%" if lang == "ja" else "assuming that 50% of the cause") in report.html


def test_a_longer_history_moves_the_trends_and_nothing_else(centre):
    last = centre.contacts.created_at.max()
    late = centre.contacts[centre.contacts.created_at > last - pd.Timedelta(days=30)]
    plain = build_report(late, centre.tags, centre.costs)
    history = (centre.contacts[["contact_id", "created_at", "channel"]], centre.tags[["contact_id", "kind", "label"]])
    long = build_report(late, centre.tags, centre.costs, extras=Extras(history=history))
    assert (len(plain.summary.weeks), plain.summary.growth_days) == (4, 14)
    assert (len(long.summary.weeks), long.summary.growth_days) == (8, 28)
    assert long.summary.weekly[-4:] == plain.summary.weekly
    assert long.summary.n_contacts == plain.summary.n_contacts == len(late)
    for a, b in zip(long.summary.issues, plain.summary.issues, strict=True):
        assert a.weekly[-4:] == b.weekly
        assert (a.moods, a.channels, a.csat, a.cost) == (b.moods, b.channels, b.csat, b.cost)
    assert "8週間" in long.html
    whole = build_report(centre.contacts, centre.tags, centre.costs).summary
    assert [x.growth for x in long.summary.issues] == [x.growth for x in whole.issues]


def test_an_order_given_later_is_the_order_given_at_once(centre):
    ranking = pd.DataFrame({"issue": ["technical.app_crash", "account.login"], "rank": [1, 2], "rank_low": 1, "rank_high": [2, 4]})
    at_once = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(ranking=ranking))
    later = build_report(centre.contacts, centre.tags, centre.costs).ranked(ranking)
    assert later.html == at_once.html
    assert "優先度で1位（順位の幅1〜2位）" in later.html
    assert "優先度の高い3つの課題" in later.findings[1]


def test_few_known_reasons_lead_to_the_topics(centre):
    tags = centre.tags[~((centre.tags.kind == "reason") & (centre.tags.contact_id > "c00700"))]
    told = build_report(centre.contacts, tags, centre.costs, topics=centre.topics).findings
    assert any("分類表を手元の商品" in sentence for sentence in told)
    told = build_report(centre.contacts, centre.tags, centre.costs, topics=centre.topics).findings
    assert not any("分類表を手元の商品" in sentence for sentence in told)
