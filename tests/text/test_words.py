"""Terms: what stays, what goes, what is denied."""

from __future__ import annotations

import pytest

from vocmine.text import Vocabulary, as_analysed

JA = [
    ("ログインできません", "ログイン 出来る_ない"), ("電話がつながらない", "電話 繋がる_ない"), ("電話が繋がった", "電話 繋がる"),
    ("商品がまだ届いていない", "商品 届く_ない"), ("商品が届きました", "商品 届く"), ("楽しくなかった", "楽しい_ない"),
    ("良くありませんでした", "良い_ない"), ("満足できません", "満足 出来る_ない"), ("問題ありません", "問題_ない"), ("問題ない", "問題_ない"),
    ("返事がない", "返事_ない"), ("便利ではない", "便利_ない"), ("お湯が出ない", "湯 出る_ない"), ("使いづらい", "使う_にくい"),
    ("文字が読みにくい", "文字 読む_にくい"), ("変更しなければならない", "変更"), ("直してくれない", "直す_ない"), ("食べられない", "食べる_ない"),
    ("動かず困った", "動く_ない 困る"), ("解約したい", "解約"), ("間違いない", "間違い"), ("料金が高い", "料金 高い"), ("料金が安い", "料金 安い"),
    ("画面がフリーズする", "画面 フリーズ"), ("2回目の問い合わせ", ""), ("お客様より入電、折電希望。", "折り返し 希望"), ("終話。即対。", ""),
    ("スマホの調子が悪い", "スマートフォン 調子 悪い"), ("スマートフォンが熱い", "スマートフォン 熱い"), ("wifiが遅い", "wi-fi 遅い"), ("Wi-Fiが遅い", "wi-fi 遅い"),
    ("払い戻しを希望", "払い戻し 希望"), ("佐藤様の予約", "予約"), ("090-1234-5678まで連絡", "連絡"), ("[電話番号]まで連絡", "連絡"),
    ("https://example.com/help を見た", ""), ("最高😊", "最高 emoji_joy"), ("最悪(T_T)", "最悪 kao_sad"), ("あ", ""), ("12345", ""), ("", ""), ("。。。", ""),
    ("請求書を再発行してほしい", "請求書 再発行"), ("アプリを再起動しても落ちる", "アプリ 再起動 落ちる"), ("気に入らない", "気 入る_ない"),
    ("アプリが起動しない", "アプリ 起動_ない"), ("クーポンが適用されない", "クーポン 適用_ない"), ("担当者が対応してくれない", "担当者 対応_ない"),
    ("返事をしない", "返事_ない"), ("まだ反映していない", "反映_ない"), ("受信しておらず困る", "受信_ない 困る"), ("対応してもらえない", "対応_ない"),
    ("確認しないといけない", "確認"), ("支払わなければならない", "支払う"), ("説明されていません", "説明_ない"), ("解約したくない", "解約_ない"),
]
EN = [
    ("The app doesn't work", "app work_not"), ("My refund did not arrive", "refund arrive_not"), ("charged twice", "charge twice"),
    ("I was charged twice!", "charge twice"), ("Never again.", ""), ("no response from support", "response_not support"),
    ("It works", "work"), ("cancelled flights", "cancel flight"), ("Cancelling my flight", "cancel flight"), ("The staff were friendly", "staff friendly"),
    ("not happy. Great room", "happy_not great room"), ("can't log in", "log_not"), ("call me at 415-555-0132", "call"), ("😡 terrible", "emoji_anger terrible"),
    ("", ""), ("the of and", ""),
]


def test_marks_of_masked_data_are_no_terms_in_any_language():
    got = as_analysed(["0120-123-456 0120-123-457", "Не работает 0120-123-456 😡", "[PHONE]", "123"])
    assert got["lang"].tolist() == ["other"] * 4
    assert got["terms"].tolist() == ["", "не работает emoji_anger", "", ""]


def test_handles_are_no_terms_but_names_after_at_stay_in_the_text():
    got = as_analysed(["@softbank_care さん、iPhoneが動かない", "@united my flight was late @AmericanAir", "駅前でランチ@渋谷", "RT @x: ＠shop 画面が固まる"])
    assert got["terms"].tolist() == ["iphone 動く_ない", "flight late", "駅前 ランチ 渋谷", "画面 固まる"]
    assert got["text_clean"][1] == "@united my flight was late @AmericanAir"


@pytest.mark.parametrize(("text", "terms"), JA + EN)
def test_terms(text, terms):
    assert as_analysed([text])["terms"].iloc[0] == terms


def test_mixed_text_has_both():
    terms = as_analysed(["画面に please try again later と出て動かない"])["terms"].iloc[0].split()
    assert "画面" in terms
    assert "動く_ない" in terms
    assert "again" not in terms


def test_short_units_of_what_is_masked_do_not_show():
    own = Vocabulary(short_units=2)
    got = as_analysed(["東京都港区芝公園4-2-8 コーポ青葉101号室の機種変更"], vocabulary=own)["terms"].iloc[0]
    assert got == "機種変更 機種 変更"


def test_wrong_choice_is_told():
    with pytest.raises(ValueError, match="2 or more"):
        Vocabulary(short_units=1)
    with pytest.raises(ValueError, match="drop, expand or keep"):
        Vocabulary(shorthand="burn")
    with pytest.raises(ValueError, match="word list"):
        Vocabulary.from_csv("no-such-file.csv")
