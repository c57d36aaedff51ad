"""Words of an issue: counted in contacts, only those that stand out, and no internal token."""

from __future__ import annotations

import numpy as np

from vocmine.report.explore.details.issue_words import issue_pairs, issue_words, log_odds


def test_words_are_those_of_the_issue(explored, explore_frames):
    report = explored()
    tags = explore_frames().tags
    n = int((tags.label == "a.crash").sum())
    assert sorted(row["word"] for row in issue_words(report.source, 3)["a.crash"]) == ["アプリ", "落ちる"]
    assert issue_words(report.source, 3)["a.crash"][0] == {"word": "アプリ", "n": n, "of": n, "lift": None}  # nobody else says it
    assert {row["word"] for row in issue_words(report.source, 3)["c.late"]} == {"荷物", "届く（ない）"}
    assert issue_pairs(report.source, 3)["a.crash"] == [{"pair": "アプリ 落ちる", "n": n}]


def test_what_all_say_is_no_word_of_an_issue(explored, explore_frames):
    frames = explore_frames()
    frames.contacts["terms"] = "電話 する " + frames.contacts["terms"]
    source = explored(frames=frames).source
    assert not {"電話", "する"} & {row["word"] for rows in issue_words(source, 3).values() for row in rows}


def test_chance_seldom_makes_a_word():
    rng = np.random.default_rng(0)
    hits = rng.binomial(100, 0.1, 20_000).astype(float)
    z = log_odds(hits, np.full(20_000, 100.0), hits + rng.binomial(900, 0.1, 20_000), 1000.0)
    assert (z > 2.576).mean() < 0.005


def test_without_terms_there_is_none(explored, explore_frames):
    frames = explore_frames()
    frames.contacts["terms"] = ""
    assert issue_words(explored(frames=frames).source, 3) == {}
    frames.contacts["terms"] = [f"語{i}" for i in range(400)]
    assert issue_words(explored(frames=frames).source, 3) == {}
