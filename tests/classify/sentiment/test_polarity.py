"""Letters and call notes: what is only custom says nothing, what the agent notes of the mood does."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.classify import SentimentClassifier
from vocmine.classify.sentiment.polarity import FEATURES, read, without_courtesy

CUSTOM = """
いつも大変お世話になっております。請求書の送付先を変更したいです。早急にご対応いただけますと幸いです。
お忙しいところ恐れ入りますが、見積もりを送ってください。何卒よろしくお願い申し上げます。
契約者の住所を変更。お急ぎではないとのこと。対応完了。
プランの違いを照会。特にお怒りではなし。
在庫の有無を確認。穏やかに話される。
Could you tell me the price for two lines? Thank you in advance.
""".strip().splitlines()
MOOD = [
    ("negative", "返金の時期を照会。大変ご立腹の様子。"),
    ("negative", "工事日の件。強い口調で説明を求められる。"),
    ("negative", "誠に遺憾です。納得できる説明を求めます。"),
    ("positive", "プラン変更の件でお礼の言葉をいただく。"),
    ("positive", "大変満足しております。"),
    ("positive", "説明書がとても役に立ちました。"),
    ("positive", "先日はご迷惑をおかけしましたが、親切に直していただき感謝しています。"),
]


@pytest.mark.parametrize("text", CUSTOM)
def test_custom_is_no_praise_and_no_complaint(text: str) -> None:
    assert SentimentClassifier().predict([text])[0] == "neutral"


@pytest.mark.parametrize(("sentiment", "text"), MOOD)
def test_the_noted_mood_counts(sentiment: str, text: str) -> None:
    assert SentimentClassifier().predict([text])[0] == sentiment


def test_blanked_words_keep_the_places_of_the_others() -> None:
    text = "お世話になっております。\n荷物が届きません。\n-----\n山田 太郎\nTEL: 000"
    plain = without_courtesy(text)
    assert len(plain) == len(text)
    assert plain.split() == ["。", "荷物が届きません。"]
    assert [text[h.start : h.end] for h in read(plain).hits] == [h.text for h in read(plain).hits]


def test_a_text_of_custom_alone_stays() -> None:
    assert without_courtesy("よろしくお願いします") == "よろしくお願いします"


def test_long_texts_of_dashes_and_custom_end() -> None:
    assert len(without_courtesy("----\n" * 3000 + "お手数をおかけし" * 3000)) == 5 * 3000 + 8 * 3000


def test_features_are_as_many_as_their_names() -> None:
    assert len(read("").features) == len(FEATURES) == len(set(FEATURES))
    assert all(np.isfinite(read("最悪です!!😡 the worst").features))
