"""Words a reason does not know."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.classify.reasons.vocabulary import ReasonVocabulary, fit_vocabulary

TEXTS = ["返金 カード", "返金 口座", "解約 カード", "解約 番号 account"]
ROWS = np.array([0, 0, 1, 1])


def test_unseen_words_of_a_reason_weigh_against_it():
    words, _ = fit_vocabulary(TEXTS, ROWS, 2)
    share, total = words.confidence_features(["返金 カード", "解約 カード", "為替 相場", "のはを"], np.zeros(4, dtype=int)).T
    assert share[0] == 0 and 0 < share[1] < 1 and share[2] == 1 and share[3] == 0
    assert total[0] == 0 and 0 < total[1] < total[2] and total[3] == 0


def test_words_left_out_are_those_of_a_vocabulary_made_without_the_text():
    _, left = fit_vocabulary(TEXTS, ROWS, 2)
    best = np.array([0, 0, 1, 0])
    alone = left.without_itself(best)
    for row in range(4):
        keep = np.arange(4) != row
        without, _ = fit_vocabulary([t for t, k in zip(TEXTS, keep, strict=True) if k], ROWS[keep], 2)
        without = ReasonVocabulary(without.words, without.counts, without.known, np.array([4, 2]))
        assert alone[row] == pytest.approx(without.confidence_features([TEXTS[row]], best[[row]])[0])


def test_words_without_a_reason_are_those_of_a_vocabulary_without_its_texts():
    _, left = fit_vocabulary(TEXTS, ROWS, 2)
    unknown = left.without_reasons(1 - ROWS, np.eye(2, dtype=bool)[ROWS])
    for row in range(4):
        keep = ROWS[row] != ROWS
        without, _ = fit_vocabulary([t for t, k in zip(TEXTS, keep, strict=True) if k], ROWS[keep], 2)
        without = ReasonVocabulary(without.words, without.counts, without.known, np.array([4, 2]))
        assert unknown[row] == pytest.approx(without.confidence_features([TEXTS[row]], 1 - ROWS[[row]])[0])


def test_confidence_features_of_a_text_do_not_depend_on_its_neighbours():
    words, _ = fit_vocabulary(TEXTS, ROWS, 2)
    texts = ["解約 為替 番号 xyz", "返金", "", "account カード 相場"]
    best = np.array([0, 1, 0, 1])
    whole = words.confidence_features(texts, best)
    for row, text in enumerate(texts):
        assert (words.confidence_features([text], best[[row]])[0] == whole[row]).all()


def test_an_empty_vocabulary_knows_no_word():
    words, _ = fit_vocabulary(["のはを", ""], np.array([0, 1]), 2)
    assert words.words == () and words.confidence_features(["返金"], np.array([0]))[0, 0] == 1
