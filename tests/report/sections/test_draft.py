"""A draft list of reasons stands behind the topics, where the list does not fit."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.report import Extras, build_report

DRAFT = pd.DataFrame({"name": [f"<b>N{i}" for i in range(15)], "group": ["G", None] + ["H"] * 13, "n": range(15, 0, -1), "share": 0.1, "low": 0.05, "high": 0.2, "quote": "声です", "n_read": 120})


def unfit(centre, **extras):
    tags = centre.tags.copy()
    rest = tags["contact_id"].isin(sorted(set(tags["contact_id"]))[::10])
    tags.loc[(tags["kind"] == "reason") & ~rest, "label"] = "unknown"
    return build_report(centre.contacts, tags, centre.costs, "ja", extras=Extras(**extras))


def test_it_stands_behind_the_topics_with_its_command(centre, made, tmp_path):
    report = unfit(centre, draft=DRAFT, discovered=made.discovered())
    page = report.html
    assert page.index('id="discovered"') < page.index('id="draft"') < page.index('id="costs"')
    part = page.partition('<section id="draft"')[2].partition("</section>")[0]
    assert "120件から15の理由" in part and "vocmine propose --contacts" in part and "かたよりなく選んだ" in part
    assert "&lt;b&gt;N0" in part and "<b>N" not in part and part.count("<tr>") == 13
    report.to_xlsx(tmp_path / "r.xlsx")


def test_where_the_list_fits_there_is_none(centre):
    assert 'id="draft"' not in build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(draft=DRAFT)).html
    assert 'id="draft"' not in unfit(centre, draft=DRAFT.head(0)).html


def test_a_draft_without_its_columns_is_refused(centre):
    with pytest.raises(SettingsError, match="draft"):
        unfit(centre, draft=DRAFT.drop(columns="share"))
