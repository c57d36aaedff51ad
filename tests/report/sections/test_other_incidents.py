"""Incidents without a card: one line each."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.report import Extras, build_report


def section_of(page: str) -> str:
    return page.partition('<section id="other_incidents"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("lang", "parts"),
    [("ja", ["荷物が届かない", "収束", "9月10日〜9月20日", "38人", "150,000円"]), ("en", ["parcels do not arrive", "over", "10 Sep to 20 Sep", "38 people", "¥150,000"])],
)
def test_what_is_over_has_a_line(full_report, lang, parts):
    row = section_of(full_report(lang).html)
    assert [part for part in parts if part not in row] == []
    assert row.count("<tr") == 2  # the head and one


def test_without_any_there_is_no_table(centre, made):
    page = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(incidents=made.incidents().head(1))).html
    assert "other_incidents" not in page


def test_what_goes_on_comes_before_what_is_over_and_the_latest_first(centre, made):
    one = made.incidents().head(1).assign(topic_ids=[()])
    day = pd.Timestamp("2026-10-01", tz="UTC")
    over = [one.assign(incident_id=f"o-{k}", state="over", last_day=day + pd.Timedelta(days=k)) for k in range(3)]
    going = [one.assign(incident_id=f"g-{k}", n_contacts=90 - k) for k in range(4)]
    page = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(incidents=pd.concat([*over, *going]))).html
    ids = [part.partition('"')[0] for part in section_of(page).split('<tr id="incident-')[1:]]
    assert ids == ["g-3", "o-2", "o-1", "o-0"]
