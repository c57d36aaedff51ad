"""What fixing it would save: labour with a range, the assumed part said; abstains where it is not known."""

from __future__ import annotations

import pytest

from vocmine.report import build_report
from vocmine.report.first_screen.saving import saving

AVOID = {"avoidable_cost": [1_206_600.0, 951_170.0, 775_560.0, 601_502.0, 0.0, 0.0, 201_300.0, 0.0, 0.0], "avoidable_payout": [0.0, 406_000.0] + [0.0] * 7}


@pytest.mark.parametrize(("lang", "amount", "part"), [("ja", "ひと月あたり約60.3万円（57.5万〜63.3万円）", "原因の半分を取り除けた"), ("en", "About ¥603K (likely ¥575K to ¥633K) a month", "half of the cause")])
def test_the_saving_of_the_leader_with_its_range_and_its_part(wide_report, view_of, words_of, lang, amount, part):
    answer = saving(view_of(wide_report(0.05, lang, fix_rate=0.5, columns=AVOID)))
    assert answer.text == amount or amount in answer.text
    assert part in words_of(answer) and ("人件費" if lang == "ja" else "labour") in words_of(answer)
    assert ("支払い" if lang == "ja" else "refunds") not in words_of(answer)


def test_of_a_tie_each_is_told(wide_report, view_of, words_of):
    answer = saving(view_of(wide_report(0.3, fix_rate=0.5, columns=AVOID)))
    assert "「ログインできない」なら" in answer.text
    assert [(line.name, line.value) for line in answer.lines] == [("二重請求", "47.6万円（36.6万〜61.8万円）")]


def test_all_of_the_cause_is_said_too(wide_report, view_of, words_of):
    assert "原因をすべて" in words_of(saving(view_of(wide_report(0.05, columns=AVOID))))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_not_known_is_not_told_as_a_saving(wide_report, counted, view_of, words_of, centre, lang):
    answer = saving(view_of(wide_report(0.05, lang)))
    assert answer.text == ("まだ言えません" if lang == "ja" else "Can't be told yet")
    assert ("60.3万円" if lang == "ja" else "¥603K") in answer.notes[0]
    assert "円" not in words_of(saving(view_of(counted(lang)))) and "¥" not in words_of(saving(view_of(counted(lang))))
    bare = centre.costs.with_table(centre.costs.table.assign(cost=float("nan"), cost_low=float("nan"), cost_high=float("nan")))
    told = words_of(saving(view_of(build_report(centre.contacts, centre.tags, bare, lang))))
    assert ("時間" if lang == "ja" else " h ") in told and "nan" not in told


def test_a_range_that_leaves_mistakes_out_is_not_shown(wide_report, view_of, words_of):
    assert "〜" not in words_of(saving(view_of(wide_report(0.05, basis="counted", fix_rate=0.5, columns=AVOID))))
