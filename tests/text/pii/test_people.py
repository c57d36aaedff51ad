"""Names of people in prose as customers and agents write it: who is masked, and what is named like people and stays."""

from __future__ import annotations

import re

import pytest

from vocmine.text import find_pii, mask_pii

NAMED = """
【林】です。先日の件で電話しました。
お世話になっております。【林】です。注文した商品が届きません。
こんにちは。【田中】です。返品したいです。
先日電話した【山口】です。まだ返事がありません。
株式会社みらい商事の【高橋】です。請求書の件です。
【佐藤】と申します。プランを変更したいです。
わたくし【中村健一】と申しますが、解約をお願いします。
昨日担当の【小林】が対応してくれました。
担当の【森】に折り返しをお願いします。
担当は【渡辺】でした。
前回は【鈴木】が電話に出ました。
オペレーターの【伊藤】の説明が分かりやすかった。
窓口の【加藤美咲】の態度が悪い。
【吉田】より
修理に来た【山本翔太】に渡しました。
名前は【ヤマダタロウ】です。
登録名は【スズキ ハナコ】になっています。
登録が【たなか ゆうこ】になっています。
契約者【井上　裕子】、本人より入電。
契約者は夫の【井上浩】です。
娘の【さくら】のスマホが壊れた。
息子の【健太】が使っています。
【髙橋】様より入電。
【山﨑】さんが対応。
担当：【渡邉】
受付：【佐々木】
対応者：【五十嵐】
【グエン】様より電話。
【ジョン・スミス】様が宿泊。
【Nguyen Van An】様より入電。
【John Smith】様から苦情。
担当者(【松本】)に確認済み。
【斉藤】さんという方から電話がありました。
【中島美嘉】名義の契約について。
【大野智子】宛の荷物が届かない。
カスタマーサポートの【石井】と話したが解決しない。
【藤本】という者から電話があった。
【木村】に代わってください。
【王】と申します。返金希望です。
【李明】と申します。
【金】様より解約の申し出。
【朴智恩】さんが予約した部屋。
フロントの【清水】がとても親切でした。
店員の【三浦】に相談した。
母(【佐野和子】)の契約を解約したい。
妻の【由美子】が申し込みました。
夫【大輔】名義の回線です。
【高木】店長の対応が良かった。
【菊池】部長にお伝えください。
住所変更 【野村 隆】様
【コバヤシ】様 折り返し希望
【ヤナギサワ】様より入電
フリガナは【イシカワ ミサキ】です。
宛名を【石川美咲】に直してください。
【石川美咲】の契約です。
【遠藤】から聞いた話と違う。
【岡田】と【近藤】の二人が来た。
差出人が【前田】になっている。
本人（【後藤】）確認済み
【長谷川】です、よろしくお願いします。
旧姓の【今井】で登録されている。
【松井】店員に言った。
義母の【中山和子】の代わりに電話した。
代理で息子の【隆】が連絡しています。
【サトウケンイチ】（42歳）
【ブラウン】様より入電。
【半田】様より入電。
【マキタ】様 折り返し希望
""".strip().splitlines()

STAYS = """
横浜です。
東京です。
普通です。
最高です。
大阪の店舗に行きました。
山口県に住んでいます。
千葉駅の近くのホテルに泊まった。
林の中にあるホテルで静かでした。
森の香りがした。
金額が違う。
高機能です。
原因は不明です。
清水寺の近くです。
松本城を見た。
福岡空港から近い。
ホンダの車に乗っています。
マツモトキヨシで買った。
アサヒビールが美味しい。
星野リゾートに泊まった。
佐川急便が来ない。
三井住友銀行の口座。
西田薬局の隣です。
朝食はバイキングです。
プレミアムプランです。
セレナに乗っている。
ディズニーランドに近い。
ホテルグレイスリー新宿に宿泊。
川崎から電話しています。
上野まで歩いて行ける。
部屋の担当者が変わった。
サポート担当より連絡があった。
カスタマーセンターより
新時代の到来だ。
全商品が対象です。
南側の窓が開かない。
白い壁が汚れていた。
高品質な製品です。
安心感があった。
画面の中央に表示される。
三島の鰻は美味しい。
担当の方が親切だった。
担当の変更を希望。
担当部署より折り返し。
担当が不在でした。
本人確認ができない。
受付：午前9時
対応：返金
確認：済み
記録：なし
ルーターの設定です。
アマゾンギフト券です。
小野薬品の薬です。
長野の旅館に泊まりました。
ゴールドカードです。
エラーです。
マイページです。
いいです。
女性店員の態度が悪い。
コンビニ店員に聞いた。
東京の店員
旧姓から変更したい。
駅の係員に聞いた。
ブラウンの髭剃りが壊れた。
プリウスに乗っている。
無理です。
だめです。
王様のような気分。
サポセン様の対応
3日目後位に届いた。
星野リゾートの予約
ロールキャベツ・セットを注文
アイス・コーヒーが苦い
スマホ・タブレットの両方で見た
サッカー選手権を見た
娘の誕生日に使いました
母の日に贈りました
夫と二人で泊まりました
父は喜んでいました
息子は大満足でした
担当（不明）
大平洋側のホテル
全会員向けの案内
高校生の娘
""".strip().splitlines()

RUN = re.compile("【(.*?)】")


def plain(marked):
    """Give the text without its brackets and where the names are in it."""
    spans, text, last = [], "", 0
    for match in RUN.finditer(marked):
        text += marked[last : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        last = match.end()
    return text + marked[last:], spans


@pytest.mark.parametrize("marked", NAMED)
def test_people_are_found_whole(marked):
    text, spans = plain(marked)
    found = [(s.start, s.end) for s in find_pii(text) if s.kind == "name"]
    assert spans
    for start, end in spans:
        assert any(a <= start and end <= b for a, b in found), found


@pytest.mark.parametrize("marked", NAMED)
def test_little_more_than_the_name_is_masked(marked):
    text, spans = plain(marked)
    found = [(s.start, s.end) for s in find_pii(text) if s.kind == "name"]
    assert sum(b - a for a, b in found) <= sum(b - a for a, b in spans) + 1


@pytest.mark.parametrize("text", STAYS)
def test_what_is_named_like_people_stays(text):
    assert mask_pii([text]) == [text]


@pytest.mark.parametrize("family", ["髙橋", "山﨑", "渡邉", "渡邊", "齋藤", "濵田", "德永"])
def test_forms_of_kanji_that_no_dictionary_has(family):
    assert family not in mask_pii([f"{family}様より入電。担当は{family}でした。"])[0]
