from __future__ import annotations

import pytest

from vocmine.classify import aspects
from vocmine.classify._contrast import against_before, better_before, clauses


@pytest.mark.parametrize(("sentence", "n"), [
    ("音質はいいのに装着感が悪い", 2), ("綺麗なのに狭い", 2), ("値段は安いものの音が悪い", 2), ("親切でしたが風呂が汚かった", 2), ("慣れれば楽、ただし説明書が読みにくい", 2),
    ("The room was lovely although the wifi was terrible", 2), ("設定するのに時間がかかる", 1), ("匂いが気になる", 1), ("直すのに一週間", 1), ("遅い", 1),
    ("部屋は広いが朝食がまずい", 2), ("味は濃厚だが量が少ない", 2), ("丁寧な一方、遅い", 2), ("便利な反面うるさい", 2), ("高い割に味が薄い", 2), ("値段の割に良い", 1),
    ("匂いが気になる", 1), ("違いが分かる人が来る", 1), ("まだが多い", 1), ("He was calm whereas the driver was rude", 2), ("It broke after a while", 1),
    ("The host was kind, while the room was cold", 2), ("It is not working yet", 1),
])
def test_where_a_sentence_turns(sentence: str, n: int) -> None:
    assert len(clauses(sentence)) == n


@pytest.mark.parametrize(("clause", "was_better"), [
    ("味は前のほうが良かった", True), ("前のバージョンのほうが使いやすい", True), ("昔は梱包が丁寧だった", True), ("画質は前より良くなった", False), ("昔も今も丁寧", False),
    ("前は綺麗だったし今も綺麗", False), ("駅前の店が便利", False), ("前の席が狭い", False),
])
def test_better_before(clause: str, was_better: bool) -> None:
    assert against_before(clause)[1] == was_better


def test_better_before_in_english() -> None:
    assert [thing for thing, _ in better_before("The old packaging was much better")] == ["packaging"]
    assert [thing for thing, _ in better_before("The soup used to be great")] == ["soup"]
    assert [thing for thing, _ in better_before("Your app was so much faster before")] == ["app"]
    assert better_before("I used to be a nurse") == better_before("The soup was better than before") == []
    assert better_before("The old lady was friendly") == []


@pytest.mark.parametrize(("text", "said"), [
    ("音質はいいのに装着感が悪い", {"音質 positive", "装着感 negative"}), ("メニューは前のほうが見やすい", {"メニュー negative"}), ("接客以外は最高だった", {"接客 negative"}),
    ("部屋だけは綺麗だった", {"部屋 positive"}), ("画質は前より良くなった", {"画質 positive"}), ("The old packaging was better", {"packaging negative"}),
    ("The room was lovely although the wifi was terrible", {"room positive", "wifi negative"}),
])
def test_both_sides_are_told(text: str, said: set[str]) -> None:
    found = aspects([text])
    assert set(found["aspect"] + " " + found["sentiment"]) == said
