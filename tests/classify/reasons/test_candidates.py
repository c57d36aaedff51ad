"""The candidates of each text: chances that belong to it alone, whatever else is read."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons.candidates import PARAMETERS, candidate_frame
from vocmine.classify.reasons.stage import StageReading
from vocmine.embed import CharacterEncoder
from vocmine.frames import UNKNOWN
from vocmine.tagger import Tagger

TEXTS = [
    "先月分の料金が二重に引き落とされています。返金してください。", "My router keeps disconnecting since Monday.", "荷物がまだ届きません。",
    "ありがとうございました", "あ", "", "アプリが落ちて使えません(´;ω;`)", "ランチのお店はどこがおいしいですか",
]
NAMES = Taxonomy.from_dict({"reasons": [{"id": "refund", "name": "返金"}, {"id": "login", "name": "ログイン"}, {"id": "late", "name": "配送の遅れ"}]})


class Columns:
    """What `candidate_frame` needs of a stage."""

    basis = "names"

    def __init__(self, k):
        self.classes = tuple(f"r{j}" for j in range(k))


def candidates_of(clf, texts=TEXTS):
    return clf.tag_with_candidates(texts)[1]


def assert_chances(frame, n):
    assert frame["row"].unique().tolist() == list(range(n))
    assert ((frame["score"] >= 0) & (frame["score"] <= 1)).all()
    assert not frame.duplicated(["row", "label"]).any()
    per_text = frame.groupby("row")
    assert (per_text["score"].sum() <= 1 + 1e-9).all() and (per_text.size() <= PARAMETERS.most + 1).all()
    assert (per_text["label"].last() == UNKNOWN).all()
    known = frame[frame["label"] != UNKNOWN]
    assert (known["score"] >= PARAMETERS.least).all()
    assert known.groupby("row")["score"].apply(lambda s: (s.diff().dropna() <= 1e-6).all()).all()
    assert set(frame["source"]) == {"model"}


@given(st.integers(1, 9).flatmap(lambda k: st.lists(st.tuples(st.lists(st.floats(0, 1), min_size=k, max_size=k), st.floats(0, 1)), min_size=1, max_size=5)))
def test_any_reading(rows):
    closed = np.array([row for row, _ in rows])
    total = closed.sum(axis=1, keepdims=True)
    closed = np.divide(closed, total, out=np.zeros_like(closed), where=total > 0)
    none = np.array([chance for _, chance in rows])
    frame = candidate_frame(Columns(closed.shape[1]), StageReading(closed, closed, none))
    assert_chances(frame, len(rows))
    assert frame.loc[frame["label"] == UNKNOWN, "score"].tolist() == none.tolist()
    left = 1 - frame.groupby("row")["score"].sum().to_numpy()
    dropped = closed.shape[1] * PARAMETERS.least if closed.shape[1] <= PARAMETERS.most else 1
    assert (left[total.ravel() > 0] <= dropped + 1e-9).all()


def test_equal_chances_go_by_the_order_of_the_reasons():
    frame = candidate_frame(Columns(8), StageReading(np.full((1, 8), 0.125), np.full((1, 8), 0.125), np.zeros(1)))
    assert frame["label"].tolist() == [*(f"r{j}" for j in range(PARAMETERS.most)), UNKNOWN]


@pytest.mark.parametrize("case", ["names", "texts", "examples", "examples_texts", "labels"])
def test_every_stage_says_what_its_chances_rest_on(case, reason_texts, small_classifier):
    texts, labels = reason_texts
    examples = {"reasons": [{"id": i, "name": i, "examples": [t for t, own in zip(texts, labels, strict=True) if own == i]} for i in sorted(set(labels))]}
    made = {
        "names": lambda: ReasonClassifier(NAMES), "texts": lambda: ReasonClassifier(NAMES).fit(texts), "labels": lambda: small_classifier,
        "examples": lambda: ReasonClassifier(Taxonomy.from_dict(examples), CharacterEncoder()),
        "examples_texts": lambda: ReasonClassifier(Taxonomy.from_dict(examples), CharacterEncoder()).fit(texts),
    }[case]()
    frame = candidates_of(made, [*TEXTS, *texts[:5]])
    assert set(frame["evidence"]) == {case}
    assert set(frame["label"]) <= {*made.classes_, UNKNOWN}
    assert_chances(frame, len(TEXTS) + 5)


def test_a_text_alone_has_the_candidates_that_it_has_among_others(shipped_classifier):
    whole = candidates_of(shipped_classifier)
    alone = [candidates_of(shipped_classifier, [text]).assign(row=i) for i, text in enumerate(TEXTS)]
    pd.testing.assert_frame_equal(pd.concat(alone, ignore_index=True), whole)
    back = candidates_of(shipped_classifier, TEXTS[::-1]).assign(row=lambda f: len(TEXTS) - 1 - f["row"])
    pd.testing.assert_frame_equal(back.sort_values("row", kind="stable", ignore_index=True), whole)


@pytest.mark.parametrize("how", ["names", "texts", "labels"])
def test_saved_and_loaded_it_says_the_same(how, reason_texts, small_classifier, tmp_path):
    clf = {"names": lambda: ReasonClassifier(NAMES), "texts": lambda: ReasonClassifier(NAMES).fit(reason_texts[0]), "labels": lambda: small_classifier}[how]()
    clf.save(tmp_path)
    pd.testing.assert_frame_equal(candidates_of(ReasonClassifier.load(tmp_path)), candidates_of(clf))


def test_the_likeliest_candidate_is_the_reason_and_foreign_texts_are_likelier_none():
    tags, candidates = ReasonClassifier(NAMES).tag_with_candidates(["返金してください", "ログインできません", "春の京都で桜を見たい"])
    first = candidates.drop_duplicates("row").set_index("row")["label"]
    assert first[:1].tolist() == ["refund"] == tags.loc[tags["row"] == 0, "label"].tolist()
    none = candidates[candidates["label"] == UNKNOWN].set_index("row")["score"]
    assert none[2] > none[0] and none[2] > none[1]


def test_no_texts_have_no_candidates(shipped_classifier):
    frame = candidates_of(shipped_classifier, [])
    assert frame.empty and frame.columns.tolist() == ["row", "label", "score", "source", "evidence"]


def test_the_tagger_writes_them_behind_the_other_tags():
    contacts = pd.DataFrame({"contact_id": [f"c{i}" for i in range(len(TEXTS))], "text": TEXTS})
    tags = Tagger(ReasonClassifier(NAMES)).tag(contacts)
    mine = tags[tags["kind"] == "candidate"]
    assert mine["contact_id"].unique().tolist() == contacts["contact_id"].tolist()
    assert (mine.groupby("contact_id")["score"].sum() <= 1.001).all()
    assert all(list(dict.fromkeys(rows["kind"]))[-1] == "candidate" for _, rows in tags.groupby("contact_id"))


def test_a_classifier_of_ones_own_needs_none():
    class Own:
        def tag(self, analysed):
            return pd.DataFrame({"row": range(len(analysed)), "label": "own", "score": 1.0, "source": "model", "evidence": ""})

    tags = Tagger(Own()).tag(pd.DataFrame({"contact_id": ["a"], "text": ["返金"]}))
    assert "candidate" not in set(tags["kind"]) and "own" in set(tags["label"])
