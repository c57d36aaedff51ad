"""Polarity words are whole words: none inside a longer word, a name or a term."""

from __future__ import annotations

import pytest

from vocmine.classify.sentiment.polarity import read
from vocmine.classify.sentiment.word_bounds import heads_compound, part_of_name, whole


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("改正確定", "正確", False), ("正確な案内", "正確", True), ("超満足", "満足", True),
        ("大満足感", "満足", True), ("エラーコード", "エラー", False), ("エラーが出る", "エラー", True), ("部屋清潔", "清潔", True),
    ],
)
def test_a_word_askew_in_its_run_is_none(text: str, word: str, expected: bool) -> None:
    start = text.index(word)
    assert whole(text, start, start + len(word)) is expected


@pytest.mark.parametrize("text", ["訂正確定の件", "バグダッド行き", "長らく休会中", "最高気温の表示", "被害届の書式", "切断砥石", "エラーログの場所"])
def test_no_word_is_found_inside_others(text: str) -> None:
    assert all(abs(hit.score) < 0.5 for hit in read(text).hits)


def test_names_and_terms_are_told_by_what_follows() -> None:
    assert part_of_name("快適プランの内容", 2) and not part_of_name("快適な部屋", 2)
    assert heads_compound("事故証明の申請", 2) and not heads_compound("事故が起きた", 2)


@pytest.mark.parametrize(
    ("text", "evidence"),
    [("お湯が出ない", "お湯が出ない"), ("広告が多い", "広告が多い"), ("対応が丁寧", "丁寧"), ("楽しくなかった", "楽しくなかった")],
)
def test_evidence_begins_and_ends_at_words(text: str, evidence: str) -> None:
    assert evidence in [hit.text for hit in read(text).hits]
