"""More of what carries each signal and of what only looks so: call notes, chats, posts, in both languages."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.classify import detect_signals
from vocmine.contacts.adapters.transcripts import fold_turns

PRESENT = {
    "churn": """
契約を終了したいのですが
来月で光回線をやめたいです
MNP転出希望、予約番号を案内
他社に乗り換えたいので手続きを教えてください
解約希望。引っ越しのため
解約申出、違約金を説明済み
退会の申し込みを受付
今月いっぱいで解約でお願いします
どこから退会できますか
もう使わないので会員をやめます
引き止め案内するも意思固く解約受付
携帯の契約を打ち切りたい
母が亡くなったので解約の手続きをしたい
別の銀行に変えようと思います
二回線まとめて解約
保険の更新はしません
有料会員の登録を解除してください
解約ボタンが見つかりません
他のサービスに移ることにしました
番号を持って他社へ移りたい
Please close my account
How do I cancel my membership?
I want to cancel my broadband contract
Customer wants to terminate the service
Cancellation of the family plan at month end
Porting code issued to the customer
We have decided to switch providers
I found a cheaper provider so I am leaving you
Where can I cancel the subscription?
We will not be renewing our policy
""",
    "escalation": """
これ以上続くなら消費生活センターに行きます
弁護士を通して連絡します
上の方とお話しさせてください、上司を出してください
本社に直接クレームを入れます
口コミに書かせてもらいます
総務省に通報します
店長を呼んでください
訴えますよ
Put me through to your manager now
I will be contacting the ombudsman
I am going to take legal action
Expect a letter from my solicitor
I am telling everyone on Twitter about this
I filed a complaint with the attorney general
""",
    "effort": """
昨日から十回以上電話していますがつながりません
別の窓口に回されてまた最初から説明です
メールを三回送っても返事がありません
二週間待っても返信がない
何度ログインを試しても入れません
担当が変わるたびに一から説明させられる
一時間以上保留にされた
四回目の修理です
I have explained this to four different agents
Been on hold for over an hour
I have emailed three times with no reply
They keep transferring me from one department to another
I've been waiting two weeks for an answer
For the third time, my name is spelled wrong
""",
    "request": """
請求書を再発行してください
配達日を変更してもらえますか
キャンセルをお願いします
担当者から折り返しお願いいたします
文字サイズを選べるようにしてほしい
夜も営業してくれると助かります
見積もりがほしいです
カードの利用停止を希望します
Could you resend the confirmation email
I'd like a refund please
Please change my delivery address
It would be great if you added Apple Pay
Can I have a copy of my contract
I want to change my plan
""",
    "question": """
支払い期限はいつですか
手数料はかかりますか
在庫はありますでしょうか
どうやって設定するのですか
領収書はどこで印刷できますか？
何日くらいで届きますか
同じ住所で二つ契約できますか
対応機種を教えていただけますか
Is there a fee for cancelling
How long does delivery take
Can I pay in cash?
What documents do I need
Do I have to be at home
Which plan is the cheapest?
""",
    "complaint": """
ログインできず困っています
注文と違うものが届いた
三日も返信がありません
店員に無視された
勝手に解約されていた
解約したのに請求が来ています
説明と金額が違う
冷蔵庫が一か月で壊れた
工事の人が来ませんでした
ポイントが消えている
音が途切れて聞こえない
My parcel never arrived
I was overcharged again
The website is down
Your driver was rude to my mother
The battery lasts an hour
They ignored my email
""",
    "praise": """
丁寧に説明していただき助かりました
買い替えて正解でした
電話の方がとても親切でした
使いやすくて毎日使っています
想像以上に良い品でした
さすがの対応、感謝しています
配達員さんがいつも笑顔で気持ちがいい
おいしくて家族みんな喜んでいます
料金が安くなって満足です
The agent solved it in two minutes, thank you so much
Fantastic app, five stars
Your driver was lovely
Really pleased with the quality
I am impressed with how fast you replied
Well done, great support
""",
}
ABSENT = {
    "churn": """
