"""Alerts: the latest of each topic, what it may come to, and quotes from its contacts."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from vocmine.report import Extras, build_report
from vocmine.stats import Estimate


def test_an_alert_says_what_it_may_come_to(centre, made):
    extras = Extras(timeline=centre.timeline, outlook=made.outlook())
    report = build_report(centre.contacts, centre.tags, centre.costs, alerts=centre.alerts, extras=extras)
    alert = report.summary.alerts[0]
    assert (alert.by_end.value, alert.by_end.low, alert.by_end.high) == (61.0, 49.0, 84.0)
    assert "10月31日までにこの月は61件（幅49〜84件）" in report.html
    assert "約6.1万円（幅4.0万〜9.9万円）" in report.html
    assert not report.summary.alerts[1].by_end.known


def test_an_alert_a_topic_the_most_striking_first(full_report, centre):
    alerts = full_report().summary.alerts
    assert [a.topic_id for a in alerts] == [3, 8]
    first = alerts[0]
    assert (first.n, first.first_day.day, first.day.day) == (21, 22, 24)
    assert first.n_contacts == len({i for ids in centre.alerts.contact_ids[:2] for i in ids})
    assert len(first.days) == 30
    assert first.days[-1][1] == centre.timeline[centre.timeline.topic_id == 3].n.iloc[-1]


def test_quotes_of_an_alert_come_from_its_contacts(full_report, centre):
    quotes = full_report().evidence.alert_quotes[3]
    assert quotes
    assert {q.contact_id for q in quotes} <= set(centre.alerts.contact_ids[1])


def test_ended_alerts_stand_last_and_make_no_finding(centre):
    alerts = centre.alerts.assign(status=["ended", "ended", "growing"])
    report = build_report(centre.contacts, centre.tags, centre.costs, alerts=alerts)
    assert [a.status for a in report.summary.alerts] == ["growing", "ended"]
    assert any("ポイント未付与" in sentence for sentence in report.findings)
    assert not any("白画面" in sentence for sentence in report.findings)


@pytest.mark.parametrize("ids", ["c00001|c00002", "c00001, c00002", ["c00001", "c00002"], np.array(["c00001", "c00002"])])
def test_contact_ids_may_come_from_a_file(centre, ids):
    alerts = centre.alerts.head(1).assign(contact_ids=pd.Series([ids], index=[0], dtype=object))
    assert build_report(centre.contacts, centre.tags, centre.costs, alerts=alerts).summary.alerts[0].n_contacts == 2


def test_an_outlook_that_tells_nothing_is_left_out():
    from datetime import date

    from vocmine.report.sections.alerts import AlertRecord

    day = date(2026, 11, 4)
    line = AlertRecord(1, day, day, 13, 0.4, 26.0, 0.001, "growing", 13, until=date(2026, 11, 30))
    told = {"fair": Estimate(60, 30, 120), "less than was seen": Estimate(7, 1, 24), "anything": Estimate(213, 19, 815)}
    assert [name for name, end in told.items() if dataclasses.replace(line, by_end=end).is_projected] == ["fair"]


def test_an_alert_tells_the_words_that_stand_out(centre):
    alerts = pd.DataFrame({
        "topic_id": [3], "name": ["白画面"], "day": [pd.Timestamp("2026-10-30", tz="UTC")], "n": [20], "expected": [2.0], "ratio": [10.0], "p_adjusted": [0.001],
        "status": ["new"], "contact_ids": [()], "words": ["白い / <b>真っ白</b>"], "ratio_low": [4.5], "ratio_high": [22.0],
    })
    page = build_report(centre.contacts, centre.tags, centre.costs, "ja", alerts=alerts).html
    assert "目立つ言葉: 白い、&lt;b&gt;真っ白&lt;/b&gt;" in page
    assert "2.0件の10倍（4.5〜22.0倍）" in page
    assert "目立つ言葉" not in build_report(centre.contacts, centre.tags, centre.costs, "ja", alerts=alerts.drop(columns="words")).html
