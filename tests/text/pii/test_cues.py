"""Names by what stands around them: titles, relatives, the speaker, a name said before."""

from __future__ import annotations

import pytest

from vocmine.text import mask_pii
from vocmine.text.pii.cues import names_by_cue, names_of_speaker, repeated_names
from vocmine.text.pii.spans import PiiSpan


def words(text, spans):
    return [text[s.start : s.end] for s in spans]


TWICE = [
    ("宮本太郎様より入電。宮本は先週も電話した。", "宮本"),
    ("ミゲル・デ・アルソラが来た。アルソラは二度目。", "アルソラ"),
]


@pytest.mark.parametrize(("text", "name"), TWICE)
def test_a_name_said_again_is_masked_again(text, name):
    assert name not in mask_pii([text])[0]


@pytest.mark.parametrize(("text", "names"), [
    ("ペドロフ夫人が電話した。", ["ペドロフ"]), ("オレクサンドル教授の件", ["オレクサンドル"]), ("藤堂本人より入電。", ["藤堂"]),
    ("お客様本人です", []), ("ホテル夫人", []), ("サッカー選手権", []), ("画面が固まる。", []), ("契約者本人に確認", []),
])
def test_titles_show_names(text, names):
    assert words(text, names_by_cue(text)) == names


@pytest.mark.parametrize(("text", "names"), [
    ("林です。先日の件で電話しました。", ["林"]), ("先日電話した山口です。まだ返事がない。", ["山口"]), ("株式会社みらい商事の高橋です。請求書の件です。", ["高橋"]),
    ("こんにちは。田中です。返品したい。", ["田中"]), ("田中より", ["田中"]), ("受付:鈴木", ["鈴木"]), ("対応者:五十嵐", ["五十嵐"]),
    ("娘のさくらのスマホ", ["さくら"]), ("担当者(松本)に確認", ["松本"]), ("友人の健太へ、", ["健太"]),
    ("普通です。", []), ("横浜です。", []), ("最高です。", []), ("対応:返金", []), ("記録:なし", []), ("娘の誕生日に", []), ("母の日に贈りました", []), ("サポートより", []),
])
def test_speakers_clerks_and_relatives(text, names):
    assert words(text, names_of_speaker(text)) == names


def test_a_part_of_a_full_name_is_found_again_and_of_nothing_else():
    text = "宮崎太郎様。宮崎は先週も電話した。山本も来た。宮崎県から。"
    again = list(repeated_names(text, [PiiSpan(0, 4, "name", 0.9, "name_honorific")]))
    assert [(s.start, text[s.start : s.end]) for s in again] == [(6, "宮崎")]
    assert list(repeated_names(text, [PiiSpan(0, 4, "address", 0.9, "address_jp")])) == []
    assert list(repeated_names(text, [])) == []
