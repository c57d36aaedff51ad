"""A hundred sentences with the thing each speaks of and how, in Japanese (by GiNZA's parse) and English (by near words)."""

from __future__ import annotations

import pytest

from vocmine.classify import aspects

# thing +: the text says something good of it; thing -: something bad
JAPANESE = """
料金が高い | 料金 -
通信速度が遅い | 速度 -
アプリがすぐ落ちる | アプリ -
画面が見やすい | 画面 +
オペレーターの対応が親切でした | 対応 +
電話がなかなかつながらない | 電話 -
バッテリーの減りが早すぎる | 減り -
店員さんがとても丁寧だった | 店員 +
部屋は広くて快適でした | 部屋 +
朝食がおいしかった | 朝食 +
駅から近くて便利なホテルでした | ホテル +
お風呂が汚かった | 風呂 -
荷物がまだ届きません | 荷物 -
梱包が雑だった | 梱包 -
説明書が分かりにくい | 説明書 -
操作が簡単で気に入っています | 操作 +
ログイン画面が固まる | ログイン画面 -
請求額が間違っている | 請求額 -
サポートの返信が早くて助かった | 返信 +
カメラの画質が良い | 画質 +
音質が悪い | 音質 -
充電ケーブルがすぐ壊れた | 充電ケーブル -
デザインは好きだが重さが気になる | デザイン +
価格は安いけれど品質が悪い | 品質 -
味は良いが量が少ない | 量 -
スタッフの笑顔が素敵でした | 笑顔 +
丁寧な説明に感謝しています | 説明 +
親切な運転手さんでした | 運転手 +
広告が多すぎてうっとうしい | 広告 -
手続きが面倒です | 手続き -
解約の手続きが分かりにくい | 手続き -
予約システムが使いにくい | 予約システム -
ポイントが反映されない | ポイント -
パスワードの再設定ができない | 再設定 -
配達員の態度が悪い | 態度 -
注文した商品が壊れていた | 商品 -
冷房が効かなくて暑かった | 冷房 -
Wi-Fiが遅くて使えない | Wi-Fi -
店内が清潔で気持ちよかった | 店内 +
待ち時間が長すぎる | 待ち時間 -
窓口の案内が分かりやすかった | 案内 +
新しい機能が便利です | 機能 +
アップデート後に動作が重くなった | 動作 -
通知が来なくて困っています | 通知 -
電気代が高くなった | 電気代 -
スープがぬるかった | スープ -
先生の説明が分かりやすくて安心しました | 説明 +
イベントが楽しかった | イベント +
運営の対応が遅い | 対応 -
ガチャの確率が渋すぎる | 確率 -
機内食が美味しかった | 機内食 +
座席が狭くて疲れた | 座席 -
送料が無料で嬉しい | 送料 +
色が写真と違う | 色 -
サイズがぴったりでした | サイズ +
接続が不安定です | 接続 -
フロントの方の対応が素晴らしかった | 対応 +
景色は最高でしたが食事が残念でした | 食事 -
故障の修理が早かった | 修理 +
電波が弱くて通話が途切れる | 電波 -
"""
ENGLISH = """
The staff was friendly | staff +
The room was dirty | room -
Great location | location +
The delivery was late | delivery -
The app crashes every time | app -
Terrible customer service | service -
The food was delicious but the service was slow | food +
The wifi keeps dropping | wifi -
My bill is wrong | bill -
The screen is beautiful | screen +
The battery dies in two hours | battery -
Horrible hold music and rude agents | agents -
The agent was very patient and helpful | agent +
Easy checkout process | checkout +
The instructions were confusing | instructions -
The seats were uncomfortable | seats -
I love the new design | design +
I hate the new layout | layout -
The price is too high | price -
Excellent sound quality | quality +
The website is slow | website -
The packaging was damaged | packaging -
Their support team was amazing | team +
The driver was rude | driver -
The flight was delayed | flight -
Bad signal at home | signal -
The breakfast was excellent | breakfast +
The pool was filthy | pool -
The crew was wonderful | crew +
Poor communication from the airline | communication -
The update ruined everything | update -
Fast delivery and good packaging | delivery +
The charger stopped working | charger -
The doctor was kind | doctor +
The bathroom smelled awful | bathroom -
Beautiful view from the balcony | view +
The interface is easy to use | interface +
The refund never arrived | refund -
The bed was very comfortable | bed +
The parking was expensive | parking -
"""


def rows(block: str) -> list[tuple[str, str, str]]:
    parsed = []
    for line in block.strip().splitlines():
        text, said = line.split(" | ")
        thing, sign = said.rsplit(" ", 1)
        parsed.append((text, thing, "positive" if sign == "+" else "negative"))
    return parsed


def share_right(block: str) -> float:
    """Give the share of sentences whose thing (alone or as the end or part of a compound) and side were found."""
    table = rows(block)
    found = aspects([text for text, _, _ in table])
    right = 0
    for row, (_, thing, sentiment) in enumerate(table):
        mine = found[(found["row"] == row) & (found["sentiment"] == sentiment)]
        right += any(aspect.endswith(thing) or thing in aspect.split() for aspect in mine["aspect"])
    return right / len(table)


@pytest.mark.filterwarnings("ignore")
def test_nine_of_ten_japanese_sentences_are_right() -> None:
    assert len(rows(JAPANESE)) >= 60
    assert share_right(JAPANESE) >= 0.90


def test_nine_of_ten_english_sentences_are_right() -> None:
    assert len(rows(ENGLISH)) >= 40
    assert share_right(ENGLISH) >= 0.90
