"""Which word a negation denies, and which it does not."""

from __future__ import annotations

import pytest

from vocmine.text.negation import find_denied
from vocmine.text.words import split_japanese


def denied(text):
    """Give the denied words with their marks; the denying word itself, which has an empty mark, left out."""
    morphemes, kinds = split_japanese(text)
    forms = [m.normalized_form() for m in morphemes]
    return [forms[i] + mark for i, mark in sorted(find_denied(forms, kinds).items()) if mark]


@pytest.mark.parametrize(("text", "words"), [
    ("電話がつながらない", ["繋がる_ない"]), ("良くありませんでした", ["良い_ない"]), ("問題ない", ["問題_ない"]), ("問題はありません", ["問題_ない"]), ("返事をしない", ["返事_ない"]),
    ("便利ではない", ["便利_ない"]), ("直してくれない", ["直す_ない"]), ("動かず困った", ["動く_ない"]), ("食べられない", ["食べる_ない"]), ("解約したくない", ["解約_ない"]),
    ("使いづらい", ["使う_にくい"]), ("文字が読みにくい", ["読む_にくい"]), ("画面が見えず、音も出ない", ["見える_ない", "出る_ない"]),
    ("返品は承りかねます", ["承る_ない"]), ("返金いたしかねます", ["返金_ない"]), ("対応しかねます", ["対応_ない"]), ("返金いたしません", ["返金_ない"]), ("お受けできかねます", ["出来る_ない"]),
])
def test_what_is_denied(text, words):
    assert denied(text) == words


@pytest.mark.parametrize("text", [
    "変更しなければならない", "確認しないといけない", "間違いない", "仕方ない", "申し訳ない", "電話がつながった", "料金が高い", "ない", "", "楽しみです", "怒りだしかねない", "お待ちかねでした", "首を長くして待ちかねる", "見かねて手を貸す", "昼食を兼ねる",
])
def test_must_idioms_and_plain_words_deny_nothing(text):
    assert denied(text) == []


def test_marks_are_of_words_that_are_there():
    assert find_denied([], []) == {}
    morphemes, kinds = split_japanese("返事がなかったし、部屋もきれいではなかった。" * 3)
    forms = [m.normalized_form() for m in morphemes]
    marks = find_denied(forms, kinds)
    assert set(marks) <= set(range(len(forms)))
    assert sorted(set(marks.values())) == ["", "_ない"]
