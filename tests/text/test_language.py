"""Language of a text."""

from __future__ import annotations

import pytest

from vocmine.text import detect_language

TABLE = {
    "ja": ["ログインできない", "iPhoneが動かない", "Wi-Fi OK?がダメ", "解約", "ｱﾌﾟﾘ", "Google Play Storeから入れたアプリが落ちる。何度も再起動したが直らない。", "3番", "全然ダメ!!!",
           "Microsoft Office 365 の請求書が届いていないので再発行してほしいです。"],
    "en": ["It broke", "app crashes", "My card was charged twice", "ok", "Refund please", "WHY?", "[PHONE] please call", "naïve café staff", "no"],
    "mixed": ["画面に please try again later と出る", "I stayed at this hotel. とても良かったです。The staff was very kind.", "Thank you so much!! ありがとう"],
    "other": ["Das ist nicht gut und teuer", "la aplicación no funciona y es muy lenta", "le service est très mauvais", "안녕하세요 서비스", "Не работает", "123-456", "",
              "😊", "!!!", "这个软件没有用，请退款"],
}


# short ones, as people type them
SHORT = {
    "en": ["ok thanks", "refund pls", "Wi-Fi?", "thx", "lol", "N/A", "OMG", "1 star", "iPhone 15", "error 404", "USB-C", "batteries die", "app crash", "cancel", "URGENT!!!", "😡 refund",
           "no thx", "done.", "hi", "x", "[NAME] thanks", "wifi in LA", "login error E-0007", "where is my refund??", "good 👍", "Amazon"],
    "ja": ["はい", "OKです", "解約", "ｱﾌﾟﾘ", "遅い", "Wi-Fi繋がらん", "iPhone15落ちる", "神", "草", "ok了解", "404エラー", "〇〇です", "残高?", "マジ?", "😡返金", "[氏名]です"],
    "other": ["das ist nicht gut", "c'est très bien", "não funciona mais e é lento", "está muy mal", "è lento e non va", "пожалуйста", "감사합니다", "", "404", "-", "...", "👍", "¿?", "[PHONE]", "5/5!", "\u200b"],
}  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in SHORT.items() for text in texts])
def test_short_texts(lang, text):
    assert detect_language(text) == lang


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in TABLE.items() for text in texts])
def test_table(lang, text):
    assert detect_language(text) == lang
