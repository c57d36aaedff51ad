"""Words of a name found again in a text by their meaning."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vocmine.classify.reasons import word_match
from vocmine.classify.reasons.word_match import WordMatch
from vocmine.embed import default_encoder


def test_a_word_is_met_by_its_meaning():
    encode = default_encoder().encode
    words = ["sea", "mountain", "price", "food", "bus"]
    match = WordMatch(["ocean beach", "cheap fare", ""], encode(words).mean(axis=0), encode)
    scores = match.scores(["sea", "price low", "", "ocean beach"], encode)
    assert scores.shape == (4, 3) and scores[:2].argmax(axis=1).tolist() == [0, 1]
    assert (scores[2] == 0).all() and (scores[:, 2] == 0).all() and scores[3, 0] == scores.max()


def test_words_kept_are_bounded(monkeypatch):
    monkeypatch.setattr(word_match, "PARAMETERS", replace(word_match.PARAMETERS, cache_size=3))
    encode = default_encoder().encode
    match = WordMatch(["red car", "blue sky"], np.zeros(512, np.float32), encode)
    first = match.scores(["a car", "one two three four"], encode)
    match.scores(["five"], encode)
    assert set(match._known) == {"five"}
    assert (match.scores(["a car", "one two three four"], encode) == first).all()
