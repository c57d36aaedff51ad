"""A whole report with its part that answers: axe finds nothing on it, all tables are handed over, names lead to issues."""

from __future__ import annotations

import csv
import io

import pytest

from vocmine.report.render.html import frame

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(full_report, tmp_path_factory):
    path = tmp_path_factory.mktemp("explore")
    for lang in ("ja", "en"):
        report = full_report(lang)
        report.to_html(path / f"{lang}.html")
        report.to_html(path / f"{lang}-none.html", contacts=False)
    return path


@pytest.fixture
def shown(browser, folder):
    opened, said = [], []

    def show(name, hash_="", width=1280, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", accept_downloads=True)
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url) if not request.url.startswith(("file:", "blob:")) else None)
        page.goto((folder / f"{name}.html").as_uri() + hash_)
        page.wait_for_selector("html[data-vm=ready]")
        return page

    yield show
    for context in opened:
        context.close()
    assert said == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_axe_finds_nothing_on_the_whole_page(shown, lang, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page = shown(lang, "#explore?issue=technical.app_crash", width, scheme)
    page.wait_for_selector(".vm-contacts")
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
    found = axe.run(page).response["violations"]
    assert [(each["id"], [node["html"][:200] for node in each["nodes"]][:3]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_figures_of_an_issue_are_those_of_the_report_and_of_its_contacts(shown, full_report, lang):
    report = full_report(lang)
    line = next(each for each in report.summary.issues if each.issue == "technical.app_crash")
    page = shown(lang, "#explore?issue=technical.app_crash")
    page.wait_for_selector(".vm-contacts")
    cost = f"{line.cost.value:,.0f}"
    assert cost in page.locator(".vm-facts").inner_text()
    sums = page.evaluate("VM.select(VM.fresh()).by[VM.data.at.get('technical.app_crash')]")
    assert sums["n"] > 0
    all_contacts = page.evaluate("VM.select(VM.fresh()).sums.n")
    assert round(all_contacts) == report.summary.n_contacts


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_static_table_is_handed_over(shown, lang):
    page = shown(lang)
    tables = page.locator("table:not(#explore table)").count()
    assert tables >= 10
    assert page.locator(".vm-static").count() == tables
    names = page.locator(".vm-static button").evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
    assert len(names) == len(set(names)) == 2 * tables
    with page.expect_download() as found:
        page.locator("#costs .vm-static button").first.click()
    rows = list(csv.reader(io.StringIO(found.value.path().read_bytes().decode("utf-8-sig"))))
    assert len(rows) == page.locator("#costs table").first.locator("tr").count()
    assert len({len(row) for row in rows}) == 1


def test_a_name_in_the_cost_table_opens_its_issue(shown):
    page = shown("ja")
    link = page.locator("#costs tbody th a.vm-open-issue").first
    name = link.inner_text()
    link.click()
    page.wait_for_selector("article.vm-issue")
    assert page.locator(".vm-head").inner_text() == name
    page.go_back()
    page.wait_for_selector("article.vm-issue", state="detached")


def test_every_chart_answers_who_points_at_it(shown):
    page = shown("ja")
    silent = """() => [...document.querySelectorAll('svg')].filter(s => !s.closest('.legend, .vm-chart') && !s.querySelector('title'))
      .map(s => s.getAttribute('class') + ' in ' + (s.closest('section') || {}).id)"""
    assert page.evaluate(silent) == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_page_without_contacts_works_and_holds_none(shown, folder, centre, lang):
    page = shown(f"{lang}-none", "#explore?issue=technical.app_crash")
    assert page.locator("article.vm-issue").count() == 1
    assert page.evaluate("VM.data.rows") is None
    assert page.locator(".vm-contacts").count() == 0


def test_in_the_frame_of_a_notebook_the_page_answers(browser, folder, tmp_path):
    whole = (folder / "en.html").read_text(encoding="utf-8")
    (tmp_path / "notebook.html").write_text(f"<!doctype html><title>n</title>{frame(whole)}", encoding="utf-8")
    page = browser.new_page()
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((tmp_path / "notebook.html").as_uri())
    inner = page.frame_locator("iframe")
    inner.locator("html[data-vm=ready]").wait_for()
    inner.locator("#vm-app thead button").nth(1).click()
    assert inner.locator("#vm-app thead [aria-sort=descending]").count() == 1
    inner.locator("#vm-app tbody th a").first.click()
    inner.locator("article.vm-issue").wait_for()
    inner.locator(".vm-back a").click()
    inner.locator("article.vm-issue").wait_for(state="detached")
    assert said == []
    page.close()
