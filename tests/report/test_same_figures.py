"""A thing has one figure wherever it stands, and no mark of the machine stands where a person looks."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
import pytest
from openpyxl import load_workbook

from vocmine.report import Extras, build_report
from vocmine.report.names import IssueNames
from vocmine.report.words import Words
from vocmine.results import ReasonInfo

LANGS = ("ja", "en")
MEASURES = ("money", "hours", "counts")
TOKEN = re.compile(r"\b[a-z]+_[a-z_]+\b")
FILES = re.compile(r"\b[\w-]+\.(?:csv|parquet|xlsx|json|yaml)\b|vocmine [a-z]+[^。）.)]*")


class Page(HTMLParser):
    """What a person sees of a page: texts, what a pointer or a screen reader tells, and the cells of its tables."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said, self.rows, self.hidden = [], [], 0
        self.section, self.cell = "", None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.hidden += tag in ("style", "script", "template")
        self.said += [found[name] for name in ("title", "aria-label", "alt", "data-label") if found.get(name)]
        if tag == "section":
            self.section = found.get("id", "")
        if tag == "tr":
            self.rows.append((self.section, []))
        if tag in ("td", "th") and self.rows:
            self.cell = [found.get("data-label", ""), ""]
            self.rows[-1][1].append(self.cell)
        if tag == "small":
            self.cell = None  # a range or a remark beside the figure

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "script", "template")
        if tag in ("td", "th"):
            self.cell = None

    def handle_data(self, data):
        if not self.hidden:
            self.said.append(data)
            if self.cell is not None:
                self.cell[1] += data.strip()


@pytest.fixture(scope="module")
def made_of(centre, made, tmp_path_factory):
    """Make a report in a language and a measure, with its page and its workbook; each once."""
    kept = {}

    def make(lang: str, measure: str):
        if (lang, measure) not in kept:
            contacts, costs = centre.contacts, centre.costs
            if measure != "money":
                gone = {name: np.nan for name in costs.table if name.startswith(("cost", "payout", "avoidable"))}
                costs = costs.with_table(costs.table.assign(**gone))
            if measure == "counts":
                contacts = contacts.drop(columns="handle_seconds")
                costs = costs.with_table(costs.table.assign(handle_hours=np.nan))
            words = centre.hot_words.head(3).assign(word=["kao_joy", "emoji_anger", "出来る_ない"])
            topics = centre.topics.assign(terms=[("kao_sad", "届く_ない")] * len(centre.topics))
            incidents = made.incidents().assign(words=[("kao_anger", "真っ白"), ("届く_ない",)])
            report = build_report(
                contacts, centre.tags, costs, lang, topics=topics, alerts=centre.alerts.assign(words="kao_sorry / QR"),
                extras=Extras(
                    hot_words=words, months=made.months(), changes=made.changes(), forecast=made.forecast(), journeys=made.journeys(), aspects=made.aspects(), risk=made.risk(), watch=made.watch(),
                    incidents=incidents, incident_timeline=made.incident_timeline(), timezone="Asia/Tokyo",
                ),
            )
            path = tmp_path_factory.mktemp("same") / "report.xlsx"
            report.to_xlsx(path)
            kept[lang, measure] = report, Page(report.html), load_workbook(path, data_only=True)
        return kept[lang, measure]

    return make


def table_of(sheet, first: str) -> list[dict[str, object]]:
    """Read the table that begins with a head, a row a dict."""
    rows = list(sheet.iter_rows(values_only=True))
    start = next(i for i, row in enumerate(rows) if row[0] == first)
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :] if row[0]]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("measure", MEASURES)
def test_an_issue_has_the_same_figures_on_the_page_in_the_workbook_and_in_the_summary(made_of, lang, measure):
    report, page, book = made_of(lang, measure)
    summary = report.summary
    w = Words(lang, summary.currency)
    assert summary.measure == measure
    sheet = book[w("sheet_costs" if measure == "money" else f"sheet_costs_{measure}")]
    in_book = {row[w("col_issue")]: row for row in table_of(sheet, w("col_issue"))}
    shown = {cells[0][1]: dict(cells) for section, cells in page.rows if section == "costs" and len(cells) > 3}
    name = IssueNames(w, report.evidence)
    size = {"money": "col_money", "hours": "col_hours", "counts": "col_n"}[measure]
    write = {"money": w.money, "hours": w.decimal, "counts": w.whole}[measure]
    checked = 0
    for line in summary.lines:
        key = name(line.issue)
        assert in_book[key][w("col_n")] == pytest.approx(line.contacts.value)
        (head,) = [head for head in in_book[key] if head and head.startswith(w(size)) and not head.endswith((w("col_low"), w("col_high")))][:1]
        value = in_book[key][head]
        assert value == pytest.approx(summary.size(line).value)
        found = next(cells for issue, cells in shown.items() if issue.startswith(key))
        assert found[w("col_n")] == w.whole(line.contacts.value)
        assert found[w(size)] == write(value)
        checked += 1
    assert checked >= 8


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("measure", MEASURES)
def test_all_contacts_are_one_number(made_of, centre, lang, measure):
    report, page, book = made_of(lang, measure)
    w, n = Words(lang, report.summary.currency), len(centre.contacts)
    text = " ".join(page.said)
    assert report.summary.n_contacts == n == sum(line.n for line in report.summary.channels)
    assert w.count(n) in text
    whole = next(row for row in book[w("sheet_channels")].iter_rows(values_only=True) if row[0] == w("trend_all"))
    assert sum(whole[1 : 1 + len(report.summary.channels)]) == n
    assert any(n in row for row in book[w("sheet_summary")].iter_rows(values_only=True))
    assert w("col_mentions") in [cell.value for row in book[w("sheet_mood")].iter_rows(max_row=8) for cell in row]  # said where reasons are counted


