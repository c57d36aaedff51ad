"""Teams that do different things, reasons for self-service, contacts per order: shown where there is something to show."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from openpyxl import load_workbook

from vocmine.report import Extras, build_report
from vocmine.results import ReasonInfo

ANSWERS = pd.DataFrame({
    "reason": ["delivery.late", "delivery.late"], "team": ["大阪<b>", "東京"], "kind": ["paid", "word"], "word": ["", "返金"], "n": [80, 80], "hits": [40, 30],
    "share": [0.5, 0.4], "expected": [0.1, 0.1], "excess": [32.0, 24.0], "difference": [0.4, 0.3], "low": [0.3, 0.2], "high": [0.5, 0.4],
    "stands_out": True,
})
SIMPLE = pd.DataFrame({
    "reason": ["account.login"], "n": [120], "n_human": [100], "human_share": [0.83], "handle_ratio": [0.6], "return_share": [0.05], "complexity": [0.1], "is_candidate": [True],
})


def units(n_months=2):
    months = ["2026-08", "2026-09", "2026-10"][:n_months]
    table = pd.DataFrame([
        {"issue": issue, "month": month, "n_contacts": n * (k + 1), "units": 1_000.0 * (k + 1), "contact_rate": n / 1_000, "contact_rate_low": n / 1_200, "contact_rate_high": n / 900}
        for issue, n in (("all", 90.0), ("account.login", 60.0), ("unknown", 30.0)) for k, month in enumerate(months)
    ])
    table["unit_name"] = "ご注文"
    return table


def months():
    return pd.DataFrame({"month": ["2026-08", "2026-09"], "issue": "account.login", "n_contacts": [60.0, 120.0], "handle_hours": 1.0, "cost": [600.0, 1200.0]})


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


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_contacts_that_only_follow_the_orders(made, lang):
    page = re.sub(r"<style.*?</style>|<[^>]+>", "", made(lang, units=units(), months=months()).html, flags=re.S)
    if lang == "ja":
        assert "2026-08から2026-09にかけて、お問い合わせは2.0倍、ご注文は2.0倍になりました" in page
        assert "ご注文1,000件あたりのお問い合わせ件数は90.0（推定の幅75.0〜100.0）から90.0" in page
    else:
        assert "contacts went to 2.0× and ご注文 to 2.0× of what they were" in page


def test_one_month_of_orders_is_shown_and_not_compared(made):
    page = made(units=units(1)).html
    assert 'id="g-per_unit"' in page
    assert "2026-08から" not in page


def test_the_team_that_owns_an_issue_stands_on_its_card(centre):
    tags = centre.tags.copy()
    issue = build_report(centre.contacts, tags, centre.costs, "ja").summary.focus[0].issue
    assert "担当: " not in build_report(centre.contacts, tags, centre.costs, "ja").html
    names = replace(ReasonInfo.shipped(), teams={issue: "決済<i>チーム"})
    page = build_report(centre.contacts, tags, centre.costs, "ja", names=names).html
    assert "担当: 決済&lt;i&gt;チーム" in page


def test_an_alert_tells_the_words_that_stand_out(centre):
    alerts = pd.DataFrame({
        "topic_id": [3], "name": ["白画面"], "day": [pd.Timestamp("2026-10-30", tz="UTC")], "n": [20], "expected": [2.0], "ratio": [10.0], "p_adjusted": [0.001],
        "status": ["new"], "contact_ids": [()], "words": ["白い / <b>真っ白</b>"], "ratio_low": [4.5], "ratio_high": [22.0],
    })
    page = build_report(centre.contacts, centre.tags, centre.costs, "ja", alerts=alerts).html
    assert "目立つ言葉: 白い、&lt;b&gt;真っ白&lt;/b&gt;" in page
    assert "2.0件の10倍（4.5〜22.0倍）" in page
    assert "目立つ言葉" not in build_report(centre.contacts, centre.tags, centre.costs, "ja", alerts=alerts.drop(columns="words")).html
