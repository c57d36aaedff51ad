"""A report from frames: in money, hours or numbers of contacts, from few contacts or many."""

from __future__ import annotations

import math
import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.report import Extras, build_report

MONEY = r"円|¥|料率を|費用の|時間の中央値|応対時間[^の]|cost us|handling cost|a month|Median"


def seen_text(page: str) -> str:
    return re.sub(r"<style>.*?</style>|<script.*?</script>|<[^>]+>", " ", page, flags=re.S)


@pytest.fixture(scope="module")
def summary(full_report):
    return full_report().summary


def shuffled_tags(tags: pd.DataFrame) -> pd.DataFrame:
    return tags.sample(frac=1, random_state=2)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_without_times_everything_is_a_number_of_contacts(counted, lang):
    report = counted(lang)
    assert report.summary.measure == "counts"
    text = seen_text(report.html)
    said = re.sub(r"<blockquote.*?</blockquote>|<section id=.trust.*", "", report.html, flags=re.S)
    assert not re.findall(MONEY, seen_text(said))
    assert not re.search(r"nan|\bNone\b|約–|0\.0 ?(時間|h\b)", text)
    assert ("60日間で" if lang == "ja" else "in 60 days") in report.findings[0]
    assert not any(re.search("円|¥|–", sentence) for sentence in report.findings)


def test_an_order_given_later_is_the_order_given_at_once(centre):
    ranking = pd.DataFrame({"issue": ["technical.app_crash", "account.login"], "rank": [1, 2], "rank_low": 1, "rank_high": [2, 4]})
    at_once = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(ranking=ranking))
    later = build_report(centre.contacts, centre.tags, centre.costs).ranked(ranking)
    assert later.html == at_once.html
    assert "優先度で1位なのは、次の2つのどれかです：「アプリが落ちる」「ログインできない」" in later.html
    assert "推定の優先度が高い3つの課題" in later.findings[2]


def test_the_order_of_rows_does_not_matter(centre, summary):
    shuffled = build_report(
        centre.contacts.sample(frac=1, random_state=1), shuffled_tags(centre.tags), centre.costs.with_table(centre.costs.table.iloc[::-1]),
        extras=Extras(timezone="Asia/Tokyo"),
    )
    plain = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(timezone="Asia/Tokyo"))
    assert shuffled.html == plain.html
    assert repr(shuffled.summary.issues) == repr(plain.summary.issues)  # nan equals nan there


def test_the_frames_stay_as_they_were(centre):
    before = [frame.copy() for frame in (centre.contacts, centre.tags, centre.costs.table, centre.alerts)]
    build_report(centre.contacts, centre.tags, centre.costs, alerts=centre.alerts).html  # noqa: B018
    for old, new in zip(before, (centre.contacts, centre.tags, centre.costs.table, centre.alerts), strict=True):
        pd.testing.assert_frame_equal(old, new)


def test_without_rates_the_report_speaks_of_hours(centre):
    costs = centre.costs.with_table(centre.costs.table.assign(cost=np.nan, cost_low=np.nan, cost_high=np.nan))
    for lang in ("ja", "en"):
        made = build_report(centre.contacts, centre.tags, costs, lang)
        assert not made.summary.in_money
        assert "¥" not in seen_text(made.html)
        assert "nan" not in seen_text(made.html).lower().replace("finance", "")
        assert len(made.findings) >= 3
    assert math.isclose(sum(x.share for x in made.summary.lines), 1)


@pytest.mark.parametrize("n", [1, 2, 5, 30])
def test_few_contacts_make_a_report_too(centre, n):
    contacts = centre.contacts.head(n)
    costs = centre.costs.with_table(centre.costs.table.head(1))
    made = build_report(contacts, centre.tags, costs, "en")
    assert made.summary.n_contacts == n
    assert len(made.findings) >= 3
    assert "nan" not in " ".join(made.findings)
    assert made.html.count("<section") >= 4


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"contacts": pd.DataFrame()}, "columns are missing"),
        ({"tags": [1]}, "a table is expected"),
        ({"lang": "fr"}, "no words for this language"),
        ({"extras": Extras(timezone="Tokyo/Asia")}, "unknown time zone"),
    ],
)
def test_wrong_input_is_named(centre, change, says):
    given = {"contacts": centre.contacts, "tags": centre.tags, "costs": centre.costs} | change
    with pytest.raises(SettingsError, match=says):
        build_report(**given)


def test_a_bare_table_of_costs_is_refused_and_a_joined_one_keeps_its_currency(centre):
    with pytest.raises(SettingsError, match=r"without their currency and level.*what vocmine\.issue_costs gives"):
        build_report(centre.contacts, centre.tags, centre.costs.table)
    joined = centre.costs.table.merge(pd.DataFrame({"issue": ["account.login"], "owner": ["A"]}), on="issue", how="left")
    made = build_report(centre.contacts, centre.tags, centre.costs.with_table(joined))
    assert made.html == build_report(centre.contacts, centre.tags, centre.costs).html


def test_importing_the_report_loads_nothing_heavy():
    heavy = "plotly", "xlsxwriter", "jinja2", "scipy", "sklearn", "spacy"
    code = f"import sys, vocmine.report; print([m for m in {heavy!r} if m in sys.modules])"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"
