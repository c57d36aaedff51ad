"""How often an alarm is false: with its range, and how it was checked."""

from __future__ import annotations

import pytest

from vocmine.errors import SettingsError
from vocmine.report import Extras, build_report
from vocmine.report.sections.reliability import alarm_rate

GIVEN = {"false_alarms_per_30_days": 0.5, "days": 120, "how": "replay"}


@pytest.mark.parametrize(
    ("lang", "how", "parts"),
    [
        ("ja", "replay", ["この結果フォルダ", "120日分", "誤ったアラートは30日あたり0.5回（0.1〜1.8）。"]), ("ja", "shipped", ["vocmineの作成時", "まだ確かめていません"]),
        ("en", "replay", ["days of this results folder", "reading 120 days", "0.5 false alerts in 30 days (likely 0.1 to 1.8)."]), ("en", "shipped", ["when vocmine was made", "not been checked on your data"]),
    ],
)
def test_trust_says_how_often_and_how_that_was_checked(centre, lang, how, parts):
    page = build_report(centre.contacts, centre.tags, centre.costs, lang, extras=Extras(reliability={**GIVEN, "how": how})).html
    trust = page.partition('<section id="trust"')[2].partition("</section>")[0]
    assert [part for part in parts if part not in trust] == []


@pytest.mark.parametrize(
    ("lang", "said"),
    [("ja", "誤ったアラートは30日あたり1.2回（0.4〜2.9）、誤ったインシデントは0.0回（0.0〜0.9）。"), ("en", "1.2 false alerts in 30 days (likely 0.4 to 2.9) and 0.0 false incidents (likely 0.0 to 0.9).")],
)
def test_incidents_are_told_beside_alerts_with_the_ranges_that_were_given(centre, lang, said):
    given = {**GIVEN, "false_alarms_per_30_days": 1.25, "low": 0.41, "high": 2.92, "incidents": {"n": 0, "per_30_days": 0.0, "low": 0.0, "high": 0.92}}
    assert said in build_report(centre.contacts, centre.tags, centre.costs, lang, extras=Extras(reliability=given)).html


def test_nothing_known_is_nothing_said(centre):
    page = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(reliability={})).html
    assert "誤って知らせる" not in page


@pytest.mark.parametrize(("given", "got"), [({**GIVEN, "how": "guess"}, "guess"), ({"how": "replay"}, "without days, false_alarms_per_30_days")])
def test_what_cannot_be_read_is_refused(centre, given, got):
    with pytest.raises(SettingsError, match=f"reliability can't be read.*{got}"):
        build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(reliability=given))


@pytest.mark.parametrize(("rate", "days", "low", "high"), [(0.0, 30, 0.0, 3.6889), (1.0, 90, 0.2062, 2.9224), (2.0, 0, None, None)])
def test_the_range_is_that_of_a_poisson_count(rate, days, low, high):
    """3 in 90 days: 0.619 to 8.767 of tables of the exact interval, over 3 times 30 days."""
    found = alarm_rate(rate, days, 0.95)
    assert found.value == rate
    assert found.ranged == (low is not None)
    if low is not None:
        assert (found.low, found.high) == pytest.approx((low, high), abs=1e-3)
