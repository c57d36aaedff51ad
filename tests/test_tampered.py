"""Saved folders that somebody changed: each is refused in one sentence or read as what it says; nothing of it runs.

Files are written again with the right hashes, so that nothing but the checks of values and arrays stands in the way.
"""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vocmine.audits import load_audit, save_audit
from vocmine.classify import ReasonClassifier, SentimentClassifier, Taxonomy
from vocmine.embed import CharacterEncoder
from vocmine.errors import StoreError, VocmineError
from vocmine.store.arrays import pack, unpack
from vocmine.tagger import Tagger
from vocmine.topics import TopicModel, TopicRegistry

THEMES = {"refund": ["返金してください", "代金を返して"], "crash": ["アプリが落ちる", "画面が固まる"], "late": ["荷物が届かない", "配送が遅い"]}
TAILS = ("", "。至急", "!!", "お願いします", "困る", "です", "の件", "は?", "どうなる", "いつ", "なぜ", "また")
TEXTS = [f"{text}{tail}" for texts in THEMES.values() for text in texts for tail in TAILS]
LABELS = [name for name, texts in THEMES.items() for _ in range(len(texts) * len(TAILS))]
TAXONOMY = Taxonomy.from_dict({"reasons": [{"id": name, "name": texts[0]} for name, texts in THEMES.items()]})
MOODS = ["negative", "neutral", "positive"] * (len(TEXTS) // 3)
ENCODER = CharacterEncoder(16)


def registry():
    """Give one that has found an issue: topics, alerts, incidents and a memory."""
    made = TopicRegistry(encoder=ENCODER, settle_days=10)
    subjects = ["返金の手続き", "画面の明るさ", "荷物の配達", "駐車場の予約", "クーポンの期限", "ログインの仕方"]
    rows = [
        (day, f"{subject}{TAILS[int(i)]}。{k}番") for day in range(1, 29) for subject in subjects
        for k, i in enumerate(np.random.default_rng(day).integers(len(TAILS), size=6))
    ]
    rows += [(day, f"充電ケーブルが熱い{TAILS[i]}") for day in range(24, 29) for i in range(6)]
    frame = pd.DataFrame(rows, columns=["day", "text"])
    frame["contact_id"] = [f"c{i}" for i in range(len(frame))]
    frame["created_at"] = pd.Timestamp("2026-03-01", tz="UTC") + pd.to_timedelta(frame["day"], unit="D")
    frame["channel"] = np.where(frame.index % 3 == 0, "call", "chat")
    made.update(frame.drop(columns="day"))
    return made


def ask(loaded):
    """Use what was loaded as one does."""
    contacts = pd.DataFrame({"contact_id": ["a", "b"], "text": ["返金してください。急ぎです", "I want a refund"]})
    contacts["created_at"], contacts["channel"] = pd.Timestamp("2026-03-30", tz="UTC"), "chat"
    if isinstance(loaded, TopicRegistry):
        loaded.update(contacts)
        return loaded.topics, loaded.timeline(), loaded.evidence(), loaded.alerts()
    if isinstance(loaded, TopicModel):
        return loaded.assign(contacts), loaded.explain(contacts), loaded.hierarchy()
    return loaded.tag(contacts) if hasattr(loaded, "tag") else loaded.table


def save_checked(folder):
    rows = {"contact_id": ["a", "b"], "label_tag": ["x", "y"], "prob": [0.5, 1.0], "label": ["y", "y"]}
    save_audit(folder, pd.DataFrame(rows), "2026-01-31")


def fitted(make, *data):
    return lambda folder: make().fit(*data).save(folder)


KINDS = {
    "reasons": (fitted(lambda: ReasonClassifier(TAXONOMY, ENCODER), TEXTS, LABELS), ReasonClassifier.load),
    "reasons_best": (fitted(lambda: ReasonClassifier(TAXONOMY, ENCODER, serve="best"), TEXTS[::9], LABELS[::9], TEXTS), ReasonClassifier.load),
    "reasons_alone": (fitted(lambda: ReasonClassifier(TAXONOMY, ENCODER), TEXTS), ReasonClassifier.load),
    "reasons_unfitted": (lambda folder: ReasonClassifier(TAXONOMY, ENCODER).save(folder), ReasonClassifier.load),
    "sentiment": (fitted(lambda: SentimentClassifier(ENCODER), TEXTS, MOODS), SentimentClassifier.load),
    "sentiment_unfitted": (lambda folder: SentimentClassifier(ENCODER).save(folder), SentimentClassifier.load),
    "topics": (fitted(lambda: TopicModel(encoder=ENCODER), TEXTS), TopicModel.load),
    "registry": (lambda folder: registry().save(folder), TopicRegistry.load),
    "audit": (save_checked, load_audit),
}
BAD = [None, True, -1, 0, 1.5, 10**30, float("nan"), float("inf"), "", "x", "../../etc/passwd", "builtins.exec", [], [[]], {}, {"a": {"b": 1}}, [None]]


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    home = tmp_path_factory.mktemp("saved")
    for name, (save, _) in KINDS.items():
        save(home / name)
    return home


RUNS = {"pickle.find_class", "os.system", "os.exec", "subprocess.Popen", "socket.connect"}
WATCHED: list[str] = []


def watch(event, args):
    if WATCHED and event in RUNS:
        raise AssertionError(f"{event} while a folder was loaded")


sys.addaudithook(watch)  # can't be taken out again: it looks only while `loaded` does


def loaded(load, home):
    """Load a folder while nothing may be unpickled, started or asked."""
    WATCHED.append(str(home))
    try:
        return load(home)
    finally:
        WATCHED.clear()


def test_the_watch_sees_what_is_unpickled(tmp_path):
    import pickle

    with pytest.raises(AssertionError, match=r"pickle\.find_class while"):
        loaded(pickle.loads, b"cos\nsystem\n(S'true'\ntR.")


def read(home):
    manifest = json.loads((home / "manifest.json").read_text())
    files = manifest["files"]
    return manifest, unpack((home / files["arrays"]).read_bytes(), manifest["arrays"], "x") if files else {}


def written(home, manifest, arrays=None):
    """Write a folder with hashes and descriptions that are right, whatever it holds."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    manifest = copy.deepcopy(manifest)
    if arrays is not None:
        data, manifest["arrays"] = pack(arrays)
        manifest["files"] = {"arrays": f"{hashlib.sha256(data).hexdigest()[:32]}.npz"}
        (home / manifest["files"]["arrays"]).write_bytes(data)
    (home / "manifest.json").write_text(json.dumps(manifest))
    return home


def outcome(load, home):
    """Say how a folder ends: refused in one sentence, or read and usable. All else is raised."""
    try:
        ask(loaded(load, home))
    except VocmineError as error:
        assert "\n" not in str(error)
        return "refused"
    return "read"


def places(value, at=()):
    """Name every place in plain values; of a long list the first and the last."""
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    items = list(items)
    for key, inner in items if isinstance(value, dict) else items[:1] + items[-1:]:
        yield from places(inner, (*at, key))


def put(values, at, new):
    """Give values with another one at a place; without it where there is no new one."""
    values = copy.deepcopy(values)
    holder = values
    for key in at[:-1]:
        holder = holder[key]
    if new is ...:
        del holder[at[-1]]
    else:
        holder[at[-1]] = new
    return values


@pytest.mark.parametrize("name", KINDS)
def test_what_is_written_again_unchanged_is_read(name, saved, tmp_path):
    manifest, arrays = read(saved / name)
    assert outcome(KINDS[name][1], written(tmp_path / "m", manifest, arrays or None)) == "read"


@pytest.mark.parametrize("name", KINDS)
def test_saving_what_was_loaded_gives_the_same_bytes(name, saved, tmp_path):
    if name == "audit":
        pytest.skip("an audit is a table")
    KINDS[name][1](saved / name).save(tmp_path / "m")
    files = [{p.name: p.read_bytes() for p in home.iterdir()} for home in (saved / name, tmp_path / "m")]
    assert files[0] == files[1]


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_every_value_of_a_manifest_changed_is_one_sentence_or_harmless(name, saved, tmp_path):
    manifest, _ = read(saved / name)
    changes = [(at, new) for at in places(manifest) if at for new in (..., *BAD)]
    some = changes if len(changes) < 500 else [changes[i] for i in np.random.default_rng(0).permutation(len(changes))[:500]]
    shutil.copytree(saved / name, tmp_path / "m")
    refused = 0
    for at, new in some:
        changed = put(manifest, at, new)
        (tmp_path / "m" / "manifest.json").write_text(json.dumps(changed))
        try:
            refused += outcome(KINDS[name][1], tmp_path / "m") == "refused"
        except Exception as error:
            raise AssertionError(f"{at} = {new!r}: {type(error).__name__}: {error}") from error
    assert refused > len(some) / 2


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in KINDS if name not in ("audit", "reasons_unfitted", "sentiment_unfitted")])
def test_every_array_changed_is_one_sentence_or_harmless(name, saved, tmp_path):
    manifest, arrays = read(saved / name)
    rng = np.random.default_rng(0)
    refused, n = 0, 0
    for key, array in arrays.items():
        flat = array.reshape(-1)
        changes = [None, array[None], array[:0] if array.ndim else array[None][:0], np.array(["x"]), np.zeros(1, bool), array.astype(str)]
        changes += [np.concatenate([array, array])] if array.ndim else []
        if array.dtype.kind in "iuf":
            for value in (-1, 2**31, np.nan, np.inf, 1e30):
                if flat.size and (array.dtype.kind == "f" or value in (-1, 2**31)):
                    with np.errstate(all="ignore"):
                        new = array.copy()
                        new.reshape(-1)[int(rng.integers(flat.size))] = np.asarray(value).astype(array.dtype)
                    changes.append(new)
            changes += [array.astype(np.float64 if array.dtype != np.float64 else np.float32), array.astype(np.int8)]
            changes += [rng.permutation(flat).reshape(array.shape)]
        for i, new in enumerate(changes):
            other = {**arrays, key: new} if new is not None else {k: v for k, v in arrays.items() if k != key}
            try:
                refused += outcome(KINDS[name][1], written(tmp_path / "m", manifest, other)) == "refused"
            except Exception as error:
                raise AssertionError(f"{key}, change {i}: {type(error).__name__}: {error}") from error
            n += 1
    assert refused > n / 2


@pytest.mark.parametrize("name", ["reasons", "sentiment", "topics", "registry"])
def test_arrays_beside_those_that_are_known_are_refused(name, saved, tmp_path):
    manifest, arrays = read(saved / name)
    with pytest.raises(StoreError, match="not those of such a model"):
        KINDS[name][1](written(tmp_path / "m", manifest, {**arrays, "hook": np.array(["exec"])}))


@pytest.mark.parametrize("name", ["reasons_unfitted", "sentiment_unfitted", "audit"])
def test_arrays_where_there_are_none_are_refused(name, saved, tmp_path):
    with pytest.raises(StoreError, match="not those of such a model"):
        KINDS[name][1](written(tmp_path / "m", read(saved / name)[0], {"hook": np.array(["exec"])}))


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3), max_leaves=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_anywhere_is_one_sentence_or_harmless(data, saved, tmp_path):
    name = data.draw(st.sampled_from(sorted(KINDS)))
    manifest, _ = read(saved / name)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.sampled_from([at for at in places(manifest) if at]))
        manifest = put(manifest, at, data.draw(_VALUES))
    home = tmp_path / "m"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(saved / name, home)
    (home / "manifest.json").write_text(json.dumps(manifest))
    assert outcome(KINDS[name][1], home) in ("read", "refused")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=60) | st.text(max_size=60).map(str.encode) | _VALUES.map(lambda v: json.dumps(v).encode()))
def test_any_bytes_as_a_manifest_are_one_sentence(data, tmp_path):
    (tmp_path / "manifest.json").write_bytes(data)
    for load in (Tagger.load, *(load for _, load in KINDS.values())):
        with pytest.raises(StoreError):
            load(tmp_path)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "1" * 10_000, '{"format": ' + "9" * 400 + "}", '{"format": 1e999}', '{"format": true}', "\ufeff{}", ""])
def test_odd_manifests_are_one_sentence(text, tmp_path):
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match=r"damaged|newer|wrong"):
        Tagger.load(tmp_path)


# --- the tagger


def planted_estimator(home):
    """Write a sentiment folder of scikit-learn's types whose analyser would run each text as a program."""
    home.mkdir(parents=True)
    (home / f"{'0' * 32}.skops").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    files = {"estimator:words": f"{'0' * 32}.skops"}
    params = {"C": 2.0, "encoder": None, "fitted": True, "use_vectors": False, "vectors": False}
    (home / "manifest.json").write_text(json.dumps({"format": 1, "kind": "SentimentClassifier", "params": params, "files": files, "version": 3}))


def test_a_tagger_with_an_estimator_is_refused_before_anything_runs(tmp_path):
    params = {"signals": True, "aspects": False, "parts": ["sentiment"]}
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 1, "kind": "Tagger", "params": params, "files": {}}))
    planted_estimator(tmp_path / "sentiment")
    with pytest.raises(StoreError, match=r"can hold code.*fit it again on its labels"):
        Tagger.load(tmp_path)
    manifest = tmp_path / "sentiment" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 2'))
    with pytest.raises(StoreError, match="names a file that is none of ours"):
        Tagger.load(tmp_path)


