from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.text import as_analysed, normalize, normalize_text
from vocmine.text.lookalikes import put_right

MEANT = """
ぺダル ペダル
へルメット ヘルメット
左のへッド 左のヘッド
べビーカー ベビーカー
ぺプロ錠 ペプロ錠
ブルべの色 ブルベの色
りモコン リモコン
アプりが アプリが
ロりポップ ロリポップ
力ード カード
充電力バー 充電カバー
会員力ード 会員カード
工アコン エアコン
工アーポット エアーポット
口ッカー ロッカー
プ口フィール プロフィール
モ二ター モニター
二ット帽 ニット帽
デー夕が データが
夕ブレット タブレット
八ンドル ハンドル
ソフ卜 ソフト
サ一ビス サービス
フィルタ一が フィルターが
ぺ一パーフィルタ一 ペーパーフィルター
ポイント力―ド ポイントカード
デ-タ データ
電カ会社 電力会社
入ロの工事 入口の工事
エ事 工事
タ方 夕方
すベて すべて
食ベる 食べる
店ヘ行く 店へ行く
"""
KEPT = """
電力カット 省電力カメラ 人口ロボット 入力エラー 再入力エラー 出力ロス 夕食 リハビリ 一回 ヘアへのダメージ コンビニへ コンビニへアクセス サポートへメール
口コミ 口コミサイト 八ヶ岳 二カ月 三カ月 十二ポイント 二ページ 八ポイント セット一つ フィルタ一つ カード一枚 データ一覧 サーバ一台 メール一通 サボり パクり
コミュ力が高い メンタル力アップ カバー力が 食べログ 調べツール 予約ありスマホ ゆったりソファ メーカーへTEL プラン-オプション ドライ-R 山口コウジ ツアー二日目
タイプ一とタイプ二 へー、そう すべりドメ なべフタ べんりカード 火力コンロ 窓口スタッフ 蛇口ホース エアコン工事 ガス口 モバイルバッテリー二個 三カ国
"""


@pytest.mark.parametrize("line", MEANT.split("\n")[1:-1])
def test_what_was_meant(line: str) -> None:
    seen, meant = line.split()
    assert put_right(seen) == meant
    assert put_right(meant) == meant


@pytest.mark.parametrize("text", KEPT.split())
def test_what_makes_sense_stays(text: str) -> None:
    assert put_right(text) == text


def test_places_and_terms_are_kept() -> None:
    found = normalize("<b>工アコン</b>の力ード")
    assert found.text == "エアコンのカード"
    assert found.span(0, 4) == (3, 7)
    terms = as_analysed(["へッドホンの右が鳴らない", "ヘッドホンの右が鳴らない"])["terms"].tolist()
    assert terms[0] == terms[1]


@given(st.text("アエカコサータへべりぺ力工口二夕八卜一-―のが月電。aー1", max_size=12))
def test_lengths_stay_and_both_paths_agree(text: str) -> None:
    assert len(put_right(text)) == len(text)
    assert normalize(text).text == normalize_text(text)
