"""Scores against what is typical, unknown reasons told from known ones."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons.calibration import _typical_scores


def test_typical_scores_of_rare_reasons_lean_on_those_of_all():
    scores = np.array([[0.9, 0.0, 0.0]] * 50 + [[0.0, 0.4, 0.0]])
    mean, spread = _typical_scores(scores, np.array([0] * 50 + [1]))
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