@pytest.mark.parametrize("spec", [
    {"encoder": "sentence-transformers", "name": "./evil", "batch_size": 32}, {"encoder": "os.system"}, {"encoder": ["bundled"]},
    {"encoder": "characters"}, {"encoder": "characters", "dimensions": 10**12}, {"encoder": "characters", "dimensions": 16, "more": 1},
    {"encoder": "onnx"}, {"encoder": "onnx", "folder": 3, "evil": 1}, {"encoder": "onnx", "folder": "x", "batch_size": "1"}, {"encoder": "view"}, {},
])
def test_a_folder_may_not_choose_any_encoder(spec, saved, tmp_path):
    for name in ("reasons", "sentiment", "topics", "registry"):
        manifest, arrays = read(saved / name)
        changed = json.loads(json.dumps(manifest).replace(json.dumps(ENCODER.spec, sort_keys=True), json.dumps(spec)))
        assert changed != manifest
        home = written(tmp_path / name, changed, arrays)
        with pytest.raises(VocmineError, match=r"encoder|sentence vectors"):
            KINDS[name][1](home)
        assert outcome(lambda home, name=name: KINDS[name][1](home, ENCODER), home) == "read"


def test_vectors_of_another_width_are_refused(saved):
    for name in ("reasons", "sentiment", "topics", "registry"):
        with pytest.raises(StoreError, match="other vectors than the model was fitted with"):
            KINDS[name][1](saved / name, CharacterEncoder(8))


