from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons import unsupervised
from vocmine.classify.reasons.unsupervised import (
    UnsupervisedModel,
    _evened,
    _middle,
    _vocabulary,
    _weighted_counts,
    distinct_texts,
)
from vocmine.contacts import simulate
from vocmine.embed import CharacterEncoder, default_encoder, encode_distinct
from vocmine.errors import SettingsError

SHIPPED = Taxonomy.default()
ODD = ["", "!!!", "zzqx", "返金" * 200, "\ud83d"]


class Remembers:
    """The bundled encoder, each text encoded once for all tests."""

    def __init__(self):
        self.spec, self.known = {"encoder": "remembers"}, {}

    def encode(self, texts):
        new = [t for t in dict.fromkeys(texts) if t not in self.known]
        self.known.update(zip(new, encode_distinct(default_encoder(), new), strict=True))
        return np.stack([self.known[t] for t in texts]) if texts else np.zeros((0, 512), np.float32)


@pytest.fixture(scope="module")
def engine():
    return Remembers()


@pytest.fixture(scope="module")
def said():
    """Contacts of one reason each: 800 to learn from, 300 to test on."""
    made = simulate(days=18, per_day=90, lang="mixed", seed=11).drop_duplicates("text")
    made = made[~made["true_reasons"].str.contains("|", regex=False)].sample(1_100, random_state=0)
    return made.iloc[:800], made.iloc[800:]


def named(ids):
    return Taxonomy.from_dict({"reasons": [{"id": r, "name": dict(SHIPPED[r].names)} for r in ids]})


@pytest.fixture(scope="module")
def alone(engine, said):
    return ReasonClassifier(named(SHIPPED.leaves), engine).fit(said[0]["text"].tolist())


def share_right(clf, frame):
    return float((clf.predict(frame["text"].tolist(), abstain=False) == frame["true_reasons"].to_numpy()).mean())


def test_texts_without_labels_teach_more_than_names(engine, said, alone):
    before = share_right(ReasonClassifier(named(SHIPPED.leaves), engine), said[1])
    after = share_right(alone, said[1])
    assert after >= before + 0.03, (before, after)


@pytest.mark.slow
def test_they_add_to_examples_and_patterns_too(engine, said):
    plain = ReasonClassifier(encoder=engine, serve="best")
    learned = clone(plain).fit(said[0]["text"].tolist())
    assert share_right(learned, said[1]) >= share_right(plain, said[1]) + 0.01
    assert learned.figures_["reader"] == "vectors" and learned.figures_["n"] == 800


def test_what_is_named_is_right_about_as_often_as_wanted(said, alone):
    guess, truth = alone.predict(said[1]["text"].tolist()), said[1]["true_reasons"].to_numpy()
    kept = guess != "unknown"
    assert 0.2 < kept.mean() < 0.95
    assert (guess == truth)[kept].mean() >= 0.7
    best = alone.predict_proba(said[1]["text"].tolist()).max(axis=1)
    assert abs(best.mean() - share_right(alone, said[1])) <= 0.15


@pytest.mark.slow
def test_contacts_of_other_matters_are_not_swallowed(engine, said):
    ids = sorted(np.random.default_rng(0).permutation(SHIPPED.leaves)[10:])
    clf = ReasonClassifier(named(ids), engine).fit(said[0]["text"].tolist())
    known = said[1]["true_reasons"].isin(ids).to_numpy()
    some = clf.predict(said[1]["text"].tolist()) != "unknown"
    assert some[~known].mean() <= 0.5 * some[known].mean()
    before = share_right(ReasonClassifier(named(ids), engine), said[1][known])
    assert share_right(clf, said[1][known]) >= before + 0.03


def test_order_and_copies_do_not_matter(said):
    texts, new = said[0]["text"].tolist()[:120], said[1]["text"].tolist()[:60]
    fresh = ReasonClassifier(named(SHIPPED.leaves), CharacterEncoder(64))
    once = clone(fresh).fit(texts)
    again = clone(fresh).fit(pd.Series([*texts[::-1], *texts[:50], "", None]))
    assert np.array_equal(again.predict_proba(new), once.predict_proba(new))
    assert again.threshold_ == once.threshold_ and again.figures_ == once.figures_


def test_alone_and_among_others_to_the_last_bit(said, alone):
    texts = [*said[1]["text"].tolist()[:20], *ODD]
    among = alone.predict_proba(texts)
    assert np.array_equal(np.vstack([alone.predict_proba([t]) for t in texts]), among)
    assert np.array_equal(alone.predict_proba(texts[::-1])[::-1], among)
    assert (among >= 0).all() and (among.sum(axis=1) <= 1 + 1e-9).all()
    assert alone.predict_proba([]).shape == (0, len(SHIPPED.leaves))


