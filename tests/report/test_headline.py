"""The top of the page: one issue or several, what ranges rest on, what would narrow them."""

from __future__ import annotations

import re
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from vocmine.report import Extras, build_report

NAMES = {"ja": ("ログインできない", "二重請求"), "en": ("Cannot log in", "Double charge")}


def heading(page):
    return re.search(r"<h1>(.*?)</h1>", page)[1], re.search(r'<p class="lead">(.*?)</p>', page)[1]


@pytest.fixture
def report_with(centre):
    def make(width, lang, basis="prior", n_checked=0, **extras):
        table = centre.costs.table
        wide = table.assign(cost_low=table.cost / (1 + width), cost_high=table.cost * (1 + width))
        costs = replace(centre.costs, table=wide, basis=basis, n_checked=n_checked)
        return build_report(centre.contacts, centre.tags, costs, lang, extras=Extras(**extras))

    return make


@pytest.mark.parametrize(
    ("lang", "one", "several"),
    [
        ("ja", ("「ログインできない」への対応に", "ほかの課題より大きい"), ("次の2つのどれかです：「ログインできない」「", "どれが1位かはまだ言えません")),
        ("en", ("Handling “Cannot log in” costs", "larger than any other issue"), ("One of these 2 issues costs us most", "which one is first can")),
    ],
)
def test_a_single_name_only_where_ranges_part(report_with, lang, one, several):
    clear, tied = report_with(0.05, lang), report_with(0.3, lang)
    title, lead = heading(clear.html)
    assert one[0] in title and one[1] in lead
    title, lead = heading(tied.html)
    assert several[0] in title and several[1] in lead
    assert one[0] not in tied.html and one[1] not in tied.html
    assert ("推定の幅が重なる課題どうし" if lang == "ja" else "Where ranges overlap") in tied.html
    assert ("どれかです" if lang == "ja" else "One of these 2 issues") in tied.findings[0]
    assert ("121万円" if lang == "ja" else "¥1.21M") in tied.findings[0]


def test_many_that_may_be_first_are_counted_and_not_all_named(centre):
    alike = pd.concat([centre.costs.table.head(1).assign(issue=f"i{k}") for k in range(8)], ignore_index=True)
    title, lead = heading(build_report(centre.contacts, centre.tags, centre.costs.with_table(alike), "ja").html)
    assert "次の8つのどれか" in title and title.endswith("ほか3つ") and title.count("」「") == 4
    assert lead.count("121万円") == 5


@pytest.mark.parametrize(("lang", "says"), [
    ("ja", {"prior": "ほかの業種の問い合わせ", "labels": "判定が学んだラベル", "audit": "人手で確かめた200件", "counted": "誤りは含まれていません"}),
    ("en", {"prior": "contacts of other trades", "labels": "labels it learned from", "audit": "200 contacts checked by hand", "counted": "leaves out mistakes"}),
])
def test_each_basis_is_said_and_no_other(report_with, lang, says, tmp_path):
    for basis, said in says.items():
        report = report_with(0.05, lang, basis, 200 if basis == "audit" else 0)
        assert said in heading(report.html)[1]
        trust = report.html.partition('<ul class="trust">')[2].partition("</ul>")[0]
        own = {"prior": "ほかの業種の" if lang == "ja" else "other trades", "labels": "ラベルでの" if lang == "ja" else "labels it learned", "audit": "200", "counted": "含まれていません" if lang == "ja" else "leaves out mistakes"}
        assert own[basis] in trust
        for other, text in says.items():
            assert other == basis or text not in heading(report.html)[1]
        report.to_xlsx(tmp_path / "r.xlsx")
        book = openpyxl.load_workbook(tmp_path / "r.xlsx")
        assert any(said in str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row)


NARROWING = pd.DataFrame({"issue": ["billing.double_charge", "account.login"], "n": 100, "now": [0.6, 0.45], "then": [0.2, 0.15]})


@pytest.mark.parametrize(("lang", "said"), [
    ("ja", "100件を人手で確かめると、「ログインできない」の幅は±45%から±15%ほど"),
    ("en", "Checking 100 contacts by hand is expected to narrow “Cannot log in” from ±45% to about ±15%"),
])
def test_what_would_narrow_it_stands_beside_the_headline(report_with, lang, said):
    report = report_with(0.05, lang, narrowing=NARROWING)
    assert said in heading(report.html)[1]
    assert report.narrowing.startswith(said) and "vocmine audit --out" in report.narrowing and "--n 100 --to audit.xlsx" in report.narrowing
    assert report_with(0.05, lang).narrowing == ""
    more = report_with(0.05, lang, "audit", 80, narrowing=NARROWING)
    assert ("もう1つ（100件）" if lang == "ja" else "Another 100 contacts") in more.narrowing


def test_the_first_in_priority_is_told_apart_from_the_dearest(report_with, centre):
    ranking = pd.DataFrame({"issue": centre.ids, "rank": [3, 1, 2, 4, 5, 6, 7], "rank_low": [2, 1, 2, 4, 5, 6, 7], "rank_high": [3, 1, 3, 4, 5, 6, 7]})
    title, lead = heading(report_with(0.05, "ja", ranking=ranking).html)
    assert "「ログインできない」" in title and "優先度では、「二重請求」が1位" in lead
    open_ = ranking.assign(rank_low=[1, 1, 2, 4, 5, 6, 7])
    assert "優先度で1位なのは、次の2つのどれか" in heading(report_with(0.05, "ja", ranking=open_).html)[1]
    many = ranking.assign(rank_low=1)
    assert "1位になりうる課題が7つあり" in heading(report_with(0.05, "ja", ranking=many).html)[1]
