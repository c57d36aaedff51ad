"""Which patterns are worth trying on which texts."""

from __future__ import annotations

import re

from vocmine.classify.taxonomy.pattern_needs import PatternNeeds
from vocmine.classify.taxonomy.taxonomy import Taxonomy


def test_no_text_that_matches_is_left_out():
    taxonomy = Taxonomy.default()
    patterns = [pattern for leaf in taxonomy.leaves for pattern in (*taxonomy[leaf].patterns, *taxonomy[leaf].hints)]
    texts = [t for leaf in taxonomy.leaves for texts in taxonomy[leaf].examples.values() for t in texts]
    texts += [text.upper() for text in texts[:100]] + ["", "\n返金\n", "İstanbul refund"]
    tried = 0
    for pattern, rows in zip(patterns, PatternNeeds(patterns).rows(texts), strict=True):
        assert {row for row, text in enumerate(texts) if re.search(pattern, text, re.IGNORECASE)} <= set(rows), pattern
        assert rows == sorted(set(rows))
        tried += len(rows)
    assert tried < len(patterns) * len(texts) / 20


def test_a_pattern_without_letters_is_tried_everywhere():
    assert PatternNeeds(["[a-z]+", r"\d"]).rows(["", "x"]) == [[0, 1], [0, 1]]
    assert PatternNeeds(["[a-z]+", "xy"]).rows(["xz", "axy"]) == [[0, 1], [1]]
    assert PatternNeeds([]).rows(["a"]) == [] and PatternNeeds(["a"]).rows([]) == [[]]
