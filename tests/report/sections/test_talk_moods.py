"""Talks that began badly: the share that ended better, where there are enough."""

from __future__ import annotations

import pandas as pd

from vocmine.report import build_report


def with_moods(centre, n, better):
    """Give tags in which so many contacts of the most frequent reason are talks that began negative."""
    reasons = centre.tags[centre.tags["kind"] == "reason"]
    issue = reasons["label"].value_counts().index[0]
    ids = reasons.loc[reasons["label"] == issue, "contact_id"].drop_duplicates().head(n).tolist()
    rows = [(i, f"start.{'negative'}") for i in ids] + [(i, "end.positive" if k < better else "end.negative") for k, i in enumerate(ids)]
    moods = pd.DataFrame(rows, columns=["contact_id", "label"]).assign(kind="mood", score=0.9, source="model", evidence="")
    return issue, pd.concat([centre.tags, moods], ignore_index=True)


def test_the_share_that_ended_better(centre):
    issue, tags = with_moods(centre, 20, 5)
    report = build_report(centre.contacts, tags, centre.costs, "ja")
    (row,) = [row for row in report.summary.section("talk_moods").grid("talk_moods").rows if row[0] == issue]
    assert (row[1], row[2].value, row[2].n) == (20, 0.25, 20)
    assert "不満で始まり、良くなって終わった会話" in report.html
    assert "Talks that began badly" in build_report(centre.contacts, tags, centre.costs, "en").html


def test_a_few_talks_or_none_make_no_table(centre):
    for tags in (with_moods(centre, 5, 2)[1], centre.tags):
        assert 'id="talk_moods"' not in build_report(centre.contacts, tags, centre.costs).html
