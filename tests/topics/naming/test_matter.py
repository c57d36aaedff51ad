from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts import simulate
from vocmine.text import analyze
from vocmine.topics.naming.matter import Matter, matter_names, typical_quotes


@pytest.fixture(scope="module")
def demo() -> tuple[pd.DataFrame, pd.DataFrame]:
    contacts = simulate(seed=3).drop(columns=["lang"])
    planted = contacts["true_issue"] == "planted"
    return analyze(contacts[planted]), analyze(contacts[~planted].sample(600, random_state=0))


def named(own: pd.DataFrame, others: pd.DataFrame) -> Matter:
    return matter_names(own["text_clean"].tolist(), own["terms"].tolist(), own["lang"].tolist(), others["terms"].tolist())


def test_the_planted_fault_is_named_in_both_languages(demo: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    found = named(*demo)
    assert "QR" in found.name_ja and "白" in found.name_ja and "が" in found.name_ja
    assert "white" in found.name_en and "screen" in found.name_en
    assert "画面" in found.words and not {"増加", "同様", "対応", "入電"} & set(found.words)


def test_quotes_are_of_the_matter(demo: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    own, others = demo
    for seed in range(6):
        found = named(own.sample(12, random_state=seed), others)
        assert 1 <= len(found.quotes) <= 3
        assert all(any(w in q.lower() for w in ("qr", "画面", "コード", "screen", "white", "page", "白")) for q in found.quotes)


def test_a_second_matter_does_not_lead() -> None:
    texts = ["PWを失念しました。あと、QR決済の画面が真っ白です。", "QR決済の画面が真っ白で固まる。", "QR決済の画面が真っ白"]
    terms = ["パスワード 失念 qr 決済 画面 真っ白", "qr 決済 画面 真っ白 固まる", "qr 決済 画面 真っ白"]
    found = matter_names(texts, terms, ["ja"] * 3, ["パスワード 失念", "パスワード 再設定", "料金"])
    assert found.name_ja.startswith("QR決済の画面が真っ白") and found.quotes[0].startswith("QR決済")
    assert not any(q.startswith("PW") for q in found.quotes)


def test_a_language_without_texts_has_no_name() -> None:
    found = matter_names(["parcel not arrived", "my parcel has not arrived"], ["parcel arrive_not"] * 2, ["en"] * 2, ["bill high"])
    assert found.name_ja == "" and found.name_en == "parcel not arrived"


def test_nothing_has_no_name_and_lengths_must_agree() -> None:
    assert matter_names([], [], [], ["荷物"]) == Matter("", "", (), ())
    assert matter_names(["……"], [""], ["other"], []) == Matter("", "", (), ())
    with pytest.raises(ValueError, match="one length"):
        matter_names(["a"], [], ["en"], [])


def test_the_same_rows_in_another_order_have_the_same_name(demo: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    own, others = demo
    found, again = named(own, others), named(own.iloc[::-1], others.iloc[::-1])
    assert (found.name_ja, found.name_en, found.words) == (again.name_ja, again.name_en, again.words)
    assert set(found.quotes) == set(again.quotes)


def test_quotes_begin_where_the_matter_does_and_differ() -> None:
    weights = {"ja": {"画面": 1.0, "真っ白": 1.0}, "en": {}}
    texts = ["お世話になります。画面が真っ白です。", "画面が真っ白", "昨日の請求書について教えてほしい件とは別で。画面が真っ白です。", "請求書"]
    assert typical_quotes(texts, weights) == ("画面が真っ白",)
