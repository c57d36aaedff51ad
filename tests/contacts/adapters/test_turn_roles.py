"""Roles of turns: told, by words, evident, or the other side of two."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.adapters.turn_roles import names_of, turn_roles
from vocmine.contacts.reading import Notes


def roles(names, talks=None, **more):
    notes = Notes()
    found = turn_roles(talks or ["t"] * len(names), names, notes=notes, **more)
    return found.tolist(), {doubt.code: (doubt.rows, doubt.line) for doubt in notes.doubts}


@pytest.mark.parametrize(("names", "speakers", "hints", "wanted"), [
    (["甲野A", "甲野B"], {"甲野A": "agent", "*": "customer"}, None, ["agent", "customer"]),
    (["サポート", "x"], {"サポート": "customer", "x": "agent"}, None, ["customer", "agent"]),
    (["サポート", "x"], {}, ["customer", "customer"], ["agent", "customer"]),
    (["x", "y"], {"*": "agent"}, ["customer", ""], ["agent", "agent"]),
    (["bot", "担当", "x"], {}, None, ["bot", "agent", "customer"]),
])
def test_what_is_told_wins_then_words_then_hints(names, speakers, hints, wanted):
    assert roles(names, speakers=speakers, hints=hints)[0] == wanted


def test_the_other_side_is_assumed_only_of_two():
    found, doubts = roles(["担当", "甲野", "甲野"])
    assert found == ["agent", "customer", "customer"]
    assert doubts["speaker_assumed"][0] == 2 and doubts["speaker_assumed"][1].endswith(": customer}")
    found, doubts = roles(["担当", "甲野", "乙野"])
    assert found == ["agent", None, None] and doubts["unknown_speaker"][0] == 2 and doubts["no_customer_turns"][0] == 1
    found, doubts = roles(["お客様", "甲野"])
    assert found == ["customer", "agent"] and list(doubts) == ["speaker_assumed"]


def test_two_in_each_talk_are_counted_by_talk():
    found, _ = roles(["担当", "甲野", "担当", "甲野", "乙野"], talks=["a", "a", "b", "b", "b"])
    assert found == ["agent", "customer", "agent", None, None]


def test_two_names_of_which_none_is_known_stay_unknown():
    found, doubts = roles(["甲野", "乙野"])
    assert found == [None, None] and set(doubts) == {"unknown_speaker", "no_customer_turns"}


def test_a_turn_without_a_name_is_nobody():
    found, doubts = roles(["担当", ""])
    assert found == ["agent", None] and doubts["unknown_speaker"] == (1, 'speakers: {"*": customer}')


def test_family_speaks_for_the_customer_and_is_noted_unless_told():
    found, doubts = roles(["担当", "ご家族"])
    assert found == ["agent", "customer"] and doubts == {"speaker_for_customer": (1, "speakers: {ご家族: customer}")}
    assert roles(["担当", "ご家族"], speakers={"ご家族": "customer"})[1] == {}


def test_no_name_is_shown_in_clear():
    notes = Notes()
    turn_roles(["t"], ["連絡先 090-1234-5678"], notes=notes)
    assert all("1234" not in doubt.sentence() for doubt in notes.doubts) and notes.doubts


def test_names_of_turns():
    assert names_of(pd.DataFrame({"speaker": [" A", None, 3]})).tolist() == ["A", "", "3"]
    assert turn_roles([], []).tolist() == []
