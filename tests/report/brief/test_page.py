"""The brief as a page: alone, static, safe, and one sheet of A4 whatever it holds."""

from __future__ import annotations

import re

import pytest

from vocmine.report import build_report

KINDS = ("full", "unfit", "hours", "counts", "few", "none", "hostile")


def written(report, tmp_path):
    report.to_brief(tmp_path / "brief.html")
    return (tmp_path / "brief.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_it_loads_and_runs_nothing_and_links_nowhere(kinds, kind, lang, tmp_path):
    page = written(kinds[kind](lang), tmp_path)
    assert page.startswith("<!doctype html>") and f'<html lang="{lang}">' in page
    assert not re.search(r"<script|<a |<img|<link|<iframe|<form|https?://(?!evil)|url\(|@import|style=", page)
    assert "default-src &#39;none&#39;" in page and "script-src &#39;none&#39;" in page
    assert re.findall(r"<h\d", page)[0] == "<h1" and page.count("<h1") == 1
    assert len(page.encode()) < 60_000


def test_the_evidence_is_marked_and_markup_stays_text(hostile_report, tmp_path):
    page = written(hostile_report(), tmp_path)
    assert "<mark>返金がまだされていません</mark>" in page
    assert "&lt;script&gt;" in page


def test_the_same_report_gives_the_same_bytes(full_report, tmp_path):
    assert written(full_report(), tmp_path) == written(full_report(), tmp_path)


def test_a_report_without_costs_of_money_can_be_written(centre, tmp_path):
    report = build_report(centre.contacts, centre.tags, centre.costs, "en")
    assert "What costs most?" in written(report, tmp_path)


@pytest.mark.browser
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_it_prints_on_exactly_one_sheet_and_nothing_is_cut(browser, kinds, kind, lang, tmp_path):
    written(kinds[kind](lang), tmp_path)
    page = browser.new_page(viewport={"width": 695, "height": 1028})  # A4 less its margins, in CSS pixels
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "brief.html").as_uri())
    page.emulate_media(media="print")
    data = page.pdf(prefer_css_page_size=True)
    page.close()
    assert said == [] and len(asked) == 1
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_wider_fonts_go_on_to_a_second_sheet_and_cut_nothing(browser, kinds, lang, tmp_path):
    """Fonts of the reader's machine may be wider than ours: the page grows, and no part of it is hidden."""
    written(kinds["full"](lang), tmp_path)
    page = browser.new_page(viewport={"width": 695, "height": 1028})
    page.goto((tmp_path / "brief.html").as_uri())
    page.emulate_media(media="print")
    usual = page.evaluate("document.querySelector('main').getBoundingClientRect().height")
    page.evaluate("document.documentElement.style.fontSize = '14.5px'")  # about 115 %
    tall, room, hidden = page.evaluate(
        "(e => [e.scrollHeight, e.clientHeight, getComputedStyle(e).overflowY])(document.querySelector('main'))"
    )
    data = page.pdf(prefer_css_page_size=True)
    page.close()
    assert room > usual and tall <= room and hidden == "visible"
    assert len(re.findall(rb"/Type\s*/Page\b", data)) <= 2


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_of_it(browser, kinds, scheme, tmp_path):
    for kind in ("full", "hostile"):
        written(kinds[kind]("ja"), tmp_path)
        page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
        page.goto((tmp_path / "brief.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.close()
