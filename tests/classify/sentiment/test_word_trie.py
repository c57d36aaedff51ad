"""Known words are found in many texts at once as a plain search finds them in each."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.classify.sentiment.word_trie import Joined, WordTrie

WORDS = ["a", "ab", "abc", "bca", "返", "返金", "返金を", "😡", "c"]


def by_hand(texts: list[str]) -> list[tuple[int, int, str]]:
    return sorted((row, at, word) for row, text in enumerate(texts) for word in WORDS for at in range(len(text)) if text.startswith(word, at))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abc返金を😡\n \U0010ffff", max_size=20), max_size=5))
def test_places_are_those_of_a_plain_search(texts: list[str]) -> None:
    joined = Joined.of(texts)
    at, word = WordTrie.of(WORDS).find(joined)
    rows = joined.owner[at]
    found = zip(rows.tolist(), (at - joined.starts[rows]).tolist(), [WORDS[number] for number in word], strict=True)
    assert sorted(found) == by_hand(texts)


def test_many_words_share_a_table() -> None:
    words = [f"{i:x}" for i in range(5000)]
    trie = WordTrie.of(words)
    at, word = trie.find(Joined.of(words))
    assert trie.texts() == words
    assert set(word.tolist()) == set(range(5000))
    assert (at >= 0).all()


def test_no_words_are_found_nowhere() -> None:
    assert [len(part) for part in WordTrie.of([]).find(Joined.of(["abc"]))] == [0, 0]


def test_one_case_is_that_of_patterns_without_case() -> None:
    texts = ["İſı K", "STRASSE"]
    lowered = "".join(map(chr, Joined.of(texts, lower=True).points.clip(max=0x10FFFF).tolist())).split("\U0010ffff")
    assert lowered[:2] == ["isi k", "strasse"]
    assert re.fullmatch("isi k", texts[0], re.IGNORECASE)
