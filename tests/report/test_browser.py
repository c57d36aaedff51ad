"""The page in a real browser: nothing cut off, nothing loaded, nothing said on the console."""

from __future__ import annotations

from dataclasses import replace

import pytest

# Boxes whose content is wider than they are, apart from tables that scroll and SVG.
CUT_OFF = """() => [...document.querySelectorAll('body *:not(svg *)')].filter(e => {
  const s = getComputedStyle(e);
  return e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && s.display !== 'inline' && !e.closest('.wrap, .skip, svg, thead');
}).map(e => e.tagName + '.' + e.className)"""
OPEN_ALL = "document.querySelectorAll('details:not(.vm-pick)').forEach(each => { each.open = true })"
CONTRAST = """() => {
  const lum = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(v => { v = v / 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 });
    return .2126 * r + .7152 * g + .0722 * b };
  const ground = e => { for (; e; e = e.parentElement) { const b = getComputedStyle(e).backgroundColor; if (!/, 0\\)$|transparent/.test(b)) return b }
    return 'rgb(255,255,255)' };
  return [...document.querySelectorAll('body *:not(svg *)')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.closest('.skip'))
    .map(e => { const a = lum(getComputedStyle(e).color), b = lum(ground(e)); return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), e.className, e.innerText] })
    .filter(([ratio]) => ratio < 4.5).map(([ratio, css, text]) => `${ratio.toFixed(1)} ${css} ${text.slice(0, 30)}`) }"""


@pytest.fixture(scope="module")
def pages(full_report, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for lang in ("ja", "en"):
        full_report(lang).to_html(folder / f"{lang}.html")
    whole = full_report("ja")
    replace(whole, summary=replace(whole.summary, sections=())).to_html(folder / "short.html")
    return folder


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_in_a_browser(browser, pages, lang, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((pages / f"{lang}.html").as_uri())
    assert said == []
    assert len(asked) == 1
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).borderRadius") != "0px"
    assert page.locator("h1").is_visible()
    page.close()


@pytest.mark.browser
def test_the_keyboard_reaches_the_report(browser, pages):
    page = browser.new_page()
    page.goto((pages / "en.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.incident summary') !== null")  # what else the incident has
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('nav') !== null")
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("name", "opened", "most"), [("short", False, 5), ("ja", False, 7), ("ja", True, 16)])  # the brief is one sheet
def test_it_prints_on_a_few_sheets(browser, pages, tmp_path, name, opened, most):
    page = browser.new_page()
    page.goto((pages / f"{name}.html").as_uri())
    if opened:
        page.evaluate(OPEN_ALL)
    data = page.pdf(path=str(tmp_path / "r.pdf"), format="A4", prefer_css_page_size=True)
    page.close()
    assert data[:5] == b"%PDF-"
    assert 2 <= data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") + data.count(b"/Type/Page/") <= most


NEWS = {
    "ja": ["QR決済の画面が真っ白", "10月12日から", "「アプリ」（ふだん31%）", "バージョン5.2.0", "71件", "66人", "78件", "72〜90件", "41.2万円", "45.3万円", "1.60倍", "何も押せません"],
    "en": ["QR payment screen goes white", "since 12 Oct", "on “アプリ” (usually 31%)", "version 5.2.0", "71", "66 people", "78", "72 to 90", "¥412K", "¥453K", "1.60×", "The QR screen is white"],
}
ABOVE = """bottom => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), out = [];
  for (let n; n = walk.nextNode();) { const r = document.createRange(); r.selectNodeContents(n); const b = r.getBoundingClientRect();
    if (b.height && b.bottom <= bottom && b.right > 0) out.push(n.data) } return out.join(' ') }"""


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_first_screen_says_what_broke_since_when_on_what_how_many_and_what_it_costs(browser, pages, lang, width, height):
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto((pages / f"{lang}.html").as_uri())
    seen = page.evaluate(ABOVE, height)
    assert [part for part in NEWS[lang] if part not in seen] == []
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("name", "seen"), [("short", 5), ("ja", 2), ("en", 2)])
def test_answers_stand_above_the_fold(browser, pages, name, seen):
    """All five without an incident, the first two with one."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((pages / f"{name}.html").as_uri())
    ends = page.evaluate("[...document.querySelectorAll('.answer')].map(e => e.getBoundingClientRect().bottom)")
    assert len(ends) == 5 and ends[seen - 1] <= 900
    page.close()


@pytest.mark.browser
def test_a_mark_leads_to_its_incident(browser, pages):
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")  # no gliding
    page.goto((pages / "en.html").as_uri())
    page.locator("#watch summary").first.click()
    page.locator("#watch a.mark").first.click()
    assert page.evaluate("document.querySelector(':target').className") == "card incident"
    assert abs(page.evaluate("document.querySelector(':target').getBoundingClientRect().top")) < 800
    page.close()
