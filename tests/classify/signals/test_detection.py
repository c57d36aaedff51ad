"""Signals: tables of sentences that carry each, and of near misses that only look so."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.classify import detect_signals
from vocmine.classify.sentiment.pretrained import judge
from vocmine.classify.signals import tag, tag_kinds
from vocmine.frames import SIGNALS
from vocmine.text import as_analysed

PRESENT = {
    "harassment": """
「ぶっ殺すぞ」と脅された
土下座しろと要求
お前は頭が悪いのか、このクズ
性的な発言を繰り返すため終話
4時間にわたりオペレーターを拘束
I know where you live
Caller threatened to kill the agent
You stupid bitch
""",
    "churn": """
解約したいです
今月末で解約をお願いします
他社に乗り換えることにしました
もう他の会社に変えます
次からは利用しません
二度と使いません
定期便をやめたいです
アンインストールしました
退会を検討しています
乗り換えを考えています
I want to cancel my subscription
I am switching to another provider
I will never buy from you again
We are closing our account
You have lost a customer
I am taking my business elsewhere
I just uninstalled it
Done with this company
""",
    "escalation": """
消費者センターに相談します
弁護士に相談することにしました
責任者を出してください
上司に代わってください
SNSに書き込みます
ネットに晒しますよ
法的措置を取ります
警察に被害届を出します
国民生活センターに連絡しました
社長に伝えてください
I want to speak to a manager
Get me your supervisor
My lawyer will be in touch
I am filing a complaint with the BBB
I will post this all over social media
See you in small claims court, this means legal action
I have started a chargeback
I reported you to the FCC
""",
    "effort": """
何度も電話しています
これで3回目の問い合わせです
たらい回しにされました
一時間待っても誰も出ない
同じ説明を何度もさせられた
三十分も待たされた
五回も連絡したのに返事がない
やっとつながったと思ったら切れた
何回設定しても駄目です
別の窓口に電話しろと言われた
I have called five times already
This is the third time I am contacting you
I have been on hold for 45 minutes
I was transferred between departments
I keep getting disconnected
Still waiting for a reply
I cannot get through to anyone
Three different agents gave me three answers
""",
    "request": """
返金してください
領収書を送っていただけますか
もっと文字を大きくしてほしい
住所変更をお願いします
検索機能があると嬉しいです
折り返し電話をください
プランを変更したいです
早く直してもらいたい
並べ替えができるようにしてください
コンセントがもう一つあれば良かった
Please send me a copy
Can you change my seat
It would be nice to have a dark mode
I would like to cancel my order
You should add a search box
Could you call me back
I need a new card
There should be a way to export
""",
    "question": """
営業時間は何時までですか
使い方を教えてください
送料はいくらでしょうか
この機種でも使えますか？
返品の方法が知りたいです
いつ届きますか
解約するにはどうすればいいですか
必要な書類は何ですか
How do I reset my password?
When will my order arrive
Is breakfast included?
What is the fee for a transfer
Could you tell me how it works
Where can I find my invoice
I was wondering if you ship abroad
Do you have a store in Leeds?
""",
    "complaint": """
アプリがすぐ落ちます
荷物が届きません
店員の態度が悪い
二重に請求されています
電話がつながらない
部屋が汚かった
説明が全くなくて困りました
料金が高すぎる
The app keeps crashing
My bag was lost
The agent was rude
I was charged twice
Nobody answers the phone
The room was dirty
Worst service ever
It stopped working after a week
""",
    "praise": """
とても丁寧な対応でした
買ってよかったです
スタッフが親切で助かりました
最高のホテルでした
使いやすくて気に入っています
料理が美味しかった
迅速に対応していただき感謝しています
Great service, thank you
I love this app
The staff were so friendly
Best purchase this year
Highly recommend
Super fast delivery, very happy
The view was beautiful
""",
}
ABSENT = {
    "harassment": """
責任者を出してください
このアプリはゴミです
死ぬほど美味しかった
殺虫剤の在庫はありますか
店員に怒鳴られた
2時間待たされた
This app is trash
The kill switch does not work
I want to speak to a manager
Your agent called me an idiot
""",
    "churn": """
解約したくありません
違約金はいくらですか
解約するつもりはありません
東京駅で乗り換えました
電車の乗り換えに手間取りました
キャンセル料はかかりますか
また利用したいです
住所を変更しました
他の店より安い
契約内容を確認したい
I have no plans, I am not going to cancel
What is the cancellation fee?
They cancelled my flight
The switch on the lamp is broken
I will stay here again
We moved to a new house
Can I switch rooms
I closed the window
""",
    "escalation": """
弁護士費用特約について知りたい
インスタで見て買いました
店長さんがとても親切でした
警察署の隣にあります
SNSで話題の商品です
支配人の方が丁寧に対応してくださった
レビューを見て決めました
本社は東京です
責任感のある対応でした
法人契約です
The manager was very kind
I saw it on Instagram
I am a lawyer by trade
Social media is fun
The court was next to the hotel
We played on the tennis court
The news was on TV
I called reception
""",
    "effort": """
何度でも食べたい
三回目の宿泊です
待たされることなく案内された
何度も行きたい店です
一時間ほど散歩しました
電話がすぐにつながりました
二回利用しました
3日間滞在しました
毎日使っています
10分で着きました
I have stayed here many times
We visited three times last year
The flight took two hours
It is my second visit
I use it every day
Two of us shared a room
I enjoyed it again and again
It was ready in ten minutes
""",
    "request": """
