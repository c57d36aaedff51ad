"""Is it growing: cost with its range; issues as tagged; contacts where cost can't be told; and that it can't be told."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from vocmine.report import build_report
from vocmine.report.first_screen.growing import growing


def bridge(change, low, high, issues=("account.login",)):
    spans = {"first_before": "2026-09-01", "last_before": "2026-09-30", "first_after": "2026-10-01", "last_after": "2026-10-30", "n_before": 900.0, "n_after": 990.0}
    whole = [("", "change", change, low, high), ("", "before", 1e6, 9e5, 1.1e6), ("", "volume", change, low, high), ("", "after", 1e6 + change, 9e5, 1.2e6)]
    each = [(issue, step, cost, cost * 0.9, cost * 1.1) for issue in issues for step, cost in (("before", 3e5), ("volume", 5e4), ("after", 3.5e5))]
    return pd.DataFrame([dict(zip(("issue", "step", "cost", "low", "high"), row, strict=True)) | spans for row in [*whole, *each]])


@pytest.mark.parametrize(("ends", "ja", "en"), [
    ((8e4, 2e4, 1.4e5), "増えています　+8.0万円、+8.0%（+2.0万〜+14.0万円）", "Yes: +¥80.0K, +8.0% (likely +¥20.0K to +¥140K)"),
    ((-8e4, -1.4e5, -2e4), "減っています　-8.0万円、-8.0%（-14.0万〜-2.0万円）", "No, it is falling: -¥80.0K, -8.0% (likely -¥140K to -¥20.0K)"),
    ((8e4, -2e4, 1.4e5), "はっきりしません　+8.0万円、+8.0%（-2.0万〜+14.0万円）", "Can't be told: +¥80.0K, +8.0% (likely -¥20.0K to +¥140K)"),
])
def test_cost_of_both_months_and_its_range(wide_report, view_of, words_of, ends, ja, en):
    for lang, said in (("ja", ja), ("en", en)):
        answer = growing(view_of(wide_report(0.05, lang, bridge=bridge(*ends))))
        assert answer.text == said
        assert ("100万円（9月1日〜9月30日）" if lang == "ja" else "¥1.00M (1 Sep to 30 Sep)") in words_of(answer)
        assert ("900件 → 990件" if lang == "ja" else "900 contacts → 990 contacts") in words_of(answer)


def test_single_issues_are_as_tagged_and_have_no_range(wide_report, view_of, words_of):
    answer = growing(view_of(wide_report(0.3, bridge=bridge(8e4, 2e4, 1.4e5))))
    assert [(line.name, line.value) for line in answer.lines] == [("ログインできない", "30.0万円 → 35.0万円（+5.0万円）"), ("二重請求", "前の月と比べる数がありません")]
    assert "判定の誤りを含む幅は出せません" in words_of(answer)
    assert growing(view_of(wide_report(0.3, bridge=bridge(8e4, 2e4, 1.4e5))), by_issue=False).lines == ()


def test_without_a_month_before_it_is_said_that_it_cant_be_told(wide_report, view_of, words_of):
    answer = growing(view_of(wide_report(0.05, "en")))
    assert answer.text == "Can't be told yet" and "no month before" in words_of(answer)
    assert "Contacts are" in words_of(answer) or "Whether contacts rise" in words_of(answer)


def test_of_a_few_days_nothing_is_claimed(centre, view_of, words_of):
    few = centre.contacts.head(40)
    tags = centre.tags.loc[centre.tags.contact_id.isin(few.contact_id)]
    answer = growing(view_of(build_report(few, tags, centre.costs, "en")))
    assert answer.text == "Can't be told yet" and "Contacts are" not in words_of(answer)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_without_rates_contacts_are_told(counted, view_of, words_of, lang):
    answer = growing(view_of(counted(lang)))
    assert ("直近28日" if lang == "ja" else "last 28 days") in answer.text
    assert "円" not in words_of(answer) and "費用" not in words_of(answer)


def test_what_incidents_change_is_told_apart(full_report, view_of, words_of, made):
    report = full_report("ja")
    move = growing(view_of(report))
    record = next(iter(report.summary.records("bridge")), None)
    if record is not None and record.aside:
        assert "を除くと" in words_of(move)
    from datetime import date

    from vocmine.report.sections.bridge import CostMove
    from vocmine.report.summary import AsidePart
    from vocmine.stats import Estimate

    days = ((date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 10, 30)))
    made_move = CostMove(Estimate(1e6), Estimate(1.1e6), Estimate(1e5, 2e4, 2e5), (), days, (10, 20), aside=(AsidePart("i-20261014-1", 71),), aside_cost=9e4)
    sections = tuple(replace(s, records=(made_move,)) if s.key == "bridge" else s for s in report.summary.sections)
    if not any(s.key == "bridge" for s in sections):
        from vocmine.report.sections.grid import Section

        sections = (*sections, Section("bridge", records=(made_move,)))
    changed = replace(report, summary=replace(report.summary, sections=sections))
    assert "「QR決済の画面が真っ白」の71件を除くと+1.0万円（-7.0万〜+11.0万円）" in words_of(growing(view_of(changed)))
