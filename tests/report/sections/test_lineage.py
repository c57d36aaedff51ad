"""Where topics came from."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.report import Extras, build_report

TABLE = pd.DataFrame({
    "name": ["<i>white</i>", "old", "older", "oldest"], "n": [30, 9, 4, 2], "first_day": ["2026-10-12", "2026-09-01", "2026-09-01", "2026-09-01"], "last_day": "2026-10-20",
    "origin": ["emerged", "first", "first", "rest"], "parents": ["", "", "", ""], "into": ["", "a / b", "a", ""], "is_open": [True, False, False, False],
})


@pytest.mark.parametrize(("lang", "said"), [("ja", ["急に現れた", "いくつかに分かれた", "ほかの話題に引き継がれた", "見るのをやめた"]),
                                            ("en", ["Suddenly stood out", "Split into several", "Goes on in another", "No longer watched"])])
def test_each_topic_says_what_happened_to_it(centre, lang, said):
    page = build_report(centre.contacts, centre.tags, centre.costs, lang, extras=Extras(lineage=TABLE)).html
    part = page.partition('<section id="lineage"')[2].partition("</section>")[0]
    assert [text for text in said if text in part] == said
    assert "&lt;i&gt;white&lt;/i&gt;" in part


def test_no_section_where_all_are_there_from_the_start(centre):
    assert build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(lineage=TABLE.iloc[:0])).summary.section("lineage") is None
