"""Where most contacts have no reason: topics, their cost and quotes, and the way to a list that fits."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.report import Extras, build_report
from vocmine.report.first_screen.unfitting import leading_topics, unfitting
from vocmine.results import ListFit

FOUND = pd.DataFrame({"topic_id": [0, 1, 2, 3, -1], "name": ["A", "B", "C", "D", "rest"], "n": [90, 80, 70, 60, 500], "n_unknown": [10, 75, 60, 59, 500], "quote": ["", "said b", "said c", "", ""], "cost": [9e4, 8e4, 7e4, 6e4, 1.0]})


@pytest.fixture
def unfit(centre):
    tags = centre.tags.copy()
    rest = tags["contact_id"].isin(sorted(set(tags["contact_id"]))[::10])
    tags.loc[(tags["kind"] == "reason") & ~rest, "label"] = "unknown"

    def make(lang="en", topics=None, **extras):
        return build_report(centre.contacts, tags, centre.costs, lang, topics=topics, extras=Extras(**extras))

    return make


def test_the_topics_with_most_contacts_of_no_reason_lead(unfit, view_of, words_of):
    view = view_of(unfit(discovered=FOUND))
    assert [topic.name for topic in leading_topics(view)] == ["B", "C", "D", "A"]
    about = unfitting(view)[1]
    assert [(line.name, line.value) for line in about.lines] == [("B", "80 contacts"), ("C", "70 contacts"), ("D", "60 contacts")]
    assert "¥80.0K" in about.lines[0].notes[0] and "leaves out mistakes" in words_of(about)
    assert unfitting(view)[2].quote.text == "said b"


def test_without_discovered_topics_those_that_are_watched_lead(unfit, view_of, words_of, centre):
    view = view_of(unfit("ja", topics=centre.topics))
    assert [topic.n for topic in leading_topics(view)] == [210, 60, 44]
    assert "全期間" in words_of(unfitting(view)[1]) and "費用" not in words_of(unfitting(view)[1])
    assert "二重に引き落とされて" in unfitting(view)[2].quote.text


def test_without_topics_it_is_said_how_to_find_them(unfit, view_of, words_of):
    found = unfitting(view_of(unfit()))
    assert [answer.key for answer in found] == ["fit", "about", "grow", "next"]
    assert "vocmine topics" in words_of(found[1])


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_better_list_and_a_draft_are_named_with_their_commands(unfit, view_of, words_of, lang):
    fit = ListFit(100, 90, "", "travel_hotel", {"ja": "旅行・宿泊", "en": "Travel and hotels"}, 0.71, 90)
    draft = pd.DataFrame({"name": ["X", "Y"], "group": "", "n": [5, 3], "share": [0.5, 0.3], "low": 0.1, "high": 0.7, "quote": "", "n_read": 10})
    told = " ".join(map(words_of, unfitting(view_of(unfit(lang, fit=fit, draft=draft)))))
    assert ("旅行・宿泊" if lang == "ja" else "Travel and hotels") in told
    assert "--trade travel_hotel" in told and "vocmine propose" in told
    assert ("2の理由" if lang == "ja" else "2 reasons") in told
    assert told.count("自己解決" if lang == "ja" else "self-service") == 1
