"""Patterns that would not end are told before they are used; what lists of reasons really have passes, and is quick."""

from __future__ import annotations

import re
import time

import pytest

from vocmine.classify import Taxonomy
from vocmine.classify.taxonomy.pattern_cost import MOST_CHARS, pattern_trouble
from vocmine.classify.taxonomy.patterns import expand
from vocmine.classify.taxonomy.trades import shipped_trades
from vocmine.errors import SettingsError

ENDLESS = [
    r"(a+)+b", r"(?:\w+\s?)+円", r"(a|aa)+$", r"(?:a|b|ab)*c", r"(?:a*)*b", r"(x+x+)+y", r"(?:\s*\w*)*x", r"(?i:a+)+b",
    r"(?=(a+)+b)c", r"(?:(?:ある|あ)+)+よ", r"((a{1,100}){1,8}){1,8}b", r"(?:.{0,5}[、。])*$", r"(a?){30}a{30}",
]
FINE = [
    r"ログイン.{0,8}(?:できな|出来な)", r"(?:,\w+)*x", r"(?:[^、]*、)*x", r"(.|\n)*x", r"(?:ab|cd)*e", r"a.*b.*c", r"(\d+)\1+",
    r"(?:(?:お|ご)?返品)+", r"(?P<a>x)(?(a)b|c)", r"(?:\d{1,3},)*\d{3}円", r"\s*[a-z]*\s*x", r"(?:)x",
]


@pytest.mark.parametrize("pattern", ENDLESS)
def test_repeats_that_share_letters_are_told(pattern):
    assert "endless ways" in (pattern_trouble(pattern) or "") or "too many ways" in (pattern_trouble(pattern) or "")


@pytest.mark.parametrize("pattern", FINE)
def test_what_ends_passes_and_does_end(pattern):
    assert pattern_trouble(pattern) is None
    start = time.process_time()
    for letters in ("a" * 300, "ab, " * 75, "返品、" * 100, "1,234" * 60, " " * 300):
        re.search(pattern, letters)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("pattern", "trouble"),
    [
        ("a{9999999999}", "can't be read (OverflowError)"),
        ("(" * 5000 + "a" + ")" * 5000, "groups nested over 60 deep"),
        ("x" * (MOST_CHARS + 1), "over 20,000 characters"),
        ("a?" * 40 + "a" * 40, "its repeats can match in too many ways; "),
        ("(a", "missing ), unterminated subpattern at position 0"),
        ("(?<=a+)b", "look-behind requires fixed-width pattern"),
    ],
)
def test_what_can_not_be_compiled_or_is_too_large(pattern, trouble):
    assert (pattern_trouble(pattern) or "").startswith(trouble)


def test_all_shipped_patterns_pass():
    for trade in shipped_trades():
        for reason in Taxonomy.for_trade(trade.id).reasons:
            assert not [p for p in (*reason.patterns, *reason.hints) if pattern_trouble(p)]


def test_a_taxonomy_lists_such_patterns_with_the_reason():
    reasons = [{"id": "a", "name": "A", "patterns": ["(a+)+b", "b{9999999999}", "返品"]}]
    with pytest.raises(SettingsError, match=r"reason 'a': pattern '\(a\+\)\+b' can't be read: a repeat inside.*OverflowError"):
        Taxonomy.from_dict({"reasons": reasons})


def test_named_parts_of_named_parts_do_not_blow_up():
    words = {"a": "{b}" * 400, "b": "{c}" * 400, "c": "x" * 400}
    with pytest.raises(re.error, match="over 20,000 characters with its parts written out"):
        expand("{a}" * 100, words)
    assert expand("{a}", {"a": "x{b}", "b": "y"}) == "(?:x(?:y))"


def test_a_parent_that_is_no_id_is_a_mistake():
    reasons = [{"id": "a", "name": "A", "parent": {"b": 1}}, {"id": "b", "name": "B", "parent": ["a"]}]
    with pytest.raises(SettingsError, match=r"2 mistakes.*reason 'a': 'parent' must be the id.*reason 'b': 'parent'"):
        Taxonomy.from_dict({"reasons": reasons})