@pytest.mark.parametrize("lang", LANGS)
def test_a_month_of_an_issue_is_the_same_in_every_table_and_named_as_people_do(made_of, made, lang):
    report, page, book = made_of(lang, "money")
    w = Words(lang, report.summary.currency)
    month = "2026年9月" if lang == "ja" else "Sep 2026"
    months = made.months()
    rows: dict[str, dict[str, object]] = {}
    for row in table_of(book[w("sheet_months")], w("col_issue")):
        rows.setdefault(row[w("col_issue")], row)
    name = IssueNames(w, report.evidence)
    shown = [dict(cells) for section, cells in page.rows if section == "months"]
    for row in months[months["month"] == "2026-09"].to_dict("records"):
        assert rows[name(row["issue"])][month] == pytest.approx(row["cost"])
        assert any(cells.get(month) == w.money(row["cost"]) for cells in shown)
    text = " ".join(page.said)
    assert month in text and not re.search(r"\b20\d\d-\d\d\b(?!-)", text)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("measure", MEASURES)
def test_no_range_is_without_width(made_of, lang, measure):
    _report, page, book = made_of(lang, measure)
    ends = re.findall(r"([-\d.,]+)([^\d\s〜]*)(?:〜| to )([-\d.,]+)\2(?![\d.,])", " ".join(page.said))
    assert ends and not [end for end in ends if end[0] == end[2]]
    w = Words(lang)
    low, high = w("col_low"), w("col_high")
    n = 0
    for sheet in book:
        heads = None
        for row in sheet.iter_rows(values_only=True):
            found = [i for i, cell in enumerate(row[:-1]) if isinstance(cell, str) and cell.endswith(low) and str(row[i + 1]).endswith(high)]
            if found or all(cell is None or isinstance(cell, str) for cell in row):
                heads = found
            for i in heads or []:
                if isinstance(row[i], int | float):
                    n += 1
                    assert row[i] < row[i + 1], (sheet.title, row)
    assert n > 5


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("measure", MEASURES)
def test_no_mark_of_the_machine_stands_where_a_person_looks(made_of, centre, lang, measure):
    report, page, book = made_of(lang, measure)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)]
    figures = [report.cost_figure().to_json(), report.trend_figure().to_json()] if measure == "money" else []
    drawn = [text for figure in figures for text in re.findall(r'"(?:text|name|title)":"([^"]*)"', figure)]
    said = [FILES.sub("", text) for text in (*page.said, *report.findings, *cells, *drawn)]
    assert sorted({token for text in said for token in TOKEN.findall(text)}) == []
    ids = set(centre.costs.table["issue"]) - {"unknown", "unallocated"}
    assert not [text for text in said if any(i in text for i in ids)]
    assert not [text for text in said if text.strip() in {"unknown", "unallocated", "nan", "None", "NaT"}]
    faces = {"ja": ("顔文字（喜び）", "絵文字（怒り）", "顔文字（怒り）", "顔文字（おわび）"), "en": ("kaomoji: joy", "emoji: anger", "kaomoji: anger", "kaomoji: apology")}[lang]
    whole = " ".join(said)
    assert [face for face in faces if face not in whole] == []


@pytest.mark.parametrize("lang", LANGS)
def test_ratios_that_nobody_could_believe_are_said_in_words(centre, made, lang, tmp_path):
    watch = made.watch().assign(ratio=22.0, ratio_low=1.9, ratio_high=31_268.0)
    report = build_report(centre.contacts, centre.tags, centre.costs, lang, extras=Extras(watch=watch))
    text = " ".join(Page(report.html).said)
    assert "31,268" not in text and ("1.90倍〜100倍超" if lang == "ja" else "1.90× to more than 100×") in text
    report.to_xlsx(tmp_path / "x.xlsx")
    cells = [cell for sheet in load_workbook(tmp_path / "x.xlsx") for row in sheet.iter_rows() for cell in row if cell.value == 31_268.0]
    assert cells and all("100" in cell.number_format for cell in cells)


def test_quotes_say_their_language_and_names_of_one_language_stand_in_both(centre):
    contacts = centre.contacts
    tags = centre.tags.assign(label=centre.tags["label"].where(centre.tags["label"] != "account.login", "own.lost_card"))
    table = centre.costs.table.assign(issue=centre.costs.table["issue"].replace("account.login", "own.lost_card"))
    names = ReasonInfo(names={"ja": {"own.lost_card": "カードをなくした"}})
    report = build_report(contacts, tags, centre.costs.with_table(table), "en", names=names)
    assert "カードをなくした" in report.html and "own.lost_card" not in " ".join(Page(report.html).said)
    foreign = [quote.lang for quotes in report.evidence.quotes.values() for quote in quotes]
    assert set(foreign) <= {"ja", "en"} and report.html.count('<blockquote lang="ja">') <= foreign.count("ja")
    in_japanese = build_report(contacts, tags, centre.costs.with_table(table), "ja", names=names)
    assert '<blockquote lang="ja">' not in in_japanese.html


def test_the_reader_of_pages_reads_figures_and_not_what_stands_beside_them():
    page = Page('<section id="costs"><table><tr><th>a<small>x</small></th><td data-label="n">3 <small>1</small></td></tr></table></section>')
    assert page.rows == [("costs", [["", "a"], ["n", "3"]])]
