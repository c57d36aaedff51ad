"""Tags and explanations with the words that say so."""

from __future__ import annotations

import pandas as pd

SENTENCES = [
    ("先月分の料金が二重に請求されています", "billing.double_charge"),
    ("領収書の発行をお願いしたいのですが", "billing.invoice"),
    ("クレカが使えないと出て決済できません", "billing.payment_failed"),
    ("ポイントが付与されてないんだけど", "billing.points"),
    ("返金はいつになりますか", "billing.refund"),
    ("荷物が配達完了なのに届いてないです", "delivery.not_arrived"),
    ("届いた箱がつぶれて中身が割れていた", "delivery.damaged"),
    ("注文と違う色の商品が届きました", "delivery.wrong_item"),
    ("再配達をお願いします", "delivery.change"),
    ("何度やってもログインできない", "account.login"),
    ("パスワードを忘れてしまいました", "account.password"),
    ("SMSの認証コードが届かない", "account.verification"),
    ("アカウントが乗っ取られたかもしれない", "account.security"),
    ("アプリを開くとすぐ落ちる", "technical.app_crash"),
    ("Wi-Fiがつながらなくて困っている", "technical.connection"),
    ("夜は回線速度が遅すぎる", "technical.slow"),
    ("充電してもバッテリーがすぐ切れる", "technical.battery"),
    ("今月いっぱいで解約したいです", "contract.cancel"),
    ("安いプランに変更したい", "contract.plan_change"),
    ("この商品の在庫はありますか", "contract.stock"),
    ("サイズが合わないので返品したい", "contract.return"),
    ("電話が全然つながらない", "service.waiting"),
    ("オペレーターの態度が失礼だった", "service.attitude"),
    ("丁寧に対応していただき感謝しています", "service.praise"),
    ("I was charged twice this month", "billing.double_charge"),
    ("My parcel never arrived", "delivery.not_arrived"),
    ("I forgot my password", "account.password"),
    ("the app keeps crashing", "technical.app_crash"),
    ("Please cancel my subscription", "contract.cancel"),
    ("I was on hold for 50 minutes", "service.waiting"),
    ("the agent was so rude", "service.attitude"),
    ("Could you send me a receipt?", "billing.invoice"),
]
OFF_TOPIC = ["今日はいい天気ですね", "明日の会議は10時からです", "猫がかわいい", "The cat sat on the mat", "了解です", "ok", "", "12345"]


def test_several_reasons_with_their_words(shipped_classifier):
    tags = shipped_classifier.tag(["二重請求されています。アプリも落ちるし、電話もつながらない。", "こんにちは"])
    first = tags[tags.row == 0]
    assert set(first.label) == {"billing.double_charge", "technical.app_crash", "service.waiting"}
    assert first.score.is_monotonic_decreasing and first.evidence.str.len().gt(0).all()
    assert tags[tags.row == 1].label.tolist() == ["unknown"]


def test_tags_of_nothing(shipped_classifier):
    tags = shipped_classifier.tag([])
    assert list(tags.columns) == ["row", "label", "score", "source", "evidence"] and tags.empty
    assert shipped_classifier.predict([]).shape == (0,) and shipped_classifier.predict_proba([]).shape == (0, 34)


def test_evidence_stands_in_the_text(shipped_classifier):
    rows = shipped_classifier.explain(["先日から Wi-Fi がつながりません"], top=2)
    row = rows.iloc[0]
    assert row.label == "technical.connection" and row.evidence in "先日から Wi-Fi がつながりません"
    assert row.end > row.start >= 0 and len(row.example) > 3


def test_tags_alone_and_in_a_batch(shipped_classifier):
    texts = [t for t, _ in SENTENCES] + OFF_TOPIC
    among = shipped_classifier.tag(texts)
    alone = pd.concat([shipped_classifier.tag([t]).assign(row=i) for i, t in enumerate(texts)], ignore_index=True)
    pd.testing.assert_frame_equal(among, alone)
