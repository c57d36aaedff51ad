"""What the shipped reasons make of sentences of any trade; all sentences are our own."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.classify import ReasonClassifier
from vocmine.classify.reasons.shipped_reasons import PARAMETERS, praise_odds, shipped_reasons
from vocmine.classify.sentiment.pretrained import judge

SIDE_WORDS = [  # the predicate says the reason, the words beside it don't
    ("契約者変更の届出用紙、2週間たつのに届いていない", "delivery.not_arrived"),
    ("領収書を頼んだのに封筒がまだ来ません", "delivery.not_arrived|billing.invoice"),
    ("クーポンで買った帽子が届かない", "delivery.not_arrived"),
    ("ガス料金が急に三倍になっている", "billing.unexpected_charge"),
    ("会員価格にならず普通の値段で引き落とされた", "billing.unexpected_charge"),
    ("風呂場の蛇口からお湯が出ない", "technical.device_fault"),
    ("解約手数料が二重に引き落とされている", "billing.double_charge"),
    ("パスワード帳アプリが起動した瞬間に落ちる", "technical.app_crash"),
    ("返送料の領収書がほしい", "billing.invoice"),
    ("Our electricity bill doubled although nobody was home", "billing.unexpected_charge"),
    ("the oven won't heat up any more", "technical.device_fault"),
]
PRAISE = [
    ("柄がきれいで毎日着ています、気に入りました", "service.praise"),
    ("受付の方がにこやかでほっとした", "service.praise"),
    ("修理がその日のうちに終わって感激です", "service.praise"),
    ("the lady on the phone was so patient, thank you", "service.praise"),
    ("best toaster I have ever owned", "service.praise"),
]
NOT_PRAISE = [  # a courtesy in a request, and a good word beside a failure
    "いつもありがとうございます。請求書の再発行をお願いします。",
    "担当の方は親切でしたが、荷物がまだ届いていません",
    "Thanks in advance, please cancel my subscription",
    "すみません、ログインできないのですが、よろしくお願いいたします",
]
TRADES = [
    ("ATMで振込のカードが弾かれた", "billing.payment_failed"), ("保険証券が郵送されてこない", "delivery.not_arrived"),
    ("予約の日を来週にずらしたい", "contract.order_cancel"), ("機種を替えて引き継いだらデータがレベル1に戻っていた", "technical.sync"),
    ("ガスの契約名義を妻に変えたい", "account.profile"), ("頼んだうどんが1時間たっても来ない", "delivery.late|delivery.not_arrived"),
    ("冷蔵庫が冷えなくなった", "technical.device_fault"), ("青汁の定期を今回で終わりにしたい", "contract.cancel"),
    ("ダークテーマを選べるようにしてほしい", "service.suggestion"), ("窓口で3時間待たされた", "service.waiting"),
    ("海外に着いたら全く電波が入らない", "technical.connection"), ("27cmの靴はもう入荷しませんか", "contract.stock"),
    ("cx wants to add two seats to the licence", "contract.plan_change"), ("soup leaked all over the bag", "delivery.damaged"),
]
NONE = ["駐輪場は何台分ありますか", "本堂の拝観時間を知りたい", "今夜は鍋にしよう", "Is the garden open on Mondays?"]


def assert_mostly(classifier, table, share):
    guess = classifier.predict([text for text, _ in table])
    wrong = [(text, own) for (text, wanted), own in zip(table, guess, strict=True) if own not in wanted.split("|")]
    assert len(wrong) <= (1 - share) * len(table), wrong


@pytest.mark.parametrize(("table", "share"), [(SIDE_WORDS, 0.9), (PRAISE, 1.0), (TRADES, 0.9)])
def test_sentences(shipped_classifier, table, share):
    assert_mostly(shipped_classifier, table, share)


def test_courtesies_and_good_words_beside_a_failure_are_no_praise(shipped_classifier):
    assert "service.praise" not in set(shipped_classifier.predict(NOT_PRAISE))


def test_what_no_reason_is_about(shipped_classifier):
    assert (shipped_classifier.predict(NONE) == "unknown").mean() >= 0.75


def test_the_first_tag_is_what_is_predicted(shipped_classifier):
    texts = [text for table in (SIDE_WORDS, PRAISE, TRADES) for text, _ in table]
    tags = shipped_classifier.tag(texts).drop_duplicates("row")
    assert (tags["label"].to_numpy() == shipped_classifier.predict(texts)).mean() >= 0.95


def test_an_agents_answer_weighs_less():
    made = shipped_reasons(0.8, 0.02)
    at = made.model.classes.index("billing.refund")
    found = {(0, at): (0, 2, 0.9)}
    asked, answered = (made.read([text], None, found, None)[1][0, at] for text in ("返金したい", "返金案内済"))
    plain = [made.read([text], None, {}, None)[1][0, at] for text in ("返金したい", "返金案内済")]
    odds = [p / (1 - p) for p in (asked, answered, *plain)]
    assert odds[0] / odds[2] == pytest.approx(PARAMETERS.pattern) and odds[1] / odds[3] == pytest.approx(PARAMETERS.hint)


def test_precision_and_unknown_share_abstain_more(shipped_classifier):
    texts = [text for text, _ in TRADES]
    careful = ReasonClassifier(precision=0.95)
    assert careful.threshold_ > shipped_classifier.threshold_
    many = ReasonClassifier(unknown_share=0.5).predict_proba(texts)
    assert (many.max(axis=1) <= shipped_classifier.predict_proba(texts).max(axis=1) + 1e-6).all()


def test_mood_raises_praise_alone():
    odds = praise_odds(judge(["最高でした", "最悪でした"]))
    assert odds[0] > 0 > odds[1] and np.abs(odds).max() <= PARAMETERS.most_mood
