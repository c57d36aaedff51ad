"""What fixes did: contacts first, then cost; when they pay; a contact that shows what it is about."""

from __future__ import annotations

import pandas as pd
import pytest
from openpyxl import load_workbook

from vocmine.report import Extras, build_report
from vocmine.report.sections.fixes import FixRecord, fix_records
from vocmine.stats import Estimate


def full(centre, **changed):
    made = centre.fixes.assign(
        contacts_change=[-0.66, 30.0], contacts_change_low=[-0.72, -0.3], contacts_change_high=[-0.58, 1600.0],
        contacts_fewer=[120.0, 3.0], contacts_fewer_low=[90.0, -9.0], contacts_fewer_high=[160.0, 14.0],
        fix_cost=[50_000.0, 9_000.0], planned=False, saving_month=[210_000.0, 20_000.0], saving_month_low=[90_000.0, -9_000.0],
        saving_month_high=[320_000.0, 50_000.0], payback_months=[0.24, 0.45], payback_low=[0.16, 0.18],
        payback_high=[0.56, float("inf")], paid_back=["yes", "open"], note="",
    )
    plan = {"issue": "account.login", "fixed_at": "", "planned": True, "note": "<b>=Passkeys</b>", "fix_cost": 900_000.0,
            "saving_month": 300_000.0, "saving_month_low": 200_000.0, "saving_month_high": 400_000.0, "payback_months": 3.0, "payback_low": 2.25, "payback_high": 4.5, "paid_back": ""}
    return pd.concat([made, pd.DataFrame([plan])], ignore_index=True).assign(**changed)


def ledger(centre):
    rows = centre.tags.loc[(centre.tags.kind == "reason") & (centre.tags.label == "delivery.late")].head(9)
    n = len(rows)
    return pd.DataFrame({
        "contact_id": rows.contact_id.to_numpy(), "issue": "delivery.late", "day": "2026-10-01", "channel": "call", "minutes": [float(i) for i in range(n)], "minutes_recorded": [float(i) for i in range(n)],
        "imputed": False, "rate": 60.0, "labour": [60.0 * i for i in range(n)], "payout": 0.0, "share": 1.0, "share_tagged": 1.0, "cost": [60.0 * i for i in range(n)], "payout_share": 0.0,
    })


def test_only_a_sure_saving_becomes_a_finding(full_report, centre):
    sentences = full_report().findings
    assert any("10月5日の改善以降、「配送遅延」の応対費用は18.2万円（推定の幅9.5万〜27.0万円）減りました。" in s for s in sentences)
    unsure = Extras(fixes=centre.fixes.tail(1))
    report = build_report(centre.contacts, centre.tags, centre.costs, extras=unsure)
    assert not any("改善以降" in sentence for sentence in report.findings)
    assert "まだ言い切れない" in report.html


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_contacts_stand_before_cost_and_what_may_be_anything_is_not_told(centre, lang):
    extras = Extras(fixes=full(centre), ledger=ledger(centre))
    page = build_report(centre.contacts, centre.tags, centre.costs, lang, extras=extras).html
    part = page.partition('<section id="fixes"')[2].partition("</section>")[0]
    assert part.index("-66%") < part.index("182,000" if lang == "en" else "182,000円")
    assert "1600" not in part
    assert "&lt;b&gt;=Passkeys&lt;/b&gt;" in part
    assert ("回収済み" if lang == "ja" else "Has paid back") in part


def test_the_story_is_the_contact_in_the_middle(centre, tmp_path):
    made = ledger(centre)
    report = build_report(centre.contacts, centre.tags, centre.costs, "en", extras=Extras(fixes=full(centre), ledger=made))
    (row,) = report.summary.section("fixes").grid("fix_stories").rows
    middle = made.iloc[4]
    assert row[0] == "delivery.late"
    assert (row[3], row[4], row[5], row[6]) == (4.0, 240.0, 240.0, 9)
    assert row[7] == centre.contacts.set_index("contact_id").text_clean[middle.contact_id]
    report.to_xlsx(tmp_path / "r.xlsx")
    cells = [cell for line in load_workbook(tmp_path / "r.xlsx")["Fixes"].iter_rows() for cell in line]
    assert any(cell.value == "<b>=Passkeys</b>" and cell.data_type == "s" for cell in cells)
    assert any(cell.value == 900_000 for cell in cells)


def test_hours_and_counts_show_no_money(centre, counted):
    page = counted("en", fixes=full(centre)).html
    part = page.partition('<section id="fixes"')[2].partition("</section>")[0]
    assert "-66%" in part
    assert "Saved so far" not in part
    assert "Months to pay back" not in part


@pytest.mark.parametrize(
    ("saving", "contacts", "said"),
    [
        (Estimate(9, 1, 20), Estimate(-0.5, -0.6, -0.4), "fix_sure"), (Estimate(9, 1, 20), Estimate(), "fix_sure"),
        (Estimate(9, -1, 20), Estimate(-0.5, -0.6, -0.4), "fix_fewer"), (Estimate(9, 1, 20), Estimate(0.1, -0.2, 0.4), "fix_cheaper"),
        (Estimate(9, 1, 20), Estimate(0.5, 0.2, 0.9), "fix_rose"), (Estimate(9, -1, 20), Estimate(), "fix_unsure"), (Estimate(), Estimate(), "fix_early"),
    ],
)
def test_the_verdict_is_what_is_certain(saving, contacts, said):
    day = fix_records(pd.DataFrame([{"issue": "a", "fixed_at": "2026-10-01", "saving": 9.0, "low": 4.0, "high": 14.0}]))[0].day
    assert FixRecord("a", day, saving, Estimate(), contacts).verdict == said
