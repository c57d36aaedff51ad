from __future__ import annotations

import pytest

from vocmine.classify import ReasonClassifier
from vocmine.embed import CharacterEncoder

_WORDS = {
    "refund": ["返金してほしい", "返金はまだですか", "お金を返してください", "払い戻しをお願いします", "返金の時期を知りたい", "refund please",
               "全額返金を希望します", "代金を返してもらえますか", "返金されていません", "払い戻しの手続きは"],
    "login": ["ログインできない", "ログイン画面でエラー", "サインインできません", "アカウントに入れない", "IDでログインに失敗する", "cannot log in",
              "ログインしようとすると弾かれる", "ログインが何度も失敗", "マイページにログインできず", "ログインのエラーが消えない"],
    "late": ["荷物が遅い", "配送が遅れている", "まだ届きません", "発送が遅延しています", "配達はいつですか", "my parcel is late",
             "到着が予定より遅れた", "荷物の配送状況は", "配達が来ない", "発送の予定日を過ぎた"],
}


@pytest.fixture(scope="session")
def reason_texts():
    """Texts and labels of three reasons."""
    return [t for texts in _WORDS.values() for t in texts], [label for label, texts in _WORDS.items() for _ in texts]


@pytest.fixture(scope="session")
def shipped_classifier():
    """The classifier of the shipped taxonomy, made once."""
    clf = ReasonClassifier()
    clf.predict(["準備"])
    return clf


@pytest.fixture(scope="session")
def small_classifier(reason_texts):
    """A quick classifier of three reasons, on characters alone."""
    return ReasonClassifier(encoder=CharacterEncoder(), serve="best").fit(*reason_texts)
