"""The part of the page that answers, in a real browser: filter, sort, open, link, back, hand over, print, and no script."""

from __future__ import annotations

import csv
import io
import re

import pytest

pytestmark = pytest.mark.browser

ISSUES = "#vm-app .vm-table tbody tr"


def names(page):
    return page.locator(f"{ISSUES} th a").all_inner_texts()


def sums(data, keep=lambda row, issue: True):
    """Add the ledger up by hand: contacts and cost by issue."""
    out = {}
    parts = data["parts"]
    for row, issue, share, cost in zip(parts["contact"], parts["issue"], parts["share"], parts["cost"], strict=True):
        if keep(row, issue):
            n, money = out.get(issue, (0.0, 0))
            out[issue] = (n + share, money + cost)
    return out


def saved(page, button):
    with page.expect_download() as found:
        button.click()
    return found.value.suggested_filename, found.value.path().read_bytes()


@pytest.fixture(scope="module")
def ja(explore_data):
    return explore_data.made("ja")


@pytest.fixture(scope="module")
def en(explore_data):
    return explore_data.made("en")


def test_with_no_filter_the_table_shows_the_figures_of_the_report_with_their_ranges(explore, ja):
    page = explore(ja)
    assert names(page) == [issue["name"] for issue in ja["issues"]]
    first = page.locator(ISSUES).first.inner_text()
    assert f"{ja['issues'][0]['cost']:,.0f}円" in first
    assert "〜" in first
    assert page.locator(".vm-status").inner_text().startswith("すべての応対：400件")


def test_a_filter_adds_the_ledger_up_and_says_that_there_is_no_range(explore, en):
    page = explore(en)
    page.get_by_text("Channel", exact=True).click()
    page.get_by_role("checkbox", name="Email").check()
    email = en["contacts"]["dim"]["channel"]
    by_hand = sums(en, lambda row, issue: email[row] == 1)
    rows = page.locator(ISSUES).all()
    assert len(rows) == len(by_hand)
    for issue, (n, cost) in by_hand.items():
        row = page.locator(ISSUES, has=page.get_by_role("link", name=en["issues"][issue]["name"], exact=True))
        assert f"¥{cost:,}" in row.inner_text()
        assert row.locator("td").first.inner_text() == f"{n:.0f}"
    assert "there is no range" in page.locator("#vm-app").inner_text()
    assert " to " not in page.locator(ISSUES).first.inner_text()
    total = sum(email[row] == 1 for row in range(400))
    assert page.locator("#vm-live").inner_text() == f"{total} contacts selected"
    page.get_by_role("button", name="Remove the filter Channel: Email").click()
    assert page.locator("#vm-live").inner_text() == "All 400 contacts"


def test_filters_of_all_kinds_hold_together(explore, ja):
    page = explore(ja, "#explore?d.channel=電話&d.channel=SNS&d.product=アプリ&from=2026-09-05&to=2026-10-25&reason=issue0&q=返金")
    contacts = ja["contacts"]
    fits = [
        contacts["dim"]["channel"][row] in (0, 3) and contacts["dim"]["product"][row] == 0 and 4 <= contacts["day"][row] <= 54 and "返金" in contacts["text"][row]
        for row in range(400)
    ]
    n, cost = sums(ja, lambda row, issue: issue == 0 and fits[row])[0]
    assert n > 2
    assert page.locator("#vm-live").inner_text() == f"該当する応対：{n:.0f}件"
    assert f"{cost:,}円" in page.locator(ISSUES).inner_text()
    assert names(page) == [ja["issues"][0]["name"]]


def test_words_are_found_whatever_their_width_and_case(explore, en):
    page = explore(en)
    page.get_by_role("searchbox").fill("ＲＥＦＵＮＤ Login")
    n = sum("refund" in text and "login" in text for text in en["contacts"]["text"])
    assert page.locator("#vm-live").inner_text() == f"{n} contacts selected"
    page.get_by_role("searchbox").fill("no such words")
    assert page.locator("#vm-live").inner_text() == "0 contacts selected"
    assert page.locator(".vm-none").is_visible()


