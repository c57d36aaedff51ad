"""Alerts, words, topics, fixes and products: each shows what its frame says."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from vocmine.report.render.shapes import cloud

from vocmine.errors import SettingsError
from vocmine.report import Extras, build_report
from vocmine.report.summary import WordLine


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


def test_the_size_of_a_word_never_falls_as_its_contacts_grow():
    rng = np.random.default_rng(0)
    lines = [WordLine(int(n), 0.1, 1.0, 0.9, 1.0) for n in rng.integers(1, 5000, 200)]
    views = cloud(lines, [f"w{i}" for i in range(200)], most=None)
    sizes = [v.size for v in sorted(views, key=lambda v: v.n_contacts)]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (1, 6)
    assert {v.size for v in cloud(lines[:1], ["a"])} == {1}


def test_only_sure_growth_is_coloured(full_report):
    page = full_report().html
    assert set(re.findall(r'hot"><bdi>(.*?)</bdi>', page)) == {"アプリ", "QR決済", "画面"}


def test_topics_leave_outliers_out(full_report):
    report = full_report()
    assert report.summary.topics == ((0, 210), (1, 60), (2, 44))
    assert "宛名を変えた領収書が欲しい。" in report.html


def test_products_stand_on_the_cards(centre):
    contacts = centre.contacts.assign(product=np.where(np.arange(len(centre.contacts)) % 4 == 0, "光回線", "モバイルアプリ"))
    report = build_report(contacts, centre.tags, centre.costs)
    line = report.summary.issues[0]
    assert [name for name, _ in line.products] == ["モバイルアプリ", "光回線"]
    assert sum(n for _, n in line.products) == sum(line.channels)
    assert "主な製品: モバイルアプリ 7" in report.html


def test_only_a_sure_saving_becomes_a_finding(full_report, centre):
    sentences = full_report().findings
    assert any("10月5日の改善以降、「配送遅延」の費用は18.2万円（推定の幅9.5万〜27.0万円）減りました。" in s for s in sentences)
    unsure = Extras(fixes=centre.fixes.tail(1))
    report = build_report(centre.contacts, centre.tags, centre.costs, extras=unsure)
    assert not any("改善以降" in sentence for sentence in report.findings)
    assert "まだ言い切れない" in report.html


def test_what_customers_wanted_is_not_called_a_problem(centre):
    costs = centre.costs.copy()
    costs.loc[costs.issue == "contract.cancel", ["cost", "cost_low", "cost_high"]] = 9e6
    costs.attrs = dict(centre.costs.attrs)
    report = build_report(centre.contacts, centre.tags, costs)
    assert report.summary.issues[0].issue == "contract.cancel"
    assert "「ログインできない」" in report.findings[0]
    assert "お申込みやお礼など" in report.html


def test_many_issues_fold_into_one_row_that_still_adds_up(centre):
    n = 30
    costs = pd.DataFrame(
        {
            "issue": [f"i{k:02d}" for k in range(n)], "n_contacts": 10.0, "handle_hours": 1.0,
            "cost": np.arange(n, 0, -1) * 1000.0, "cost_low": 500.0, "cost_high": 40_000.0, "imputed_share": 0.1, "method": "m",
        }
    )
    costs.attrs = {"currency": "JPY"}
    page = build_report(centre.contacts, centre.tags, costs).html
    assert "その他15課題" in page
    assert f"{sum(range(1, 16)) * 1000:,}円" in page


def test_simultaneous_ranges_seldom_cry_wolf(centre):
    """Forty issues that do not change at all: hardly one is called rising or falling."""
    rng = np.random.default_rng(5)
    days, wrong = 56, 0
    costs = centre.costs.head(1)
    costs.attrs = dict(centre.costs.attrs)
    for _ in range(5):
        n = 4000
        contacts = pd.DataFrame(
            {
                "contact_id": [f"c{i}" for i in range(n)], "channel": "call",
                "created_at": pd.Timestamp("2026-09-01", tz="UTC") + pd.to_timedelta(rng.integers(0, days, n), unit="D"),
            }
        )
        label = [f"i{k}" for k in rng.integers(0, 40, n)]
        tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": label})
        table = pd.concat([costs.assign(issue=f"i{k}") for k in range(40)])
        table.attrs = dict(costs.attrs)
        for line in build_report(contacts, tags, table).summary.issues:
            wrong += line.growth.low > 1 or line.growth.high < 1
    assert wrong <= 1


def test_a_saving_of_the_whole_cost_is_not_promised(centre):
    for part, said in ((1.0, False), (0.4, True)):
        costs = centre.costs.assign(avoidable_cost=centre.costs.cost * part)
        costs.attrs = dict(centre.costs.attrs)
        report = build_report(centre.contacts, centre.tags, costs)
        assert any("減らせる余地が最も大きい" in sentence for sentence in report.findings) == said
        assert ("原因をすべて取り除けた場合" in report.html) == said


@pytest.mark.parametrize("name", ["alerts", "hot_words", "topics"])
def test_a_frame_without_its_columns_is_named(centre, name):
    with pytest.raises(SettingsError, match="columns are missing"):
        build_report(centre.contacts, centre.tags, centre.costs, **{name: pd.DataFrame({"x": [1]})})
