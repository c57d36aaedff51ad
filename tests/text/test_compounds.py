"""Compounds that the dictionary splits."""

from __future__ import annotations

from vocmine.text import suggest_compounds


def test_compounds_that_the_dictionary_splits():
    texts = ["引落口座の変更", "引落口座が違う", "引落口座を教えて", "口座の変更", "画面が固まる"]
    found = suggest_compounds(texts, min_texts=3)
    assert found["compound"].tolist() == ["引落口座"]
    assert found["n_texts"].tolist() == [3]
    assert suggest_compounds(texts, min_texts=4).empty