def test_a_head_sorts_and_says_so(explore, en):
    page = explore(en)
    head = page.locator("#vm-app thead th").nth(1)
    head.get_by_role("button").click()
    n = [issue["n"] for issue in en["issues"]]
    order = sorted(range(len(n)), key=lambda i: -n[i])
    assert names(page) == [en["issues"][i]["name"] for i in order]
    assert head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").click()
    assert names(page) == [en["issues"][i]["name"] for i in sorted(range(len(n)), key=lambda i: n[i])]
    assert "sort=n" in page.url


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_opened_issue_shows_all_that_is_known_of_it(explore, explore_data, lang):
    data = explore_data.made(lang)
    page = explore(data)
    page.locator(f"{ISSUES} th a").first.click()
    words = data["words"]
    text = page.locator("article.vm-issue").inner_text()
    heads = ["over_time", "bridge", "versions", "split", "quotes", "words_title", "signals_title", "around", "contacts_title"]
    assert page.locator("article.vm-issue h4").all_inner_texts() == [words[key] for key in heads]
    assert page.evaluate("document.activeElement.textContent") == data["issues"][0]["name"]
    assert "31" in page.get_by_role("row", name=words["against"].format(version="5.1")).inner_text()
    assert words["worse"] in page.get_by_role("row", name=words["against"].format(version="5.1")).inner_text()
    assert page.locator(".vm-chart canvas").count() == 1
    assert words["mark_fix"] in text
    assert words["mark_incident"] in text
    page.wait_for_selector(".vm-contacts")
    assert page.locator(".vm-quotes mark").first.inner_text() in data["contacts"]["text"][0]


def test_the_contacts_of_an_issue_add_up_to_its_cost(explore, ja):
    page = explore(ja, "#explore?issue=issue2&order=-cost")
    page.wait_for_selector(".vm-contacts")
    foot = page.locator(".vm-contacts tfoot").inner_text()
    assert f"{ja['issues'][2]['cost']:,.0f}円" in foot
    name, data = saved(page, page.locator(".vm-contacts").get_by_role("button", name="CSVで保存"))
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    mine = [i for i, issue in enumerate(ja["parts"]["issue"]) if issue == 2]
    assert len(rows) == len(mine)
    assert sum(int(row["応対費用（人件費）"]) for row in rows) == ja["issues"][2]["cost"]
    assert rows[0]["応対費用（人件費）"] == str(max(ja["parts"]["cost"][i] for i in mine))
    assert name.endswith(".csv")
    tagged = sum(ja["parts"]["tagged"][i] for i in mine)
    assert 0 < tagged < len(mine)
    assert page.locator(".vm-contacts tbody tr").count() == min(30, tagged)
    assert f"この理由と判定した応対（{tagged}件）" in foot


def test_pages_of_contacts_are_turned(explore, en):
    page = explore(en, "#explore?view=contacts")
    first = page.locator(".vm-contacts tbody tr").first.inner_text()
    page.get_by_role("button", name="Next 30").click()
    assert page.locator(".vm-contacts tbody tr").first.inner_text() != first
    assert "Page 2 of 14" in page.locator(".vm-turn").inner_text()
    assert page.get_by_role("button", name="Previous 30").is_enabled()


def test_an_address_leads_to_what_was_seen_and_back_works(explore, ja):
    page = explore(ja)
    page.get_by_text("チャネル", exact=True).click()
    page.get_by_role("checkbox", name="電話").check()
    page.locator(f"{ISSUES} th a").nth(1).click()
    page.wait_for_selector("article.vm-issue")
    address, seen = page.url, page.locator(".vm-facts").inner_text()
    page.go_back()
    assert page.locator("article.vm-issue").count() == 0
    assert page.locator(".vm-marks").inner_text().startswith("チャネル：電話")
    page.go_back()
    assert page.locator(".vm-marks").count() == 0
    page.go_forward()
    page.go_forward()
    page.wait_for_selector("article.vm-issue")
    assert page.locator(".vm-facts").inner_text() == seen
    other = explore(ja, "#" + address.split("#")[1])
    assert other.locator(".vm-facts").inner_text() == seen