def test_saved_pickled_and_loaded(engine, said, alone, tmp_path):
    texts = [*said[1]["text"].tolist()[:30], *ODD]
    expected = alone.predict_proba(texts)
    alone.save(tmp_path / "model")
    loaded = ReasonClassifier.load(tmp_path / "model", encoder=engine)
    for other in (loaded, pickle.loads(pickle.dumps(alone))):
        assert np.array_equal(other.predict_proba(texts), expected)
        assert other.threshold_ == alone.threshold_ and other.figures_ == alone.figures_
        pd.testing.assert_frame_equal(other.tag(texts), alone.tag(texts))
    assert len(pickle.dumps(alone)) < 5_000_000 + len(pickle.dumps(engine))  # it holds the vectors of 600 texts


def test_tags_and_reasons_why(said, alone):
    tags = alone.tag(said[1].head(20))
    assert set(tags["row"]) == set(range(20)) and set(tags["label"]) <= {*SHIPPED.leaves, "unknown"}
    assert (alone.explain(said[1]["text"].tolist()[:5], top=2).groupby("row").size() == 2).all()


@pytest.mark.slow
def test_another_language_than_the_texts(engine, said):
    japanese = said[0][said[0]["true_lang"] == "ja"]["text"].tolist()
    english = said[1][said[1]["true_lang"] == "en"]
    names = ReasonClassifier(named(SHIPPED.leaves), engine)
    assert share_right(clone(names).fit(japanese), english) >= share_right(names, english) - 0.05


def test_no_labels_at_all_is_not_the_same_as_none():
    with pytest.raises(SettingsError, match="no labels"):
        ReasonClassifier(encoder=CharacterEncoder(64)).fit(["a", "b"], [None, None])


@pytest.mark.slow
def test_a_reason_nobody_writes_about_draws_no_texts(engine, said, alone):
    more = Taxonomy.from_dict({"reasons": [
        *({"id": r, "name": dict(SHIPPED[r].names)} for r in SHIPPED.leaves),
        {"id": "volcano", "name": {"ja": "火山の噴火", "en": "Volcanic eruption"}}]})
    clf = ReasonClassifier(more, engine).fit(said[0]["text"].tolist())
    guess = clf.predict(said[1]["text"].tolist(), abstain=False)
    assert (guess == "volcano").mean() <= 0.02
    assert clf.predict(["火山が噴火して灰が降っています", "There is a volcano eruption"], abstain=False).tolist() == ["volcano"] * 2


def test_of_very_many_texts_a_fixed_draw(monkeypatch):
    monkeypatch.setattr(unsupervised, "PARAMETERS", replace(unsupervised.PARAMETERS, max_texts=50))
    frame = pd.DataFrame({"lang": "ja", "text_clean": [f"文{i}" for i in range(200)], "terms": ""})
    drawn = distinct_texts(frame)["text_clean"].tolist()
    assert len(drawn) == 50 and drawn == sorted(drawn) == distinct_texts(frame.iloc[::-1])["text_clean"].tolist()
    assert set(drawn) != {f"文{i}" for i in range(50)}


def test_a_language_with_few_texts_is_moved_as_all_are():
    values = np.r_[np.full((950, 1), 5.0), np.full((50, 1), 1.0)]
    english = np.r_[np.zeros(950, int), np.ones(50, int)]
    out = _middle(values, english, np.zeros((2, 1)))
    assert out[0, 0] == pytest.approx(5.0, abs=0.02) and out[1, 0] == pytest.approx((1 + 4.8) / 2)
    nobody = _middle(values[:950], english[:950], np.array([[1.0], [3.0]]))
    assert nobody[1, 0] == pytest.approx(3 + 4)


def test_big_reasons_are_taken_down_in_part():
    share = np.tile([[0.9, 0.1]], (10, 1))
    small = _evened(share)[0, 1]
    assert 0.1 < small < 0.5
    assert np.allclose(_evened(np.full((4, 2), 0.5)), 0.5)


def test_words_count_once_and_rare_ones_more():
    words, idf = _vocabulary(["a b b", "a b", "a b", "a c c c", "a"])
    assert words == ("a", "b") and idf[1] > idf[0]
    counts = _weighted_counts(["b a x b", "x", ""], words, idf)
    assert np.allclose(np.sqrt(counts.multiply(counts).sum(axis=1)).ravel(), [1, 0, 0])


def test_arrays_and_back():
    one = np.ones((2, 3), np.float32)
    made = UnsupervisedModel(one, one, one, one[0], ("返金", "a_b"), one[0], one, 2.5, 0.6, {"n": 3.0})
    again = UnsupervisedModel.from_arrays(made.arrays(), made.figures)
    assert again.words == made.words and (again.temperature, again.threshold) == (2.5, 0.6)
    assert again.arrays().keys() == made.arrays().keys()
    assert all(np.array_equal(made.arrays()[key], again.arrays()[key]) for key in made.arrays())
