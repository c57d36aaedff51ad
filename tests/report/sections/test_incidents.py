"""Incidents on the first screen and in the workbook: what is known is shown, with its range, and nothing else."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from vocmine.report import Extras, build_report
from vocmine.report.words import Words

LANGS = ["ja", "en"]


def cards(page: str) -> list[str]:
    """Give the text of each card, its lines joined by a bar."""
    found = re.findall(r'<article class="card incident".*?</article>', page, flags=re.S)
    return [" | ".join(re.findall(r"[^<>\n]+(?=<)", re.sub(r"</?bdi>", "", card))) for card in found]


@pytest.fixture
def report_of(centre, made):
    """Make a report with these incidents, in a language."""

    def make(frame: pd.DataFrame, lang: str = "ja", costs=None, **extras):
        return build_report(
            centre.contacts, centre.tags, costs or centre.costs, lang, alerts=centre.alerts,
            extras=Extras(incidents=frame, incident_timeline=made.incident_timeline(), **extras),
        )

    return make


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        ("ja", ["拡大中", "10月12日から（19日目）", "71件中71件が「アプリ」（ふだん31%）", "71件中67件がバージョン5.2.0（ふだん4.0%）", "71件中51件が電話（ふだん45%）",
                "71件", "66人", "月末までの件数 | 78件 | 見込みの幅 72〜90件", "これまでの費用 | 41.2万円 | 幅 39.0万〜44.1万円 | うち推定の時間によるもの 8.0%",
                "月末までの費用 | 45.3万円 | 見込みの幅 40.1万〜54.0万円", "1週間の増え方 | 1.60倍 | 幅 1.20〜2.10倍", "QR決済の画面が真っ白になって、何も押せません。",
                "目立つ言葉: QR決済、真っ白", "「QR決済の白画面」（10月22日から）"]),
        ("en", ["growing", "since 12 Oct (day 19)", "67 of 71 on version 5.2.0 (usually 4.0%)", "71 | likely 48 to 105 contacts | 66 people", "By month end | 78 | expected, likely 72 to 90 contacts",
                "Cost so far | ¥412K | likely ¥390K to ¥441K", "Growth in a week | 1.60× | likely 1.20 to 2.10×", "The QR screen is white since the update."]),
    ],
)
def test_a_card_says_all_that_is_known(full_report, lang, parts):
    (card,) = cards(full_report(lang).html)
    assert [part for part in parts if part not in card] == []


def test_it_stands_before_the_findings_and_the_totals(full_report):
    page = full_report().html
    order = [page.index(f'id="{key}"') for key in ("incidents", "findings", "digest")]
    assert order == sorted(order)
    assert page.index('id="incidents"') < page.index('class="tiles"') < page.index("</header>")


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_not_known_is_not_shown(report_of, made, lang):
    names = [f"{name}{end}" for name in ("growth", "n_month_end", "cost_month_end", "ratio", "cost", "payout") for end in ("", "_low", "_high")] + ["n_low", "n_high"]
    frame = made.incidents().head(1).assign(**dict.fromkeys(names, np.nan), until=pd.NaT, imputed_share=np.nan, n_people=0, apart=[()], words=[()], quotes=[()])
    (card,) = cards(report_of(frame, lang).html)
    assert not re.search(r"nan|NaT|–|None|幅|likely|見込み|expected|人|people|費用|ost", card)
    assert "71" in card


def test_a_number_without_range_is_shown_without_one(report_of, made):
    ends = [f"{name}_{end}" for name in ("growth", "n_month_end", "cost_month_end", "cost", "n") for end in ("low", "high")]
    (card,) = cards(report_of(made.incidents().head(1).assign(**dict.fromkeys(ends, np.nan))).html)
    assert "幅" not in card
    assert "月末までの件数 | 78件 | 見込み | " in card


@pytest.mark.parametrize(("share", "shown"), [(0.0049, False), (0.005, True), (0.3, True)])
def test_the_imputed_share_is_said_from_half_a_percent_on(report_of, made, share, shown):
    (card,) = cards(report_of(made.incidents().head(1).assign(imputed_share=share)).html)
    assert ("うち推定の時間によるもの" in card) == shown


def test_without_rates_there_is_no_money_on_it(report_of, made, centre):
    costs = centre.costs.with_table(centre.costs.table.assign(cost=np.nan, cost_low=np.nan, cost_high=np.nan))
    (card,) = cards(report_of(made.incidents().head(1), "en", costs).html)
    assert "¥" not in card and "ost" not in card and "66 people" in card


@pytest.mark.parametrize("lang", LANGS)
def test_three_have_a_card_and_the_rest_is_counted_and_listed(report_of, made, lang):
    one = made.incidents().head(1)
    frame = pd.concat([one.assign(incident_id=f"i-{k}", n_contacts=50 - k, name_ja=f"件{k}", name_en=f"case {k}", topic_ids=[()]) for k in range(5)])
    page = report_of(frame, lang).html
    assert re.findall(r'<article class="card incident" id="incident-(i-\d)"', page) == ["i-0", "i-1", "i-2"]
    assert re.findall(r'<tr id="incident-(i-\d)"', page) == ["i-3", "i-4"]
    assert ("ほかに2件のインシデントが続いています" if lang == "ja" else "beside these: 2") in page
    assert cards(page)[0].count("QR") == 2  # one quote beside others, and the words


def test_alerts_of_an_incident_stand_in_it_and_not_alone(full_report):
    report = full_report()
    assert [a.topic_id for a in report.summary.alerts] == [3, 8]
    assert [a.topic_id for a in report.summary.loose_alerts] == [8]
    alerts = report.html.partition('<section id="alerts"')[2].partition("</section>")[0]
    assert "ポイント未付与" in alerts and "QR決済の白画面" not in alerts


def test_where_every_alert_is_of_an_incident_there_is_no_section_of_alerts(report_of, made):
    page = report_of(made.incidents().assign(topic_ids=[(3,), (8,)])).html
    assert 'id="alerts"' not in page and 'href="#alerts"' not in page
    row = page.partition('<section id="other_incidents"')[2].partition("</section>")[0]
    assert "「ポイント未付与」（10月24日から）" in row


def test_its_days_are_drawn_before_the_usual_of_before(full_report):
    incident = full_report().summary.open_incidents[0]
    assert len(incident.days) == 30 and incident.days[-1] == (incident.as_of, 6.0, 0.13, 1.0)
    (card,) = re.findall(r'<article class="card incident".*?</article>', full_report().html, flags=re.S)
    assert card.count('class="usual"') == 30
    assert card.count('class="bar alarm"') == sum(n > 1 for _, n, _, _ in incident.days)


@pytest.mark.parametrize(
    ("change", "name"),
    [({"name_ja": ""}, "QR payment screen goes white"), ({"name_ja": "", "name_en": " "}, "QR決済、真っ白"),
     ({"name_ja": "", "name_en": "", "words": [()]}, "名前のないインシデント")],
)
def test_a_name_is_never_empty(report_of, made, change, name):
    report = report_of(made.incidents().head(1).assign(**change))
    assert report.evidence.incident_names["i-20261014-1"] == name
    assert f"<h3><bdi>{name}</bdi></h3>" in report.html


def test_quotes_of_the_readers_language_come_first(report_of, made):
    for lang, first in (("ja", "QR決済の画面"), ("en", "The QR screen")):
        quotes = report_of(made.incidents().head(1), lang).evidence.incident_quotes["i-20261014-1"]
        assert quotes[0].text.startswith(first) and len(quotes) == 2


def test_a_reader_who_finds_no_quote_in_their_language_gets_one_of_its_contacts(report_of, made, incident_ids):
    frame = made.incidents(incident_ids).head(1).assign(quotes=[("画面が真っ白です。", "真っ白で動きません。", "決済画面が白い。")], words=[("真っ白", "qr screen")])
    quotes = report_of(frame, "en").evidence.incident_quotes["i-20261014-1"]
    assert [q.text for q in quotes] == ["The app closes whenever I open the QR screen.", "画面が真っ白です。", "真っ白で動きません。"]
    assert quotes[0].contact_id in incident_ids
    for other in (frame.assign(words=[("真っ白",)]), frame.assign(contact_ids=[()]), frame.assign(words=[("(*",)])):
        assert report_of(other, "en").evidence.incident_quotes["i-20261014-1"][0].text == "画面が真っ白です。"


@pytest.mark.parametrize("lang", LANGS)
def test_the_sheet_has_every_number_with_its_range(report_of, made, lang, tmp_path):
    report_of(made.incidents(), lang).to_xlsx(tmp_path / "r.xlsx")
    head, *rows = load_workbook(tmp_path / "r.xlsx")[{"ja": "インシデント", "en": "Incidents"}[lang]].iter_rows(values_only=True)
    assert len(rows) == 2 and len(set(head)) == len(head)
    cells = dict(zip(head, rows[0], strict=True))
    for key, low, value, high in (("incident_cost", 390_000, 412_000, 441_000), ("incident_n_end", 72, 78, 90), ("incident_growth", 1.2, 1.6, 2.1)):
        w = Words(lang)
        assert [cells[w(key)], cells[f"{w(key)} {w('col_low')}"], cells[f"{w(key)} {w('col_high')}"]] == [value, low, high]
    assert {"5.2.0", "アプリ"} <= {word for word in ("5.2.0", "アプリ") if word in cells[Words(lang)("incident_apart")]}
    over = dict(zip(head, rows[1], strict=True))
    assert over[Words(lang)("incident_n_end")] is None and over[Words(lang)("x_status")] == Words(lang)("incident_state_over")


def test_hostile_words_stay_words(report_of, made, tmp_path):
    bad = '"><script>alert(1)</script>=cmd|\' /C calc\'!A0'
    apart = ({"column": bad, "value": bad, "n": 1, "of": 2, "usual": 0.1},)
    frame = made.incidents().assign(
        incident_id=[bad, bad + "2"], name_ja=bad, name_en=bad, apart=[apart, apart], words=[(bad,), ()], quotes=[(bad,), ()], reasons=[(bad,), ()],
    )
    report = report_of(frame)
    assert "<script" not in report.html and report.html.count("&lt;script&gt;") > 5
    assert re.search(r'id="incident-[0-9a-f]{12}"', report.html)
    report.to_xlsx(tmp_path / "r.xlsx")
    sheet = load_workbook(tmp_path / "r.xlsx")["インシデント"]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