def test_the_address_of_what_is_seen_is_copied(explore, en):
    page = explore(en, "#explore?d.channel=Phone", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy a link to this view").click()
    page.locator("#vm-live", has_text="Link copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url


def test_where_the_clipboard_is_closed_the_text_is_shown(explore, en):
    page = explore(en)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')) }")
    page.get_by_role("button", name="Copy a link to this view").click()
    box = page.get_by_role("dialog")
    assert box.get_by_role("textbox").input_value().endswith("#explore?")
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


@pytest.mark.parametrize("hash_", [
    "#explore?issue=none&view=bad&sort=%00&d.channel=x&from=2026-99-99&page=-4&reason=q", "#explore?%E0%A4%A", "#explore?view=compare&by=zzz&a=1", "#explore?page=1e99&view=contacts",
])
def test_a_broken_address_opens_the_page(explore, en, hash_):
    page = explore(en, hash_)
    assert page.locator("#vm-app table").count() >= 1


def test_csv_of_a_table_is_made_for_spreadsheets(explore, explore_data):
    data = explore_data.made("en", hostile=True)
    page = explore(data)
    _, content = saved(page, page.get_by_role("button", name="Save “Issues” as CSV"))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0][:4] == ["id", "Issue", "Kind", "Team"]
    assert len(rows) == 1 + len(data["issues"])
    named = {row[0]: row for row in rows[1:]}
    for issue in data["issues"]:
        row = named[issue["id"]]
        formula = re.match(r"[\s\u202e]*[=+\-@]", issue["name"])
        assert row[1] == ("'" if formula else "") + issue["name"]
        assert float(row[rows[0].index("Handling cost (labour)")]) == issue["cost"]


def test_static_tables_are_handed_over_too_and_numbers_stay_numbers(explore, en):
    page = explore(en, permissions=["clipboard-read", "clipboard-write"])
    tools = page.locator("#costs .vm-static")
    _, content = saved(page, tools.get_by_role("button", name="Save “Costs” as CSV"))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [["Issue", "Cost"], ["'=A1", "'-1,234 1 to 2"], ['b "q"', "5"]]
    tools.get_by_role("button", name="Copy “Costs”").click()
    page.locator("#vm-live", has_text="Copied").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()").splitlines()[1] == "'=A1\t'-1,234 1 to 2"


@pytest.mark.parametrize(("value", "safe"), [
    ("=1", "'=1"), ("+1+1", "'+1+1"), ("@a", "'@a"), ("-2+3", "'-2+3"), ("-1,234", "-1,234"), ("+5", "+5"), ("-12.5%", "-12.5%"), ("\t=1", "'\t=1"), (" =1", "' =1"), ("\u202e=1", "'\u202e=1"),
    ("＝1", "'＝1"), ("a=1", "a=1"), (-3, "-3"), (None, ""), ("–", "–"), ("\rx", "'\rx"),
])
def test_a_cell_never_becomes_a_formula(explore, en, value, safe):
    assert explore(en).evaluate("value => VM.safeCell(value)", value) == safe


def test_two_groups_are_compared(explore, en):
    page = explore(en, "#explore?view=compare&by=period&from1=2026-09-01&to1=2026-09-30&from2=2026-10-11&to2=2026-10-31")
    row = page.locator(ISSUES, has=page.get_by_role("link", name=en["issues"][1]["name"], exact=True))
    days, parts = en["contacts"]["day"], en["parts"]
    n = [sum(first <= day <= last for day in days) for first, last in ((0, 29), (40, 60))]
    tagged = [row for row, issue, tag in zip(parts["contact"], parts["issue"], parts["tagged"], strict=True) if issue == 1 and tag]
    k = [sum(first <= days[row] <= last for row in tagged) for first, last in ((0, 29), (40, 60))]
    text = row.inner_text()
    assert f"{k[0]} contacts" in text
    assert f"{k[1]} contacts" in text
    assert "more in B" in text
    assert f"{n[0]} contacts" in page.locator(".vm-groups").inner_text()
    page.get_by_label("Last day of A").fill("2026-10-12")
    assert "overlap" in page.locator(".vm-none").inner_text()
    page.get_by_label("Compare by").select_option("channel")
    page.get_by_label("Group A").select_option("Chat")
    assert "Chat" in page.locator(".vm-groups").inner_text()
    assert "a=Chat" in page.url


def test_the_chart_says_what_is_pointed_at(explore, en):
    page = explore(en, "#explore?issue=issue0&unit=week&d.channel=Phone")
    page.locator(".vm-chart canvas").scroll_into_view_if_needed()
    box = page.locator(".vm-chart .u-over").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator(".vm-readout", has_text="¥").wait_for()
    assert "week of" in page.locator(".vm-readout").inner_text()


def test_units_of_time_add_up_to_the_same(explore, ja):
    page = explore(ja, "#explore?issue=issue0&d.channel=電話")
    totals = set()
    page.get_by_text("数字を表で見る").click()
    for unit in ("月別", "週別", "日別"):
        page.get_by_role("radio", name=unit).check()
        _, content = saved(page, page.locator(".vm-chart ~ details").get_by_role("button", name="CSVで保存"))
        totals.add(sum(float(row["応対費用（人件費）"]) for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))))
    channel = ja["contacts"]["dim"]["channel"]
    assert totals == {sums(ja, lambda row, issue: channel[row] == 0)[0][1]}


