"""Two hundred Japanese sentences that trip word counters: negation, inability, のに, requests, keigo, sarcasm."""

from __future__ import annotations

import pytest

from vocmine.classify import SentimentClassifier

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"

NEGATION = {
    NEGATIVE: """
少しも楽しくなかった
全然おいしくない
期待したほど良くありませんでした
部屋は綺麗ではなかった
説明が親切じゃない
あまり使いやすくないです
決して安くはない
思ったより便利ではありません
スタッフに笑顔がない
まったく満足していません
おすすめはできません
対応が丁寧とは言えない
安心して任せられない
清潔感がありませんでした
味に深みがない
嬉しくも何ともない
快適に過ごせなかった
うまく写らない
上手に説明してくれない
ちっとも面白くない
静かではなかったので眠れませんでした
お得だとは思えない
親切にしてもらえなかった
誠意が見られない
気配りが感じられません
納得できる説明がない
高級感は全くない
居心地が良くない
早く届かなかった
これでは役に立たない
素直に喜べない
信頼できません
コスパが良いとは言えません
分かりやすい説明ではなかった
人に勧められるものではない
正確じゃない
""",
    POSITIVE: """
何の問題もありませんでした
まったく不満はありません
文句なしの出来です
待たされることがなかった
使いにくさは感じません
高くないのに質が良い
嫌な思いをすることはなかった
汚れひとつない部屋でした
困ったことは一度もない
悪いところが見当たらない
損はしないと思う
迷うことなく着けて助かった
不安はすぐになくなりました
うるさくなくてよく眠れた
臭いも気にならず快適
退屈しない内容でした
飽きがこない
ストレスを感じない操作感
疲れないので愛用しています
不便さは全く感じませんでした
後悔していません
失敗のない買い物でした
期待を裏切らない味
""",
}
UNABLE = {
    NEGATIVE: """
ログインできない
画面が開けません
何回押しても進まない
荷物がまだ届かない
電話がつながらない
メールが受信できなくなった
設定が保存されません
写真をアップロードできませんでした
動画を再生できない
音声が聞こえません
予約が取れない
支払いが完了しない
カードが使えない
ポイントが反映されない
パスワードを変更できません
データを移せない
水が流れない
ドアの鍵が開かない
暖房が効かない
テレビが映らない
充電できなくなりました
通知が届きません
住所が登録できない
検索結果が表示されません
問い合わせフォームが送信できない
返事が来ない
アプリが動かなくなった
認証が通らない
途中で止まって先に進めない
QRコードを読み取れません
二か月たっても返金されない
電源が入らない
サイトにアクセスできません
注文が確定しない
""",
}
DESPITE = {
    NEGATIVE: """
楽しみにしていたのに中止になった
予約したのに待たされた
新品なのに動かない
高いお金を払ったのにこの程度
急いでいるのに対応が遅い
何度も頼んだのに直っていない
有料会員なのに広告が出ます
説明書どおりにやったのに組み立てられない
期待していたのにがっかり
せっかく来たのに閉まっていた
信じていたのに裏切られた
禁煙室を希望したのにタバコ臭い
デザインは良いのにすぐ壊れる
昨日買ったばかりなのに故障した
長年使ってきたのに冷たい対応でした
味は良いのに接客で台無しです
評判が良かったので買ったのに外れでした
朝一番に並んだのに買えなかった
見た目はきれいだが座り心地が悪い
応対は丁寧だったけれど結局直らなかった
安いけどすぐ切れる
景色は良いが部屋が汚い
""",
    POSITIVE: """
古い建物だけど清潔で快適でした
値段は高いけど満足しています
小さいのに音が良くて驚いた
安いのに作りがしっかりしている
遅い時間だったのに丁寧に対応してくれました
最初は不安だったが使ってみると便利だった
混んでいたのに笑顔で接客してくれて嬉しかった
""",
}
REQUEST = {
    NEUTRAL: """
領収書を発行してください
住所変更の手続きをお願いします
プランの変更をお願いしたいです
資料を郵送していただけますか
予約を一名追加してください
配送先を会社に変えてください
担当の方から電話をいただきたいです
枕をもう一つ貸していただけますか
夜間モードを付けてほしいです
並び順を選べるようにしてください
受け取り日を変更したい
支払い方法を変更したいのですが
英語のメニューがあると助かります
見積書を送ってもらえますか
登録情報を削除してください
送料を教えてください
営業日を知りたいです
キャンセルの手続きをしたいです
座席を窓側にしてください
名義を変更したいのですが可能ですか
何時から入れますか
保証書はどこにありますか
解約の手続き方法を教えてください
手数料はいくらですか
""",
    NEGATIVE: """
こんな不良品はすぐに返金してください
ひどい対応なので責任者から謝ってほしい
壊れていたので交換してください
二重に引き落とされているので返してください
うるさくて眠れないので何とかしてください
いい加減に直してほしい
""",
}
KEIGO = {
    NEUTRAL: """
お世話になっております
よろしくお願いいたします
恐れ入りますが、担当の方におつなぎください
申し訳ございませんが、日程を変更させていただけますか
お手数ですが、書類をお送りください
いつもお世話になっております、山田です
突然のご連絡失礼いたします
ご確認のほどよろしくお願い申し上げます
お忙しいところすみません、営業時間を教えてください
すみませんが、住所を変更したいです
大変恐縮ですが、ご返信をお願いいたします
何卒よろしくお願いいたします
お手数をおかけしますが、請求書を再送してください
失礼ですが、担当の方のお名前を教えてください
恐れ入りますが、もう一度番号をお願いします
申し訳ないのですが、予約の時間を変えてください
お疲れ様です、先日の件でご連絡しました
""",
    NEGATIVE: """
お世話になっております、商品が届かないのですが
恐れ入りますが、まだ返金されておりません
申し訳ありませんが、この対応には納得できません
お忙しいところすみません、画面が固まってしまいます
""",
    POSITIVE: """
お世話になっております、先日は丁寧なご対応をありがとうございました
お忙しい中、迅速に対応していただき助かりました
""",
}
SARCASM = {
    NEGATIVE: """
さすが有名店ですね、一時間も待たせるとは
素晴らしい対応ですね、三回も間違えるなんて
見事に期待を裏切ってくれました
壊れるのが早くて感心します
ご立派なことで、謝罪もありません
待たせるのだけはお上手ですね
返事がないのが御社のサービスですか
どうすればこんなに不味く作れるのか
客を何だと思っているんですか
これがプロの仕事とは呆れる
お客様第一とは名ばかりですね
すごいですね、まだ届かないなんて
人を馬鹿にしているのか
ありがたいことに、また壊れました
高い授業料になりました、二度と買いません
笑えるほどひどい
ここまでひどいと笑うしかない
""",
}
TABLES = {"negation": NEGATION, "unable": UNABLE, "despite": DESPITE, "request": REQUEST, "keigo": KEIGO, "sarcasm": SARCASM}


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


def test_there_are_enough_and_none_twice() -> None:
    texts = [text for _, _, text in rows()]
    assert len(texts) >= 190
    assert len(set(texts)) == len(texts)


def test_nine_of_ten_are_right(judged) -> None:
    wrong = [f"{text} ({label}, said {guess})" for _, label, text, guess in judged if label != guess]
    assert share_right(judged) >= 0.90, "\n".join(wrong)


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_each_kind_holds(judged, kind: str) -> None:
    assert share_right([row for row in judged if row[0] == kind]) >= 0.80


def test_good_and_bad_are_rarely_swapped(judged) -> None:
    swapped = [row for row in judged if {row[1], row[3]} == {NEGATIVE, POSITIVE}]
    assert len(swapped) <= 0.04 * len(judged), swapped
