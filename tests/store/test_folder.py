"""Saved folders: round trip, the same bytes, damage noticed, nothing of it run."""

from __future__ import annotations

import json
import os

import numpy as np
import pytest

from vocmine import store
from vocmine.classify import ReasonClassifier
from vocmine.embed import CharacterEncoder
from vocmine.errors import StoreError
from vocmine.store import folder as module
from vocmine.topics import TopicRegistry


def test_a_round_trip_gives_the_same_values_and_arrays(tmp_path):
    arrays = {"w": np.eye(2), "名": np.array(["返金", ""]), "half": np.ones((2, 0), np.float16), "n": np.array(2)}
    store.save(tmp_path / "m", "Model", {"名前": [1, 2.5, None]}, arrays)
    back = store.load(tmp_path / "m", "Model")
    assert back.params == {"名前": [1, 2.5, None]}
    assert set(back.arrays) == set(arrays)
    assert all(np.array_equal(back.arrays[name], arrays[name]) and back.arrays[name].dtype == arrays[name].dtype for name in arrays)


def test_the_same_thing_gives_the_same_bytes(tmp_path):
    for name in "ab":
        store.save(tmp_path / name, "Model", {"x": 1}, {"w": np.arange(4.0), "a": np.array(["x"])})
    files = [{p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in "ab"]
    assert files[0] == files[1]


def test_saving_again_leaves_no_old_files(tmp_path):
    for value in range(3):
        store.save(tmp_path, "Model", {"value": value}, {"w": np.full(3, value)})
    assert len(list(tmp_path.iterdir())) == 2
    assert store.load(tmp_path, "Model").arrays["w"].tolist() == [2, 2, 2]


def test_saving_removes_no_file_that_is_not_its_own(tmp_path):
    for name in ("data.npz", "model.skops", "notes.txt"):
        (tmp_path / name).write_bytes(b"mine")
    store.save(tmp_path, "Model", {}, {"w": np.ones(2)})
    store.save(tmp_path, "Model", {}, {"w": np.ones(3)})
    assert {p.name for p in tmp_path.iterdir()} >= {"data.npz", "model.skops", "notes.txt"}
    assert len(list(tmp_path.iterdir())) == 5


def test_a_writer_killed_before_the_manifest_leaves_the_old_state(tmp_path, monkeypatch):
    store.save(tmp_path, "Model", {"value": 1}, {"w": np.ones(2)})
    real = store.write_atomic

    def killed(path, data):
        if path.name == "manifest.json":
            raise KeyboardInterrupt
        real(path, data)

    monkeypatch.setattr(module, "write_atomic", killed)
    with pytest.raises(KeyboardInterrupt):
        store.save(tmp_path, "Model", {"value": 2}, {"w": np.zeros(2)})
    assert store.load(tmp_path, "Model").params == {"value": 1}
    assert store.load(tmp_path, "Model").arrays["w"].tolist() == [1, 1]


def test_each_kind_of_damage_has_its_message(tmp_path):
    with pytest.raises(StoreError, match="no saved model here"):
        store.load(tmp_path / "none", "Model")
    store.save(tmp_path, "Model", {}, {"w": np.ones(2)})
    with pytest.raises(StoreError, match=r"another kind.*got: Model; expected: Other"):
        store.load(tmp_path, "Other")
    manifest = tmp_path / "manifest.json"
    good = manifest.read_text()
    manifest.write_text(good.replace('"format": 2', '"format": 99'))
    with pytest.raises(StoreError, match="newer vocmine"):
        store.load(tmp_path, "Model")
    manifest.write_text(json.dumps({**json.loads(good), "files": {"arrays": "../x.npz"}}))
    with pytest.raises(StoreError, match="none of ours"):
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
    with pytest.raises(StoreError, match=r"manifest is wrong.*version"):
        store.load(tmp_path, "Model", 3)


@pytest.mark.parametrize("made", [lambda: TopicRegistry(encoder=CharacterEncoder(32)), ReasonClassifier])
def test_a_folder_without_the_version_of_today_is_refused_in_a_sentence(tmp_path, made):
    made().save(tmp_path)
    manifest = tmp_path / "manifest.json"
    held = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({key: value for key, value in held.items() if key != "version"}))
    with pytest.raises(StoreError, match=r"older vocmine.*version 1"):
        type(made()).load(tmp_path)


