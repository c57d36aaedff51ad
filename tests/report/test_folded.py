"""Sections are folded to their title and what they say in a line; links, one button and the reader open them."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

CLOSED = "[...document.querySelectorAll('details.part')].filter(each => !each.open).length"


@pytest.fixture(scope="module")
def pages(full_report, tmp_path_factory):
    folder = tmp_path_factory.mktemp("folded")
    for lang in ("ja", "en"):
        full_report(lang).to_html(folder / f"{lang}.html")
    return folder


@pytest.fixture
def shown(browser, pages):
    opened = []

    def show(lang, script=True, hash_=""):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=script, reduced_motion="reduce")
        opened.append(context)
        page = context.new_page()
        page.goto((pages / f"{lang}.html").as_uri() + hash_)
        if script:
            page.wait_for_selector("html[data-vm=ready]")
        return page

    yield show
    for context in opened:
        context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_what_matters_most_is_open_and_the_rest_says_its_main_point(shown, script):
    page = shown("en", script)
    for key in ("findings", "digest", "costs"):
        assert page.locator(f"#{key} h2").is_visible() and page.locator(f"#{key} details.part").count() == 0
    assert page.locator("#costs table").first.is_visible()
    for key in ("months", "journeys"):
        assert page.locator(f"#{key} h2").is_visible()
        assert page.locator(f"#{key} .gist").is_visible() and page.locator(f"#{key} .gist").inner_text().endswith(".")
        assert not page.locator(f"#{key} table").first.is_visible()
    page.locator("#months summary").first.click()
    assert page.locator("#months table").first.is_visible()
    assert not page.locator("#months .gist").is_visible()  # it stands within


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_link_of_the_contents_opens_its_section(shown, lang, script):
    page = shown(lang, script)
    page.locator("nav.nav a[href='#in-journeys']").click()
    page.locator("#journeys table").first.wait_for(state="visible")
    top = page.locator("#journeys h2").bounding_box()["y"]
    assert 0 <= top < 450
    every = page.locator("nav.nav a").evaluate_all("all => all.map(each => document.querySelector(each.getAttribute('href')) !== null)")
    assert all(every) and len(every) > 10


@pytest.mark.parametrize("hash_", ["#trend", "#in-trend"])
def test_an_address_opens_the_section_it_names(shown, hash_):
    page = shown("en", hash_=hash_)
    assert page.locator("#trend svg").first.is_visible()


def test_one_button_opens_all_and_closes_all(shown):
    page = shown("ja")
    before = page.evaluate(CLOSED)
    assert before > 8
    page.get_by_role("button", name="すべての節を開く").click()
    page.get_by_role("button", name="すべて閉じる").wait_for()
    assert page.evaluate(CLOSED) == 0
    page.get_by_role("button", name="すべて閉じる").click()
    page.get_by_role("button", name="すべての節を開く").wait_for()
    assert page.evaluate(CLOSED) == before


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_paper_says_that_more_is_folded(shown, script):
    page = shown("en", script)
    page.emulate_media(media="print")
    assert page.locator(".paper").is_visible()
    assert page.locator("#months h2").is_visible() and page.locator("#months .gist").is_visible()
    page.emulate_media(media="screen")
    assert not page.locator(".paper").is_visible()
