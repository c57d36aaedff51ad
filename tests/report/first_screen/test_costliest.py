"""What costs most: one name only where ranges part, a tie said as a tie, payouts apart, no range that leaves an error out."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.report import build_report
from vocmine.report.first_screen.costliest import costliest


@pytest.mark.parametrize(("lang", "name", "amount", "clear"), [
    ("ja", "「ログインできない」", "約121万円（115万〜127万円）", "ほかの課題より大きい"),
    ("en", "“Cannot log in”", "about ¥1.21M a month (likely ¥1.15M to ¥1.27M)", "larger than any other"),
])
def test_one_leader_is_named_with_its_range(wide_report, view_of, words_of, lang, name, amount, clear):
    answer = costliest(view_of(wide_report(0.05, lang)))
    assert name in answer.text and amount in answer.text and not answer.lines
    assert clear in words_of(answer) and "25%" in words_of(answer) and ("420件（391〜454）" if lang == "ja" else "420 contacts (likely 391 to 454)") in words_of(answer)
    assert ("推定の時間によるもの5.0%" if lang == "ja" else "5.0% on estimated handle time") in answer.notes


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_tie_is_no_winner(wide_report, view_of, words_of, lang):
    answer = costliest(view_of(wide_report(0.3, lang)))
    assert [line.name for line in answer.lines] == (["ログインできない", "二重請求"] if lang == "ja" else ["Cannot log in", "Charged twice"])
    assert "ログイン" not in answer.text and "log in" not in answer.text and "2" in answer.text
    assert ("幅が重なって" if lang == "ja" else "ranges overlap") in words_of(answer)
    assert ("ほかの課題より大きい" if lang == "ja" else "larger than any") not in words_of(answer)


def test_of_many_that_tie_three_stand_and_the_rest_is_named(centre, view_of, words_of):
    alike = pd.concat([centre.costs.table.head(1).assign(issue=f"i{k}") for k in range(8)], ignore_index=True)
    answer = costliest(view_of(build_report(centre.contacts, centre.tags, centre.costs.with_table(alike), "ja")))
    assert len(answer.lines) == 3 and "8つ" in answer.text
    assert "ほか5つ：「i3」「i4」「i5」「i6」「i7」" in words_of(answer)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_range_that_leaves_mistakes_out_is_not_shown(wide_report, view_of, words_of, lang):
    for width in (0.05, 0.3):
        told = words_of(costliest(view_of(wide_report(width, lang, basis="counted"))))
        assert "〜" not in told and " to ¥" not in told and "likely" not in told
        assert ("判定どおり" if lang == "ja" else "as tagged") in told
        assert ("ほかの課題より" if lang == "ja" else "larger than") not in told


def test_payouts_stand_apart(wide_report, view_of, centre):
    answer = costliest(view_of(wide_report(0.05)))
    assert "別に返金・部品などの支払いは「二重請求」が最も大きくひと月あたり約40.6万円（32.5万〜52.8万円）" in answer.notes
    own = costliest(view_of(wide_report(0.05, columns={"payout": [100_000.0] + [0.0] * 8, "payout_low": 90_000.0, "payout_high": 120_000.0})))
    assert sum("支払い" in note for note in own.notes) == 1
    none = costliest(view_of(wide_report(0.05, columns={"payout": 0.0, "payout_low": 0.0, "payout_high": 0.0})))
    assert not any("支払い" in note for note in none.notes)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_hours_and_counts_speak_of_no_money(wide_report, counted, view_of, words_of, lang, centre):
    told = words_of(costliest(view_of(counted(lang))))
    assert "¥" not in told and "円" not in told and "費用" not in told and "nan" not in told
    bare = centre.costs.with_table(centre.costs.table.assign(cost=float("nan"), cost_low=float("nan"), cost_high=float("nan")))
    told = words_of(costliest(view_of(build_report(centre.contacts, centre.tags, bare, lang))))
    assert ("時間" if lang == "ja" else " h ") in told and "¥" not in told and "円" not in told


def test_what_customers_wanted_is_left_out_and_that_is_said(wide_report, view_of, words_of, centre):
    assert "お客様の用件は除く" in words_of(costliest(view_of(wide_report(0.05))))
