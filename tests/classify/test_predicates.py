from __future__ import annotations

import pytest

from vocmine.classify import aspects
from vocmine.classify._predicates import predicates
from vocmine.classify.sentiment.polarity_ja import Hit


@pytest.mark.parametrize(("clause", "said"), [
    ("司会は気さくだった", [("気さく", True)]), ("手順が複雑で困る", [("複雑", False)]), ("手順は複雑ではない", [("複雑ではない", True)]),
    ("画質がいい", [("画質がいい", True)]), ("色は好みではない", [("好みではない", False)]), ("家賃は安いが価格は張る", [("価格は張る", False)]),
    ("The knife is sharp", [("sharp", True)]), ("The knife isn't sharp", [("sharp", False)]), ("The drawer came loose", [("came loose", False)]),
    ("Her voice was faint", [("faint", False)]), ("The host was discreet and tactful", [("discreet", True)]),
])
def test_a_thing_is_judged(clause: str, said: list[tuple[str, bool]]) -> None:
    found = [(hit.text, hit.score > 0) for hit in predicates(clause, [])]
    assert [pair[1] for pair in found][: len(said)] == [good for _, good in said]
    assert found


@pytest.mark.parametrize("clause", [
    "複雑骨折で入院した", "お好みで塩をかける", "今日の午後がいい", "青がいい", "性能がいいですか", "好みの色を選ぶ", "", "The beer was cold", "A cold morning", "The laptop is thin",
    "cold storage", "A flat in town", "It is on the second floor",
])
def test_where_nothing_is_judged(clause: str) -> None:
    assert predicates(clause, []) == []


def test_a_hit_that_was_taken_before_stays() -> None:
    taken = [Hit(13, 17, "cold", -0.4, negated=False)]
    assert predicates("The soup was cold", taken) == taken


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("text", "said"), [
    ("床と天井が汚れていた", {"床 negative", "天井 negative"}), ("米も味噌汁も最高でした", {"米 positive", "味噌汁 positive"}),
    ("写真と色が違う", {"色 negative"}), ("会計に時間がかかる", {"会計 negative"}), ("待ち時間が長い", {"待ち時間 negative"}),
    ("広い部屋で満足しました", {"部屋 positive"}), ("匂いが気になる", {"匂い negative"}), ("匂いが気にならない", {"匂い positive"}),
    ("縫製がしっかりしている", {"縫製 positive"}), ("値段の割に性能がいい", {"性能 positive"}),
    ("The salad and the rice were cold", {"salad negative", "rice negative"}), ("Your nurse was careful and punctual", {"nurse positive"}),
    ("I returned the charger and the batteries were dead", {"batteries negative"}), ("The latch got stuck after a week", {"latch negative"}),
    ("The boots fit nicely", {"boots positive"}), ("The tea used to be great", {"tea negative"}),
    ("The porter was gentle while the clerk was curt", {"porter positive", "clerk negative"}), ("It was raining while the agent was checking", set()),
])
def test_things_and_sides(text: str, said: set[str]) -> None:
    found = aspects([text])
    assert set(found["aspect"] + " " + found["sentiment"]) == said
    assert not found.duplicated(["aspect", "sentiment"]).any()
