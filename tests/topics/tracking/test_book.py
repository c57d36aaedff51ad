"""The book: alerts of one matter are one incident, members are found each day, nothing of it depends on the way."""

from __future__ import annotations

import json

import numpy as np
import pytest

from vocmine.topics.monitoring.counts import Ledger
from vocmine.topics.monitoring.entries import Entry
from vocmine.topics.tracking.book import IncidentBook

from .conftest import LAST, ONSET, made, told, volume_of


def day_by_day(memory, is_new, tell=(ONSET + 3,), until=LAST, save=False, lang=None):
    """Show a book each day as the registry does; an alert of all new contacts so far comes on some days."""
    book = IncidentBook(volume=volume_of(memory))
    for topic, day in enumerate(range(int(memory.day.min()), until + 1)):
        today = memory.day == day
        claimed = book.claim(memory.vectors[today].astype(np.float32), day)
        book.count(claimed, day, memory.contact_id[today].tolist(), memory.channel[today].tolist())
        seen = memory.take(memory.day <= day)
        mine = is_new[memory.day <= day] & (seen.day > day - 3)
        if lang is not None:
            mine &= seen.lang == lang.get(day, "ja")
        alerts = [told(seen, np.flatnonzero(mine), topic)] if day in tell else []
        book.look(seen, day, alerts)
        if save:
            book = IncidentBook.from_dict(json.loads(json.dumps(book.to_dict())), book.weights(), book.volume)
    return book


@pytest.mark.parametrize("tell", [(ONSET + 3,), (ONSET + 3, ONSET + 6), (ONSET + 3, ONSET + 5, ONSET + 9)])
def test_alerts_of_one_matter_are_one_incident_counted_to_the_last_day(contacts, tell):
    memory, is_new = contacts
    book = day_by_day(memory, is_new, tell)
    assert len(book.records) == 1
    record, truth = book.records[0], set(memory.contact_id[is_new])
    assert record.told_day == ONSET + 3 and record.incident_id.endswith("-1") and len(record.topics) == len(tell)
    found = set(record.members)
    assert len(found & truth) >= 0.85 * len(truth) and len(found & truth) >= 0.9 * len(found)
    assert record.last_day == LAST and abs(record.first_day - ONSET) <= 1
    assert [int(day) for day in record.earlier] == list(range(record.first_day - 14, record.first_day))
    assert sum(record.earlier.values()) <= 3


def test_two_languages_are_one_incident(contacts):
    memory, is_new = made(new_a_day=8, english=0.5)
    lang = {ONSET + 3: "ja", ONSET + 4: "en"}
    book = day_by_day(memory, is_new, tuple(lang), lang=lang)
    assert len(book.records) == 1
    assert set(book.records[0].names) == {"ja", "en"}


def test_two_matters_are_two_incidents():
    memory, is_new = made(new_a_day=6)
    other, is_other = made(a_day=0, new_a_day=6, seed=5)
    rename = np.array([f"o{i}" for i in range(len(other))])
    both = memory.add(type(other)(**{**other.__dict__, "contact_id": rename}))
    of = np.isin(both.contact_id, rename)
    book = IncidentBook(volume=volume_of(both))
    for day in range(int(both.day.min()), LAST + 1):
        seen = both.take(both.day <= day)
        mask = of[both.day <= day]
        recent = seen.day > day - 3
        new = np.isin(seen.contact_id, memory.contact_id[is_new])
        alerts = [told(seen, np.flatnonzero(mask & recent), 1), told(seen, np.flatnonzero(new & recent), 2)]
        book.look(seen, day, alerts if day == ONSET + 4 else [])
    assert is_other.all() and len(book.records) == 2
    assert not set(book.records[0].members) & set(book.records[1].members)


def test_it_goes_on_after_a_file_as_if_it_had_never_stopped(contacts):
    memory, is_new = contacts
    whole, saved = day_by_day(memory, is_new), day_by_day(memory, is_new, save=True)
    assert whole.to_dict() == saved.to_dict()
    assert np.array_equal(whole.weights(), saved.weights())


def test_an_alert_of_what_is_usual_opens_nothing(contacts):
    memory, is_new = contacts
    book = day_by_day(memory.take(~is_new), np.arange((~is_new).sum()) % 9 == 0)
    assert not book.records


def test_an_end_is_no_incident(contacts):
    memory, is_new = contacts
    book = IncidentBook(volume=volume_of(memory))
    book.look(memory, LAST, [told(memory, np.flatnonzero(is_new)[-9:], status="ended")])
    assert not book.records and book.weights().shape == (0, 0) and book.as_of == LAST


def test_members_count_for_the_topic_that_told_of_them(contacts):
    memory, is_new = contacts
    book = day_by_day(memory, is_new)
    ledger = Ledger()
    for day in np.unique(memory.day).tolist():
        today = memory.day == day
        ledger.add(day, memory.topic[today], memory.channel[today])
    topic = book.records[0].topics[0]
    gathered = book.gathered(memory, ledger, [topic])
    inside = np.isin(memory.contact_id, list(book.records[0].members))
    assert set(gathered.topic[inside]) == {topic} and (gathered.topic[~inside] == -1).all()
    assert sum(sum(own.get(topic, {}).values()) for own in ledger.counts.values()) == inside.sum()
    assert np.array_equal(book.gathered(memory, ledger, []).topic, memory.topic)


def test_a_topic_that_emerged_is_named_after_its_incident_where_the_name_is_free(contacts):
    memory, is_new = contacts
    book = day_by_day(memory, is_new)
    record = book.records[0]
    topic = record.topics[0]

    def entries(origin="emerged", other="請求書"):
        made = [Entry(i, f"t{i}", ONSET, "first", [], [], []) for i in range(topic + 1)]
        made[0].name, made[topic].origin = other, origin
        return made

    named = entries()
    book.tell_topics(named, record.told_day)
    assert named[topic].name == record.title and "画面" in record.title
    assert named[topic].first_day == min(ONSET, record.first_day)
    alert = {**told(memory, np.flatnonzero(is_new)[:5], topic), "name": "x", "day": LAST, "days": 3, "n": 5, "expected": 0.1, "ratio": 10.0, "ratio_low": 5.0, "ratio_high": 20.0}
    cleaned = book.cleaned(alert, named)
    assert cleaned["name"] == record.title and cleaned["n"] == len(cleaned["contact_ids"]) >= 9
    assert cleaned["ratio_low"] < cleaned["ratio"] < cleaned["ratio_high"]
    for some in (entries("split"), entries(other=record.title)):
        book.tell_topics(some, record.told_day)
        assert some[topic].name == f"t{topic}"
    later = entries()
    book.tell_topics(later, record.told_day + 1)
    assert later[topic].name == f"t{topic}"
