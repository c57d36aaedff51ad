"""The part of the page that answers, for those without mouse, sight, or a wide screen; axe finds nothing."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

VIEWS = {"issues": "#explore", "issue": "#explore?issue=issue0&unit=week", "compare": "#explore?view=compare", "contacts": "#explore?view=contacts&q=a"}


@pytest.fixture(scope="module")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_axe_finds_nothing(explore, explore_data, axe, lang, width, scheme):
    data = explore_data.made(lang)
    for view in VIEWS.values():
        page = explore(data, view, width=width, scheme=scheme)
        page.wait_for_timeout(100)
        for each in page.locator("details.vm-fold:not([open]) > summary").all():
            each.click()
        found = axe.run(page).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found] == []


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_nothing_is_cut_off_on_a_phone(explore, explore_data, lang, view):
    page = explore(explore_data.made(lang), view, width=390)
    page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = """() => [...document.querySelectorAll('#explore *:not(svg *)')].filter(e => { const b = e.getBoundingClientRect();
      return b.width > 0 && b.right > 391 && !e.closest('.vm-vh, .u-wrap') }).map(e => e.tagName + '.' + e.className)"""
    assert page.evaluate(wide) == []


def test_on_a_phone_the_order_is_chosen_from_a_list(explore, explore_data):
    data = explore_data.made("en")
    page = explore(data, width=390)
    page.get_by_label("Sort by").select_option("n")
    most = max(data["issues"], key=lambda issue: issue["n"])
    assert page.locator("#vm-app tbody th a").first.inner_text() == most["name"]
    assert page.locator("#vm-app thead").is_hidden()


def test_the_keyboard_alone_is_enough(explore, explore_data):
    data = explore_data.made("en")
    page = explore(data)

    def press_to(name, most=80):
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate("(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || '').trim()").startswith(name):
                return
        raise AssertionError(f"Tab never came to {name}")

    press_to("Channel")
    page.keyboard.press("Enter")
    page.wait_for_selector(".vm-pick[open] input")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert "selected" in page.locator("#vm-live").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".vm-pick[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    press_to("Contacts")
    page.keyboard.press("Enter")
    assert page.locator("#vm-app thead [aria-sort=descending]").count() == 1
    press_to(page.locator("#vm-app tbody th a").first.inner_text())
    page.keyboard.press("Enter")
    page.wait_for_selector("article.vm-issue")
    assert page.evaluate("document.activeElement.className") == "vm-head"
    press_to("Print this issue")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_screen_readers_hear_names_and_numbers(explore, explore_data, lang):
    data = explore_data.made(lang)
    words = data["words"]
    page = explore(data)
    assert page.get_by_role("search", name=words["filters"]).count() == 1
    assert page.get_by_role("navigation", name=words["views"]).count() == 1
    assert page.get_by_role("region", name=words["title"]).count() == 1
    assert page.get_by_role("table", name=words["issues_name"]).count() == 1
    assert page.locator("#vm-live").get_attribute("role") == "status"
    n = sum(x == 0 for x in data["contacts"]["dim"]["channel"])
    page.get_by_text(data["dims"][0]["label"], exact=True).click()
    page.get_by_role("checkbox", name=data["dims"][0]["values"][0]).check()
    said = page.locator("#vm-live").inner_text()
    assert said == words["selected"].format(n=words["contact_many"].format(n=n))
    page.locator("#vm-app tbody th a").first.click()
    page.wait_for_selector("article.vm-issue")
    assert page.get_by_role("article", name=data["issues"][0]["name"]).count() == 1
    assert page.get_by_role("img").first.get_attribute("aria-label")


def test_only_the_language_of_the_report_is_heard(explore, explore_data):
    import re

    page = explore(explore_data.made("en"), "#explore?issue=issue0")
    page.wait_for_selector(".vm-contacts")
    text = page.evaluate("document.body.innerText + [...document.querySelectorAll('[aria-label]')].map(e => e.getAttribute('aria-label')).join()")
    assert not re.findall(r"[ぁ-んァ-ヶ一-龠]+", text)
