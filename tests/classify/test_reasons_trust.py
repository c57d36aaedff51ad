"""Trust in reasons: words a reason does not know, scores against what is usual, unknown reasons told from known ones."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons.calibration import _usual
from vocmine.classify.reasons.vocabulary import Vocabulary, fit_vocabulary

TEXTS = ["返金 カード", "返金 口座", "解約 カード", "解約 番号 account"]
ROWS = np.array([0, 0, 1, 1])


def test_unseen_words_of_a_reason_weigh_against_it():
    words, _ = fit_vocabulary(TEXTS, ROWS, 2)
    share, total = words.signs(["返金 カード", "解約 カード", "為替 相場", "のはを"], np.zeros(4, dtype=int)).T
    assert share[0] == 0 and 0 < share[1] < 1 and share[2] == 1 and share[3] == 0
    assert total[0] == 0 and 0 < total[1] < total[2] and total[3] == 0


def test_words_left_out_are_those_of_a_vocabulary_made_without_the_text():
    _, left = fit_vocabulary(TEXTS, ROWS, 2)
    best = np.array([0, 0, 1, 0])
    alone = left.alone(best)
    for row in range(4):
        keep = np.arange(4) != row
        without, _ = fit_vocabulary([t for t, k in zip(TEXTS, keep, strict=True) if k], ROWS[keep], 2)
        without = Vocabulary(without.words, without.counts, without.known, np.array([4, 2]))
        assert alone[row] == pytest.approx(without.signs([TEXTS[row]], best[[row]])[0])


def test_words_without_a_reason_are_those_of_a_vocabulary_without_its_texts():
    _, left = fit_vocabulary(TEXTS, ROWS, 2)
    unknown = left.unknown(1 - ROWS, np.eye(2, dtype=bool)[ROWS])
    for row in range(4):
        keep = ROWS[row] != ROWS
        without, _ = fit_vocabulary([t for t, k in zip(TEXTS, keep, strict=True) if k], ROWS[keep], 2)
        without = Vocabulary(without.words, without.counts, without.known, np.array([4, 2]))
        assert unknown[row] == pytest.approx(without.signs([TEXTS[row]], 1 - ROWS[[row]])[0])


def test_signs_of_a_text_do_not_depend_on_its_neighbours():
    words, _ = fit_vocabulary(TEXTS, ROWS, 2)
    texts = ["解約 為替 番号 xyz", "返金", "", "account カード 相場"]
    best = np.array([0, 1, 0, 1])
    whole = words.signs(texts, best)
    for row, text in enumerate(texts):
        assert (words.signs([text], best[[row]])[0] == whole[row]).all()


def test_an_empty_vocabulary_knows_no_word():
    words, _ = fit_vocabulary(["のはを", ""], np.array([0, 1]), 2)
    assert words.words == () and words.signs(["返金"], np.array([0]))[0, 0] == 1


def test_usual_scores_of_rare_reasons_lean_on_those_of_all():
    scores = np.array([[0.9, 0.0, 0.0]] * 50 + [[0.0, 0.4, 0.0]])
    mean, spread = _usual(scores, np.array([0] * 50 + [1]))
    assert mean[0] == pytest.approx(0.9, abs=0.02) and 0.7 < mean[1] < 0.9 and mean[2] == pytest.approx(mean.mean(), abs=0.1)
    assert (spread > 0).all()


def _stream(rng, things, n):
    wishes = ["{}について知りたい", "{}の件でお願いします", "{}ができません", "{}はどうなりましたか", "{}を変えたい", "急ぎで{}の確認を"]
    return [rng.choice(wishes).format(rng.choice(things)) for _ in range(n)]


def test_texts_of_a_reason_that_is_not_known_are_less_sure(tmp_path):
    rng = np.random.default_rng(0)
    things = {"refund": ["返金", "払い戻し", "お金の返却"], "login": ["ログイン", "パスワード", "サインイン"],
              "ship": ["配送", "荷物", "お届け日"], "cancel": ["解約", "退会", "契約の終了"]}
    texts = [text for name in things for text in _stream(rng, things[name], 15)]
    labels = [name for name in things for _ in range(15)]
    taxonomy = Taxonomy.from_dict({"reasons": [{"id": name, "name": words[0]} for name, words in things.items()]})
    model = ReasonClassifier(taxonomy, min_examples=1).fit(texts, labels)
    known = [text for name in things for text in _stream(rng, things[name], 8)]
    strange = _stream(rng, ["駐車場", "朝食", "天気", "株価", "猫"], 32)
    sure = model.predict_proba(known + strange).max(axis=1)
    assert roc_auc_score(np.r_[np.ones(32), np.zeros(32)], sure) > 0.95
    model.save(tmp_path / "m")
    again = ReasonClassifier.load(tmp_path / "m").predict_proba(known + strange)
    assert (again == model.predict_proba(known + strange)).all()