def test_groups_of_few_contacts_are_told_together(explore, explore_data):
    data = explore_data.made("en")
    for row in range(400):
        data["contacts"]["dim"]["plan"][row] = 0
    mine = [row for row, issue in zip(data["parts"]["contact"], data["parts"]["issue"], strict=True) if issue == 0]
    for row, plan in zip(mine[:5], [1, 1, 1, -1, -1], strict=True):
        data["contacts"]["dim"]["plan"][row] = plan
    page = explore(data, "#explore?issue=issue0&split=plan")
    part = page.locator(".vm-part", has=page.get_by_label("Split by"))
    assert part.locator("tbody th").all_inner_texts() == ["Free", "2 small groups together"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_page_without_contacts_answers_from_sums(explore, explore_data, lang):
    whole = explore_data.made(lang)
    data = explore_data.without_contacts(whole)
    channel = data["dims"][0]["values"][0]
    page = explore(data, f"#explore?d.channel={channel}")
    by_hand = sums(whole, lambda row, issue: whole["contacts"]["dim"]["channel"][row] == 0)
    row = page.locator(ISSUES, has=page.get_by_role("link", name=data["issues"][0]["name"], exact=True))
    assert f"{by_hand[0][1]:,}" in row.inner_text()
    assert page.get_by_role("link", name=data["words"]["view_contacts"]).count() == 0
    page.locator(f"{ISSUES} th a").first.click()
    page.wait_for_selector("article.vm-issue")
    assert page.locator(".vm-contacts").count() == 0
    assert page.locator("article.vm-issue h4").count() >= 6
    page.locator(".vm-tabs a").nth(1).click()
    assert page.locator(ISSUES).count() > 3


@pytest.mark.parametrize("measure", ["hours", "counts"])
def test_without_money_there_is_no_word_of_it(explore, explore_data, measure):
    page = explore(explore_data.made("en", measure=measure))
    page.locator(f"{ISSUES} th a").first.click()
    page.wait_for_selector("article.vm-issue")
    text = page.locator("#vm-app").inner_text()
    assert "¥" not in text
    assert ("Handle time over time" if measure == "hours" else "Contacts over time") in text


@pytest.mark.parametrize("view", ["#explore", "#explore?issue=issue0", "#explore?view=compare", "#explore?view=contacts"])
def test_hostile_texts_stay_texts(explore, explore_data, view):
    data = explore_data.made("ja", hostile=True)
    page = explore(data, view)
    page.wait_for_timeout(200)
    assert page.evaluate("window.bad") is None
    assert page.evaluate("document.querySelectorAll('#explore img, #explore script, #explore iframe').length") == 0
    assert "</script><script>window.bad=1</script>" in page.locator("#explore").inner_text()


def test_without_a_script_the_page_stays_as_it_is(explore, en):
    page = explore(en, script=False, java_script_enabled=False)
    assert page.locator("#explore").is_hidden()
    assert page.locator("#costs table").is_visible()
    assert page.locator("#costs").inner_text().count("=A1") == 1


def test_a_browser_that_cannot_unpack_shows_the_page_as_it_is(browser, explore_data, tmp_path, en):
    path = explore_data.page(en, tmp_path / "old.html")
    page = browser.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(path.as_uri())
    page.wait_for_timeout(300)
    assert page.locator("#explore").is_hidden()
    assert page.locator("#costs .vm-static").count() == 0
    page.close()


def test_an_opened_issue_prints_readably(explore, ja, tmp_path):
    page = explore(ja, "#explore?issue=issue0", scheme="dark")
    page.wait_for_selector(".vm-contacts")
    page.emulate_media(media="print")
    hidden = [".vm-filters", ".vm-tabs", ".vm-tools", ".vm-turn", ".vm-back"]
    assert [name for name in hidden if page.locator(name).first.is_visible()] == []
    assert page.locator(".vm-facts").is_visible()
    assert page.locator("#costs").is_visible()
    page.evaluate("() => { window.print = () => {} }")
    page.evaluate("VM.printIssue()")
    assert page.locator("#costs").is_hidden()
    assert page.locator("header").is_hidden()
    assert page.locator(".vm-head").is_visible()
    data = page.pdf(format="A4")
    assert data[:5] == b"%PDF-"


def test_the_list_of_issues_is_left_out_of_print(explore, ja):
    page = explore(ja)
    page.emulate_media(media="print")
    assert page.locator("#explore").is_hidden()
    assert page.locator("#costs").is_visible()


def test_names_in_the_report_lead_to_their_issue(explore, explore_data, ja):
    data = {**ja, "issues": [{**ja["issues"][0], "name": "=A1"}, *ja["issues"][1:]]}
    page = explore(data)
    page.locator("#costs").get_by_role("link", name="=A1").click()
    page.wait_for_selector("article.vm-issue")
    assert page.locator(".vm-head").inner_text() == "=A1"
