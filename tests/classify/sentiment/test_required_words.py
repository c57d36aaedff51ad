"""Words that a pattern needs: whatever a pattern matches has one of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.classify.sentiment.required_words import alternatives, required_words
from vocmine.classify.signals.pattern_file import FILES, pattern_rows

PATTERNS = ["(?:すぐ)?(?:解約|退会)し(?:たい|ます)", r"\b(?:stop|end)(?:ping|ed)? (?:my|the) plan", "電話(?:[^。]{0,4})?つなが", "もう{2}いい+です", r"a\.b(?!c)(?:d|ef)+g?"]


@pytest.mark.parametrize(("pattern", "words"), [
    ("解約|退会", ["解約", "退会"]), ("解約?", ["解"]), ("[0-9]+", []), ("(?:ab|cd)?x{0,3}", []), (r"\bcancel(?:ling)?\b", ["cancel"]),
    ("(?:解約|[0-9]+)する", ["する"]), (r"(?<!a)(?=b)lapse", ["lapse"]),
])
def test_words(pattern: str, words: list[str]) -> None:
    assert required_words(pattern) == words


def test_bars_in_groups_and_classes_do_not_split() -> None:
    assert alternatives(r"a(?:b|c(?:d|e))|[|\]]|\||f") == ["a(?:b|c(?:d|e))", r"[|\]]", r"\|", "f"]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PATTERNS), st.data())
def test_what_matches_has_a_word(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(pattern)))
    assert any(word in text.lower() for word in required_words(pattern))


def test_every_shipped_pattern_splits_into_patterns() -> None:
    rows = [row for name in FILES for lists in pattern_rows(name).values() for part in lists.values() for row in part]
    parts = [part for row in rows for part in alternatives(row)]
    assert all(re.compile(part) for part in parts)
    assert sum(bool(required_words(part)) for part in parts) > 0.95 * len(parts)
