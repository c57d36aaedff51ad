"""Names as customers would say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.topics.naming.names import readable
from vocmine.topics.naming.phrases import spellings
from vocmine.topics.naming.wording import how_written, usual_wording

WORDINGS = [
    ("景色", "温泉", ["温泉からの景色がいい", "温泉からの景色"], None),
    ("温泉", "景色", ["温泉からの景色がいい", "温泉からの景色"], "温泉からの景色"),
    ("部屋", "広い", ["部屋は広いですか", "部屋も広い宿", "広い部屋"], "部屋が広い"),
    ("海", "見える", ["海が見える宿", "部屋から海が見える"], "海が見える"),
    ("コンビニ", "近く", ["コンビニは近くに", "コンビニは近くです"], None),
    ("日本庭園", "美しい", ["美しい日本庭園", "とても美しい日本庭園"], "美しい日本庭園"),
    ("カジュアル", "感", ["カジュアル感でない", "カジュアル感"], "カジュアル感"),
    ("テニス", "趣味", ["テニスが趣味", "趣味はテニス"], None),
    ("bill", "pay", ["I want to pay my bill", "how to pay the latest bill", "bill to pay soon"], "pay bill"),
    ("payment", "decline", ["my payment was declined", "Payment got declined again"], "payment declined"),
    ("homeowner", "quote", ["a quote for homeowner's insurance", "quote for my homeowner's"], "quote homeowner"),
    ("card", "lost", ["card far far far far away lost", "lost one two three four card"], None),
    ("sim", "qr", ["eSIMのQRコード", "eSIMのQRコードが"], None),
    ("返金", "遅い", [], None),
]


@pytest.mark.parametrize(("first", "second", "texts", "expected"), WORDINGS)
def test_wording(first: str, second: str, texts: list[str], expected: str | None) -> None:
    assert usual_wording(first, second, texts) == expected


def test_one_text_in_many_is_no_usual_wording() -> None:
    assert usual_wording("海", "見える", ["海が見える", *["海"] * 20]) is None
    assert usual_wording("海", "見える", [*["海が見える"] * 2, *["海"] * 60]) is None


@given(st.lists(st.text(alphabet="海見えるが広い部屋のpaybil ", max_size=12), max_size=8), st.sampled_from(["見える", "pay", "い"]))
def test_a_wording_has_both_words(texts: list[str], second: str) -> None:
    found = usual_wording("海", second, texts)
    assert found is None or ("海" in found and second in found)


def test_words_are_written_as_the_texts_do() -> None:
    written = how_written(p for t in ["アメニティは?", "アメニティとDVD", "DVDとアメニティー"] for p in spellings(t))
    assert [readable(t, written) for t in ("アメニティー", "dvd", "ヴィラ")] == ["アメニティ", "DVD", "ヴィラ"]
    assert readable("引き落とす_ない", {"引き落とす": "引落す"}) == "引落さない"
