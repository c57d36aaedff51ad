from __future__ import annotations

from vocmine.topics.naming.contrast import TextRead, gains, read
from vocmine.topics.naming.ranking import completed, fullness, said_of


def nothing(word: str) -> float:
    return 0.0


def test_what_happened_comes_before_the_thing_alone() -> None:
    own = [read("荷物が届きません", "荷物 届く_ない")["ja"]] * 3
    told = [s.text for s in said_of(own, gains(own, nothing))]
    assert told[0] == "荷物が届かない" and "荷物" in told


def test_what_all_say_says_nothing() -> None:
    own = [read("荷物が遅い", "荷物 遅い")["ja"]] * 3
    assert said_of(own, gains(own, lambda word: 1.0)) == []


def test_fuller_clauses() -> None:
    clauses = {c.text: c for c in japanese("画面が固まる", "").clauses}
    assert fullness(clauses["画面が固まる"]) > fullness(clauses["画面"])


def japanese(text: str, terms: str) -> TextRead:
    return read(text, terms)["ja"]


def test_what_is_denied_is_not_named_by_what_is_so() -> None:
    own = [japanese("アプリで払えない", "アプリ 払う_ない")] * 5 + [japanese("アプリで払う", "アプリ 払う")]
    assert said_of(own, gains(own, nothing))[0].text == "アプリで払えない"


def test_when_it_is_so_is_not_the_matter() -> None:
    own = [japanese("アプリを開くと落ちる", "アプリ 開く 落ちる")] * 4
    assert said_of(own, gains(own, nothing))[0].text == "アプリが落ちる"


def test_what_comes_first_is_the_matter() -> None:
    text, terms = "荷物が届かない。家計簿をつけている。", "荷物 届く_ない 家計簿 付ける"
    own = [japanese(text, terms)] * 4
    assert said_of(own, dict.fromkeys(("荷物", "届く_ない", "家計簿", "付ける"), 1.0))[0].text == "荷物が届かない"


def test_a_thing_alone_is_completed_only_by_what_most_tell_of_it() -> None:
    gain = {"無料": 3.0, "期間中": 3.0, "課金": 1.0}
    most = [japanese("無料期間中のはずが課金される", "無料 期間中 課金")] * 3
    few = [*most[:1], *[japanese("無料期間中です", "無料 期間中")] * 3]
    assert completed(said_of(most, gain), most) == "無料期間中・課金される"
    assert completed(said_of(few, gain), few) == "無料期間中" and completed([], few) == ""