よろしくお願いします
また来たいです
応援しています、頑張ってください
ぜひ行ってみてください
買わないでください
お気をつけてお越しください
また泊まりたいと思います
部屋は三階でした
教育が行き届いている
昨日届きました
I would highly recommend it
Yes please, it was great
I am pleased with it
It arrived yesterday
We would definitely stay again
Please avoid this place
The room was on the third floor
Can you believe it
""",
    "question": """
住所を変更しました
どうなってるんですか
美味しかったです
対応が遅い
ふざけているのか
間違いではないでしょうか
良いのかと思いました
返金してください
It arrived on Monday
Are you kidding me?
I moved last week
The staff was rude
I love it
Please cancel my order
What a view
How lovely
""",
    "complaint": """
住所を変更しました
問題ありません
とても満足です
営業時間を教えてください
よろしくお願いします
不満はないです
待たされることなく快適でした
ダークモードを追加してほしい
I moved last month
No problems at all
Great service
What are your hours?
Please send the invoice
I have no complaints
It comes in two colours
The flight is on Friday
""",
    "praise": """
楽しくなかった
美味しいとは言えない
もっと安いと嬉しい
住所を変更しました
良いところが一つもない
親切ではなかった
期待していたのに残念
Not happy at all
It was not clean
It would be great to have a filter
Thanks for nothing
I moved last month
Great, another delay
Good morning
""",
}


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


@pytest.mark.parametrize("signal", sorted(PRESENT))
def test_nine_of_ten_that_carry_it_are_found(signal: str) -> None:
    texts = lines(PRESENT[signal])
    scores = detect_signals(texts)[signal]
    missed = [text for text, score in zip(texts, scores, strict=True) if score < 0.5]
    assert len(missed) <= 0.10 * len(texts), missed


@pytest.mark.parametrize("signal", sorted(ABSENT))
def test_nine_of_ten_near_misses_are_passed_over(signal: str) -> None:
    texts = lines(ABSENT[signal])
    scores = detect_signals(texts)[signal]
    wrong = [text for text, score in zip(texts, scores, strict=True) if score >= 0.5]
    assert len(wrong) <= 0.10 * len(texts), wrong


def test_columns_range_and_index() -> None:
    series = pd.Series(["解約したい", None, ""], index=["a", "b", "c"])
    scores = detect_signals(series)
    assert scores.columns.tolist() == list(SIGNALS)
    assert scores.index.tolist() == ["a", "b", "c"]
    assert scores.to_numpy().min() >= 0
    assert scores.to_numpy().max() <= 1


def test_nothing_gives_nothing() -> None:
    assert detect_signals([]).shape == (0, len(SIGNALS))
    assert tag([]).columns.tolist() == ["row", "label", "score", "evidence"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=5))
def test_a_text_alone_is_as_in_a_batch(texts: list[str]) -> None:
    whole = detect_signals(texts).to_numpy()
    alone = [detect_signals([text]).to_numpy()[0] for text in texts]
    assert all(np.array_equal(a, b) for a, b in zip(whole, alone, strict=True))


def test_tags_are_the_scores_above_half_with_words() -> None:
    texts = ["もう3回目の電話です。解約したい", "住所を変更しました"]
    tags = tag(texts)
    scores = detect_signals(texts)
    assert {(r.row, r.label) for r in tags.itertuples()} == {
        (i, name) for i in range(2) for name in SIGNALS if scores.iloc[i][name] >= 0.5
    }
    assert tags.loc[tags.label == "churn", "evidence"].tolist() == ["解約したい"]
    assert tags.loc[tags.label == "effort", "evidence"].str.contains("3回目").all()


def test_tags_of_all_kinds_come_from_one_reading() -> None:
    analysed = as_analysed(["三回も電話しました。「殺すぞ」との発言", "簡単に手続きできた", "住所を変更しました"])
    signals, efforts, abuse = tag_kinds(analysed, judge(analysed["text_clean"].tolist()))
    assert signals.drop(columns=["kind", "source"]).equals(tag(analysed))
    assert efforts[["row", "label", "kind"]].values.tolist() == [[0, "2", "effort"], [1, "-1", "effort"]]
    assert abuse[["row", "label", "kind", "source"]].values.tolist() == [[0, "threat", "harassment", "rule"]]
    assert set(efforts.columns) == set(abuse.columns) == set(signals.columns)


def test_very_long_text_ends() -> None:
    assert len(detect_signals(["何度も電話しています。" * 3000])) == 1


MENDS = ["改善してください", "早急に対応してほしい", "いい加減にしてください", "修正お願いします", "Please fix this app"]
WISHES = ["返金してください", "検索できるようにしてほしい", "この機種にも対応してほしい", "日程変更お願いします", "並び順を選べるとよい"]
NO_WISHES = ["部屋を広い方に変更してくださいました", "もう少し広かったら良かった", "いつも笑顔で迎えてくださいます"]


def test_a_call_to_mend_is_a_complaint_and_no_request() -> None:
    assert (detect_signals(MENDS)["request"] < 0.5).all()
    assert (detect_signals(NO_WISHES)["request"] < 0.5).all()
    assert (detect_signals(WISHES)["request"] >= 0.5).all()
