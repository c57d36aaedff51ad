"""Talks in plain text, and texts that look like talks and are none."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.text import as_analysed, customer_part, split_turns
from vocmine.text.turns import customer_spans, said_by

TALKS = [
    ("お客様: 駅前の支店は土曜もやっていますか\nオペレーター: お待たせいたしました。営業しております。\nお客様: わかりました", "駅前の支店は土曜もやっていますか\nわかりました"),
    ("客：納期はいつですか\nOP：来週でございます", "納期はいつですか"),
    ("【お客様】部屋に傘はありますか\n【フロント】ございます。ご自由にお使いくださいませ。\n【お客様】どうも", "部屋に傘はありますか\nどうも"),
    ("お客様「届け先を変えたい」\n担当「承ります」\nお客様「頼みます」", "届け先を変えたい\n頼みます"),
    ("[10:23] 山本（CS）: お電話ありがとうございます。\n[10:24] 大木様: 明細が読めません", "明細が読めません"),
    ("C：席を替えたい\nOP：承知いたしました\nC：ありがとう", "席を替えたい\nありがとう"), ("C: is it open on Sunday\nA: Sorry for the wait. It is.", "is it open on Sunday"),
    ("＜顧客＞字が小さい\n＜オペレーター＞設定で変えられます", "字が小さい"), ("客）何時までですか\nOP）九時でございます", "何時までですか"),
    ("客：送料はかかりますか OP：無料でございます。 客：どうも", "送料はかかりますか\nどうも"), ("お客様「夜がいい」オペレーター「何時ごろでしょうか」お客様「八時で」", "夜がいい\n八時で"),
    ("Customer: Can I pay by card? Agent: Yes, you can. Customer: Great", "Can I pay by card?\nGreat"), ("**Customer:** It looks wrong\n**Rep:** Let me check.", "It looks wrong"),
    ("Patient: do I need a referral\nClinic: Not for a check-up.\nPatient: ok", "do I need a referral\nok"),
    ("オペレーター：はい\nお客様：あの、\n契約のことで\nオペレーター：どうぞ", "あの、\n契約のことで"), ("ボット：ご用件をどうぞ\nお客様：解約の方法は", "解約の方法は"),
    ("お客様：住所を変えたい\nオペレーター：どうぞ\nお客様：こうです\n住所: 架空町一丁目", "住所を変えたい\nこうです\n住所: 架空町一丁目"),
    ("田中: ふたが閉まらないのですが\n佐藤: お問い合わせいただきありがとうございます。確認いたします。\n田中: 早めに", "ふたが閉まらないのですが\n早めに"),
    ("John Reed: my card got declined\nAmy Lopez: Thank you for contacting us, I'm sorry to hear that. Let me check.", "my card got declined"),
    ("●お客様\n残高が合わないんです\n●担当者\nお調べいたします\n●お客様\n早くして", "残高が合わないんです\n早くして"),
    ("お客様：遅いです\nオペレーター：申し訳ございません\n夫：いつ届くの\nお客様：もういいです", "遅いです\nいつ届くの\nもういいです"),
]
WHOLE = [
    "お客様: 大沢様\n担当: 小林\n用件: 保証書の再発行希望", "お客様：駐車場の料金を教えて\n対応：60分300円と案内", "Q: 解約金はかかりますか\nA: かかりません。ご不便をおかけします。",
    "件名: 返品の件\n内容: サイズが合わないとのこと", "氏名: 大沢\n電話: 03-0000-0000", "Error: file not found\nPath: /var/log\nUser: jdoe\nSystem: Windows 11",
    "10:30に来店、11:15に退店", "Note: it works now. Time: 10:30. See https://example.com/a:b", "田中: 明日の会議は十時から\n佐藤: 了解です\n田中: 資料は持っていく",
    "スタッフ：とても親切\n部屋：広い\n客層：静か", "Name: Carol Finch\nPhone: 555-0100\nAgent: Tom", "Customer Name: Carol Finch\nAgent Name: Tom Wu", "Customer ID: 123\nAgent ID: 456",
    "担当者: 佐々木\n受付: 4/2 09:15\nお客様: ご本人\n内容: 解約したい、対応が遅いと不満", "A: 速い\nB: 遅い\nC: 普通だと思います", "Pros: fast delivery\nCons: noisy fan\nStaff: friendly",
    "オペレーター：お待たせしました\nオペレーター：もしもし", "お客様：まだですか\nお客様：急いでください", "お客様：返品したいとのこと", "届かない", "", "：\n：", "A: 1,200円\nC: 800円",
]


@pytest.mark.parametrize(("text", "said"), TALKS)
def test_the_customers_part(text, said):
    assert customer_part(text) == said
    turns = split_turns(text)
    assert all(text[turn.start:turn.end] == turn.text for turn in turns)
    assert said_by(turns, "agent", "bot") != ""


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_no_talk_stays_whole(text):
    assert split_turns(text) == [] and customer_part(text) == text


def test_told_names_decide():
    text = "甲野: 明日は休みですか\n乙野: 営業しています"
    assert split_turns(text) == []
    assert customer_part(text, {"乙野": "agent", "*": "customer"}) == "明日は休みですか"
    assert customer_part(text, {"甲野": "agent", "乙野": "customer"}) == "営業しています"


def test_others_and_keys_are_nobodys_words():
    text = "チャット履歴\nお客様：遅いです\nオペレーター：すみません\n[10:05] 倉庫：出荷しました\nお客様：はい\n対応：謝罪した"
    turns = [(turn.role, turn.name) for turn in split_turns(text)]
    assert turns == [("system", ""), ("customer", "お客様"), ("agent", "オペレーター"), ("unknown", "倉庫"), ("customer", "お客様"), ("system", "対応")]
    assert customer_part(text) == "遅いです\nはい"


@given(st.lists(st.sampled_from(["客：まだですか", "OP：お待ちください", "続きです", "", "備考：なし", "ボット：どうぞ"]), max_size=8))
def test_turns_stand_apart_and_give_their_words(lines):
    text = "\n".join(lines)
    turns = split_turns(text)
    assert all(text[turn.start:turn.end] == turn.text for turn in turns)
    assert all(a.end <= b.start for a, b in itertools.pairwise(turns))
    assert [text[a:b] for a, b in customer_spans(text)] == [turn.text for turn in turns if turn.role == "customer" and turn.text]


@given(st.text(max_size=80))
def test_any_text_is_split_or_left_whole(text):
    assert isinstance(customer_part(text), str)


def test_what_is_analysed_of_a_talk_is_the_customers_and_masked_by_the_whole():
    talk = "オペレーター：お名前をお願いします\nお客様：山根です。電話は090-1234-5678です\nオペレーター：お待たせして申し訳ございません"
    plain, whole = as_analysed([talk, "お待たせして申し訳ございません"])["text_clean"]
    assert plain == "[氏名]です。電話は[電話番号]です" and whole == "お待たせして申し訳ございません"
    both = as_analysed(["Agent: 大変お待たせしました\nCustomer: where is my parcel\nAgent: 確認します"]).iloc[0]
    assert both["lang"] == "en" and both["text_clean"] == "where is my parcel" and both["terms"] == "parcel"
