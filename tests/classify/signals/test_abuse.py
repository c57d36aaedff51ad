"""Harassment by kind, and harmless uses, fair anger and harassed customers that are none."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from vocmine.classify import detect_signals, harassment
from vocmine.classify.signals.abuse import Harassment, harassment_frame
from vocmine.frames import HARASSMENT_KINDS

BY_KIND = {
    "threat": """
お前の会社に火をつけてやるからな
今から刺しに行くぞ
夜道に気をつけろよ
「ぶっ殺す」等の発言あり、警告のうえ終話
I know where you live and I will hurt you
You'd better watch your back
お前らまとめて殴りに行くからな
「家まで行くぞ」「子供の学校も知ってる」との発言、上席へ報告
配達員の顔覚えたからな、ただじゃおかねえぞ
said he would come down and burn the branch to the ground
I swear I'll beat you up if I see you
「お前の顔覚えたぞ」「帰り道気をつけろ」と凄まれた
電話口で「会社ごと潰してやる」と怒鳴る
Caller said he'd shoot up the office
""",
    "insult": """
オペレーターに対し「能無し」「給料泥棒」と罵倒
お前みたいなクズは人間のゴミだ
ばばあ、早くしろよ
You stupid bitch, do your job
Caller called agent a f***ing moron
電話口の女、頭わいてんのか
「ハゲ」「死ね」などの罵声を浴びせられ終話
おまえ脳みそ入ってんのか、このボケ
you people are a bunch of retards
Cust swore at agent, called her a useless cow
担当者を「無能」「クズ」と繰り返し罵倒
おい小娘、バカじゃねえの
he kept calling me a dumb b*tch
""",
    "sexual": """
女性担当者に今どんな下着かと繰り返し質問
彼氏いるの？今度ホテル行こうよ
Caller made sexual comments to the agent
what are you wearing sweetheart
オペレーターに対し「今夜空いてる？」「胸大きい？」等の発言
性的な質問を繰り返すため警告後切断
お姉さん可愛い声だね、スリーサイズ教えて
Caller breathing heavily and asking agent about her underwear
Male caller asked rep if she was single and wanted to meet at a hotel
「彼氏はいるのか」「家に行っていいか」としつこく聞かれた
卑猥な言葉を発したため通話終了
Asked the nurse to describe her body
""",
    "demand": """
店頭で土下座を強要
その社員を今すぐクビにしろ
慰謝料100万円よこせと要求
自宅まで来て頭を下げろとの要求
Fire that idiot or I want ten thousand dollars
担当を解雇して社長名の詫び状を持ってこいとの要求
深夜に自宅へ謝罪に来いと執拗に要求
詫びとして50万円を要求
その場で土下座しろと怒号
Demands $50,000 and the clerk's termination over a late pizza
土下座動画を送れと要求
誠意を見せろ、金を持ってこい
Wants the driver sacked and a personal apology at his door
""",
    "holding": """