def first_format(tmp_path, files):
    """Make a manifest as the first format had it."""
    params = {"a": float("nan")}
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 1, "kind": "Model", "params": params, "files": files}))


def test_the_first_format_is_read_where_it_holds_arrays_alone(tmp_path):
    store.save(tmp_path, "Model", {}, {"w": np.arange(3)})
    (name,) = (p.name for p in tmp_path.glob("*.npz"))
    first_format(tmp_path, {"arrays": name})
    assert store.load(tmp_path, "Model").arrays["w"].tolist() == [0, 1, 2]
    assert store.load(tmp_path, "Model").params == {"a": None}


def test_the_first_format_with_estimators_is_refused_with_what_to_do(tmp_path):
    first_format(tmp_path, {"estimator:words": "0" * 32 + ".skops"})
    with pytest.raises(StoreError, match=r"can hold code; where: .*; got: estimators; .*; fit it again"):
        store.load(tmp_path, "Model", again="fit it again")


@pytest.mark.parametrize("value", [object(), len, {1, 2}, float("nan"), float("inf"), np.float32(1), b"a"], ids=lambda value: type(value).__name__)
def test_what_is_no_plain_value_is_said_at_save(tmp_path, value):
    with pytest.raises(StoreError, match="can't be saved"):
        store.save(tmp_path / "m", "Model", {"x": value})
    with pytest.raises(StoreError, match=r"can't be saved"):
        store.save(tmp_path / "m", "Model", {}, {"w": np.array([object()])})
    assert not (tmp_path / "m").exists()


def test_links_devices_and_folders_are_no_files(tmp_path):
    store.save(tmp_path / "m", "Model", {}, {"w": np.ones(2)})
    (blob,) = (tmp_path / "m").glob("*.npz")
    blob.rename(tmp_path / "elsewhere.npz")
    made = [lambda p: p.symlink_to(tmp_path / "elsewhere.npz"), lambda p: p.symlink_to("/dev/zero"), os.mkfifo, lambda p: p.mkdir()]
    for place in (blob, tmp_path / "m" / "manifest.json"):
        for make in made:
            place.unlink(missing_ok=True)
            make(place)
            with pytest.raises(StoreError, match=r"no plain file|a folder that was saved|missing"):
                store.load(tmp_path / "m", "Model")
            place.rmdir() if place.is_dir() and not place.is_symlink() else place.unlink()
        store.save(tmp_path / "m", "Model", {}, {"w": np.ones(2)})


def test_a_file_beyond_all_bounds_is_not_read(tmp_path, monkeypatch):
    store.save(tmp_path, "Model", {}, {"w": np.random.default_rng(0).normal(size=99)})
    monkeypatch.setattr(module, "_FILE_BYTES", 300)
    with pytest.raises(StoreError, match="too large"):
        store.load(tmp_path, "Model")
    monkeypatch.setattr(module, "_MANIFEST_BYTES", 30)
    with pytest.raises(StoreError, match="too large"):
        store.load(tmp_path, "Model")


def test_the_digest_of_a_manifest_names_all_that_is_read(tmp_path):
    digests = []
    for value in (1, 2, 1):
        store.save(tmp_path, "Model", {}, {"w": np.full(2, value)})
        digests.append(store.manifest_digest(tmp_path))
    assert digests[0] == digests[2] != digests[1]
    with pytest.raises(StoreError, match="no saved model"):
        store.manifest_digest(tmp_path / "none")
