"""Made-up contacts of two trades, several wordings a matter."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.proposals import ProposedTaxonomy, propose

JA = {
    "late": ["荷物が届かない", "注文した荷物がまだ届きません", "荷物が届いていない", "先週頼んだ荷物が届かないのですが", "荷物が未だに届きません",
             "荷物はいつ届くのか。まだ届かない", "配達予定日を過ぎても荷物が届かない", "届くはずの荷物が届かない"],
    "address": ["住所を変更したい", "引っ越したので住所を変更したいです", "登録住所を変更したい", "住所の変更をお願いします", "新しい住所に変更したい",
                "転居につき住所を変更したいとのこと", "住所変更の方法を教えて", "来月から住所が変わるので変更したい"],
    "parking": ["駐車場はありますか", "駐車場は何台分ありますか", "車で行くのですが駐車場はありますか", "駐車場の料金はいくらですか", "大型車も入る駐車場はありますか",
                "駐車場の場所を教えてください", "駐車場は予約できますか", "店の駐車場は無料ですか"],
    "app": ["アプリが落ちる", "アプリを開くとすぐ落ちる", "更新してからアプリが落ちる", "アプリが何度も落ちます", "起動するとアプリが落ちてしまう",
            "アプリが勝手に落ちて困る", "新しいアプリがすぐに落ちる", "写真を選ぶとアプリが落ちる"],
    "invoice": ["領収書を発行してほしい", "領収書の発行をお願いします", "先月分の領収書を発行してください", "宛名を変えた領収書を発行してほしい", "領収書が必要です。発行してください",
                "会社名で領収書を発行してもらえますか", "領収書を紙で発行してほしい", "領収書を再度発行してください"],
    "stock": ["青い靴の在庫はありますか", "在庫はいつ入りますか", "在庫があるか確認したい", "この色の在庫は残っていますか", "店舗に在庫はありますか",
              "在庫切れの商品はいつ入荷しますか", "Lサイズの在庫を知りたい", "在庫の有無を教えてください"],
}
LATER = ["点検の日を決めたい", "点検の日を変えたい", "給湯器の点検はいつですか", "点検の予約を取りたい", "年次点検の案内が来た。日を決めたい", "点検は有料ですか",
         "点検に立ち会う必要はありますか", "点検の時間を教えて", "点検を来週にしたい", "ガスの点検の日程を相談したい"]
ENDINGS = ["", "。至急です", "。よろしくお願いします", "(再入電)"]


def contacts(leave_out: tuple[str, ...] = (), more: tuple[str, ...] = ()) -> pd.DataFrame:
    rows = [(label, text + end) for label, some in JA.items() if label not in leave_out for text in some for end in ENDINGS]
    rows += [("later", text + end) for text in more for end in ENDINGS]
    return pd.DataFrame(rows, columns=["label", "text"])


@pytest.fixture(scope="session")
def told() -> pd.DataFrame:
    return contacts()


@pytest.fixture(scope="session")
def proposed(told: pd.DataFrame) -> ProposedTaxonomy:
    return propose(told["text"].tolist())
