"""Break points and differing answers: planted ones are found, noise is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import check_contacts
from vocmine.errors import ContactError
from vocmine.journeys import (
    answer_divergence,
    break_points,
)
from vocmine.text import analyze


def test_a_team_with_hard_cases_is_not_where_it_breaks(centre):
    frame, tags = centre(np.random.default_rng(0), broken="A", back_to=None)
    table = break_points(frame, tags, steps=("team",)).set_index("value")
    assert table.loc["A", "stands_out"] and table.loc["A", "low"] > 0.05
    # B gets the hard cases: its plain share is far above that of C, and no worse like with like.
    assert table.loc["B", "share"] > table.loc["C", "share"] + 0.1
    assert table.loc[["B", "C"], "difference"].max() < 0.0
    assert abs(table.loc["B", "difference"] - table.loc["C", "difference"]) < 0.06
    assert table["n"].sum() <= len(frame)


def test_nothing_breaks_where_nothing_is_planted(centre):
    found = 0
    for seed in range(15):
        frame, tags = centre(np.random.default_rng(100 + seed), n=800)
        frame = frame[frame["team"] != "D"]
        found += int(break_points(frame, tags, steps=("team", "channel"))["stands_out"].any())
    assert found <= 3


def test_steps_that_are_not_there_are_left_out(centre):
    frame, tags = centre(np.random.default_rng(1), n=200)
    table = break_points(frame, tags)
    assert set(table["step"]) == {"team", "channel", "reason"}
    one = break_points(frame.assign(team="A", channel="call"), None)
    assert len(one) == 0 and "stands_out" in one
    pd.testing.assert_frame_equal(break_points(frame.sample(frac=1, random_state=0), tags), table)


def test_a_planted_contradiction_between_teams_is_found(centre):
    frame, tags = centre(np.random.default_rng(2), refund="C")
    table = answer_divergence(frame, tags)
    top = table[table["stands_out"]]
    paid = top[top["kind"] == "paid"]
    assert set(paid[paid["difference"] > 0]["team"]) == {"C"}
    assert set(paid[paid["difference"] > 0]["reason"]) == {"hard", "easy"}
    words = top[(top["kind"] == "word") & (top["difference"] > 0)]
    assert set(zip(words["team"], words["word"], strict=True)) == {("C", "返金"), ("A", "案内"), ("B", "案内")}
    assert (paid[paid["team"] == "C"]["low"] > 0.1).all()


def test_no_contradiction_is_made_up(centre):
    found = []
    for seed in range(20):
        frame, tags = centre(np.random.default_rng(200 + seed), n=700)
        frame = frame[frame["team"] != "D"]
        found.append(bool(answer_divergence(frame, tags)["stands_out"].any()))
    assert sum(found) <= 3


def test_divergence_needs_teams(centre):
    frame, tags = centre(np.random.default_rng(3), n=60)
    with pytest.raises(ContactError, match="team"):
        answer_divergence(frame.drop(columns="team"), tags)
    assert len(answer_divergence(frame.assign(team="A"), tags)) == 0


def talks(opposite=True):
    """Sixty talks a team about returns; team B tells most customers that none is taken back."""
    rows = []
    for team in "ABC":
        for i in range(60):
            says = "申し訳ございません、返品はお受けいたしかねます" if opposite and team == "B" and i % 6 else "はい、返品をお受けいたします"
            rows.append((f"{team}{i}", team, f"客：開封した品は返品できますか\nOP：{says}\n客：わかりました"))
    frame = pd.DataFrame(rows, columns=["contact_id", "team", "text"]).assign(channel="chat", created_at="2026-11-01 09:00")
    tags = pd.DataFrame({"contact_id": frame["contact_id"], "kind": "reason", "label": "return", "score": 0.9})
    return frame, tags


def test_opposite_advice_in_plain_talks_is_found():
    frame, tags = talks()
    found = answer_divergence(analyze(check_contacts(frame).contacts), tags, words=False)
    denied = found[(found["kind"] == "denied") & (found["team"] == "B")]
    assert denied["stands_out"].all() and denied["word"].tolist() == ["受ける_ない"]
    assert found[found["kind"] == "denied"].loc[lambda t: t["team"] != "B", "word"].tolist() == ["受ける"] * 2


def test_the_same_advice_is_no_opposite():
    frame, tags = talks(opposite=False)
    found = answer_divergence(analyze(check_contacts(frame).contacts), tags, words=False)
    assert not found["stands_out"].any()
