"""The block in a real browser: it reads what was written, whatever customers wrote, and a notebook's frame stays apart."""

from __future__ import annotations

import pytest

from vocmine.report.render.html import frame, render

HOSTILE = (
    "</script><script>window.hit = 1</script>", "</ScRiPt ><img src=x onerror='window.hit = 1'>", "<!--<script>", "]]></script>", "行\u2028区切り\u2029です", "\u202egnp.exe\u202d",
    "a\x00b\x1b[31m", "=HYPERLINK(\"http://x\")", "{{ 7*7 }}${7*7}", "\ufeff先頭", "長い" * 500_000, "&lt;b&gt;&amp;", "\u200f\u200eעברית",
)
READ = """async () => { const block = document.getElementById('vm-data').textContent;
  const bytes = Uint8Array.from(atob(block), c => c.charCodeAt(0));
  return JSON.parse(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()) }"""


@pytest.fixture(scope="module")
def hostile(explored, explore_frames):
    frames = explore_frames(n=60)
    for name in ("text_clean", "product", "product_version", "segment"):
        frames.contacts[name] = [HOSTILE[i % len(HOSTILE)] for i in range(60)]
    frames.tags["evidence"] = frames.tags["evidence"] + HOSTILE[0]
    return explored(frames=frames)


@pytest.mark.browser
@pytest.mark.parametrize("contacts", [True, False])
def test_a_browser_reads_what_was_written_and_runs_none_of_it(browser, hostile, pay, tmp_path, contacts):
    hostile.to_html(tmp_path / "r.html", contacts=contacts)
    page = browser.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "r.html").as_uri())
    assert page.evaluate(READ) == pay(hostile, contacts)
    assert page.evaluate("window.hit") is None
    assert said == []
    assert len(asked) == 1
    page.close()


@pytest.mark.browser
def test_a_frame_of_a_notebook_reaches_nothing_outside(browser, explored, tmp_path):
    (tmp_path / "n.html").write_text(f"<!doctype html><title>notebook</title>{explored()._repr_html_()}", encoding="utf-8")
    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((tmp_path / "n.html").as_uri())
    inside = page.frames[1]
    inside.wait_for_selector("h1")
    assert inside.evaluate("(() => { try { return parent.document.title } catch (e) { return e.name } })()") == "SecurityError"
    assert inside.evaluate("(() => { try { return localStorage.length } catch (e) { return e.name } })()") == "SecurityError"
    assert inside.evaluate("origin") == "null"
    assert inside.evaluate(READ)["contacts"] is None
    assert errors == []
    page.close()


@pytest.mark.browser
def test_no_other_script_runs_even_where_a_page_was_tampered_with(browser, explored, tmp_path):
    report = explored()
    page_text = render(report.view, report.source).replace("</main>", "<script>window.hit = 1</script><b onclick='window.hit = 1'>x</b></main>")
    (tmp_path / "r.html").write_text(page_text, encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "r.html").as_uri())
    page.click("main b:text-is('x')")
    assert page.evaluate("window.hit") is None
    page.close()


def test_a_frame_never_shares_the_origin_of_the_notebook():
    assert "allow-same-origin" not in frame("<p>a</p>")