def test_a_part_that_was_replaced_is_told(saved, tmp_path):
    Tagger(ReasonClassifier.load(saved / "reasons"), SentimentClassifier.load(saved / "sentiment")).save(tmp_path)
    assert outcome(Tagger.load, tmp_path) == "read"
    shutil.rmtree(tmp_path / "sentiment")
    shutil.copytree(saved / "sentiment_unfitted", tmp_path / "sentiment")
    with pytest.raises(StoreError, match="not the one it was saved with"):
        Tagger.load(tmp_path)
    shutil.rmtree(tmp_path / "sentiment")
    with pytest.raises(StoreError, match="no saved model here"):
        Tagger.load(tmp_path)


def test_a_tagger_of_the_first_format_is_read(saved, tmp_path):
    shutil.copytree(saved / "reasons", tmp_path / "reasons")
    params = {"signals": False, "aspects": False, "parts": ["reasons"]}
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 1, "kind": "Tagger", "params": params, "files": {}}))
    assert outcome(Tagger.load, tmp_path) == "read"
    assert not Tagger.load(tmp_path).signals


def test_probabilities_are_the_same_to_the_last_bit_after_a_round_trip(tmp_path):
    texts = [*TEXTS[::5], "", "😡", "I want\n a refund", "返金" * 300]
    two = [(t, m) for t, m in zip(TEXTS, MOODS, strict=True) if m != "neutral"]
    made = [
        SentimentClassifier(ENCODER).fit(TEXTS, MOODS), SentimentClassifier(use_vectors=False).fit(*map(list, zip(*two, strict=True))),
        ReasonClassifier(TAXONOMY, ENCODER).fit(TEXTS, LABELS), ReasonClassifier(TAXONOMY, ENCODER).fit(TEXTS),
        ReasonClassifier(TAXONOMY, ENCODER, serve="student").fit(TEXTS, LABELS),
        ReasonClassifier(TAXONOMY, ENCODER).fit([*TEXTS, "返金、落ちる"], [*([name] for name in LABELS), ["refund", "crash"]]),
    ]
    for i, model in enumerate(made):
        model.save(tmp_path / str(i))
        back = type(model).load(tmp_path / str(i))
        assert np.array_equal(model.predict_proba(texts), back.predict_proba(texts))


class OwnPart:
    """A part of a user's own."""

    def tag(self, texts):
        return pd.DataFrame()


class OwnReasons(ReasonClassifier):
    """A subclass, whose code no folder holds."""


@pytest.mark.parametrize("tagger", [Tagger(OwnPart()), Tagger(sentiment=OwnPart()), Tagger(OwnReasons()), Tagger(lambda texts: texts)])
def test_a_part_of_ones_own_is_told_at_save(tagger, tmp_path):
    with pytest.raises(StoreError, match=r"a part of one's own can't be saved; where: Tagger, .*; expected: (Reason|Sentiment)Classifier"):
        tagger.save(tmp_path / "m")
    assert not (tmp_path / "m").exists()


