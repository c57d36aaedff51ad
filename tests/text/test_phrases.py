"""Word pairs on GiNZA's parse, in this process and in a worker; compounds."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.errors import MissingExtraError, SettingsError
from vocmine.text import phrase_rows, phrases, suggest_compounds, word_pairs

TABLE = [
    ("アプリの画面が固まる。", ("画面", "固まる", False, "")),
    ("電話がつながらない。", ("電話", "つながる", True, "")),
    ("サポートに電話がつながりませんでした", ("電話", "つながる", True, "")),
    ("返金をしてほしい", ("返金", "する", False, "wish")),
    ("商品がまだ届いていない", ("商品", "届く", True, "")),
    ("ログインできない", ("ログイン", "できる", True, "cannot")),
    ("パスワードを変更できなかった", ("パスワード", "変更できる", True, "cannot")),
    ("設定が分かりづらい", ("設定", "分かる", False, "hard")),
    ("部屋が汚くて残念でした", ("部屋", "汚い", False, "")),
    ("間違った商品が送られてきた", ("商品", "送る", False, "passive")),
    ("スタッフの対応が良くなかった", ("対応", "良い", True, "")),
    ("請求金額がおかしい", ("請求金額", "おかしい", False, "")),
    ("固まる画面に困っている", ("画面", "固まる", False, "")),
    ("料金が高くて解約したいです", ("料金", "高い", False, "")),
    ("書類を提出しなければならない", ("書類", "提出する", False, "must")),
    ("予約をキャンセルしたい", ("予約", "キャンセルする", False, "wish")),
]


@pytest.fixture(scope="module")
def parsed():
    return phrase_rows([text for text, _ in TABLE], workers=0).table


@pytest.mark.parametrize("row", range(len(TABLE)))
def test_pairs(parsed, row):
    found = parsed[parsed["row"] == row][["subject", "predicate", "negated", "nuance"]].itertuples(index=False, name=None)
    assert TABLE[row][1] in list(found)


def test_a_worker_gives_the_same(parsed):
    again = phrase_rows([text for text, _ in TABLE], workers=1).table
    pd.testing.assert_frame_equal(again, parsed)


def test_counts_contacts_not_occurrences():
    texts = pd.Series(["画面が固まる。また画面が固まった。", "画面が固まります", "電話がつながらない"], index=["a", "b", "c"])
    pairs = word_pairs(texts, workers=0)
    first = pairs.iloc[0]
    assert (first["subject"], first["predicate"], first["n_contacts"], first["rows"]) == ("画面", "固まる", 2, ("a", "b"))
    assert first["share"] == pytest.approx(2 / 3)
    assert not pairs["negated"].iloc[0]
    assert word_pairs(texts, workers=0, top=1).shape[0] == 1


def test_personal_data_is_no_subject():
    pairs = word_pairs(["佐藤様が090-1234-5678に電話した"], workers=0)
    text = pairs.to_csv()
    assert "佐藤" not in text
    assert "1234" not in text


def test_empty_and_wrong_use():
    assert word_pairs([], workers=0).columns.tolist() == word_pairs(["。"], workers=0).columns.tolist()
    with pytest.raises(SettingsError, match="0 or more"):
        phrase_rows(["遅い"], workers=-1)


def test_english_without_a_model_says_so(monkeypatch):
    monkeypatch.setattr(phrases, "_english_model", lambda: None)
    with pytest.raises(MissingExtraError, match="en_core_web_sm"):
        word_pairs(["The app crashed"], workers=0)
    assert phrase_rows(["The app crashed", "画面が固まる"], workers=0).n_skipped == 1


def test_compounds_that_the_dictionary_splits():
    texts = ["引落口座の変更", "引落口座が違う", "引落口座を教えて", "口座の変更", "画面が固まる"]
    found = suggest_compounds(texts, min_texts=3)
    assert found["compound"].tolist() == ["引落口座"]
    assert found["n_texts"].tolist() == [3]
    assert suggest_compounds(texts, min_texts=4).empty
