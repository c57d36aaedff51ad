"""All words as written: signs, marks and other languages left out; the analysis hands on the same."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.text import analyze, as_analysed
from vocmine.text.surfaces import surface_words

LETTERS = st.sampled_from(list("返金領収書をくださいがまだ届かない、。です ログインA1[]!(´・ω・`)😀@:/0901234-\n"))


@pytest.mark.parametrize(("text", "words"), [
    ("[氏名]です。返金は、まだですか?😀", "です 返金 は まだ です か"),
    ("(´・ω・`)部屋が寒い", "部屋 が 寒い"),
    ("Where is it?", ""),
    ("", ""),
    ("\ud83d返金", "返金"),
])
def test_words(text, words):
    assert surface_words(text) == words


@given(st.lists(st.one_of(st.text(LETTERS, max_size=40), st.text(max_size=40)), max_size=5))
@settings(max_examples=100, deadline=None)
def test_what_the_analysis_hands_on_is_what_splitting_again_would_give(texts):
    frame = as_analysed(texts, words=True)
    for clean, words in zip(frame["text_clean"], frame["words"], strict=True):
        assert not isinstance(words, str) or words == surface_words(clean)
    assert frame.drop(columns="words").equals(as_analysed(texts))


def test_talks_and_masked_texts_are_left_to_be_split():
    texts = ["返金は?", "090-1234-5678まで返金の連絡を", "客：返品できますか\nOP：返品は受け付けません", "[電話番号]へ", "Is it?"]
    words = as_analysed(texts, words=True)["words"]
    assert words.fillna("-").tolist() == ["返金 は", "-", "-", "-", ""]
    assert analyze(pd.DataFrame({"text": texts}), words=True)["words"].equals(words)


def test_a_long_text_is_split_in_the_same_pieces():
    text = "返金してください。" * 1_000
    assert as_analysed([text], words=True)["words"].iloc[0] == surface_words(text)
