from __future__ import annotations

import pytest

from vocmine.text import as_analysed
from vocmine.text.courtesies import courtesies


@pytest.mark.parametrize(("text", "terms"), [
    ("すみません、充電できません", "充電 出来る_ない"), ("いつもお世話になっております。解約したいです", "解約"), ("よろしくお願いします", ""),
    ("再入電。返金の件", "返金"), ("お手数ですが請求書を再送して", "請求書 再送"), ("お忙しいところ恐れ入りますが、納期は", "納期"),
    ("早速のご返信ありがとうございます。保証は", "保証"), ("何卒よろしくお願い申し上げます", ""),
    ("Hi team, hope you are well. The invoice is wrong. Best regards", "invoice wrong"),
    ("Dear Sir or Madam, the kettle leaks. Yours faithfully", "kettle leak"), ("Thanks in advance for your help. My lamp flickers", "lamp flicker"),
    ("取り急ぎご連絡まで。鍋が焦げます", "鍋 焦げる"), ("ご査収ください。納品書", "納品書"), ("長文失礼しました。型番", "型番"),
    ("ご返信お待ちしております。時計が止まる", "時計 止まる"), ("返信が遅くなり申し訳ありません。時計が止まる", "時計 止まる"), ("以上です。時計が止まる", "時計 止まる"),
    ("ご迷惑をおかけしますが、日程を延期したい", "日程 延期"), ("毎々お世話になります。時計が止まる", "時計 止まる"),
    ("Please find attached the receipt. The fan leaks", "receipt fan leak"), ("Hope this finds you well. The fan leaks", "fan leak"),
    ("Have a lovely weekend! The fan leaks", "fan leak"), ("Let me know if you have any further questions. The fan leaks", "fan leak"),
    ("The fan leaks. Yours, Mia", "fan leak mia"), ("Apologies for the long email. The fan leaks", "fan leak"), ("Thanks for your quick reply. The fan leaks", "fan leak"),
])
def test_words_of_courtesy_are_no_terms(text: str, terms: str) -> None:
    assert as_analysed([text])["terms"].iloc[0] == terms


@pytest.mark.parametrize(("text", "kept"), [
    ("店員の心遣いに感謝しています", "感謝"), ("返金をお願いしたい", "返金"), ("店員の失礼な態度", "失礼"), ("手数料が高い", "手数料"), ("とても忙しい店", "忙しい"),
    ("親の世話をする商品", "世話"), ("The staff were kind", "kind"), ("My dear old radio broke", "radio"), ("I regret the delay", "delay"),
    ("取り急ぎ返金してほしい", "返金"), ("迷惑メールが多い", "迷惑メール"), ("騒音で迷惑している", "迷惑"), ("返信が遅い", "返信"), ("連絡を待っていた", "連絡"), ("お詫びの品が届かない", "詫び"),
    ("I have a great idea", "idea"), ("The attached cable is short", "attach"), ("Your response was quick", "response"), ("We had a nice day at the park", "nice"),
    ("Sorry for the delay of my refund", "delay"), ("The morning shift was rude", "morning"),
])
def test_the_same_words_with_a_meaning_stay(text: str, kept: str) -> None:
    assert kept in as_analysed([text])["terms"].iloc[0].split()


@pytest.mark.parametrize("text", ["", "電池が切れた", "The lid cracked", "123"])
def test_plain_texts_have_none(text: str) -> None:
    assert list(courtesies(text)) == []