解約料について教えてください
解約は考えていません
注文をキャンセルしたいです
解約金はいくらかかりますか
解約したのに請求が来ています
勝手に解約されていました
いつでも解約できますか
他社から乗り換えたいのですが
予約の取り消しをお願いします
タバコをやめたいです
メールの配信を止めてください
解約の意思はないとのこと
解約を取り消したいです
MNP転入の手続きを知りたい
友人が解約したと聞きました
新宿で乗り換えます
仕事を辞めたので住所が変わります
通知をやめたいです
キャンセル待ちはできますか
退会後のポイントはどうなりますか
I want to cancel my order
Please cancel the booking for Friday
Can I cancel at any time?
How do I cancel a transfer?
I have just switched to you from another carrier
I am not leaving, I only want a new plan
They cancelled my appointment
Is there a cancellation fee
I changed to another room
The meeting was cancelled
""",
    "escalation": """
弁護士をしています
消費者向けのキャンペーンですか
上司と二人で泊まりました
店長のおすすめを食べました
ネットで調べました
口コミが良かったので予約しました
警察の近くの店舗ですか
会社の社長が契約者です
My manager booked the room for me
The lawyer next door recommended you
I saw your post on Facebook
I work for the police
Our CEO likes your product
The news today was good
""",
    "effort": """
二回目の購入です
何度見ても飽きません
毎日お世話になっています
一週間ほど旅行しました
すぐに電話がつながりました
待たずに入れました
三日後に届きました
二人で利用します
We stayed there three times and loved it
It took ten minutes to set up
I called once and it was solved
Two weeks is enough for me
My third child was born
I go there every day
""",
    "request": """
お願いしていた書類が届きました
先日は変更していただきありがとうございました
昨日申し込みました
希望どおりの色でした
ご連絡をお待ちしております
頑張ってください
教え方が上手でした
変更できて助かりました
Thanks for changing it
It was changed yesterday
I would definitely buy it again
You should be proud
The requested item came
I was pleased to hear from you
""",
    "question": """
質問に答えてくれて助かりました
使い方が分かって良かったです
どれも美味しかった
何も言うことはありません
いつも利用しています
いつまで待たせるんだ
どうしてくれるんだ
教えてもらって解決しました
I asked and they answered
What a lovely place
How annoying
I know how it works
When I arrived it was closed
The question was answered
""",
    "complaint": """
三階の部屋を予約しました
電話番号が変わりました
お手数ですがよろしくお願いします
父の足が悪いので手すりのある部屋をお願いします
料金プランを教えてください
大変お世話になっております
恐れ入りますが、領収書をお願いできますか
禁煙の席でお願いします
窓側だと嬉しいです
母が高齢なので大きい文字の書類をください
豪華でなくて構いません
子どもが小さいので静かな席だと助かります
Could you send it to my office instead?
My mother has bad knees, could we sit downstairs?
Please hold my room, I will be there at nine
I have two bags
Is it possible to change the date?
""",
    "praise": """
ありがとうございますと言うだけで何もしない
丁寧な説明がほしかった
きれいな部屋を希望します
早く届くと助かります
親切とは程遠い
満足できませんでした
安くしてほしい
美味しいお店を教えてください
便利と聞いて契約したのに使えない
I expected better
It would be nice to have one
Not as good as it looks
Is it any good?
Great, it broke again
I want a good seat
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


def test_only_the_words_of_the_customer_count_in_a_chat() -> None:
    turns = pd.DataFrame(
        {
            "conversation_id": ["a"] * 4,
            "speaker": ["agent", "customer", "agent", "customer"],
            "text": [
                "大変お待たせして申し訳ございません。ご不便をおかけしております。責任者の佐藤です。",
                "住所の変更をお願いします",
                "何度もお電話をいただき恐縮です。解約のご希望でしょうか。",
                "いいえ、変更だけです",
            ],
            "seconds": [0, 10, 20, 30],
        }
    )
    scores = detect_signals(fold_turns(turns)).iloc[0]
    assert (scores[["complaint", "effort", "escalation", "churn"]] < 0.5).all()
    assert scores["request"] >= 0.5
