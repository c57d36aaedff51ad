"""What moves satisfaction, on the page and in the workbook, in both languages."""

from __future__ import annotations

import re
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.report import Extras, build_report


def contributions():
    rows = [
        ("csat", "product", "issue", "account.login", 120, 0.2, -0.6, -0.8, -0.4, -0.12, -0.16, -0.08, True),
        ("csat", "product", "issue", "billing.invoice", 60, 0.1, 0.2, -0.1, 0.5, 0.02, -0.01, 0.05, False),
        ("csat", "product", "issue", "delivery.late", 4, 0.01, -2.0, -3.0, -1.0, -0.02, -0.03, -0.01, True),
        ("csat", "service", "served", "unsolved", 90, 0.15, -0.4, -0.6, -0.2, -0.06, -0.09, -0.03, True),
        ("csat", "service", "team", "=cmd|'A0", 90, 0.15, -0.1, -0.3, 0.1, -0.015, -0.045, 0.015, False),
        ("csat", "other", "channel", "call", 90, 0.15, -0.9, -1.0, -0.8, -0.13, -0.15, -0.11, True),
        ("nps", "product", "issue", "account.login", 100, 0.2, -20.0, -30.0, -10.0, -4.0, -6.0, -2.0, True),
        ("repeat", "product", "issue", "account.login", 300, 0.2, 0.1, -0.01, 0.2, 0.02, -0.002, 0.04, False),
    ]
    names = ["outcome", "group", "kind", "name", "n", "share", "effect", "effect_low", "effect_high", "value", "low", "high", "is_sure"]
    return pd.DataFrame(rows, columns=names)


def gaps():
    days = {"first_before": "2026-09-01", "last_before": "2026-09-30", "first_after": "2026-10-01", "last_after": "2026-10-31"}
    size = pd.DataFrame([("csat", 300, 310, 3.92, 3.8, -0.12, -0.2, -0.04)], columns=["outcome", "n_before", "n_after", "before", "after", "value", "low", "high"])
    parts = pd.DataFrame(
        [("csat", "product", "issue", "account.login", 50, 90, -0.06, -0.02, -0.08, -0.12, -0.04), ("csat", "rest", "rest", "", 300, 310, 0.0, -0.04, -0.04, -0.1, 0.02)],
        columns=["outcome", "group", "kind", "name", "n_before", "n_after", "mix", "rate", "value", "low", "high"],
    )
    groups = parts.assign(kind=["group", "rest"], name=["product", ""])
    return {"size": size.assign(**days), "parts": parts.assign(**days), "groups": groups.assign(**days)}


def predicted(why_not=""):
    table = pd.DataFrame({"contact_id": list("abc"), "is_answered": [True, False, False]})
    return SimpleNamespace(n_answers=300, why_not=why_not, table=table, calibration_error=0.012, answered=(3.9, 3.8, 4.0), unanswered=(3.6, 3.4, 3.8))


def tables(**more):
    nps = pd.DataFrame([("all", 200, 80, 60, 60, 10.0, 2.0, 18.0), ("account.login", 40, 5, 10, 25, -50.0, -70.0, -25.0)],
                       columns=["group", "n", "promoters", "passives", "detractors", "nps", "low", "high"])
    answering = pd.DataFrame([("all", "all", 900, 300, 0.33, 0.3, 0.36), ("channel", "call", 500, 100, 0.2, 0.17, 0.24), ("mood", "negative", 300, 50, 0.17, 0.13, 0.21)],
                             columns=["kind", "name", "n", "n_answered", "share", "low", "high"])
    return {"contributions": contributions(), **gaps(), "predicted": predicted(), "nps": nps, "answering": answering, **more}


@pytest.fixture(scope="module")
def made(centre):
    def make(lang="ja", **inputs):
        return build_report(centre.contacts, centre.tags, centre.costs, lang, extras=Extras(**inputs))

    return make


