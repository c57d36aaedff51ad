"""Fault words that are only asked about or explained weigh little; a trouble that is reported keeps its weight."""

from __future__ import annotations

import pytest

from vocmine.classify import SentimentClassifier, detect_signals
from vocmine.classify.sentiment.polarity import sentence_hits

ASKED = """
延滞した場合の利息について照会
破損時の補償の範囲を案内
盗難補償の有無を質問
乗り遅れた際の払戻の可否を確認したいとの入電
故障診断の費用の問合せ、三千円と案内
苦情窓口の受付時間を質問
鍵をなくしたらどこに届ければいいですか
落としたときの修理代はいくらですか
使い方がわからないとの問合せ、手順を案内
欠航になったらお金は戻りますか
What happens if my parcel is damaged?
Where do I report a stolen card?
Caller asked about the penalty for late filing.
Mbr asked whether theft is covered, advised yes.
""".strip().splitlines()
REPORTED = """
荷物が届かないと問合せ
エラーが出て進めないとの問合せ
画面が割れているとの申告、修理を案内
お湯が出ないとのこと、業者を手配
二重に引き落とされていると照会
説明がないとお怒り
強い口調で回答を求められる
Caller says the card was stolen and nobody helped.
How is this still broken?
Why was I charged twice?
""".strip().splitlines()


@pytest.mark.parametrize("text", ASKED)
def test_what_is_only_asked_about_is_neutral(text: str) -> None:
    assert SentimentClassifier().predict([text])[0] == "neutral"
    assert detect_signals([text])["complaint"].iloc[0] < 0.5


@pytest.mark.parametrize("text", REPORTED)
def test_what_is_reported_stays_bad(text: str) -> None:
    assert SentimentClassifier().predict([text])[0] == "negative"


def test_the_clause_before_the_agents_answer_keeps_its_weight() -> None:
    assert sentence_hits("水漏れ、業者を案内")[0].score == sentence_hits("水漏れ")[0].score
    assert abs(sentence_hits("水漏れ時の連絡先を案内")[0].score) < 0.3
