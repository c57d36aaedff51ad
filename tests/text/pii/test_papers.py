"""Dates of birth and numbers of members by their cue; numbers of things and other dates stay."""

from __future__ import annotations

import re

import pytest

from vocmine.text import find_pii, mask_pii

# {} stand around what is personal
SENTENCES = [
    "{三田村}様より入電、生年月日{昭和51年8月3日}、会員番号{4410-22891}で照合済",
    "生年月日の入力欄でエラー",
    "誕生日クーポンが届かない",
    "誕生日は{7月12日}です、特典は?",
    "{1988/10/04}生、女性、既往なし",
    "{S.48.11.30}生まれと確認",
    "ご生年月日：{平成2年1月15日}",
    "オペレーター:生年月日をお願いします",
    "DOB {04/11/1979}",
    "born on {3 March 1985}",
    "date of birth: {1990-07-21}",
    "Born to run playlist is great",
    "契約者 {ウエハラ　ケンジ}（{上原　健二}）証券番号{A1-7729013}",
    "被保険者{野々村}様の件、診察券番号は{00912-4}とのこと",
    "予約番号 881204557301 の変更希望",
    "商品コード4901234567894が見つからない",
    "ロット番号20260418-3の異臭",
    "送り状No.4478-1290-5531 追跡できず",
    "受付番号 338120945571 の進捗",
    "注文ID：A-552190",
    "お客様コード 552019-3 と伺いました",
    "型番XR-4500Bの電池",
    "シリアル 2290 1184 5530 保証登録",
    "伝票番号552298104437は持ち戻り",
    "個人番号カードの受け取り方法",
    "年金番号{1234-567890}の照会",
    "患者番号 {0087123} 再診予約",
    "プレイヤーID:{772-918-043} データ消失",
    "UID {8123349920} 垢BANされた",
    "ユーザーIDを忘れた",
    "会員証を紛失",
    "会員ランクが下がった",
    "お客様番号は検針票にあります",
    "お客様番号 {03-4412-9920} の名義変更",
    "MBR ID: {W2299 18830}",
    "member number {88213409}",
    "tracking number 1Z999AA10123456784",
    "serial SN 4490-2281-7731",
    "郵便番号が違う",
    "口座番号 {1234567} 普通",
    "カード番号{4111-1111-1111-1111}",
    "カード番号の下4桁 1234",
    "電話番号が変わった",
    "加入者番号{TK-20931}",
    "保険証番号 {12345678}",
]  # fmt: skip


@pytest.mark.parametrize("marked", SENTENCES)
def test_just_what_is_personal_is_found(marked):
    text = re.sub(r"[{}]", "", marked)
    wanted = [re.sub(r"\s+", " ", found) for found in re.findall(r"{(.*?)}", marked)]
    found = [re.sub(r"\s+", " ", text[s.start : s.end]) for s in find_pii(text)]
    assert sorted(found) == sorted(wanted)


def test_the_marks_say_what_was_there():
    assert mask_pii(["生年月日1988/10/04、会員番号4410-22891"]) == ["生年月日[生年月日]、会員番号[口座番号]"]
    assert mask_pii(["DOB 04/11/1979, policy no. HO-5529-118"]) == ["DOB [BIRTH_DATE], policy no. [ACCOUNT]"]


def test_the_answer_to_a_question_for_the_date_of_birth():
    talk = "OP:ご生年月日をお願いします\n客:1979年2月11日です\nOP:ありがとうございます。次回は2026年3月1日です"
    assert [talk[s.start : s.end] for s in find_pii(talk)] == ["1979年2月11日"]
