"""The page: whole, alone, safe, and the same each time."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vocmine.report import Extras, build_report
from vocmine.report.explore.encode import decode
from vocmine.report.render.scripts import source_hash, web_files
from vocmine.results import IssueCosts, Note, ReasonInfo

GOLDEN = Path(__file__).parents[1] / "golden"


class Reader(HTMLParser):
    """Collects tags, attributes, headings, and the text a reader sees."""

    VOID = ("meta", "br", "img", "link", "input")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.lines: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if data.strip() and not {"style", "title", "script"} & set(self.open):
            self.lines.append(" ".join(data.split()))


def without_scripts(page: str) -> tuple[str, list[str]]:
    """Give the page without its scripts, and these: the data first."""
    return re.sub(r"<script.*?</script>", "", page, flags=re.S), re.findall(r"<script.*?</script>", page, flags=re.S)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


NAUGHTY = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{ 7*7 }}{% raw %}", "</style><script>", "&lt;b&gt;",
    "=HYPERLINK(\"http://x\")", "@SUM(1)", "+81", "-1", "a\x00b\x08c\x1b", "\u202egnp.exe", "javascript:alert(1)",
    "<!--", "]]>", "{n}", "%s", "'; DROP TABLE--", "😀👨‍👩‍👧", "ｶﾞｷﾞ", "<svg/onload=alert(1)>", "x" * 5000,
)


def poisoned(centre, text: str, n: int = 40):
    """A report in which every word a stranger can choose is `text`."""
    contacts = centre.contacts.head(n).assign(text_clean=f"{text} くわしくは本文のとおりです", text="SECRET")
    contacts["contact_id"] = [f"{text}{i}" for i in range(n)]
    contacts["channel"] = contacts["channel"].where(contacts.index != 0, text or "x")
    tags = pd.DataFrame(
        {"contact_id": contacts.contact_id, "kind": "reason", "label": text or "x", "score": 0.9, "evidence": text}
    )
    names = ReasonInfo(names={"ja": {text: text}}, demand={text: text})
    table = centre.costs.table.head(1).assign(issue=text or "x", method=text)
    costs = IssueCosts(table, currency="JPY", notes=(Note(text),), numerator=text)
    alerts = centre.alerts.assign(name=text, contact_ids=[tuple(contacts.contact_id[:3])] * 3)
    topics = centre.topics.assign(name=text, terms=text, quotes=[[text]] * 4)
    extras = Extras(run={"read": 3, "rejected": {text: 1}, "sources": {text: 3}}, title=text)
    words = centre.hot_words.assign(word=text)
    day = pd.Timestamp("2026-10-12", tz="UTC")
    incidents = pd.DataFrame(
        {"incident_id": [text, f"{text}2"], "name_ja": text, "name_en": text, "state": ["open", "over"], "first_day": day, "last_day": day, "as_of": day,
         "n_contacts": 3, "n_people": 3, "apart": [({"column": text, "value": text, "n": 1, "of": 2, "usual": 0.1},)] * 2, "topic_ids": [(3,), ()],
         "words": [(text,)] * 2, "reasons": [(text or "x",)] * 2, "quotes": [(text,)] * 2, "contact_ids": [tuple(contacts.contact_id[:3]), ()], "channels": [{text: 3}] * 2}
    )
    extras = replace(extras, inputs={**extras.inputs, "hot_words": words, "incidents": incidents})
    return build_report(contacts, tags, costs, names=names, topics=topics, alerts=alerts, extras=extras)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_words_of_the_page_are_the_golden_ones(full_report, lang):
    lines = [line for line in read(full_report(lang).html).lines if not re.search(r"vocmine \d", line)]
    path = GOLDEN / f"report_{lang}.txt"
    if os.environ.get("VOCMINE_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_stands_alone(full_report, lang):
    page = full_report(lang).html
    assert len(page.encode()) < 2_000_000
    own, (data, *scripts) = without_scripts(page)
    assert len(own.encode()) < 400_000
    assert not re.search(r"https?://|url\(|@import|<script|<link|<iframe|<form", own)
    assert re.fullmatch('<script type="application/octet-stream" id="vm-data" data-encoding="gzip-base64">[A-Za-z0-9+/=]+</script>', data)
    assert scripts == [f"<script>{text}</script>" for text in web_files().scripts]
    reader = read(page)
    assert reader.open == []
    for _, attributes in reader.tags:
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "src", "srcset"}]
        assert (attributes.get("href") or "#").startswith("#")


def test_the_policy_lets_only_its_own_style_through(full_report):
    page = full_report().html
    css = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert f"style-src &#39;sha256-{digest}&#39;" in page
    assert "default-src &#39;none&#39;" in page
    named = re.search(r"script-src (.*?);", unescape(page)).group(1)
    code = [text.removeprefix("<script>").removesuffix("</script>") for text in without_scripts(page)[1][1:]]
    assert named == (" ".join(source_hash(text) for text in code) or "'none'")


def test_a_report_without_contacts_behind_it_has_no_script(full_report):
    page = replace(full_report(), source=None).html
    assert "<script" not in page
    assert "script-src &#39;none&#39;" in page


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_headings_links_and_pictures_are_in_order(full_report, lang):
    tags = read(full_report(lang).html).tags
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for tag, a in tags if tag == "a"} <= set(ids)
    assert {a["aria-labelledby"] for _, a in tags if "aria-labelledby" in a} <= set(ids)
    assert all("aria-hidden" in a or a.get("aria-label") for tag, a in tags if tag == "svg")
    assert all(a.get("scope") in {"row", "col"} for tag, a in tags if tag == "th")
    assert tags[0] == ("html", {"lang": lang})


def test_no_section_is_empty(full_report, centre):
    for page in (full_report().html, build_report(centre.contacts, centre.tags, centre.costs).html):
        for section in re.findall(r"<section(?![^>]* hidden>).*?</section>", page, flags=re.S):  # what the script fills is empty without it
            assert len(read(section).lines) >= 4


def test_the_same_report_gives_the_same_bytes(full_report, tmp_path):
    for name in ("a", "b"):
        full_report().to_html(tmp_path / f"{name}.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_what_customers_write_is_text_and_nothing_else(centre, text):
    clean = {tag for tag, _ in read(poisoned(centre, "plain").html).tags}
    page = poisoned(centre, text).html
    reader = read(page)
    assert {tag for tag, _ in reader.tags} <= clean
    assert not [name for _, attributes in reader.tags for name in attributes if name.startswith("on")]
    assert "SECRET" not in page
    page.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e]", page)
    data = json.dumps(decode(re.search(r'base64">([^<]*)<', page).group(1)), ensure_ascii=False)
    assert not re.search("[\x00-\x1f\u202a-\u202e\ud800-\udfff]|SECRET", data)


def test_half_a_character_does_not_break_the_page(centre, tmp_path):
    tags = centre.tags.copy()
    names = ReasonInfo(names={"ja": {"account.login": "ログ\ud800イン"}})
    run = {"read": 1, "rejected": 0, "sources": {"a\udfff.csv": 1}}
    made = build_report(centre.contacts, tags, centre.costs, names=names, extras=Extras(title="題\ud83d名", run=run))
    made.to_html(tmp_path / "r.html")
    made.to_xlsx(tmp_path / "r.xlsx")
    assert "「ログイン」" in (tmp_path / "r.html").read_text(encoding="utf-8")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_text_is_safe(centre, text):
    reader = read(poisoned(centre, text, n=8).html)
    assert reader.open == []
    scripts = [attributes for tag, attributes in reader.tags if tag == "script"]
    assert [attributes for attributes in scripts if attributes] == [{"type": "application/octet-stream", "id": "vm-data", "data-encoding": "gzip-base64"}]
    assert len(scripts) == 1 + len(web_files().scripts)


def test_the_notebook_gets_a_frame_of_its_own(full_report):
    frame = full_report()._repr_html_()
    reader = read(frame)
    assert [tag for tag, _ in reader.tags] == ["iframe"]
    assert reader.tags[0][1]["sandbox"] == "allow-scripts allow-downloads"  # and never allow-same-origin
    data = decode(re.search(r'base64">([^<]*)<', reader.tags[0][1]["srcdoc"]).group(1))
    assert data["contacts"] is None
    assert reader.tags[0][1]["srcdoc"].startswith("<!doctype html>")


def test_a_sentence_that_goes_on_stands_beside_the_one_before(full_report):
    page = full_report("ja").html
    journeys = page.partition('<section id="journeys"')[2].partition("</section>")[0]
    (line,) = [line for line in re.findall(r"<li>.*?</li>", journeys) if "5件を除いています" in line]
    assert "最もつまずいている" in line or "再問い合わせ（電話では再入電）の割合" in line
