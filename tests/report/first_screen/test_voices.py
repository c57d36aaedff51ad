"""One quote an issue that holds the words its tag rests on."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.report.first_screen.voices import marked, voices
from vocmine.report.inputs import shape


def frames_of(rows):
    table = pd.DataFrame(rows, columns=["contact_id", "text_clean", "evidence", "source", "score", "label"])
    contacts = table.drop_duplicates("contact_id").assign(created_at=pd.Timestamp("2026-10-02", tz="UTC"), channel="call", lang="ja")
    tags = table.assign(kind="reason")
    return shape(contacts, tags, "UTC")


ROWS = [
    ("a", "お世話になります。返金がまだされていないのですが。", "返金がまだ", "rule", 0.9, "refund"),
    ("b", "ご確認のほどよろしくお願いします、お願いします。", "します", "model", 0.99, "refund"),
    ("c", "カード:[カード番号] が使えません。", "[カード番号", "rule", 0.99, "card"),
    ("d", "My refund has not arrived for two weeks now, please.", "refund has", "rule", 0.9, "refund"),
    ("e", "本文にない言葉が根拠です、とても困っています。", "別の言葉です", "rule", 0.99, "gone"),
    ("f", "決済エラーが何度も出てしまい困っています。", "決済エラー", "model", 0.5, "unsure"),
]


@pytest.mark.parametrize(("lang", "key", "words"), [("ja", "a", "返金がまだ"), ("en", "d", "refund has")])
def test_the_readers_language_comes_first_and_words_that_say_nothing_are_no_evidence(lang, key, words):
    found = voices(frames_of(ROWS), lang)
    assert set(found) == {"refund"}
    assert (found["refund"].contact_id, found["refund"].evidence, found["refund"].lang) == (key, words, lang)


def test_what_no_text_holds_is_left_out():
    assert voices(frames_of(ROWS[4:]), "ja") == {}
    assert voices(frames_of([("a", "短い", "短い", "rule", 1.0, "x")]), "ja") == {}


def test_the_order_of_rows_does_not_matter():
    assert voices(frames_of(ROWS[::-1]), "ja") == voices(frames_of(ROWS), "ja")


def test_a_word_of_letters_is_never_cut():
    assert marked("The billing is wrong.", "billin") == ("The ", "billing", " is wrong.")


@given(st.text("あいう。 \nx[]", min_size=1, max_size=400), st.integers(0, 399), st.integers(1, 30))
def test_a_quote_is_verbatim_short_and_holds_its_evidence(text, start, length):
    evidence = text[start : start + length]
    found = marked(text, evidence, longest=40)
    if found is None:
        return
    before, middle, after = found
    whole = " ".join(text.split())
    assert " ".join(evidence.split()) in middle
    assert middle in whole and len(before + middle + after) <= 42
    assert before.removeprefix("…") + middle + after.removesuffix("…") in whole or "…" in whole
