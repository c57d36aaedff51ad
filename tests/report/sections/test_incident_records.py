"""An incident in numbers: read from its row, with its words and what sets it apart."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from vocmine.frames import INCIDENT_COLUMNS
from vocmine.report import Extras, build_report
from vocmine.report.sections.incident_records import ApartLine, apart_text, incident_record, people_text
from vocmine.report.words import Words


def test_every_number_of_the_row_is_read(made):
    record = incident_record(made.incidents().to_dict("records")[0], made.incident_timeline())
    assert (record.n_contacts, record.n_people, record.expected) == (71, 66, 2.4)
    assert [x.numbers for x in (record.ratio, record.growth, record.cost, record.n_month_end, record.cost_month_end, record.n)] == [
        (29.6, 18.0, 51.0), (1.6, 1.2, 2.1), (412_000.0, 390_000.0, 441_000.0), (78.0, 72.0, 90.0), (453_000.0, 401_000.0, 540_000.0), (71.0, 48.0, 105.0)]
    assert (record.first_day, record.told_day, record.as_of, record.until) == (date(2026, 10, 12), date(2026, 10, 14), date(2026, 10, 30), date(2026, 10, 31))
    assert (record.channels, record.n_days, record.is_open, len(record.days)) == ((("call", 51), ("chat", 20)), 19, True, 30)


def test_a_row_with_the_least_is_read():
    day = pd.Timestamp("2026-10-12", tz="UTC")
    row = {**dict.fromkeys(INCIDENT_COLUMNS), "incident_id": "i", "state": "over", "first_day": day, "last_day": day, "as_of": day, "n_contacts": 3, "n_people": 2}
    record = incident_record(row)
    assert (record.is_open, record.until, record.apart, record.days, record.told_day) == (False, None, (), (), date(2026, 10, 12))
    assert not record.cost.known and not record.growth.ranged


def test_product_and_version_come_first(made):
    record = incident_record(made.incidents().to_dict("records")[0])
    assert [line.column for line in record.apart] == ["channel", "product_version", "product"]
    assert [line.column for line in record.shown_apart] == ["product", "product_version", "channel"]


@pytest.mark.parametrize(("ids", "rows"), [(None, (4,)), ("some", (2, 4))])
def test_hot_words_of_it_carry_a_mark(centre, made, ids, rows):
    """A word of its words, however wide its letters are, or one whose contacts are mostly its own."""
    words = centre.hot_words.assign(word=[w if i != 4 else "ＱＲ決済" for i, w in enumerate(centre.hot_words.word)])
    if ids:
        words["contact_ids"] = [("a", "b") if i == 2 else ("z", "y", "a") for i in range(len(words))]
    frame = made.incidents(("a", "b"))
    report = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(incidents=frame, hot_words=words))
    assert report.summary.incidents[0].word_rows == rows


@pytest.mark.parametrize(
    ("line", "ja", "en"),
    [
        (ApartLine("product", "アプリ", 9, 9, 0.3), "9件中9件が「アプリ」（ふだん30%）", "9 of 9 on “アプリ” (usually 30%)"),
        (ApartLine("team", "A", 8, 9, 0.5), "9件中8件がチーム「A」（ふだん50%）", "8 of 9 with team “A” (usually 50%)"),
        (ApartLine("channel", "call", 8, 9, float("nan")), "9件中8件が電話", "8 of 9 by Phone"),
        (ApartLine("店舗", "{n}<b>", 8, 9, 0.0), "9件中8件が店舗「{n}<b>」（ふだん0%）", "8 of 9 with 店舗 “{n}<b>” (usually 0%)"),
    ],
)
def test_what_sets_it_apart_is_said_in_both_languages(line, ja, en):
    assert (apart_text(line, Words("ja")), apart_text(line, Words("en"))) == (ja, en)


def test_people_are_people():
    assert [people_text(n, Words("ja")) for n in (0, 1, 66)] == ["", "1人", "66人"]
    assert [people_text(n, Words("en")) for n in (0, 1, 66)] == ["", "1 person", "66 people"]


def test_the_mark_of_a_word_links_to_its_incident(full_report):
    section = full_report("en").html.partition('<section id="words"')[2].partition("</section>")[0]
    marked = [row for row in section.split("<tr>") if 'href="#incident-i-20261014-1"' in row]
    assert len(marked) == 1 and "QR決済" in marked[0]


@pytest.mark.parametrize(("until", "shown"), [("2026-10-31", True), ("2026-10-30", False), (None, False)])
def test_nothing_is_expected_for_a_month_that_has_ended(until, shown):
    row = {
        **dict.fromkeys(INCIDENT_COLUMNS), "incident_id": "i-1", "state": "open", "first_day": "2026-10-12", "last_day": "2026-10-30", "as_of": "2026-10-30",
        "n_contacts": 9, "n_people": 8, "until": until,
    }
    assert (incident_record(row).until is not None) == shown
