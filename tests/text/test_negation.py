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
])
def test_what_is_denied(text, words):
    assert denied(text) == words


@pytest.mark.parametrize("text", [
    "変更しなければならない", "確認しないといけない", "間違いない", "仕方ない", "申し訳ない", "電話がつながった", "料金が高い", "ない", "", "楽しみです",
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


@pytest.mark.parametrize(("text", "words"), [
    ("荷物が届かへん", ["届く_ない"]), ("お湯が出えへんわ", ["出る_ない"]), ("返金がされてへん", ["返金_ない"]), ("起動せえへんかった", ["起動_ない"]), ("画面が見えへんやん", ["見える_ない"]),
    ("予約できひん", ["出来る_ない"]), ("在庫があらへん", ["在庫_ない"]), ("まだ届いとらん", ["届く_ない"]), ("連絡が来んかった", ["来る_ない"]), ("電話がつながらんけん", ["繋がる_ない"]),
    ("画面が点かねえ", ["付く_ない"]), ("鍵が開かぬ", ["開く_ない"]),
])
def test_dialects_deny_too(text, words):
    assert denied(text) == words


@pytest.mark.parametrize("text", ["へんな音がする", "音がへんです", "エアコンが効いとるやん", "そのへんに置いた", "えへんと咳をした", "ええやん"])
def test_what_only_sounds_like_a_dialect_denies_nothing(text):
    assert denied(text) == []


@pytest.mark.parametrize(("text", "words"), [
    ("料理がまずいわけではない", ["不味い_ない"]), ("悪いというわけではない", ["悪い_ない"]), ("使えるわけがない", ["使う_ない"]), ("満足とは言えない", ["満足_ない"]),
    ("安いとは限りません", ["安い_ない"]), ("担当者が悪いとは思わない", ["悪い_ない"]), ("心配することはない", ["心配_ない"]),
    ("音が出ないわけではない", []), ("水が漏れなくはない", []), ("部屋が汚くないとは言えない", []), ("ランプが点かないことはないです", []), ("水が止まらないわけじゃない", []),
    ("予約がないわけではない", []), ("使えなくもない", []), ("対応してくれないわけではない", []), ("使えないとは限らない", []), ("返事が来ないことはなかった", []),
    ("わけが分からない", ["分かる_ない"]), ("確認しないと言えない", ["確認_ない"]), ("高いと思いませんか", ["思う_ない"]), ("直らないことには困る", ["直る_ない"]),
])
def test_a_denial_of_the_clause_turns_it(text, words):
    assert denied(text) == words
