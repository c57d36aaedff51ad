"""Sentences on incidents: named first, left out of what other findings tell, and said to be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from vocmine.report import Extras, build_report
from vocmine.report.findings import linked_findings
from vocmine.report.incident_findings import NOTHING, Finding, left_out, open_incidents, rise_due
from vocmine.report.words import Words
from vocmine.stats import Estimate

QR = "i-20261014-1"


@pytest.fixture(scope="module")
def with_incidents(centre, made):
    """Make a report with these incidents and nothing else, in a language."""

    def make(frame: pd.DataFrame | None, lang: str = "en", tags=None, **extras):
        return build_report(
            centre.contacts, centre.tags if tags is None else tags, centre.costs, lang, alerts=centre.alerts,
            extras=Extras(incidents=frame, timezone="Asia/Tokyo", **extras),
        )

    return make


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ja", "インシデント「QR決済の画面が真っ白」が10月12日から続いています。これまでに71件（幅48〜105件、66人）、71件中71件が「アプリ」（ふだん31%）、"
         "71件中67件がバージョン5.2.0（ふだん4.0%）、10月31日までに78件（72〜90件）の見込み、応対費用はこれまでに約41.2万円（39.0万〜44.1万円）。"),
        ("en", "The incident “QR payment screen goes white” has gone on since 12 Oct: 71 contacts so far (likely 48 to 105 contacts, 66 people), 71 of 71 on “アプリ” (usually 31%); "
         "67 of 71 on version 5.2.0 (usually 4.0%); 78 contacts expected by 31 Oct (likely 72 to 90 contacts); handling cost so far about ¥412K (likely ¥390K to ¥441K)."),
    ],
)
def test_the_first_finding_says_what_broke_since_when_on_what_and_what_it_costs(full_report, lang, said):
    assert full_report(lang).findings[0] == said


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_not_known_is_not_said(with_incidents, made, lang):
    gone = ["n_month_end", "n_month_end_low", "n_month_end_high", "cost", "cost_low", "cost_high", "n_low", "n_high"]
    frame = made.incidents().head(1).assign(**dict.fromkeys(gone, np.nan), n_people=0, apart=[()])
    said = with_incidents(frame, lang).findings[0]
    assert said.endswith("これまでに71件。" if lang == "ja" else "since 12 Oct: 71 contacts so far.")


@pytest.mark.parametrize(("lang", "said"), [("ja", "7件のインシデントが続いています"), ("en", "7 incidents go on")])
def test_of_several_five_are_named_and_the_rest_is_counted(with_incidents, made, lang, said):
    one = made.incidents().head(1)
    frame = pd.concat([one.assign(incident_id=f"i-{k}", n_contacts=100 - k, topic_ids=[()]) for k in range(7)])
    report = with_incidents(frame, lang)
    assert report.findings[0].startswith(said)
    assert report.findings[0].count("真っ白" if lang == "ja" else "goes white") == 5
    assert ("ほか2件" if lang == "ja" else "and 2 more") in report.findings[0]


def test_an_alert_of_an_incident_is_no_finding_of_its_own(with_incidents, made):
    assert any("is a new topic" in f or "白画面" in f for f in with_incidents(None).findings)
    told = with_incidents(made.incidents()).findings
    assert not any("白画面" in sentence for sentence in told)
    assert any("ポイント未付与" in sentence for sentence in told)  # it belongs to none


def test_an_incident_that_is_over_is_no_news(with_incidents, made):
    report = with_incidents(made.incidents().assign(state="over"))
    assert open_incidents(report.summary, report.evidence, Words("en")) == NOTHING
    assert report.html.index('id="answers"') < report.html.index('id="other_incidents"')
    assert report.summary.aside == ()


def test_growth_of_an_incident_is_not_told_as_growth_of_the_reason(centre, with_incidents, made, incident_ids):
    """Crashes doubled, but nearly all that came on top is the incident."""
    crashes = centre.tags.loc[(centre.tags.label == "technical.app_crash"), "contact_id"]
    late = centre.contacts.loc[centre.contacts.created_at >= "2026-10-03", "contact_id"]
    mine = tuple(late[late.isin(crashes)])[-120:]
    report = with_incidents(made.incidents(mine))
    line = next(x for x in report.summary.issues if x.issue == "technical.app_crash")
    assert line.is_risen_by_incident and line.growth.low > 1 and not line.own_growth.low > 1
    finding = next(f for f in report.findings if f.startswith("In the latest 28 days, “App crashes”"))
    more, part = line.risen
    assert part < more
    assert f"{part} of the {more} contacts it grew by belong to the incident" in finding
    assert not any("is growing fastest" in f and "App crashes" in f for f in report.findings)


def test_growth_that_is_left_is_told_with_what_was_left_out(full_report):
    report = full_report("ja")
    line = next(x for x in report.summary.issues if x.issue == "technical.app_crash")
    said = next(f for f in report.findings if "伸びが最も大きい" in f)
    assert f"{line.growth_rest.value:.2f}倍" in said
    assert said.endswith("この数字は、インシデント「QR決済の画面が真っ白」の71件を除いています。")


def test_moods_leave_the_incident_out_and_say_so(centre, with_incidents, made, incident_ids):
    """Every contact of the incident is unhappy: that alone must not make its reason the unhappiest."""
    tags = centre.tags.copy()
    moods = tags["kind"] == "sentiment"
    tags.loc[moods & tags["contact_id"].isin(incident_ids), "label"] = "negative"
    plain, aside = with_incidents(None, tags=tags), with_incidents(made.incidents(incident_ids), tags=tags)
    assert any("unhappiest about “App crashes”" in f for f in plain.findings)
    assert not any("unhappiest about “App crashes”" in f for f in aside.findings)
    line = next(x for x in aside.summary.issues if x.issue == "technical.app_crash")
    assert [(part.incident_id, part.n) for part in line.aside] == [(QR, 71)]
    assert sum(aside.summary.moods) == sum(plain.summary.moods)  # totals keep them
    assert aside.summary.total_cost == plain.summary.total_cost


def test_findings_know_the_incidents_they_speak_of(full_report):
    report = full_report("en")
    found = linked_findings(report.summary, report.evidence, Words("en", "JPY"))
    assert [f.text for f in found] == report.findings
    assert found[0].incidents == (QR,)
    assert all(("QR payment screen goes white" in f.text) == (QR in f.incidents) for f in found)


def test_two_sentences_become_one_finding():
    w = Words("en")
    assert Finding("A.").and_then(Finding("B.", ("i",)), w) == Finding("A. B.", ("i",))
    assert Finding("A.", ("i",)).and_then(NOTHING, w) == Finding("A.", ("i",))


@pytest.mark.parametrize(
    ("risen", "growth", "said"),
    [
        ((60, 30), Estimate(2.0, 1.5, 2.5, 80), "増えた60件のうち30件は、インシデント「QR決済の画面が真っ白」のものです。"),
        ((60, 69), Estimate(2.0, 1.5, 2.5, 80), "件数は60件増え、インシデント「QR決済の画面が真っ白」の69件を除くと増えていません。"),
        ((60, 29), Estimate(2.0, 1.5, 2.5, 80), ""), ((60, 40), Estimate(1.3, 0.9, 1.8, 80), ""), ((-4, 9), Estimate(0.8, 0.6, 0.9, 80), ""),
    ],
)
def test_half_of_a_clear_growth_makes_it_that_of_the_incident(full_report, risen, growth, said):
    report = full_report("ja")
    line = next(x for x in report.summary.issues if x.aside)
    assert rise_due(replace(line, risen=risen, growth=growth), report.evidence, Words("ja")).text == said


def test_nothing_set_aside_is_nothing_said(full_report):
    report = full_report("en")
    line = replace(report.summary.issues[0], aside=(), risen=(5, 2), growth=Estimate(2.0, 1.5, 2.5, 40))
    assert left_out((), report.evidence, Words("en")) == NOTHING == rise_due(line, report.evidence, Words("en"))
    assert line.own_growth == line.growth_rest
