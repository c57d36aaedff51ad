"""Patterns: what they find, what they need, what is missing."""

from __future__ import annotations

import pytest

from vocmine.classify.taxonomy.patterns import compiled, explain, needed
from vocmine.classify.taxonomy.taxonomy import Taxonomy


def test_shipped_patterns_find_their_examples_and_few_others():
    taxonomy = Taxonomy.default()
    own = hits = 0
    total = sum(len(texts) for leaf in taxonomy.leaves for texts in taxonomy[leaf].examples.values())
    for leaf in taxonomy.leaves:
        for texts in taxonomy[leaf].examples.values():
            for text in texts:
                found = [x for x in taxonomy.leaves if compiled(taxonomy[x].patterns).search(text)]
                own += leaf in found
                hits += len(found)
    assert own / total > 0.75
    assert own / hits > 0.8


def test_explain_says_what_is_missing():
    assert explain("返金.{0,4}まだ", "返金はまだですか").matched
    reason = explain("返金.{0,4}まだ", "返金してください")
    assert not reason.matched and reason.words.startswith("返金") and reason.missing == "まだ"
    assert explain("返金", "ヘンキン").words == ""


@pytest.mark.parametrize(("pattern", "groups"), [
    ("返金|払い戻し", (("払い戻し", "返金"),)),
    ("a?bc", (("bc",),)),
    ("(?:x|y)?", ()),
    ("(?:早い|)届く", (("届く",),)),
    ("(?<!非)常に", (("常に",),)),
    (r"\bRefund", (("refund",),)),
])
def test_needed_letters(pattern, groups):
    assert needed(pattern) == groups
