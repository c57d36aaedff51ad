"""Names in kana and in notes, in any case, and addresses in one line or several; near misses stay."""

from __future__ import annotations

import re

import pytest

from vocmine.text import find_pii

# {} stand around what is personal
SENTENCES = [
    "担当：{根岸}、上司の{手塚}さんへ引継ぎ",
    "名義人{カタギリ ユミ}様の口座変更",
    "{石黒}宅へ配達済、不在票投函",
    "住所：{埼玉県川越市新富町2-4-1 メゾン新富305}へ再送希望",
    "送り先は{福岡市博多区住吉三丁目7番12号}でお願いします",
    "1番窓口の対応が悪い",
    "2番線のホームで落とした財布",
    "11月28日14時の便を変更希望",
    "発売日2026/12/1の商品を予約",
    "平成30年式の車両です",
    "賞味期限2027.01.15の表示",
    "マイナンバー {123456789018} を登録したい",
    "{小笠原}と申します、先日の件で",
    "店長様へお礼をお伝えください",
    "業者様より折電",
    "ご担当者様宛に送付",
    "お隣さんの工事音",
    "皆様によろしく",
    "税理士さんに聞いた",
    "美容師さんが丁寧",
    "看護師さんの説明",
    "社労士さんへ相談",
    "配達員さんが親切",
    "ヤマトさんに聞いて",
    "三井住友さんの口座",
    "さいたま市の店舗",
    "フロントの{大和田}さんが親切でした",
    "{堀内}氏よりクレーム",
    "{ナガイ}さん（{ﾅｶﾞｲ ﾏｻｺ}）へ折電 {０８０－１２３４－５６７８}",
    "（{ﾀｶﾊｼ ｹﾞﾝ}）様の予約",
    "スマート ロック(フル オート)の設定",
    "リモート ワーク様式の変更",
    "TEL {048-222-1234} まで",
    "携帯{09012345678}",
    "内線 4432 へ",
    "03時30分に再起動",
    "{東京都千代田区丸の内1-9-1}",
    "東京都の店舗は何店ありますか",
    "3-4回落ちる",
    "5月10-12日の宿泊",
    "秋葉原1号店の在庫",
    "CALLER: {MARGARET OYELARAN}, verified",
    "CALLER: WANTS REFUND",
    "CUSTOMER: VERY UPSET",
    "Customer: Order Status please",
    "caller {Ewan Baxter} says bill doubled",
    "this is {rachel kim}, where is my parcel",
    "this is really late",
    "this is urgent please help",
    "i'm {daniel}, calling about my claim",
    "i'm waiting since monday",
    "my name is {carlos mendes}",
    "Mr {Abernathy} rang twice",
    "mr {abernathy} called",
    "mrs {o'donnell} upset about fees",
    "dr {patel} refused the refill",
    "Mr Coffee machine leaks",
    "Ms Teams keeps crashing",
    "200 ms delay on the line",
    "Policy no. {HO-5529-118}",
    "policy update question",
    "customer id {C-551920}",
    "order 5512-9920-11 missing",
    "case 77120934 still open",
    "build 551092338 fails",
    "delivered 03/11/2026",
    "invoice date 2026-03-01",
    "Ship to {14b Rosebery Gardens, Leeds LS7 2QT}",
    "{Unit 4, 88 Harbour Road, Bristol BS1 5TY}",
    "{1200 Pine Ridge Trail, Apt 6, Boulder, CO 80302}",
    "{PO Box 88, Salem, OR 97301}",
    "the flat at {11 Mill Close} is empty",
    "24 hours close support",
    "I waited 3 hours in Park Lane store",
    "5 Star Hill hotel was fine",
    "2 bed rooms with a Garden view",
    "tech {Marcus} was great",
    "tech support was great",
    "Agent Hung Up on me",
    "driver {Luis} left it outside",
    "nurse said no",
    "Femi is not here",
    "{Anneke Visser} called re: refund",
    "Prime Video wants payment",
    "Delivery Team called me",
    "call me on {07911 123456}",
    "ring {020 7946 0011} please",
    "call {(212) 555-0147}",
    "ticket 020-7946",
    "ip {192.168.10.24} blocked",
    "mail {t.okada@example.jp} へ",
    "{〒150-0001} {渋谷区神宮前4-12-10}",
    "{山名　隆}様　ご本人確認済",
    "氏名：{稲葉 千鶴}",
    "氏名不詳",
    "お名前はわかりません",
    "本人：{柳}、妻より入電",
    "契約者本人より入電",
    "Please refund. - {Hannah Whitlock}",
]  # fmt: skip


@pytest.mark.parametrize("marked", SENTENCES)
def test_just_what_is_personal_is_found(marked):
    text = re.sub(r"[{}]", "", marked)
    wanted = [re.sub(r"\s+", " ", found) for found in re.findall(r"{(.*?)}", marked)]
    found = [re.sub(r"\s+", " ", text[s.start : s.end]) for s in find_pii(text)]
    assert sorted(found) == sorted(wanted)


# names right after a word for a person, account names, extensions, profiles; and what only looks so
ROLES = [
    "申告者{美馬坂 静}、減免の申請", "届け先{椎葉 和泉}、再送手配", "受給者{茂木さつき}、振込先変更", "長女{桐生ひなた}へ変更", "お客様{鬼頭 雅美}より", "担当{御手洗}→{五十嵐}",
    "ｹｲﾔｸｼｬ:{ﾀｶﾅｼ ﾕｳｷ} 解約希望", "ユーザーID{nono_k88}でログイン不可", "アカウント名{yuzu_pon77}が消えた", "連絡先{03-5544-8120}内線{3307}",
    "愛知県の店舗で3回購入", "加入者数 多数", "対応者不在 折返し", "ユーザー名を変更", "cust {priya raman} called", "daughter {Kiara} will collect",
    "spoke w/ {Dermot Quigley}, wants stmt", "pt {edith holloway} needs refill", "cust wants refund", "add prime to plan", "driver left early", "e.g. this one",
    "Flat 19 to let", "Acct {GB-0093-5571} locked", "MRN {00447-1823}", "for sale sign", "with care",
]  # fmt: skip


@pytest.mark.parametrize("marked", ROLES)
def test_names_by_what_stands_right_before(marked):
    text = re.sub(r"[{}]", "", marked)
    assert sorted(text[s.start : s.end] for s in find_pii(text)) == sorted(re.findall(r"{(.*?)}", marked))
