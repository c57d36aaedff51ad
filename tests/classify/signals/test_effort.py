"""Grades of effort: tables of sentences by grade."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.classify import detect_signals, effort_grades
from vocmine.classify.signals.effort import GRADES, effort_frame, read_effort
from vocmine.classify.signals.pattern_file import TextReading

BY_GRADE = {
    -2: """
ログインから申込完了まで一瞬でびっくり
電話一本ですべて片付いた
チャットで聞いたら秒で解決
手続きがあまりに簡単で驚いた
一回で直った
The claim took two minutes, ridiculously easy
Fixed on the first call in no time
Returning it couldn't have been simpler
予約から受診まで全部スマホで完結、驚くほどラク
5分で口座が開けた
問い合わせたら即レスで即解決
説明書いらずで一瞬で組み上がった
Took me thirty seconds to switch plans
One quick chat and it was sorted
10秒で終わった、こんなに楽だとは
一度の電話で全部解決、ありがとう
So simple my grandma did it in two minutes
""",
    -1: """
申込はスムーズでした
案内がわかりやすくて迷わなかった
待つことなく窓口に通された
面倒な書類もなく終わりました
Setup was pretty straightforward
No need to call anyone, it just went through
Checkout was smooth
返品の流れがわかりやすくて安心
来店不要で手続きできたのは楽でした
引っ越しの手続き、思ったよりスムーズに終わった
Cancelling was simple enough
I got through without any wait
The steps were clear and easy to follow
迷わず申請できました
窓口で待たずに済んだ
Pretty painless process overall
""",
    0: """
料金プランを教えてください
簡単な英語なら話せます
二度目の購入です
何度でも遊びたい
二時間の映画を見ました
荷物は3日で届きました
Is there an easy way to contact you?
I called my sister about it
The simple design looks nice
We waited at the gate and boarded
10分おきに運行しています
3回払いにできますか
簡単なアンケートに答えました
駅から歩いて5分
また電話してもいいですか
毎日この番組を聞いています
Can you hold my order until Friday?
Waiting for the summer sale
I called a cab after dinner
駅で30分待ち合わせをしました
3回目の緊急事態宣言のころに契約
毎日メールマガジンを送ってほしい
How many times can I change my address?
I will call again next year to book
""",
    1: """
問い合わせ先を見つけるのに手間取った
同じ書類を出し直すことになった
説明書がわかりづらくて設定に時間がかかった
前にも電話したのですが、もう一度お願いします
Had to look through three pages to find the form
I had to call a second time
The instructions were confusing
Took a while to get an answer
問い合わせフォームがなかなか見つからなかった
専門用語だらけで何を書けばいいか迷った
本人確認で2回はじかれてやっと通った
営業所まで出向かないといけないのが面倒
返事が来るまで少し待たされました
The form kept erasing my answers so I had to start over
Had to ask twice before they understood
Menu is confusing, couldn't find the cancel page
どの窓口に聞けばいいのかわからず調べました
書類を二度出し直した
Took two attempts to log in
hard to find a phone number on your site
""",
    2: """
先週から毎日電話してるのに誰も出ない
窓口を三か所も回された
4回同じことを説明しました
2時間保留のまま切られた
再三の督促にもかかわらず返答なし
もう5通もメールしてるのに無視
This is my sixth email about the same refund
Passed from one department to the next all afternoon
Spent three hours on hold and nobody picked up
Had to explain everything all over again to every agent
been chasing this for two months
もう5回もメール送ってるのに自動返信だけ
総合窓口→支店→本部→また総合窓口、誰に聞いても同じ説明をやり直し
1時間半待ってようやく呼ばれた
3週間前から問い合わせてるのに進展なし
電話のたびに一から事情を話すのに疲れました
4th email, still nobody replies
Forty minutes on hold, then cut off, three days in a row
I have explained my issue to every single agent
been passed between billing and tech all week
電話8回、メール3通、いまだ返答なし
担当が変わるたび最初から説明させられる
45分待たされた挙げ句に切断
I've been transferred six times today
Third week of waiting for someone to call me back
""",
}


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


@pytest.mark.parametrize("grade", sorted(BY_GRADE))
def test_sentences_have_their_grade(grade: int) -> None:
    texts = lines(BY_GRADE[grade])
    table = effort_grades(texts)
    got = dict(zip(table["row"], table["grade"], strict=True))
    assert [(text, got.get(i, 0)) for i, text in enumerate(texts) if got.get(i, 0) != grade] == []


def test_the_signal_is_present_where_the_grade_is_above_zero() -> None:
    texts = [text for block in BY_GRADE.values() for text in lines(block)]
    table = effort_grades(texts)
    high = set(table.loc[table["grade"] > 0, "row"])
    assert set((detect_signals(texts)["effort"] >= 0.5).to_numpy().nonzero()[0]) == high
    assert set(table["grade"]) <= set(GRADES)


def test_denied_effort_is_ease_and_high_effort_wins() -> None:
    grades = effort_grades(["たらい回しにされることもなく終わった", "やっとつながったが、簡単でした。五回も電話した", "二回目の電話で一発で直った"])
    assert grades["grade"].tolist() == [-1, 2, -2]
    assert grades["evidence"].str.len().min() > 0


def test_nothing_gives_nothing() -> None:
    table = effort_grades([])
    assert table.columns.tolist() == ["row", "grade", "evidence"]
    assert len(effort_grades(["", "住所を変更しました"])) == len(effort_frame([])) == 0
    assert read_effort(TextReading("")).grade == 0
    assert effort_grades(pd.Series(["たらい回し"], index=["a"]))["row"].tolist() == [0]
