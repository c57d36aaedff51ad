"""Products, channels and signals of an issue: sums of the ledger."""

from __future__ import annotations

import pytest

from vocmine.report.explore.details.splits import channels, products, signals
from vocmine.report.explore.parts import ledger_parts


@pytest.fixture
def found(explored):
    report = explored()
    totals = {line.issue: (line.cost.value, line.payout.value) for line in report.summary.lines}
    return report, ledger_parts(report.source, totals, 0), totals


def test_channels_add_up_to_the_issue(found):
    report, parts, totals = found
    split = channels(report.view, report.source, parts, 1)
    for issue in ("a.crash", "b.bill", "c.late", "unknown"):
        assert sum(row["cost"] for row in split[issue]) == totals[issue][0]
        assert {row["name"] for row in split[issue]} == {"電話", "チャット", "メール"}
        assert [row["cost"] for row in split[issue]] == sorted((row["cost"] for row in split[issue]), reverse=True)
    assert "unallocated" not in split


def test_products_are_those_of_its_contacts_and_small_groups_go(found):
    report, parts, _ = found
    split = products(report.view, report.source, parts, 1)
    assert {row["name"] for row in split["c.late"]} == {"店舗"}
    assert {row["name"] for row in split["a.crash"]} == {"アプリ"}
    assert products(report.view, report.source, parts, 10_000) == {}


def test_signals_are_counted_by_contact(found, explore_frames):
    report, _, _ = found
    tags = explore_frames().tags
    fired = set(tags.loc[tags.kind == "signal", "contact_id"])
    crash = set(tags.loc[tags.label == "a.crash", "contact_id"])
    assert signals(report.view, 1)["a.crash"] == [{"name": "解約の示唆", "n": len(fired & crash)}]
    assert signals(report.view, 10_000)["a.crash"] == []
