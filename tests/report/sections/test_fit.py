"""A list of reasons that does not fit: the better list is named first, and topics stand before the issues."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.report import Extras, build_report
from vocmine.results import ListFit

FOUND = pd.DataFrame({"topic_id": [0, 1], "name": list("AB"), "n": [90, 80], "n_unknown": [80, 75], "quote": ""})
NAMES = {"ja": "旅行・宿泊", "en": "Travel and hotels"}


def _mostly_unknown(centre):
    tags = centre.tags.copy()
    rest = tags["contact_id"].isin(sorted(set(tags["contact_id"]))[::10])
    tags.loc[(tags["kind"] == "reason") & ~rest, "label"] = "unknown"
    return tags


def _place(page, key):
    return page.index(f'id="{key}"')


@pytest.mark.parametrize(("lang", "name"), [("ja", "旅行・宿泊"), ("en", "Travel and hotels")])
def test_the_better_list_is_said_first(centre, lang, name):
    fit = ListFit(100, 90, "", "travel_hotel", NAMES, 0.71, 90)
    report = build_report(centre.contacts, _mostly_unknown(centre), centre.costs, lang, extras=Extras(fit=fit))
    assert name in report.findings[0] and "71" in report.findings[0] and "--trade travel_hotel" in report.findings[0]
    assert name in report.html.partition("</h1>")[2][:2000]


def test_without_a_better_list_nothing_is_made_up(centre):
    extras = Extras(fit=ListFit(100, 90))
    report = build_report(centre.contacts, _mostly_unknown(centre), centre.costs, "en", extras=extras)
    assert "--trade" not in report.html


def test_topics_lead_where_reasons_say_little(centre):
    extras = Extras(discovered=FOUND)
    page = build_report(centre.contacts, _mostly_unknown(centre), centre.costs, "en", extras=extras).html
    assert _place(page, "discovered") < _place(page, "costs") and 'id="digest"' not in page
    page = build_report(centre.contacts, centre.tags, centre.costs, "en", extras=extras).html
    assert _place(page, "digest") < _place(page, "costs") < _place(page, "discovered")
