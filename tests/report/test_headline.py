"""The first screen: five answers, those that need no reasons where reasons are not known, two where nothing is."""

from __future__ import annotations

import re
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from vocmine.report import Extras, build_report
from vocmine.report.headline import headline
from vocmine.report.sections.protocol import ReportView
from vocmine.report.words import Words

NARROWING = pd.DataFrame({"issue": ["billing.double_charge", "account.login"], "n": 100, "now": [0.6, 0.45], "then": [0.2, 0.15]})


def view_of(report):
    return ReportView(report.summary, report.evidence, Words(report.lang, report.summary.currency), "T")


def answers_of(report):
    return {answer.key: answer for answer in headline(view_of(report)).answers}


def words_of(answer) -> str:
    lines = [f"{line.name} {line.value} {' '.join(line.notes)}" for line in answer.lines]
    return " | ".join([answer.question, answer.text, *lines, *answer.notes, *answer.commands])


@pytest.fixture
def report_with(centre):
    def make(width, lang, basis="prior", n_checked=0, **extras):
        table = centre.costs.table
        wide = table.assign(cost_low=table.cost / (1 + width), cost_high=table.cost * (1 + width))
        costs = replace(centre.costs, table=wide, basis=basis, n_checked=n_checked)
        return build_report(centre.contacts, centre.tags, costs, lang, extras=Extras(**extras))

    return make


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_five_questions_in_one_order(full_report, lang):
    report = full_report(lang)
    assert [a.key for a in headline(view_of(report)).answers] == ["cost", "grow", "say", "save", "sure"]
    page = report.html
    places = [page.index(f'id="answer-{key}"') for key in ("cost", "grow", "say", "save", "sure")]
    assert page.index('id="incidents"') < places[0] and places == sorted(places)
    assert places[-1] < page.index('class="tiles"') < page.index('class="nav"') < page.index('id="findings"')


def test_no_statement_of_the_first_screen_stands_among_the_findings_of_the_page(full_report):
    for lang in ("ja", "en"):
        report = full_report(lang)
        listed = report.html.partition('<ol class="findings">')[2].partition("</ol>")[0]
        told = [text for text in report.findings if text[:30] in re.sub("<[^>]+>", "", listed)]
        assert 1 <= len(told) < len(report.findings)
        assert report.findings[0][:20] not in listed and report.findings[1][:20] not in listed


def test_where_reasons_are_not_known_no_answer_speaks_of_one(centre):
    tags = centre.tags.copy()
    rest = tags["contact_id"].isin(sorted(set(tags["contact_id"]))[::10])
    tags.loc[(tags["kind"] == "reason") & ~rest, "label"] = "unknown"
    for lang in ("ja", "en"):
        report = build_report(centre.contacts, tags, centre.costs, lang, topics=centre.topics)
        found = headline(view_of(report)).answers
        assert [a.key for a in found] == ["fit", "about", "say", "grow", "next"]
        told = " ".join(map(words_of, found))
        assert not [name for name in ("ログインできない", "Cannot log in") if name in told]
        assert "vocmine propose" in told


def test_without_any_reason_two_questions_are_answered(centre):
    tags = centre.tags.loc[centre.tags.kind != "reason"]
    costs = centre.costs.with_table(centre.costs.table.tail(2))
    report = build_report(centre.contacts, tags, costs, "en")
    assert list(answers_of(report)) == ["cost", "grow"]
    assert answers_of(report)["cost"].text == "Can't be told yet"
    assert "answer-cost" in report.html


@pytest.mark.parametrize(("lang", "said"), [
    ("ja", "100件を人手で確かめると、「ログインできない」の幅は±45%から±15%ほど"),
    ("en", "Checking 100 contacts by hand is expected to narrow “Cannot log in” from ±45% to about ±15%"),
])
def test_what_would_narrow_it_is_a_sentence_too(report_with, lang, said):
    report = report_with(0.05, lang, narrowing=NARROWING)
    assert report.narrowing.startswith(said) and "vocmine audit --out" in report.narrowing and "--n 100 --to audit.xlsx" in report.narrowing
    assert report_with(0.05, lang).narrowing == ""
    more = report_with(0.05, lang, "audit", 80, narrowing=NARROWING)
    assert ("もう1つ（100件）" if lang == "ja" else "Another 100 contacts") in more.narrowing


def test_the_first_in_priority_is_told_where_the_order_stands(report_with, centre):
    ranking = pd.DataFrame({"issue": centre.ids, "rank": [3, 1, 2, 4, 5, 6, 7], "rank_low": [2, 1, 2, 4, 5, 6, 7], "rank_high": [3, 1, 3, 4, 5, 6, 7]})

    def lead(table):
        return report_with(0.05, "ja", ranking=table).html.partition('id="digest"')[2].partition("</p>")[0]

    assert "優先度では、「二重請求」が1位" in lead(ranking)
    assert "優先度で1位なのは、次の2つのどれか" in lead(ranking.assign(rank_low=[1, 1, 2, 4, 5, 6, 7]))
    assert "1位になりうる課題が7つあり" in lead(ranking.assign(rank_low=1))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_workbook_says_what_ranges_rest_on(report_with, lang, tmp_path):
    report = report_with(0.05, lang, "audit", 200)
    report.to_xlsx(tmp_path / "r.xlsx")
    said = "人手で確かめた200件" if lang == "ja" else "200 contacts checked by hand"
    sheets = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[:2]
    assert any(said in str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
