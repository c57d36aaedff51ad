"""Where to look first: products, teams, and what customers wanted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vocmine.report import build_report
from vocmine.results import ReasonInfo


def test_products_stand_on_the_cards(centre):
    contacts = centre.contacts.assign(product=np.where(np.arange(len(centre.contacts)) % 4 == 0, "光回線", "モバイルアプリ"))
    report = build_report(contacts, centre.tags, centre.costs)
    line = report.summary.issues[0]
    assert [name for name, _ in line.products] == ["モバイルアプリ", "光回線"]
    assert sum(n for _, n in line.products) == sum(line.channels)
    assert "主な製品: モバイルアプリ 7" in report.html


def test_what_customers_wanted_is_not_called_a_problem(centre):
    costs = centre.costs.to_frame()
    costs.loc[costs.issue == "contract.cancel", ["cost", "cost_low", "cost_high"]] = 9e6
    report = build_report(centre.contacts, centre.tags, centre.costs.with_table(costs))
    assert report.summary.issues[0].issue == "contract.cancel"
    assert "「ログインできない」" in report.findings[0]
    assert "お申込みやお礼など" in report.html


def test_the_team_that_owns_an_issue_stands_on_its_card(centre):
    tags = centre.tags.copy()
    issue = build_report(centre.contacts, tags, centre.costs, "ja").summary.focus[0].issue
    assert "担当: " not in build_report(centre.contacts, tags, centre.costs, "ja").html
    names = replace(ReasonInfo.shipped(), teams={issue: "決済<i>チーム"})
    page = build_report(centre.contacts, tags, centre.costs, "ja", names=names).html
    assert "担当: 決済&lt;i&gt;チーム" in page
