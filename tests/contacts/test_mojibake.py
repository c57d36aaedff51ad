"""Text that was decoded with the wrong encoding, and sound text that looks odd."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.mojibake import find_damaged, find_mojibake

JAPANESE = ["料金が高いので解約したいです。", "アプリが起動しません", "荷物がまだ届かないので確認してください。"]
TRIPS = [("utf-8", "cp932"), ("utf-8", "latin-1"), ("cp932", "latin-1"), ("euc_jp", "cp932")]  # written as, read as
SOUND = [
    "café à Paris €5", "(*`д´*)はよ", "譁は珍しい漢字", "髙橋様の件①", "ｱﾌﾟﾘﾄﾞｳｻ ｴﾗｰ", "Ça va, Åsa", "𠮷野家", "👨‍👩‍👧", "Größe und Maße", "", " ", "12345", "Не работает",
]


@pytest.mark.parametrize("text", JAPANESE)
@pytest.mark.parametrize(("right", "wrong"), TRIPS)
def test_a_wrong_decoding_is_seen_and_the_right_text_is_not(text, right, wrong):
    broken = text.encode(right).decode(wrong, "replace")
    assert find_mojibake(np.array([broken, text], dtype=object)).tolist() == [True, False]


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_is_none(text):
    assert find_mojibake(np.array([text], dtype=object)).tolist() == [False]


@given(st.text(alphabet="あいうえおかきくけこ料金高解約電話アプリ。、", min_size=1, max_size=40))
def test_plain_japanese_is_never_taken_for_it(text):
    assert not find_mojibake(np.array([text], dtype=object))[0]


def test_lost_characters_are_damage_and_many_of_them_are_mojibake():
    texts = np.array(["\ufffd1文字だけ欠けた長い長い文章です", "\ufffd\ufffd\ufffd高い", "高い"], dtype=object)
    assert find_damaged(texts).tolist() == [True, True, False]
    assert find_mojibake(texts).tolist() == [False, True, False]
