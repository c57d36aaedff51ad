"""Findings: plain sentences, and nothing too small to be one."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import replace

import pandas as pd
import pytest

from vocmine.report import Extras, build_report
from vocmine.report.findings import findings
from vocmine.report.words import Words
from vocmine.results import IssueCosts, Note
from vocmine.stats import Estimate


def seen_text(page: str) -> str:
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.S)


@pytest.fixture
def report(centre):
    return build_report(centre.contacts, centre.tags, centre.costs, "en")


def test_a_saving_of_the_whole_cost_is_not_promised(centre):
    for part, said in ((1.0, False), (0.4, True)):
        costs = centre.costs.with_table(centre.costs.table.assign(avoidable_cost=centre.costs.table.cost * part))
        report = build_report(centre.contacts, centre.tags, costs)
        assert any("減らせる余地が最も大きい" in sentence for sentence in report.findings) == said
        assert ("原因をすべて取り除けた場合" in report.html) == said


def test_the_range_of_a_corrected_number_is_told(centre, untimed_costs):
    table = untimed_costs(centre).table.assign(n_low=lambda t: t.n_contacts * 0.9, n_high=lambda t: t.n_contacts * 1.1)
    costs = IssueCosts(table, n_checked=200, basis="audit")
    report = build_report(centre.contacts, centre.tags, costs, "ja")
    assert "420件（推定の幅378〜462件）" in report.findings[0]


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


def test_few_known_reasons_lead_to_the_topics(centre):
    tags = centre.tags[~((centre.tags.kind == "reason") & (centre.tags.contact_id > "c00700"))]
    told = build_report(centre.contacts, tags, centre.costs, topics=centre.topics).findings
    assert any("vocmine propose" in sentence for sentence in told)
    told = build_report(centre.contacts, centre.tags, centre.costs, topics=centre.topics).findings
    assert not any("vocmine propose" in sentence for sentence in told)


def test_a_mood_that_is_good_is_no_finding(report):
    words = Words("en")
    assert any("unhappiest" in sentence for sentence in report.findings)
    lines = tuple(dataclasses.replace(x, negative=Estimate(0.03, 0.01, 0.06, 40)) for x in report.summary.issues)
    calm = dataclasses.replace(report.summary, issues=lines)
    assert not any("unhappiest" in sentence for sentence in findings(calm, report.evidence, words))


@pytest.mark.parametrize(("lang", "said"), [("ja", "理由を判定できません"), ("en", "has no answer")])
def test_a_list_of_reasons_that_does_not_fit_is_the_headline(centre, lang, said):
    """Nine of ten contacts without a reason: then no issue is the news."""
    tags = centre.tags.copy()
    rest = tags["contact_id"].isin(sorted(set(tags["contact_id"]))[::10])
    tags.loc[(tags["kind"] == "reason") & ~rest, "label"] = "unknown"
    report = build_report(centre.contacts, tags, centre.costs, lang)
    first = report.html.partition('class="said"')[2].partition("</p>")[0]
    assert said in first
    assert ("%" in report.findings[0]) and report.findings[0] != build_report(centre.contacts, centre.tags, centre.costs, lang).findings[0]


def test_what_the_rest_is_about_is_told_from_the_topics(centre):
    tags = centre.tags.copy()
    rest = tags["contact_id"].isin(sorted(set(tags["contact_id"]))[::10])
    tags.loc[(tags["kind"] == "reason") & ~rest, "label"] = "unknown"
    found = pd.DataFrame({"topic_id": [0, 1, 2, 3], "name": list("ABCD"), "n": [90, 80, 70, 60], "n_unknown": [10, 75, 60, 59], "quote": ""})
    report = build_report(centre.contacts, tags, centre.costs, "en", extras=Extras(discovered=found))
    assert "is about “B”, “C”, “D”" in report.findings[0]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_findings_are_plain_sentences(full_report, lang):
    report = full_report(lang)
    assert 3 <= len(report.findings) <= 9
    end = "。" if lang == "ja" else "."
    assert all(sentence.endswith(end) and "<" not in sentence and "nan" not in sentence for sentence in report.findings)
    assert all(sentence in repr(report) for sentence in report.findings)
    assert ("QR決済の画面が真っ白" if lang == "ja" else "QR payment screen goes white") in report.findings[0]
    assert ("121万円" if lang == "ja" else "¥1.21M") in report.findings[1]
