"""A hundred more Japanese sentences: double negation, せっかく and はず, marked sarcasm, keigo, dialect, kana, faces."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.classify import SentimentClassifier

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"

DOUBLE = {
    NEGATIVE: """
不満がないとは言えません
問題がないわけではない
遅れない日がない
困らない日はありませんでした
納得できない点がなくならない
これで文句が出ないはずがない
""",
    POSITIVE: """
満足していないわけがない
良くないところがない
おすすめしない理由がない
文句のつけようがありません
嫌な点が一つもなかった
困ることが全然ない
使わない日がないくらい便利
""",
}
EXPECTED = {
    NEGATIVE: """
届いているはずなのに入っていません
直してもらったはずなのにまた止まる
無料のはずなのに請求されていた
せっかく取った休みが台無しになった
せっかく予約したのに席がなかった
予約番号まで伝えたのに通っていなかった
静かな部屋を頼んだのに道路側でした
解決したと言われたのに何も変わっていない
二日で着くと書いてあったのに一週間かかった
お得と聞いて契約したのに前より高い
確認したと言ったくせに忘れていた
あれだけ待ったのに品切れと言われた
交換してもらったのに同じ所が壊れた
""",
    POSITIVE: """
期待していなかったのに素晴らしかった
急に頼んだのに快く引き受けてくれた
閉店間際だったのに親切に案内してくれました
""",
}
SARCASM = {
    NEGATIVE: """
対応が早すぎて三週間待ちました（笑）
さすが大手ですね、返事は定型文だけ
素晴らしいアプリですね、開くたびに落ちるｗｗ
すばらしい品質で初日に壊れました（笑）
ご親切にどうも、たらい回しにしてくれて
いやあ見事な手抜き工事ですね
また落ちたｗｗｗもう笑うしかない
何が安心サポートなんですかね（笑）
お客様の声を大切に、ですか。返事も来ないのに
待たせることにかけては一流ですね
""",
}
KEIGO = {
    NEGATIVE: """
大変恐縮ですが、いまだ商品が届いておりません
恐れ入りますが、ご説明に納得いたしかねます
誠に残念ですが、今後の利用は控えさせていただきます
解約させていただきます、もう信用できませんので
先日お電話いたしましたが、折り返しをいただけておりません
ご対応いただけないのであれば、しかるべき所に相談させていただきます
お返事を頂戴できておらず、困っております
""",
    NEUTRAL: """
住所の変更をさせていただきたく、ご連絡いたしました
資料を拝見したく存じます
後日あらためてお電話させていただきます
書類は本日発送させていただきました
ご教示いただけますと幸いです
来週の火曜日に伺わせていただきます
お名前を頂戴してもよろしいでしょうか
""",
    POSITIVE: """
このたびは迅速にご対応くださり、誠にありがとうございました
細やかなお心遣いをいただき、感激いたしました
おかげさまで無事に開通いたしました、御礼申し上げます
大変満足しており、今後も利用させていただきます
""",
}
DIALECT = {
    NEGATIVE: """
全然つながらへん
何回やってもあかんやん
ほんまに使いにくいわ
高いだけで全然おいしないやん
いつまで待たせんねん
電話に出えへんし腹立つわ
こんなん買わんかったらよかった
""",
    POSITIVE: """
めっちゃ便利やん
説明がわかりやすうて助かったわ
ほんまにおいしかったで
店員さんめっちゃ親切やった
これは買ってよかったわ
悪うないで、むしろええわ
""",
}
KANA = {
    NEGATIVE: """
ぜんぜんつかえない
さいあくのたいおうでした
でんわがつながりません
ﾛｸﾞｲﾝできません
ｻｰﾋﾞｽが悪い
ｱﾌﾟﾘがｶﾞｸｶﾞｸする
ﾎﾟｲﾝﾄがつかない
スグコワレタ
""",
    POSITIVE: """
とてもたすかりました
すごくおいしかった
ていねいでよかったです
ｽﾀｯﾌが親切でした
ﾒｯﾁｬ便利です
とってもきにいっています
""",
    NEUTRAL: """
じゅうしょをかえたいです
えいぎょうじかんをおしえてください
ﾊﾟｽﾜｰﾄﾞを変更したい
""",
}
FACES = {
    NEGATIVE: """
また落ちた(´；ω；｀)
全然届かない(T_T)
三回も電話したのに…😡
使えなさすぎorz
反映されてない(怒)
待ち時間長すぎ(-_-;)
また値上げかよ(´Д｀)
壊れた😭😭
""",
    POSITIVE: """
すぐ届いた(^^)
かわいすぎる😍
対応神でした🙏✨
おいしかった♪♪
また行きたい(*^^*)
買って正解でした(^o^)/
""",
}
TABLES = {
    "double": DOUBLE,
    "expected": EXPECTED,
    "sarcasm": SARCASM,
    "keigo": KEIGO,
    "dialect": DIALECT,
    "kana": KANA,
    "faces": FACES,
}
POLITE_AFTER = ("よろしくお願いいたします。", "お手数をおかけします。", "以上、よろしくお願い申し上げます。")
POLITE_BEFORE = ("お世話になっております。", "いつもお世話になっております。", "お忙しいところ恐れ入ります。")


def rows() -> list[tuple[str, str, str]]:
    return [
        (kind, label, line)
        for kind, table in TABLES.items()
        for label, block in table.items()
        for line in block.strip().splitlines()
    ]


@pytest.fixture(scope="module")
def judged() -> list[tuple[str, str, str, str]]:
    table = rows()
    guesses = SentimentClassifier().predict([text for _, _, text in table])
    return [(*row, guess) for row, guess in zip(table, guesses, strict=True)]


def share_right(judged: list[tuple[str, str, str, str]]) -> float:
    return sum(label == guess for _, label, _, guess in judged) / len(judged)


def test_there_are_a_hundred_and_none_twice() -> None:
    texts = [text for _, _, text in rows()]
    assert len(set(texts)) == len(texts) >= 100


def test_nine_of_ten_are_right(judged) -> None:
    wrong = [f"{text} ({label}, said {guess})" for _, label, text, guess in judged if label != guess]
    assert share_right(judged) >= 0.90, "\n".join(wrong)


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_each_kind_holds(judged, kind: str) -> None:
    assert share_right([row for row in judged if row[0] == kind]) >= 0.80


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(rows()), st.sampled_from(POLITE_BEFORE), st.sampled_from(POLITE_AFTER))
def test_politeness_never_swaps_good_and_bad(row: tuple[str, str, str], before: str, after: str) -> None:
    plain, polite = SentimentClassifier().predict([row[2], f"{before}{row[2]}。{after}"])
    assert {plain, polite} != {NEGATIVE, POSITIVE}


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([text for _, _, text in rows()]))
def test_width_of_characters_changes_nothing(text: str) -> None:
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    proba = SentimentClassifier().predict_proba([text, wide])
    assert (proba[0] == proba[1]).all()


def test_half_width_kana_is_as_full() -> None:
    half = [text for _, _, text in rows() if any("ｦ" <= char <= "ﾟ" for char in text)]
    full = [unicodedata.normalize("NFKC", text) for text in half]
    assert len(half) >= 5
    assert (SentimentClassifier().predict_proba(half) == SentimentClassifier().predict_proba(full)).all()
