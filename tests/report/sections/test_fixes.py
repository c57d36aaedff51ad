"""Only a sure saving becomes a finding."""

from __future__ import annotations

from vocmine.report import Extras, build_report


def test_only_a_sure_saving_becomes_a_finding(full_report, centre):
    sentences = full_report().findings
    assert any("10月5日の改善以降、「配送遅延」の応対費用は18.2万円（推定の幅9.5万〜27.0万円）減りました。" in s for s in sentences)
    unsure = Extras(fixes=centre.fixes.tail(1))
    report = build_report(centre.contacts, centre.tags, centre.costs, extras=unsure)
    assert not any("改善以降" in sentence for sentence in report.findings)
    assert "まだ言い切れない" in report.html
