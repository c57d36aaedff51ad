from __future__ import annotations

import json

import pandas as pd
import pytest

from vocmine.batch import run
from vocmine.batch.fit_check import fit_lines, list_fit, trade_fit_lines, trade_table_lines
from vocmine.classify import Taxonomy, TradeFit, suggest_trade
from vocmine.results import ListFit
from vocmine.settings import Settings

HOTEL = [
    *(f"{n}号室のエアコンが効かず暑い" for n in range(201, 211)), *(f"{n}日の宿泊日程を変更したい" for n in range(1, 11)),
    *(f"チェックインは何時からですか。{n}名です" for n in range(1, 11)), *(f"{n}階の廊下がうるさくて眠れない" for n in range(1, 11)),
]


def _tags(known, unknown):
    labels = ["billing.refund"] * known + ["unknown"] * unknown
    ids = [f"c{i}" for i in range(len(labels))]
    return pd.DataFrame({"contact_id": ids, "kind": "reason", "label": labels, "score": 0.9})


def test_where_a_list_fits_no_text_is_looked_at():
    fit = list_fit(_tags(70, 30), None, Taxonomy.default())
    assert fit.fits and fit.unknown_share == 0.3 and not fit.better and fit_lines(fit, "en") == []


def test_where_it_does_not_the_better_list_is_named():
    fit = list_fit(_tags(10, 30), HOTEL, Taxonomy.default())
    assert not fit.fits and fit.better == "travel_hotel" and fit.looks_like_named > 0.9
    english, japanese = fit_lines(fit, "en"), fit_lines(fit, "ja")
    assert "75% of 40" in english[0] and "Travel and hotels" in english[1] and "--trade travel_hotel" in english[1]
    assert "旅行・宿泊" in japanese[1] and "vocmine propose" in japanese[2]


def test_of_the_list_in_use_nothing_better_is_said():
    fit = list_fit(_tags(10, 30), HOTEL, Taxonomy.for_trade("hotel"))
    assert fit.looks_like == "travel_hotel" == fit.trade and not fit.better
    assert "vocmine propose" in fit_lines(fit, "en")[1]


def test_of_few_contacts_nothing_is_said():
    assert fit_lines(list_fit(_tags(1, 9), HOTEL, Taxonomy.default()), "en") == [] == fit_lines(None, "ja")


def test_a_fit_survives_being_written_down():
    fit = ListFit(100, 64, "", "travel_hotel", {"ja": "旅行・宿泊", "en": "Travel"}, 0.71, 90)
    assert ListFit.from_dict(json.loads(json.dumps(fit.to_dict()))) == fit and ListFit.from_dict(None) is None


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_lines_on_trades(lang):
    lines = trade_table_lines(Taxonomy.trades(), lang)
    assert len(lines) == 11 and lines[0].startswith("default")
    found = suggest_trade(HOTEL)
    assert "--trade travel_hotel" in trade_fit_lines(found, lang)[0] and len(trade_fit_lines(found, lang)) == 4
    assert "vocmine propose" in trade_fit_lines(TradeFit(30), lang)[0]


@pytest.mark.slow
def test_a_run_says_it_first_and_the_report_leads_with_topics(tmp_path):
    """Two hundred contacts of a hotel under the default list: run.json, headline and order of the page."""
    texts = [f"{text}（{n}）" for n in range(5) for text in HOTEL]
    frame = pd.DataFrame({
        "contact_id": [f"c{i}" for i in range(len(texts))], "channel": "call", "text": texts,
        "created_at": [f"2026-11-{1 + i % 28:02d} 10:00" for i in range(len(texts))]})
    frame.to_csv(tmp_path / "notes.csv", index=False)
    result = list(run([tmp_path / "notes.csv"], tmp_path / "out", settings=Settings(lang="en")))[-1].result
    assert result.fit.better == "travel_hotel" and not result.fit.fits
    kept = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["fit"]
    assert kept["better"] == "travel_hotel" and kept["n_unknown"] == result.fit.n_unknown
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "--trade travel_hotel" in page.partition("</header>")[0] + result.findings[0]
    assert page.index('id="discovered"') < page.index('id="costs"')