def text(page):
    part = re.search(r'<section id="drivers".*?</section>', page, re.S)
    return re.sub(r"<[^>]+>", " ", part[0]) if part else ""


def test_the_page_says_in_plain_words_what_lowers_satisfaction(made):
    ja, en = (" ".join(text(made(lang, drivers=tables()).html).split()) for lang in ("ja", "en"))
    assert "「ログインできない」のお問い合わせは、満足度（1〜5点）の全体の平均を0.12（推定の幅0.08〜0.16）押し下げています。該当する回答は120件です。" in ja
    assert "「未解決のまま終わった」お問い合わせが、満足度（1〜5点）の全体の平均を0.06" in ja
    assert "2026年9月1日〜2026年9月30日の3.92から2026年10月1日〜2026年10月31日の3.80へ、0.12（推定の幅0.04〜0.20）下がりました" in ja
    assert "“Cannot log in” lowers mean satisfaction (1 to 5) by 0.12 (likely 0.08 to 0.16) points overall; 120 answers." in en
    assert "no proof of a cause" in en and "原因であることの証明ではありません" in ja
    assert "The NPS is 10.0 (likely 2.0 to 18.0)" in en and "No item clearly leads to repeats" in en


def test_predictions_stand_apart_from_answers(made):
    ja = text(made(drivers=tables()).html)
    assert "アンケートに回答のあった300件の満足度の平均は3.90" in ja
    assert "回答のなかった2件は、お問い合わせの内容と応対の経過からの予測で、平均3.60" in ja
    assert "実際の回答ではありません" in ja


@pytest.mark.parametrize(("why", "words"), [("few", "With 300 answers"), ("alike", "nearly all alike"), ("calibrated", "did not hold on answers left out")])
def test_where_nothing_is_predicted_the_page_says_why(made, why, words):
    assert words in text(made("en", drivers=tables(predicted=predicted(why))).html)


def test_product_and_service_stand_apart_and_small_and_other_rows_are_left_out(made):
    section = made(drivers=tables()).summary.section("drivers")
    product, service = section.grid("drivers_csat_product"), section.grid("drivers_csat_service")
    assert [row[0] for row in product.rows] == [("reason", "account.login"), ("reason", "billing.invoice")]
    assert [row[0] for row in service.rows] == [("served", "unsolved"), ("team", "=cmd|'A0")]
    assert section.grid("drivers_repeat_product").rows[0][5].value == pytest.approx(2.0)  # points of the rate
    assert len(section.records) == 7


def test_the_parts_of_the_gap_on_the_page_add_up(made):
    section = made(drivers=tables()).summary.section("drivers")
    *parts, whole = (row[1].value for row in section.grid("drivers_gap_csat").rows)
    assert sum(parts) == pytest.approx(whole)


def test_no_internal_word_is_seen_and_nothing_runs(made):
    for lang in ("ja", "en"):
        report = made(lang, drivers=tables())
        shown = text(report.html)
        assert not re.search(r"unsolved|driver_|served_|repeat_|\bcsat_", shown)


def test_the_workbook_has_the_same_as_numbers(made, tmp_path):
    made("en", drivers=tables()).to_xlsx(tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(BytesIO((tmp_path / "x.xlsx").read_bytes()))["Drivers"]
    cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert -0.12 in cells and "Cannot log in" in cells
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_nothing_to_tell_is_no_section(made):
    assert text(made().html) == ""
    assert made(drivers={}).summary.section("drivers") is None


def test_a_frame_without_its_columns_is_refused(made):
    with pytest.raises(SettingsError, match="drivers contributions"):
        made(drivers={"contributions": contributions().drop(columns="effect")})


@pytest.mark.parametrize(("low", "high", "words"), [(0.01, 0.1, "rose from"), (-0.1, 0.1, "no clear change")])
def test_a_gap_that_rose_or_may_be_none(made, low, high, words):
    found = gaps()
    found["size"] = found["size"].assign(value=0.05, low=low, high=high)
    assert words in text(made("en", drivers={**tables(), **found}).html)
