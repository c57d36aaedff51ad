"""What is known without labels, beside few of them."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons.prior import PARAMETERS, log_prior, prior_weight
from vocmine.embed import CharacterEncoder

NAMES = Taxonomy.from_dict({"reasons": [
    {"id": "refund", "name": "返金"}, {"id": "login", "name": "ログイン"}, {"id": "late", "name": "配送の遅れ"},
    {"id": "cancel", "name": "解約"}]})


def test_right_labels_take_over_and_useless_ones_do_not():
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 4, 200)
    right, noise = np.eye(4)[truth] + rng.normal(0, 0.1, (200, 4)), rng.normal(0, 1, (200, 4))
    fair = log_prior(0.5 * np.eye(4)[truth] + 0.125)
    assert prior_weight(right, log_prior(np.full((200, 4), 0.25)), truth) == 0
    assert prior_weight(noise, fair, truth) > 5 > prior_weight(right, fair, truth)


def test_a_floor_under_what_is_known():
    assert log_prior(np.zeros((1, 2))).tolist() == [[pytest.approx(np.log(PARAMETERS.floor))] * 2]


@pytest.mark.parametrize("taxonomy", [NAMES, None], ids=["names", "shipped"])
def test_one_label_a_reason_keeps_the_others(taxonomy, tmp_path):
    ids = ["refund", "login"] if taxonomy is not None else ["billing.refund", "account.login"]
    clf = ReasonClassifier(taxonomy, CharacterEncoder()).fit(["お金を返して", "中に入れない"], ids)
    late = "late" if taxonomy is not None else "contract.cancel"
    text = "配送の遅れについて" if taxonomy is not None else "サブスクを解約したいです"
    assert clf.predict([text], abstain=False).tolist() == [late]
    assert clf.stage_.prior is not None and clf.stage_.model.prior_weight > 0
    clf.save(tmp_path)
    again = ReasonClassifier.load(tmp_path)
    texts = ["返金はまだ", text, "", "hello"]
    assert (again.predict_proba(texts) == clf.predict_proba(texts)).all()
    alone = np.vstack([clf.predict_proba([each]) for each in texts])
    assert (alone == clf.predict_proba(texts)).all()
