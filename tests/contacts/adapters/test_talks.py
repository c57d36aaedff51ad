"""Messages without words, and talks that go on over months."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.adapters.talks import talks_apart, without_words


@pytest.mark.parametrize("message", [
    "[スタンプ]", "[写真]", "[Sticker]", "[File] 見積.pdf", "(写真) image_1.png", "[位置情報] 東京都架空区1-1", "[Voice message]", "[貼圖]",
    "☎ 通話時間 0:42", "☎ 不在着信", "☎ 通話をキャンセルしました", "☎ Missed call", "☎ Call time 1:02", "写真を送信しました。",
    "甲野がスタンプを送信しました", "You sent a photo.", "甲野がメッセージの送信を取り消しました", "Jane unsent a message.", "送信が取り消されたメッセージです",
    "[アルバム] 作成", "[アルバム]「旅行」を作成しました", "「旅行」アルバムを作成しました", "[Album] Trip", "甲野が「旅行」に写真を追加しました",
])
def test_messages_without_words(message):
    assert without_words(f" {message} ")


@pytest.mark.parametrize("message", [
    "[写真] を見てください", "[重要] 届きません", "写真を送信しましたが届きましたか", "☎ 03-0000-0000", "スタンプ", "[リンク]のとおりです", "送信を取り消したい", "",
])
def test_messages_with_words_stay(message):
    assert not without_words(message)


@pytest.mark.parametrize("message", ["スタンプ", "写真", "Sticker", "Photos", "[スタンプ]"])
def test_the_pc_writes_them_without_brackets(message):
    assert without_words(message, bare=True) and not without_words("写真です", bare=True)


def test_a_week_of_silence_ends_a_talk():
    days = pd.to_datetime(["2026-05-01", "2026-05-08", "2026-05-15 00:01", "2026-05-16", "2026-06-16"], format="mixed")
    assert talks_apart(pd.DatetimeIndex(days)).tolist() == ["", "", "-2", "-2", "-3"]
    assert talks_apart(pd.DatetimeIndex([])).tolist() == []
