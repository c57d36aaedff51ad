"""The bridge of cost on the page and in the findings."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.frames import LEDGER_COLUMNS
from vocmine.report import Extras, build_report
from vocmine.report.sections.bridge import SECTION


def bridge(sign=1.0, last="2026-10-30"):
    rows = [
        ("", "change", 300_000, 100_000, 500_000), ("", "before", 1_000_000, 900_000, 1_100_000), ("", "volume", 250_000, 100_000, 400_000),
        ("", "minutes", 80_000, 20_000, 130_000), ("", "other", -30_000, -90_000, 10_000), ("", "after", 1_300_000, 1_200_000, 1_400_000),
        ("", "paid_before", 90_000, 70_000, 110_000), ("", "paid", 25_000, -5_000, 60_000), ("", "paid_after", 115_000, 90_000, 140_000),
        ("account.login", "before", 400_000, 380_000, 420_000), ("account.login", "volume", 50_000, 10_000, 90_000), ("account.login", "after", 450_000, 420_000, 480_000),
    ]
    table = pd.DataFrame(rows, columns=["issue", "step", "cost", "low", "high"]).assign(
        first_before="2026-09-01", last_before="2026-09-30", first_after="2026-10-01", last_after=last, n_before=3_000.0, n_after=3_400.0
    )
    if sign < 0:
        change = (table["issue"] == "") & (table["step"] == "change")
        table.loc[change, ["cost", "low", "high"]] = [10_000, -100_000, 120_000]
    return table


@pytest.fixture
def report_with(centre):
    def make(table, lang="ja"):
        return build_report(centre.contacts, centre.tags, centre.costs, lang=lang, extras=Extras(bridge=table))

    return make


def test_steps_and_issues_are_shown_and_add_up(report_with, tmp_path):
    report = report_with(bridge())
    section = report.summary.section("bridge")
    steps = {row[0]: row[1].value for row in section.grid("bridge").rows}
    ends = steps.pop("bridge_step_before"), steps.pop("bridge_step_after")
    assert sum(steps.values()) == ends[1] - ends[0]
    assert section.grid("bridge_issues").rows[0][:4] == ("account.login", 400_000.0, 450_000.0, section.grid("bridge_issues").rows[0][3])
    assert report.html.count("<title>1日あたりの件数: +25.0万円</title>") == 1
    assert "同じ日どうし" in report.html
    assert "同じ日どうし" not in report_with(bridge(last="2026-10-31")).html
    report.to_xlsx(tmp_path / "r.xlsx")
    sheet = pd.read_excel(tmp_path / "r.xlsx", sheet_name="費用の動き", header=None, engine="openpyxl")
    assert sheet.isin([250_000]).any().any()


@pytest.mark.parametrize(
    ("lang", "sign", "said"),
    [
        ("ja", 1.0, r"応対費用は増えています：100万円.*から130万円.*\+30.0万円（\+30%、幅は\+10.0万円?〜\+50.0万円）。件数は3,000件から3,400件。最も大きい要因は1日あたりの件数（\+25.0万円）"),
        ("ja", -1.0, r"応対費用の増減ははっきりしません"),
        ("en", 1.0, r"Handling cost is growing: from ¥1.00M .* to ¥1.30M .*\+30%"),
    ],
)
def test_whether_it_grows_is_told_in_money(report_with, lang, sign, said):
    findings = report_with(bridge(sign), lang).findings
    assert [sentence for sentence in findings if re.search(said, sentence)], findings


def test_nothing_without_money_or_a_bridge(report_with, centre):
    assert report_with(None).summary.section("bridge") is None
    table = centre.costs.table.assign(**dict.fromkeys(("cost", "cost_low", "cost_high"), float("nan")))
    hours = replace(centre.costs, table=table, currency="")
    report = build_report(centre.contacts, centre.tags, hours, extras=Extras(bridge=bridge()))
    assert report.summary.section("bridge") is None
    with pytest.raises(SettingsError, match="columns are missing"):
        report_with(bridge().drop(columns="low"))
    assert SECTION.reads == ("bridge", "cost_weeks", "incidents", "ledger")


def test_weeks_show_the_trend_of_cost(centre):
    weeks = pd.DataFrame({"week": ["2026-10-05", "2026-10-12", "2026-10-19"], "cost": [600_000.0, 700_000.0, 800_000.0], "n_contacts": [700.0, 720.0, 730.0]})
    report = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(bridge=bridge(), cost_weeks=weeks))
    assert [row[1] for row in report.summary.section("bridge").grid("cost_weeks").rows] == weeks["cost"].tolist()
    assert "10月12日からの週：70.0万円、720件" in report.html


@pytest.mark.parametrize(("lang", "said"), [("ja", "9.0万円から11.5万円になりました（+2.5万円"), ("en", "from ¥90.0K to ¥115K (+¥25.0K")])
def test_payouts_stand_beside_it(report_with, lang, said):
    report = report_with(bridge(), lang)
    section = report.summary.section("bridge")
    assert {row[0] for row in section.grid("bridge").rows}.isdisjoint({row[0] for row in section.grid("bridge_paid").rows})
    assert [row[1].value for row in section.grid("bridge_paid").rows] == [90_000, 25_000, 115_000]
    assert said in report.html
    without = bridge().loc[lambda table: ~table["step"].str.startswith("paid")]
    assert report_with(without, lang).summary.section("bridge").grid("bridge_paid") is None


@pytest.mark.parametrize(
    ("lang", "said"),
    [("ja", "このうちインシデント「QR決済の画面が真っ白」の3件による増減は+10.0万円で、それを除くと+20.0万円"),
     ("en", "Of this, +¥100K comes from 3 contacts of the incident “QR payment screen goes white”; without them the change is +¥200K")],
)
def test_the_part_of_an_incident_is_said_and_the_whole_stays(centre, made, lang, said):
    """One contact in the month before, two in the month after: 50,000 and 150,000; others and other days are not its."""
    table = bridge()
    (first, _last), (start, end) = [(table[f"first_{x}"].iloc[0], table[f"last_{x}"].iloc[0]) for x in ("before", "after")]
    ledger = pd.DataFrame(
        {"contact_id": ["a", "b", "c", "d", "z"], "day": [first, start, end, "2020-01-01", end], "issue": "technical.app_crash",
         "cost": [50_000.0, 90_000.0, 60_000.0, 7e6, 9e6], "minutes": 1.0, "share": 1.0}
    ).reindex(columns=list(LEDGER_COLUMNS)).assign(imputed=False)
    extras = Extras(bridge=table, incidents=made.incidents(("a", "b", "c", "d")))
    plain, told = (
        build_report(centre.contacts, centre.tags, centre.costs, lang, extras=each) for each in (extras, replace(extras, ledger=ledger))
    )
    assert not any(said in sentence for sentence in plain.findings)
    assert any(said in sentence for sentence in told.findings), told.findings
    moves = [report.summary.records("bridge")[0] for report in (plain, told)]
    assert moves[0].change == moves[1].change and moves[1].aside_cost == 100_000.0
    assert str(moves[1].rest.value) == str(moves[1].change.value - 100_000.0)
    assert 'href="#incident-i-20261014-1"' in told.html.partition('<section id="bridge"')[2].partition("</section>")[0]
