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


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in TABLE.items() for text in texts])
def test_table(lang, text):
    assert detect_language(text) == lang
