"""An encoder of one's own from a folder: a small model made here, its settings, and a clear error for each mistake."""

from __future__ import annotations

import pickle
import sys

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from vocmine.embed import Encoder, OnnxEncoder, encoder_from_spec
from vocmine.errors import MissingExtraError, SettingsError

WORDS = ["[PAD]", "[UNK]", "[CLS]", "query:", "refund", "money", "parcel", "late"]
TABLE = np.random.default_rng(0).normal(size=(len(WORDS), 4)).astype(np.float32)


def small_model(inputs=("input_ids", "attention_mask"), rank=3, kind=TensorProto.INT64, places=16):
    """Give a model whose state of a token is its row of a table and that of its place; the mask is taken, not used."""
    given = [helper.make_tensor_value_info(name, kind, ["texts", "tokens"]) for name in inputs]
    shape = ["texts", "tokens", 4] if rank == 3 else ["texts", 4]
    out = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, shape)
    steps = [
        helper.make_node("Gather", ["table", inputs[0]], ["states"]),
        helper.make_node("Shape", [inputs[0]], ["shape"], start=1, end=2),
        helper.make_node("Slice", ["places", "zero", "shape"], ["used"]),
        helper.make_node("Add", ["states", "used"], ["placed"]),
        helper.make_node("Identity" if rank == 3 else "ReduceMax", ["placed"] if rank == 3 else ["placed", "one"],
                         ["last_hidden_state"], **({} if rank == 3 else {"keepdims": 0})),
    ]
    arrays = {"table": TABLE, "places": np.linspace(0, 1, places * 4, dtype=np.float32).reshape(places, 4),
              "zero": np.array([0]), "one": np.array([1])}
    graph = helper.make_graph(steps, "small", given, [out], [numpy_helper.from_array(a, n) for n, a in arrays.items()])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


def small_tokenizer():
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A", special_tokens=[("[CLS]", 2)])
    tokenizer.enable_padding(pad_id=0, length=12)  # as some exports have it: no text is to be padded to 12
    return tokenizer


@pytest.fixture
def folder(tmp_path):
    onnx.save(small_model(), tmp_path / "model.onnx")
    small_tokenizer().save(str(tmp_path / "tokenizer.json"))
    return tmp_path


def expected(words, pooling="mean"):
    places = np.linspace(0, 1, 64, dtype=np.float32).reshape(16, 4)
    states = TABLE[[WORDS.index(word) for word in ("[CLS]", *words)]] + places[: len(words) + 1]
    vector = states.mean(axis=0) if pooling == "mean" else states[0]
    return vector / np.linalg.norm(vector)


def test_the_mean_leaves_out_what_fills_up_a_batch_and_the_rows_stay_in_order(folder):
    encoder = OnnxEncoder(folder, batch_size=2, threads=1)
    texts = ["refund", "parcel late late late", "", "money refund", "nothing known here"]
    vectors = encoder.encode(texts)
    assert vectors.dtype == np.float32 and vectors.shape == (5, 4)
    assert isinstance(encoder, Encoder)
    for text, vector in zip(texts[:4], vectors, strict=False):
        assert np.allclose(vector, expected(text.split()), atol=1e-6)
    assert np.allclose(vectors, np.vstack([encoder.encode([text]) for text in texts]), atol=1e-6)
    assert encoder.encode([]).shape == (0, 4)


def test_pooling_prefix_and_number_of_tokens_are_settings(folder):
    assert np.allclose(OnnxEncoder(folder, pooling="cls").encode(["refund"])[0], expected(["refund"], "cls"), atol=1e-6)
    prefixed = OnnxEncoder(folder, prefix="query: ").encode(["refund"])[0]
    assert np.allclose(prefixed, expected(["query:", "refund"]), atol=1e-6)
    short = OnnxEncoder(folder, max_tokens=3).encode(["refund money late late late late"])[0]
    assert np.allclose(short, expected(["refund", "money"]), atol=1e-6)


def test_the_model_may_lie_in_a_folder_of_its_own_and_take_other_numbers(tmp_path):
    (tmp_path / "onnx").mkdir()
    everything = ("input_ids", "attention_mask", "token_type_ids")
    onnx.save(small_model(everything, kind=TensorProto.INT32), tmp_path / "onnx" / "model.onnx")
    small_tokenizer().save(str(tmp_path / "tokenizer.json"))
    assert np.allclose(OnnxEncoder(tmp_path).encode(["late"])[0], expected(["late"]), atol=1e-6)


def test_it_is_a_recipe_when_pickled_and_from_its_spec(folder):
    encoder = OnnxEncoder(folder, pooling="cls", prefix="query: ", batch_size=7, max_tokens=9)
    vectors = encoder.encode(["refund"])
    for again in (pickle.loads(pickle.dumps(encoder)), encoder_from_spec(encoder.spec, threads=1)):
        assert again.spec == encoder.spec
        assert np.array_equal(again.encode(["refund"]), vectors)


@pytest.mark.parametrize(("given", "message"), [
    ({"pooling": "max"}, "unknown pooling.*'max'.*mean or cls"),
    ({"batch_size": 0}, "batch_size is too small"),
    ({"max_tokens": 0}, "max_tokens is too small"),
])
def test_settings_that_are_not_allowed(given, message):
    with pytest.raises(SettingsError, match=message):
        OnnxEncoder("anywhere", **given)


def broken(folder, case):
    model, tokenizer = folder / "model.onnx", folder / "tokenizer.json"
    if case == "no model":
        model.unlink()
    elif case == "no tokenizer":
        tokenizer.unlink()
    elif case == "no json":
        tokenizer.write_text("{", encoding="utf-8")
    elif case == "other json":
        tokenizer.write_text("[1]", encoding="utf-8")
    elif case == "no graph":
        model.write_bytes(b"not a model")
    elif case == "other inputs":
        onnx.save(small_model(("input_ids", "pixel_values")), model)
    elif case == "no ids":
        onnx.save(small_model(("words", "attention_mask")), model)
    elif case == "one vector":
        onnx.save(small_model(rank=2), model)
    elif case == "own operator":
        graph = small_model()
        graph.graph.node[0].domain = "com.example"
        graph.opset_import.append(helper.make_opsetid("com.example", 1))
        onnx.save(graph, model)
    else:
        onnx.save(small_model(places=3), model)


@pytest.mark.parametrize(("case", "message"), [
    ("no model", "has no model.onnx or onnx/model.onnx"),
    ("no tokenizer", "has no tokenizer.json"),
    ("no json", "the tokenizer is no JSON"),
    ("other json", "the file is no tokenizer"),
    ("no graph", "the model can't be read"),
    ("other inputs", "takes other inputs.*pixel_values"),
    ("no ids", "takes other inputs.*words"),
    ("one vector", "no vector for each token.*last_hidden_state"),
    ("own operator", "the model can't be read"),
    ("few places", "the model can't be run.*lower max_tokens from 512"),
])
def test_a_folder_that_does_not_fit(folder, case, message):
    broken(folder, case)
    with pytest.raises(SettingsError, match=message):
        OnnxEncoder(folder).encode(["refund money parcel late"])


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_without_the_extra_it_says_what_to_install(monkeypatch, folder, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=rf"needs the package '{package}'.*pip install 'vocmine\[onnx\]'"):
        OnnxEncoder(folder).encode(["refund"])
