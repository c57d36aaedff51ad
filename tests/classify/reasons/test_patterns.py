"""Patterns of a taxonomy over many texts."""

from __future__ import annotations

from vocmine.classify.reasons.patterns import Rules
from vocmine.classify.taxonomy.patterns import compiled
from vocmine.classify.taxonomy.taxonomy import Taxonomy


def test_rules_find_what_the_expressions_find():
    taxonomy = Taxonomy.default()
    texts = [t for leaf in taxonomy.leaves for texts in taxonomy[leaf].examples.values() for t in texts]
    texts += [t.upper() for t in texts[:100]] + ["", "\n返金\n", "İstanbul refund"]
    found = Rules(taxonomy, taxonomy.leaves).find(texts)
    for row, text in enumerate(texts):
        plain = {n for n, leaf in enumerate(taxonomy.leaves) if compiled(taxonomy[leaf].patterns).search(text)}
        if not plain:  # hints count only here
            plain = {n for n, leaf in enumerate(taxonomy.leaves) if compiled(taxonomy[leaf].hints).search(text)}
        assert {number for at, number in found if at == row} == plain, text
