"""The contract of all estimators: a new one is added to the table and must pass before it has tests of its own."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from vocmine.classify import ReasonClassifier, SentimentClassifier, Taxonomy
from vocmine.embed import CharacterEncoder
from vocmine.tagger import Tagger
from vocmine.topics import TopicModel

THEMES = {
    "refund": ["返金してください", "返金はいつですか", "代金を返してほしい", "I want a refund", "Please refund my order"],
    "crash": ["アプリが落ちる", "アプリが起動しない", "画面が固まって動かない", "The app keeps crashing", "App freezes at start"],
    "late": ["荷物が届かない", "配送が遅れている", "まだ商品が届きません", "My parcel is late", "Delivery has not arrived"],
}
TEXTS = [f"{text}{tail}" for texts in THEMES.values() for text in texts for tail in ("", "。至急", "!!", " お願いします")]
LABELS = [label for label, texts in THEMES.items() for _ in range(len(texts) * 4)]
MOODS = ["negative", "neutral", "positive"] * 20
ODD = ["", " ", "😡", "ﾍﾝｷﾝｼﾃ", "a", "。", "<b>&amp;</b>", "=1+1", "返金" * 300, "12345"]
TAXONOMY = Taxonomy.from_dict({"reasons": [{"id": name, "name": name} for name in THEMES]})

ESTIMATORS = {
    "reasons": (lambda: ReasonClassifier(TAXONOMY, encoder=CharacterEncoder(64)), (TEXTS, LABELS)),
    "reasons_alone": (lambda: ReasonClassifier(TAXONOMY, encoder=CharacterEncoder(64)), (TEXTS,)),
    "sentiment": (SentimentClassifier, (TEXTS, MOODS)),
    "topics": (lambda: TopicModel(seed=0, encoder=CharacterEncoder(64)), (TEXTS,)),
}
CLASSIFIERS = ["reasons", "sentiment"]


@pytest.fixture(scope="module")
def fitted():
    return {name: make().fit(*data) for name, (make, data) in ESTIMATORS.items()}


def answer(estimator, texts):
    return np.asarray(estimator.assign(texts) if hasattr(estimator, "assign") else estimator.predict(texts))


@pytest.mark.parametrize("name", ESTIMATORS)
def test_init_stores_and_clone_copies(name):
    make, data = ESTIMATORS[name]
    estimator = make()
    params = estimator.get_params(deep=False)
    assert all(getattr(estimator, key) is value for key, value in params.items())
    copy = clone(estimator)
    assert type(copy) is type(estimator)
    assert copy.get_params(deep=False).keys() == params.keys()
    assert not [key for key in vars(estimator) if key.endswith("_") and not key.startswith("_")]
    assert estimator.fit(*data) is estimator
    assert [key for key in dir(estimator) if key.endswith("_") and not key.startswith("_")]


@pytest.mark.parametrize("name", ESTIMATORS)
def test_fit_leaves_its_parameters_and_its_input_alone(name):
    make, data = ESTIMATORS[name]
    estimator, frame = make(), pd.DataFrame({"text": TEXTS}, index=range(100, 100 + len(TEXTS)))
    before, params = frame.copy(), {k: id(v) for k, v in estimator.get_params(deep=False).items()}
    estimator.fit(frame, *data[1:])
    pd.testing.assert_frame_equal(frame, before)
    assert {k: id(v) for k, v in estimator.get_params(deep=False).items()} == params


@pytest.mark.parametrize("name", ESTIMATORS)
def test_alone_equals_batch_in_any_order(name, fitted):
    texts = [*TEXTS[::5], *ODD]
    batch = answer(fitted[name], texts)
    assert batch.tolist() == [answer(fitted[name], [text])[0] for text in texts]
    order = np.random.default_rng(0).permutation(len(texts))
    assert answer(fitted[name], [texts[i] for i in order]).tolist() == batch[order].tolist()


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_probabilities_are_the_same_to_the_last_bit(name, fitted):
    texts = [*TEXTS[::7], *ODD]
    batch = fitted[name].predict_proba(texts)
    alone = np.vstack([fitted[name].predict_proba([text]) for text in texts])
    assert np.array_equal(batch, alone)
    assert batch.shape == (len(texts), len(fitted[name].classes_))
    assert (batch >= 0).all()
    assert (batch.sum(axis=1) <= 1 + 1e-6).all()


@pytest.mark.parametrize("name", ESTIMATORS)
def test_list_series_and_frame_give_the_same(name, fitted):
    texts = TEXTS[:6]
    expected = answer(fitted[name], texts).tolist()
    assert answer(fitted[name], pd.Series(texts, index=list("abcdef"))).tolist() == expected
    assert answer(fitted[name], pd.DataFrame({"contact_id": texts, "text": texts})).tolist() == expected
    assert len(answer(fitted[name], [])) == 0


@pytest.mark.parametrize("name", ESTIMATORS)
def test_save_load_and_pickle_give_the_same_answers(name, fitted, tmp_path):
    estimator, texts = fitted[name], [*TEXTS[::9], *ODD]
    expected = answer(estimator, texts).tolist()
    estimator.save(tmp_path / "a")
    estimator.save(tmp_path / "b")
    assert {p.name: p.read_bytes() for p in (tmp_path / "a").iterdir()} == {p.name: p.read_bytes() for p in (tmp_path / "b").iterdir()}
    assert answer(type(estimator).load(tmp_path / "a"), texts).tolist() == expected
    assert answer(pickle.loads(pickle.dumps(estimator)), texts).tolist() == expected


@pytest.mark.parametrize("name", ESTIMATORS)
def test_the_same_fit_twice_is_the_same(name, fitted):
    make, data = ESTIMATORS[name]
    again = make().fit(*data)
    assert answer(again, TEXTS).tolist() == answer(fitted[name], TEXTS).tolist()


OTHER_THEMES = {"refund": "返金", "crash": "不具合"}
OTHER = Taxonomy.from_dict({"reasons": [{"id": name, "name": words} for name, words in OTHER_THEMES.items()]})
# For each estimator: every parameter with another value than that of its maker above.
CHANGED = {
    "reasons": {"taxonomy": OTHER, "encoder": CharacterEncoder(32), "serve": "student", "reread": 0.5, "precision": 0.95, "unknown_share": 0.3, "min_examples": 3},
    "sentiment": {"encoder": CharacterEncoder(32), "C": 0.01, "use_vectors": False},
    "topics": {"seed": 1, "encoder": CharacterEncoder(32)},
}
CHANGED["reasons_alone"] = CHANGED["reasons"]
CHANGES = [(name, key) for name in ESTIMATORS for key in CHANGED[name]]


def everything(estimator, texts):
    """Give all that an estimator says of texts."""
    said = [answer(estimator, texts).tolist()]
    said += [estimator.predict_proba(texts).tolist()] if hasattr(estimator, "predict_proba") else []
    said += [np.asarray(estimator.classes_).tolist()] if hasattr(estimator, "classes_") else []
    said += [estimator.threshold_, estimator.figures_] if hasattr(estimator, "threshold_") else []
    said += [estimator.tag(texts).to_dict("list")] if hasattr(estimator, "tag") else []
    return [*said, estimator.explain(texts).to_dict("list")] if hasattr(estimator, "explain") else said


@pytest.fixture(scope="module")
def answers(fitted):
    return {name: everything(estimator, [*TEXTS[::9], *ODD]) for name, estimator in fitted.items()}


def test_every_parameter_of_a_classifier_is_changed():
    for name in ("reasons", "reasons_alone", "sentiment"):
        assert set(CHANGED[name]) == set(ESTIMATORS[name][0]().get_params(deep=False))


@pytest.mark.parametrize(("name", "key"), CHANGES)
def test_a_parameter_set_after_fit_waits_for_the_next_fit(name, key, fitted, answers, tmp_path):
    estimator, texts = pickle.loads(pickle.dumps(fitted[name])), [*TEXTS[::9], *ODD]
    estimator.set_params(**{key: CHANGED[name][key]})
    assert everything(estimator, texts) == answers[name]
    assert everything(pickle.loads(pickle.dumps(estimator)), texts) == answers[name]
    estimator.save(tmp_path)
    loaded = type(estimator).load(tmp_path)
    assert everything(loaded, texts) == answers[name]
    if name != "topics":  # a loaded topic model has the encoder given to `load`, none otherwise
        got, wanted = loaded.get_params(deep=False)[key], CHANGED[name][key]
        assert got == wanted or got.spec == wanted.spec


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_a_parameter_set_before_fit_takes_effect_at_once(name):
    make = ESTIMATORS[name][0]
    for key, value in CHANGED[name].items():
        used = make()
        answer(used, TEXTS[:2])
        used.set_params(**{key: value})
        assert everything(used, TEXTS[::9]) == everything(make().set_params(**{key: value}), TEXTS[::9])


def test_another_taxonomy_before_fit_gives_its_reasons_and_after_fit_at_the_next():
    classifier = ReasonClassifier(TAXONOMY, encoder=CharacterEncoder(64))
    classifier.predict(TEXTS[:2])
    assert list(classifier.set_params(taxonomy=OTHER).classes_) == list(OTHER_THEMES) == list(classifier.taxonomy_.names())
    classifier.set_params(taxonomy=TAXONOMY).fit(TEXTS, LABELS).set_params(taxonomy=OTHER)
    assert list(classifier.classes_) == list(THEMES)
    two = [label in OTHER_THEMES for label in LABELS]
    classifier.fit([t for t, known in zip(TEXTS, two, strict=True) if known], [x for x, known in zip(LABELS, two, strict=True) if known])
    assert list(classifier.classes_) == list(OTHER_THEMES)


def test_unfitted_topics_say_so():
    with pytest.raises(NotFittedError):
        TopicModel().assign(["x"])


def test_no_labels_are_needed_for_reasons_and_sentiment():
    assert len(ReasonClassifier(TAXONOMY).predict(TEXTS[:3])) == 3
    assert set(SentimentClassifier().predict(TEXTS[:3])) <= set(MOODS)


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_texts_and_labels_of_different_length_are_an_error(name):
    make, (texts, labels) = ESTIMATORS[name]
    with pytest.raises(ValueError, match=r"(?i)label|length|texts"):
        make().fit(texts, labels[:-1])


def test_a_tagger_is_the_same_saved_pickled_and_in_chunks(fitted, tmp_path):
    contacts = pd.DataFrame({"contact_id": [f"c{i}" for i in range(len(TEXTS) + len(ODD))], "text": TEXTS + ODD})
    contacts["created_at"], contacts["channel"] = pd.Timestamp("2026-11-21", tz="UTC"), "chat"
    tagger = Tagger(fitted["reasons"], fitted["sentiment"])
    whole = tagger.tag(contacts)
    assert set(whole.contact_id) == set(contacts.contact_id)
    assert whole[whole.kind == "sentiment"].contact_id.is_unique
    tagger.save(tmp_path)
    for other in (Tagger.load(tmp_path), pickle.loads(pickle.dumps(tagger))):
        pd.testing.assert_frame_equal(other.tag(contacts), whole)
    chunks = pd.concat([tagger.tag(contacts.iloc[i : i + 7]) for i in range(0, len(contacts), 7)], ignore_index=True)
    pd.testing.assert_frame_equal(chunks, whole)
    assert len(pickle.dumps(tagger)) < 20_000_000
