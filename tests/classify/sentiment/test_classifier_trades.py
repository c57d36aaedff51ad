"""Sentences of many trades, labelled by reading alone: food, travel, games, apps, banks, power, delivery, medicine."""

from __future__ import annotations

import pytest

from vocmine.classify import SentimentClassifier

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"

JAPANESE = {
    NEGATIVE: """
スープがぬるくて麺ものびていた
注文と違う料理が出てきて、下げてもらうのに二十分かかった
店員同士のおしゃべりがうるさい
ラストオーダー前なのに入店を断られました
出発の三日前に欠航の連絡が来て、振替の案内もない
座席の前が狭すぎて膝が当たる
ガイドさんが集合時間に来なかった
ガチャの確率が渋すぎる
メンテが長引いてイベントを逃した
マッチングが偏っていて勝負にならない
アップデートしてから動作がカクカクする
一文字打つたびに広告が出て集中できない
退会ボタンの場所がわざと隠してあるようにしか思えない
振込の限度額を上げるのに店舗まで来いと言われた
手数料だけ取られて着金していません
窓口で一時間以上待たされた挙句、書類が足りないと帰された
先月の電気代が倍になったのに説明がない
検針票の数字がおかしい
停電の復旧見込みを何度聞いても分からないの一点張り
不在票が入っていないのに持ち戻りになっている
段ボールが潰れて中身が割れていた
置き配にした覚えはないのに玄関に放置された
予約していたのに一時間半待ちで診察は二分
受付の人がぶっきらぼうで気分が悪くなった
処方された薬が足りず、もう一度取りに行かされた
""",
    NEUTRAL: """
テイクアウトは何時まで受け付けていますか
アレルギー表示はどこで見られますか
四名で個室を予約したいです
受託手荷物は二十キロまでだそうです
パスポートの残存期間を確認したいのですが
ツアーは朝八時に駅前集合でした
引き継ぎコードの発行方法を教えてください
第三章まで進めました
昨日から新しいイベントが始まっています
ダークモードへの切り替えはどこですか
機種変更に伴うデータ移行について
口座の名義を旧姓から変更したいです
振込は翌営業日の扱いになるとのこと
暗証番号の変更手続きを希望
引っ越しに伴い電気の使用開始をお願いします
アンペアの変更には工事が必要ですか
配達の時間帯を夜に指定したいです
荷物は営業所で受け取ります
次回の予約は来月の第二火曜日です
紹介状は必要でしょうか
""",
    POSITIVE: """
出汁がきいていて、もう一杯おかわりしたくなる味
ランチでこの値段は安すぎるくらい
子ども用の椅子をさっと出してくれた
機内食が予想外においしかった
乗り継ぎで迷っていたら係の方が一緒に走ってくれました
ガイドさんの話が面白くて時間を忘れました
無課金でも十分遊べる
ストーリーに引き込まれて一晩でクリアした
動作がサクサクで気に入っています
起動も早いし見た目もすっきりしている
窓口の方がこちらの話を最後まで聞いてくれた
アプリで全部済むので店舗に行かなくてよくなった
電話したら五分で原因を突き止めてくれた
乗り換えてから電気代が二割下がった
雨の中届けてくれて頭が下がります
梱包がとてもしっかりしていた
先生の説明が丁寧で不安がなくなりました
看護師さんがずっと手を握ってくれて心強かった
""",
}
ENGLISH = {
    NEGATIVE: """
The soup was cold and the noodles were mushy
We waited an hour for our food and they forgot the drinks
Our tour guide never showed up
They moved me to a middle seat without asking
The new patch broke my save file
Pay to win, and the matchmaking is a joke
It logs me out every five minutes
The transfer has been stuck for three days
They froze my account and nobody will tell me why
My power bill doubled with no explanation
The meter reading they billed me for is wrong
The driver left my parcel in the rain
It says delivered but nothing is here
The receptionist rolled her eyes at me
I waited ninety minutes for a two minute appointment
The nurse could not find my records and shrugged
""",
    NEUTRAL: """
Do you have a vegetarian menu?
I would like a table for four on Friday
Our train leaves from platform nine
Is the airport shuttle included in the price?
How do I transfer my progress to a new phone?
I reached level twelve yesterday
Can I export my data as a spreadsheet?
I want to raise my transfer limit
The payment is due on the fifteenth
We are moving and need the power switched on in May
What is the unit rate at night?
Please leave the parcel with my neighbour
My next appointment is in two weeks
Do I need a referral?
""",
    POSITIVE: """
The broth was rich and the portions were generous
They brought a high chair before we even asked
The crew went out of their way to calm my daughter
Boarding was quick and painless
I could not stop playing
Runs smoothly even on my old phone
I finally understand my budget thanks to this app
The clerk sorted it out in two minutes
My bill went down by a third since I switched to you
The parcel came a day early and well packed
The doctor took her time and listened
The nurse made my son laugh through the whole thing
""",
}


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(label, line) for label, block in table.items() for line in block.strip().splitlines()]


@pytest.mark.parametrize("table", [JAPANESE, ENGLISH], ids=["ja", "en"])
def test_nine_of_ten_are_right_in_each_trade_and_class(table: dict[str, str]) -> None:
    named = rows(table)
    guesses = SentimentClassifier().predict([text for _, text in named])
    wrong = [f"{text} ({label}, said {guess})" for (label, text), guess in zip(named, guesses, strict=True) if label != guess]
    assert len(wrong) <= 0.10 * len(named), "\n".join(wrong)
    for label in (NEGATIVE, NEUTRAL, POSITIVE):
        mine = [guess == label for (name, _), guess in zip(named, guesses, strict=True) if name == label]
        assert sum(mine) >= 0.85 * len(mine), label


def test_there_are_a_hundred() -> None:
    texts = [text for table in (JAPANESE, ENGLISH) for _, text in rows(table)]
    assert len(set(texts)) == len(texts) >= 100
