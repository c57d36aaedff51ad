"""Made-up contacts for the tests of topics."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.embed import CharacterEncoder

SUBJECTS = {
    "refund": ["返金の手続き", "返金の時期", "返金の方法", "返金額"],
    "screen": ["画面の明るさ", "画面の表示", "スマホの画面", "画面の色"],
    "delivery": ["配達の日時", "荷物の配達", "配達の遅れ", "配達先の住所"],
    "password": ["パスワードの再設定", "パスワードの変更", "ログインのパスワード", "パスワード忘れ"],
    "parking": ["駐車場の場所", "駐車場の料金", "駐車場の予約", "立体駐車場"],
    "coupon": ["クーポンの使い方", "クーポンの期限", "割引クーポン", "クーポン番号"],
}
ENDINGS = ["の件", "は?", "です", "が変", "の相談", "とは", "を知りたい", "どうなる", "いつ", "で困る"]
NEW_SUBJECTS = ["充電ケーブルの発熱", "ケーブルが熱くなる", "充電中の発熱", "充電ケーブルから煙"]


def sentences(subjects: list[str]) -> list[str]:
    return [f"{s}{e}" for s in subjects for e in ENDINGS]


@pytest.fixture
def encoder() -> CharacterEncoder:
    return CharacterEncoder(128)


@pytest.fixture(scope="session")
def labelled() -> pd.DataFrame:
    rows = [(label, text) for label, subjects in SUBJECTS.items() for text in sentences(subjects)]
    return pd.DataFrame(rows, columns=["label", "text"])


@pytest.fixture(scope="session")
def stream() -> pd.DataFrame:
    """Thirty days; on day 20 everything doubles, from day 24 on cables get hot."""
    rng = np.random.default_rng(0)
    rows = []
    pools = {label: sentences(subjects) for label, subjects in SUBJECTS.items()}
    for day in range(1, 31):
        for label, pool in pools.items():
            n = rng.poisson(6 * (2 if day == 20 else 1))
            rows += [(day, label, f"{pool[int(i)]}。{day}日の{j}番") for j, i in enumerate(rng.integers(len(pool), size=n))]
        if day >= 24:
            pool = sentences(NEW_SUBJECTS)
            rows += [(day, "cable", f"{pool[int(i)]}。{day}日") for i in rng.integers(len(pool), size=4)]
    frame = pd.DataFrame(rows, columns=["day", "label", "text"])
    frame["created_at"] = pd.Timestamp("2026-03-01 03:00", tz="UTC") + pd.to_timedelta(frame["day"] - 1, unit="D")
    frame["contact_id"] = [f"c{i:05d}" for i in range(len(frame))]
    frame["channel"] = "chat"
    return frame
