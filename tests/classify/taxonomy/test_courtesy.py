from __future__ import annotations

import pytest

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.taxonomy.courtesy import without_courtesy

NOTHING_BUT_COURTESY = [
    "お世話になっております。よろしくお願いいたします。",
    "ありがとうございます。",
    "折電要",
    "対応完了",
    "案内し終話",
    "ご確認のほどよろしくお願いします",
    "Thank you in advance.",
    "Best regards, Mary",
]
SAYS_SOMETHING = [
    ("折り返しの連絡がないとのご不満", "連絡がない"),
    ("確認メールが届かない。よろしくお願いします。", "確認メールが届かない"),
    ("回答が来ない", "回答が来ない"),
    ("I emailed a week ago and still no reply", "no reply"),
    ("本人確認できない", "本人確認できない"),
    ("お世話になっております。返金希望です。\n--\n山田", "返金希望です"),
]


@pytest.mark.parametrize("text", NOTHING_BUT_COURTESY)
def test_courtesy_brings_no_reason(text, shipped_classifier):
    assert shipped_classifier.tag([text])["label"].tolist() == ["unknown"]


@pytest.mark.parametrize(("text", "kept"), SAYS_SOMETHING)
def test_what_says_something_stays_at_its_place(text, kept):
    read = without_courtesy([text])[0]
    assert len(read) == len(text) and read.index(kept) == text.index(kept)


def test_shipped_examples_keep_their_words():
    taxonomy = Taxonomy.default()
    texts = [t for leaf in taxonomy.leaves for texts in taxonomy[leaf].examples.values() for t in texts]
    read = without_courtesy(texts)
    assert all(len(short.split()) > 0 for short in read)
    assert sum(a != b for a, b in zip(texts, read, strict=True)) <= 5


def test_a_remark_beside_the_reason_is_no_second_one(shipped_classifier):
    text = "【用件】領収書の発行希望。【対応】案内し終話。折電要。ありがとうございました。"
    assert shipped_classifier.tag([text])["label"].tolist() == ["billing.invoice"]


NO_IDEA = ["早めにチェックインできると嬉しいです。", "明日までに届けてもらえると助かります。", "EnhancedToonのファンです", "朝食の時間を教えていただけますか。ありがとうございます。"]
IDEAS = ["ダークモードを追加していただけると嬉しいです", "もっと種類を増やしてくれたら嬉しい", "店舗が近くにもあったらいいのに", "an enhancement would be nice"]


def test_polite_wishes_of_other_trades_are_no_suggestion_and_no_praise():
    found = ReasonClassifier().predict([*NO_IDEA, *IDEAS])
    assert not {"service.suggestion", "service.praise"} & set(found[: len(NO_IDEA)])
    assert set(found[len(NO_IDEA) :]) == {"service.suggestion"}
