"""The page to check contacts in: nothing loaded, nothing run but ours, all of it by keyboard, and the CSV comes back."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.audits import Audit
from vocmine.audits.page import page_text
from vocmine.audits.sheet import CheckSheet

NAMES = {
    "ja": {"bill.refund": "返金", "tech.app": "アプリの不具合", "tech.net": "回線 <b>遅い</b>"},
    "en": {"bill.refund": "Refund", "tech.app": "App crashes", "tech.net": "Slow </script> line"},
}
HOSTILE = "</script><img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script><!-- \u2028 & {{ w }}"
IDS = [f"{i:03d}" for i in range(6)]


def made_sheet(lang: str = "ja") -> CheckSheet:
    audit = pd.DataFrame({
        "contact_id": IDS, "label_tag": ["bill.refund", "tech.app"] * 3, "prob": [1 / 3, 0.25] * 3, "label": "", "drawn_on": "2026-01-31",
    })
    likely = {each: ["tech.net", "bill.refund", "tech.app"] for each in IDS}
    return CheckSheet.of(audit, names=NAMES, lang=lang, texts=pd.Series(HOSTILE, index=IDS), likely=likely)


def data_of(page: str):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_customers_wrote_is_no_markup(lang):
    page = page_text(made_sheet(lang))
    assert page.count("<script") == page.count("</script>") == 2
    assert "<img" not in page
    assert data_of(page)["rows"][0]["text"] == HOSTILE
    assert page == page_text(made_sheet(lang))
    assert re.search(r"""default-src 'none'; style-src (&#39;|')sha256-[^']+(&#39;|')""", page.replace("&#39;", "'"))


@given(st.text(max_size=60))
def test_any_text_is_data(text):
    audit = pd.DataFrame({"contact_id": ["a"], "label_tag": "x", "prob": 1.0, "label": ""})
    page = page_text(CheckSheet.of(audit, lang="en", texts=pd.Series({"a": text})))
    assert page.count("</script>") == 2
    assert data_of(page)["rows"][0]["text"] in (text, CheckSheet.of(audit, texts=pd.Series({"a": text})).rows["text"][0])


@pytest.fixture
def opened(browser, tmp_path):
    (tmp_path / "audit.html").write_text(page_text(made_sheet()), encoding="utf-8")
    page = browser.new_page(accept_downloads=True)
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "audit.html").as_uri())
    yield page
    assert said == []
    assert not [url for url in asked if not url.startswith(("file:", "blob:"))]
    page.close()


@pytest.mark.browser
def test_contacts_are_checked_by_keyboard_and_saved(opened, tmp_path):
    page = opened
    order = made_sheet().rows
    assert page.title() == "理由の確認"
    assert page.inner_text("#text") == HOSTILE.replace("\u2028", "\u2028")
    assert page.locator("#text *").count() == 0
    assert page.inner_text("#progress") == "確認済み 0 / 6 件"
    page.keyboard.press("Enter")  # as proposed
    page.keyboard.press("1")  # the likeliest
    page.keyboard.press("ArrowRight")  # not now
    page.keyboard.press("0")  # none of these
    page.keyboard.press("/")
    page.keyboard.type("ｱﾌﾟﾘ")
    page.keyboard.press("Enter")
    assert page.inner_text("#place") == "6 / 6"
    page.keyboard.press("n")
    page.keyboard.type('=メモ "引用", 1')
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.keyboard.press("+")
    page.keyboard.press("1")  # a second reason of the last
    assert page.inner_text("#progress").startswith("確認済み 5 / 6 件")
    with page.expect_download() as waiting:
        page.keyboard.press("d")
    waiting.value.save_as(tmp_path / "answers.csv")
    assert (tmp_path / "answers.csv").read_bytes().decode("utf-8-sig") == page.evaluate("document.querySelector('#csv').value.replaceAll('\\n', '\\r\\n')")
    audit = Audit.read(tmp_path / "answers.csv")
    given = {each: rows["label"].tolist() for each, rows in audit.table.groupby("contact_id")}
    tags = order["label_tag"].tolist()
    wanted = [[tags[0]], ["tech.net"], None, ["unknown"], ["tech.app"], [tags[5], "tech.net"]]
    assert [given.get(each) for each in order["contact_id"]] == wanted
    assert (audit.n_empty, audit.drawn_on) == (1, "2026-01-31")
    assert '=メモ "引用", 1' in audit.table["notes"].tolist()
    assert audit.table["prob"].tolist() == pytest.approx([order.set_index("contact_id")["prob"][each] * 5 / 6 for each in audit.table["contact_id"]])


@pytest.mark.browser
def test_answers_are_there_after_a_reload_and_can_be_taken_back(opened):
    page = opened
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    shown = "document.querySelector('#progress').textContent === '確認済み 2 / 6 件'"
    page.wait_for_function(shown)  # keys reach a busy page late
    page.reload()
    page.wait_for_function(shown)
    assert page.inner_text("#place") == "3 / 6"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    assert page.inner_text("#progress") == "確認済み 1 / 6 件"
    page.click("#accept")
    page.click("#found button:has-text('回線')")
    assert page.inner_text("#progress") == "確認済み 3 / 6 件"
    assert page.evaluate("Object.values(localStorage).join('').includes('script')") is False


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 390])
def test_nothing_is_cut_off(opened, width):
    opened.set_viewport_size({"width": width, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