3時間以上電話を切らせず同じ主張を繰り返す
本日27回目の入電、内容は同じ
Customer kept agent on the line for over three hours shouting
窓口に居座り閉店後も退去せず
4時間にわたり窓口で怒鳴り続け業務に支障
一日に40回以上の入電、内容は無言または罵声
同一人物から執拗な架電、受電拒否設定を検討
Refused to leave the branch after closing, police called
5時間居座り、営業妨害
通話3時間超、終話を申し出るも応じず
Same caller rang 60 times today screaming
""",
}
NONE = """
責任者を出してください、納得できません
このゲームの運営は無能、最悪のアプリ
死ぬほどおいしいラーメンでした
殺虫剤の使い方を教えてください
電話が2時間つながらなかった
もう何度も電話しています、いい加減にしてください
首が痛くて枕を交換したい
下着のサイズ交換をお願いします
慰謝料特約の補償額を知りたい
謝罪してほしいです
ホテル行こうと思ったら予約が取れなかった
火をつけると煙が出る、コンロの点検希望
ゴミの収集日はいつですか
バカ売れしていると聞いて買いました
刺身が新鮮でした
弁護士に相談して訴えます
This killer deal blew me away
The app is stupid and useless, refund me
I'd kill for another slice
My sexy new phone case arrived
I was on hold for three hours
What are your opening hours, sweetheart of a shop!
The shirt I am wearing has a hole
Stop being so slow, I want my money back
店長に謝ってほしい、本当に不愉快でした
店員に「帰れ」と怒鳴られました。二度と行きません
殺到する注文で遅れているとのこと
死角がないドラレコを探しています
ゴミみたいな画質、返品したい
お前誰やねんみたいなキャラが好き
胸のサイズが合わないので交換したい
今夜空いている部屋はありますか
50万円の冷蔵庫を買いました
家まで来て修理してもらえますか
3時間待っても呼ばれず怒っています
社員を大事にしない会社だと思う
土下座のポーズの置物を購入
パンツの色違いを追加で注文
バカンスの予約を変更したい
刺激の強い味で痛い目にあった
I'm so mad I could scream, nobody answers
You guys killed it, great show
The stupid update broke my phone
Hot and sexy red dress, fits well
I will find you a five star review if this works
Fire the coach already lol, tickets please
Your service is pathetic and I want compensation
Held for two hours at customs with my parcel
責任者に謝罪してほしい。土日も対応してほしい
刺すような痛みがあり受診
彼氏へのプレゼントを探しています
この値段はばかげている、返金して
殺風景な部屋でした
2時間居座れるカフェ、最高
無能な運営、早く直して
慰謝料請求に使う診断書がほしい
首を長くして待っています
You are amazing, thank you
My dog is a stupid cutie in this costume
The fire alarm in my room went off twice
I was kept on hold for an hour, unacceptable
What should I be wearing to the gala dinner?
死ぬほど美味しい
キルスイッチの押し方を教えて
店員に暴言を吐かれたとのご指摘
配達員から怒鳴られ不快とのこと
責任者を出せ、話にならない
この機種はゴミ、二度と買わない
運営は無能だと思います
何十回電話してもつながらない
お詫びの品をいただきたいとは思いませんが説明してほしい
Your driver swore at me and called me an idiot
This app is trash and so is the update
The service desk kept me waiting for three hours
I demand a refund of $40
My kid killed it at the recital in your costume
Shoot me an email when it ships
"""


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


@pytest.mark.parametrize("kind", HARASSMENT_KINDS)
def test_each_kind_is_found_and_named(kind: str) -> None:
    texts = lines(BY_KIND[kind])
    table = harassment(texts)
    found = set(table.loc[table["kind"] == kind, "row"])
    assert [text for i, text in enumerate(texts) if i not in found] == []
    assert table["score"].between(0.5, 1).all()
    clean = [normalize("NFKC", text) for text in texts]
    assert all(words.split(" / ")[0] in clean[row] for row, words in zip(table["row"], table["words"], strict=True))


def test_fair_anger_and_harmless_uses_are_none() -> None:
    table = harassment(lines(NONE))
    assert [(lines(NONE)[row], words) for row, words in zip(table["row"], table["words"], strict=True)] == []


def test_the_signal_is_the_highest_score_with_the_words() -> None:
    texts = ["お前の家に火をつけてやる。このクズが", "住所を変更しました"]
    table = harassment(texts)
    assert table["kind"].tolist() == ["threat", "insult"]
    assert detect_signals(texts)["harassment"].tolist() == [table["score"].max(), 0.0]


def test_nothing_gives_nothing() -> None:
    assert harassment([]).columns.tolist() == ["row", "kind", "score", "words"]
    assert len(harassment(["", None])) == 0
    assert harassment_frame([[Harassment("demand", 0.9, "土下座しろ")]]).loc[0].tolist() == [0, "demand", 0.9, "土下座しろ"]
