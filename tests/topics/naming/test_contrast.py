from __future__ import annotations

import pytest

from vocmine.topics.naming.contrast import ContrastCounts, bag, gains, read


def test_each_sentence_is_read_in_its_language() -> None:
    found = read("画面が固まる。The screen freezes often.", "画面 固まる")
    assert set(found) == {"ja", "en"} and "freeze" in found["en"].keys
    assert set(read("iPhone 15 Pro。画面が固まる。", "画面 固まる")) == {"ja"}  # the name of a thing is no English


def test_words_of_one_text_of_many_and_of_every_contact_weigh_nothing() -> None:
    own = [read(t, w)["ja"] for t, w in (("画面が白い", "画面 白い"), ("画面の件", "画面 確認"), ("画面", "画面 確認"))]
    weights = gains(own, lambda word: 0.1 * (word == "確認"))
    assert weights["画面"] > 0 and weights["白い"] == 0 and weights["確認"] == 0


def test_shares_are_by_language_and_without_a_topic() -> None:
    counts = ContrastCounts(["荷物 遅い", "荷物", "parcel late"], [0, 1, 1])
    assert counts.share("荷物", "ja") == 1 and counts.share("遅い", "ja") == 0.5 and counts.share("late", "en") == 1
    assert counts.share("遅い", "ja", without=0) == 0 and counts.share("parcel", "en", without=1) == 0
    assert ContrastCounts([]).share("荷物", "ja") == 0


@pytest.mark.parametrize(("terms", "words"), [("", set()), ("a_not b", {"a_not", "a", "b", "_"}), ("x_y", {"x_y"})])
def test_bags(terms: str, words: set[str]) -> None:
    assert bag(terms) == words
