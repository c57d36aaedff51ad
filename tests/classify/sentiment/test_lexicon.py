"""Polarity words as data files."""

from __future__ import annotations

from vocmine.classify.sentiment.lexicon import english, japanese


def test_lexicons_load_with_sane_scores() -> None:
    for table in (japanese(), english()):
        assert len(table) > 1500
        assert all(abs(word.score) <= 3 and abs(word.negated) <= 3 for word in table.values())
