"""Requests in the style of notes: who asks is told by the clause."""

from __future__ import annotations

import pytest

from vocmine.classify.sentiment.script_patterns import script_of
from vocmine.classify.signals.noun_requests import noun_requests

CUSTOMER_ASKS = """
保証書の再発行依頼。本日投函
証明書の英訳希望、納期を案内
配達日の前倒しを求められる
チラシ投函停止の申し出あり
プラン変更の申込、書面発送
上限額の引上げを要望
回答を至急求める
不良品につき交換依頼との入電
営業所止めへの転送希望
当店での受取に変更希望されている
退会の申し出を受付、処理済
調査の依頼を受け折電予定
担当部署から本日中の折電要求
奥様より契約者名の変更申請を受領
修理受付済、訪問日調整中
延長したい旨の申出
"""
AGENT_ASKS_OR_NOBODY = """
お客様へ書類の返送をお願いした
物流へ再配達を依頼、回答待ち
当方より写真の送付を依頼
本人確認書類の提出依頼
メーカーに調査依頼中
留守電に折返しのお願いを残す
SMSにて入力の依頼を送信
希望日は特になし
希望小売価格の改定時期を照会
交換のご希望はないとのこと
返品希望か確認のため架電
依頼主の名前が違う
申請方法の質問
受付時間を案内
受付番号を失念
ログインの都度、認証を求められる
不具合の申し出
フレンド申請のやり方
ご要望に沿えず終話
折返し不要
"""


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


@pytest.mark.parametrize("text", lines(CUSTOMER_ASKS))
def test_the_customer_asks(text: str) -> None:
    found = noun_requests(text, script_of(text))
    assert found
    assert all(words in text for words in found)


@pytest.mark.parametrize("text", lines(AGENT_ASKS_OR_NOBODY))
def test_the_agent_asks_or_nobody(text: str) -> None:
    assert noun_requests(text, script_of(text)) == []


def test_an_english_text_has_none() -> None:
    assert noun_requests("Please send the invoice", script_of("Please")) == []
