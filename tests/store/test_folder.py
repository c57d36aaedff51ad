"""Saved folders: round trip, the same bytes, damage noticed, nothing untrusted loaded."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from vocmine import store
from vocmine.classify import ReasonClassifier
from vocmine.embed import CharacterEncoder
from vocmine.errors import StoreError
from vocmine.topics import TopicRegistry

TEXTS = ["返金 し て ほしい", "アプリ が 落ちる", "返金 まだ", "アプリ 固まる"]


@pytest.fixture
def fitted():
    words = TfidfVectorizer(token_pattern=r"\S+").fit(TEXTS)
    return words, LogisticRegression().fit(words.transform(TEXTS), [0, 1, 0, 1])


def test_round_trip_gives_the_same_answers(tmp_path, fitted):
    words, model = fitted
    store.save(tmp_path / "m", "Model", {"名前": [1, 2.5, None]}, {"w": np.eye(2)}, {"words": words, "model": model})
    back = store.load(tmp_path / "m", "Model")
    assert back.params == {"名前": [1, 2.5, None]}
    assert np.array_equal(back.arrays["w"], np.eye(2))
    expected = model.predict_proba(words.transform(TEXTS))
    got = back.estimators["model"].predict_proba(back.estimators["words"].transform(TEXTS))
    assert np.array_equal(expected, got)


def test_the_same_thing_gives_the_same_bytes(tmp_path, fitted):
    _, model = fitted
    again = LogisticRegression().fit(TfidfVectorizer(token_pattern=r"\S+").fit_transform(TEXTS), [0, 1, 0, 1])
    for name, estimator in (("a", model), ("b", again)):
        store.save(tmp_path / name, "Model", {"x": 1}, {"w": np.arange(4.0)}, {"model": estimator})
    files = [{p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in "ab"]
    assert files[0] == files[1]


def test_saving_again_leaves_no_old_files(tmp_path):
    for value in range(3):
        store.save(tmp_path, "Model", {"value": value}, {"w": np.full(3, value)})
    assert len(list(tmp_path.iterdir())) == 2
    assert store.load(tmp_path, "Model").arrays["w"].tolist() == [2, 2, 2]


def test_a_writer_killed_before_the_manifest_leaves_the_old_state(tmp_path, monkeypatch):
    store.save(tmp_path, "Model", {"value": 1}, {"w": np.ones(2)})
    real = store.write_atomic

    def killed(path, data):
        if path.name == "manifest.json":
            raise KeyboardInterrupt
        real(path, data)

    monkeypatch.setattr(store, "write_atomic", killed)
    with pytest.raises(KeyboardInterrupt):
        store.save(tmp_path, "Model", {"value": 2}, {"w": np.zeros(2)})
    assert store.load(tmp_path, "Model").params == {"value": 1}
    assert store.load(tmp_path, "Model").arrays["w"].tolist() == [1, 1]


def test_each_kind_of_damage_has_its_message(tmp_path):
    with pytest.raises(StoreError, match="no saved model here"):
        store.load(tmp_path / "none", "Model")
    store.save(tmp_path, "Model", {}, {"w": np.ones(2)})
    with pytest.raises(StoreError, match=r"another kind.*got: Model.*expected: Other"):
        store.load(tmp_path, "Other")
    manifest = tmp_path / "manifest.json"
    good = manifest.read_text()
    manifest.write_text(good.replace('"format": 1', '"format": 99'))
    with pytest.raises(StoreError, match="newer vocmine"):
        store.load(tmp_path, "Model")
    manifest.write_text(json.dumps({**json.loads(good), "files": {"arrays": "../x.npz"}}))
    with pytest.raises(StoreError, match="outside its folder"):
        store.load(tmp_path, "Model")
    manifest.write_text(good)
    blob = next(tmp_path.glob("*.npz"))
    blob.write_bytes(blob.read_bytes()[:-1])
    with pytest.raises(StoreError, match="damaged"):
        store.load(tmp_path, "Model")


def test_another_version_of_a_thing_is_told_as_older_or_newer(tmp_path):
    store.save(tmp_path, "Model", {"a": 1}, version=3)
    assert store.load(tmp_path, "Model", 3).params == {"a": 1}
    with pytest.raises(StoreError, match=r"newer vocmine.*Model, version 3.*upgrade"):
        store.load(tmp_path, "Model")
    with pytest.raises(StoreError, match=r"older vocmine.*expected: version 4.*move the folder away"):
        store.load(tmp_path, "Model", 4)
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"version": 3', '"version": "x"'))
    with pytest.raises(StoreError, match="manifest is damaged"):
        store.load(tmp_path, "Model", 3)


@pytest.mark.parametrize("made", [lambda: TopicRegistry(encoder=CharacterEncoder(32)), ReasonClassifier])
def test_a_folder_without_the_version_of_today_is_refused_in_a_sentence(tmp_path, made):
    made().save(tmp_path)
    manifest = tmp_path / "manifest.json"
    held = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({key: value for key, value in held.items() if key != "version"}))
    with pytest.raises(StoreError, match=r"older vocmine.*version 1"):
        type(made()).load(tmp_path)


def test_objects_and_foreign_types_are_refused(tmp_path):
    with pytest.raises(StoreError, match="Python objects"):
        store.save(tmp_path, "Model", {}, {"w": np.array([object()])})
    words = TfidfVectorizer(tokenizer=str.split, token_pattern=None).fit(TEXTS)
    store.save(tmp_path, "Model", {}, None, {"words": words})
    with pytest.raises(StoreError, match="not trusted"):
        store.load(tmp_path, "Model")


@pytest.mark.parametrize("estimator", [
    RandomForestClassifier(2), CountVectorizer(), make_pipeline(TfidfVectorizer()), FunctionTransformer(np.log1p),
    TfidfVectorizer(preprocessor=len), SGDClassifier(),
])
def test_another_class_of_scikit_learn_is_refused(tmp_path, estimator):
    store.save(tmp_path, "Model", {}, None, {"model": estimator})
    with pytest.raises(StoreError, match=r"not trusted; where: .*\.skops; got: "):
        store.load(tmp_path, "Model")


def test_a_folder_tampered_with_names_a_class_beside_the_list(tmp_path, fitted):
    """Rewritten with the right hash, so that nothing but the list of classes stands in the way."""
    store.save(tmp_path, "Model", {}, None, {"model": fitted[1]})
    (old,) = tmp_path.glob("*.skops")
    with zipfile.ZipFile(old) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["schema.json"] = members["schema.json"].replace(b"LogisticRegression", b"LogisticRegressionCV")
    old.unlink()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    name = f"{hashlib.sha256(buffer.getvalue()).hexdigest()[:32]}.skops"
    (tmp_path / name).write_bytes(buffer.getvalue())
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text().replace(old.name, name))
    with pytest.raises(StoreError, match=r"not trusted.*LogisticRegressionCV"):
        store.load(tmp_path, "Model")
