"""The number of a word is spaCy's own."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.strings import hash_string

from vocmine.embed._words_hash import word_key


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_word_has_the_number_that_spacy_gives_it(word):
    assert word_key(word) == hash_string(word)


def test_a_letter_of_no_writing_does_not_stop_it():
    assert word_key("\ud83d折電") == word_key("?折電")
