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
    "It’s £5 – “fine”", "¿Qué pasó? ¡Ñandú!", "€12,50 à payer", "25 °C", "«Bonjour» ½", "Ångström Ünïcödé", "ｶﾞｷﾞｸﾞｹﾞｺﾞ｡", "ﾎﾟｲﾝﾄ・ﾏｲﾙ", "﨑山様と髙木様", "纊褜鍈銈",
    "(´･ω･`)", "ヽ(ﾟДﾟ)ノ", "ｷﾀ━━(ﾟ∀ﾟ)━━!!", "A店 B店 C店", "Sサイズ → M", "許諾 診断 訪問 設置", "蝦夷の蟹と蠣", "縺れを解く", "안녕하세요", "快递还没到", "ID:ﾃｽﾄ", "café à Paris €5", "(*`д´*)はよ", "譁は珍しい漢字", "髙橋様の件①", "ｱﾌﾟﾘﾄﾞｳｻ ｴﾗｰ", "Ça va, Åsa", "𠮷野家", "👨‍👩‍👧", "Größe und Maße", "", " ", "12345", "Не работает",
]


@pytest.mark.parametrize("text", JAPANESE)
@pytest.mark.parametrize(("right", "wrong"), TRIPS)
def test_a_wrong_decoding_is_seen_and_the_right_text_is_not(text, right, wrong):
    broken = text.encode(right).decode(wrong, "replace")
    assert find_mojibake(np.array([broken, text], dtype=object)).tolist() == [True, False]


@pytest.mark.parametrize(("text", "right", "wrong"), [
    ("I’m not happy – it’s late", "utf-8", "cp1252"), ("£20 more", "utf-8", "latin-1"), ("crème brûlée", "utf-8", "cp1252"), ("Größe", "utf-8", "latin-1"),
    ("解約", "cp932", "cp1252"), ("返金はまだですか", "cp932", "cp1252"), ("ﾌﾟﾘﾝﾀｰ故障", "cp932", "latin-1"), ("解約", "euc_jp", "latin-1"),
    ("在庫の確認", "utf-8", "cp1252"), ("髙島様より入電", "utf-8", "cp932"), ("I’m sure it’s wrong", "utf-8", "cp932"), ("“Free” they said, but it’s £9", "cp1252", "cp932"),
    ("￡と①", "cp932", "euc_jp"),
])
def test_short_texts_and_western_ones_are_seen_too(text, right, wrong):
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


@pytest.mark.parametrize("text", [
    "Hi team,\n\nPlease call back.\n―――――\nOliver", "━━━━━━━━\nお世話になります", "¥¥¥ too dear", "§§ 3 and 4", "•••••• done", "─────────── From: shop",
    "…… well……", "～～～ thanks ～～～", "°°° hot", "ﾟ･*:.｡ thanks ｡.:*･ﾟ", "ｷﾀ━━━━(ﾟ∀ﾟ)━━━━!!", "αβγδ test", "Привет, как дела", "▲▲▲■■■ error ▼▼▼", "♪♪♪ 良い",
])
def test_rules_and_runs_of_one_sign_are_no_mojibake(text):
    assert not find_mojibake(np.array([text], dtype=object))[0]
